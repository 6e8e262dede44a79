// From scenarios to what is saved of their runs.
// Interface: make_result(). What a format shows of it is left to the formats.
#pragma once

#include <fleetcast/load/scenario.hpp>
#include <fleetcast/report/forecast_result.hpp>
#include <fleetcast/simulate/forecast.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fleetcast {

struct RunOptions {
    std::vector<std::string> metrics; // names of the metric table; empty: the default metrics
    GroupBy by = GroupBy::total;      // groups to hold beside the total
    std::optional<Every> every;       // empty: what each scenario says in report_every
    bool report_set = false; // default, power, waiting and bound metrics by total, source, site
    std::uint64_t seed = 1;  // for the manifest: a run of the medians draws nothing
};

/// Runs every scenario, each of which examine() found without error. Throws Failure (bad input)
/// with the problem when a run finds a mistake that only it can see, (refused) when the figures
/// asked for would not fit into half of the free memory.
ForecastResult make_result(const std::vector<LoadedScenario>& scenarios, const Catalog& catalog,
                           const RunOptions& options);

} // namespace fleetcast
