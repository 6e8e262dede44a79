// What must be said of results that were made apart.
// Interface: notes_of_making(), notes_of_scenarios(), horizon().
#pragma once

#include <fleetcast/report/join_results.hpp>

namespace fleetcast {

/// "2024-01-01 to 2024-12-31 by quarter".
std::string horizon(const ManifestScenario& scenario);

/// In what each result was made otherwise than the first: version, trials, seed, ...
std::vector<std::string> notes_of_making(const std::vector<NamedResult>& results);

/// Where the scenarios of a joined result are not as the first of them: horizon, days of periods,
/// metrics. Failure (bad input) where one has no period or no metric in common with it.
std::vector<std::string> notes_of_scenarios(const ForecastResult& all);

} // namespace fleetcast
