// What moved in a scenario since a saved result. Interface: compared_with().
#pragma once

#include <fleetcast/report/check_report.hpp>

namespace fleetcast {

/// The checked scenario, of which `result` is the result, with what moved since the baseline, what
/// its checks were, and what makes the two another run. It is bad input when they have no period in
/// common. Where there is only one scenario it is compared with the baseline's only one.
CheckedScenario compared_with(const ForecastResult& baseline, const ForecastResult& result,
                              bool only_one, CheckedScenario out);

} // namespace fleetcast
