// From runs of scenarios to what is saved of them.
// Interface: metrics_shown(), request_of(), make_result(), make_comparison(). What a format shows
// of it is left to the formats.
#pragma once

#include <fleetcast/analyse/run_scenario.hpp>
#include <fleetcast/report/forecast_result.hpp>

#include <optional>
#include <string>
#include <vector>

namespace fleetcast {

struct RunOptions {
    std::vector<std::string> metrics; // names of the metric table; empty: the default metrics
    GroupBy by = GroupBy::total;      // groups to hold beside the total
    std::optional<Every> every;       // empty: what each scenario says in report_every
    bool workloads = false;   // the default metrics of all have demand: some scenario has workloads
    bool report_set = false;  // default, power, waiting and bound metrics by total, source, site,
                              // and by team where there are workloads
    bool for_reading = false; // the shares of what bound, of the total, for people to read
    RunSettings settings;     // of every scenario
};

/// The metrics that a table shows: those asked for, else the default ones; by team and workload,
/// where metrics of supply have no meaning, those of demand and what is charged.
std::vector<std::string> metrics_shown(const RunOptions& options);

/// What a run of this scenario must keep for the options.
RunRequest request_of(const RunOptions& options, const Scenario& scenario);

/// A scenario and its run over request_of().
struct FinishedRun {
    const LoadedScenario* loaded;
    ScenarioRun run;
    Every every;
};

/// What is saved of the runs, in their order; every scenario has its own name.
ForecastResult make_result(const std::vector<FinishedRun>& runs, const Catalog& catalog,
                           const RunOptions& options);

/// The same of runs that were made together, the base first; behind all of them, for each other,
/// the rows of its difference to the base under the name OTHER-BASE, as the manifest says.
ForecastResult make_comparison(const std::vector<FinishedRun>& runs, const Catalog& catalog,
                               const RunOptions& options);

} // namespace fleetcast
