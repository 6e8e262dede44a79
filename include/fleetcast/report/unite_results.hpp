// Results of several runs as one, scenario behind scenario. Interface: united().
#pragma once

#include <fleetcast/report/forecast_result.hpp>

#include <vector>

namespace fleetcast {

/// All scenarios in one result, over the periods that any of them has. The names of scenarios must
/// differ. The manifest is the first's, but for the scenarios, the comparisons, the most trials
/// with their sampling, and the quantiles that all have. An empty list gives an empty result.
ForecastResult united(std::vector<ForecastResult> results);

} // namespace fleetcast
