// Rules between the parts of a saved result. Interface: check_parts().
#pragma once

#include "result_object.hpp"

#include <fleetcast/report/forecast_result.hpp>

namespace fleetcast {

/// Reports what is wrong between the parts of a result that was read from `root` without a mistake:
/// periods not in order, names that stand twice or for nothing, two rows of the same figures,
/// verdicts that there are not.
void check_parts(Reader& reader, const ResultObject& root, const ForecastResult& result);

} // namespace fleetcast
