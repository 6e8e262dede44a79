// Scenarios from what was read to their figures: compile, simulate, judge.
// Interface: run_scenario(), run_together(). What is shown of them is left to report/.
#pragma once

#include <fleetcast/analyse/expectations.hpp>
#include <fleetcast/base/result.hpp>
#include <fleetcast/load/scenario.hpp>

#include <optional>
#include <span>
#include <variant>
#include <vector>

namespace fleetcast {

/// The figures to keep of a run, beside what milestones and checks ask.
struct RunRequest {
    std::vector<const Metric*> metrics;
    std::vector<GroupBy> by{GroupBy::total};
    Every every = Every::period;
    RunSettings settings; // one trial is run where no input is uncertain, whatever they say
    std::vector<const Metric*> of_total{}; // more metrics, of the total of several trials only
};

struct ScenarioRun {
    Plan plan;
    Figures figures;
    Figures total_figures;             // of RunRequest::of_total
    std::optional<Figures> difference; // less those of the first scenario run with it
    Forecast forecast;                 // its views are empty
    Verdicts verdicts;
};

/// Runs a scenario in which reading and validate() found no error. The problems, with places, are
/// mistakes that only a run can see. Throws Failure: refused (5) when the figures would need more
/// than the cap, internal (1) when a law of conservation is broken.
Result<ScenarioRun> run_scenario(const LoadedScenario& loaded, const Catalog& catalog,
                                 const RunRequest& request);

/// Runs several over the same trials, as the settings of the first request say: the later ones
/// have their difference to the first. One trial where no input of any is uncertain. Else the
/// problems of each [scenario], whose places are in its own texts.
std::variant<std::vector<ScenarioRun>, std::vector<Problems>>
run_together(std::span<const LoadedScenario* const> scenarios, const Catalog& catalog,
             std::span<const RunRequest> requests);

} // namespace fleetcast
