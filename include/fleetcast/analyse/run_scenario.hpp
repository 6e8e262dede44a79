// One scenario from what was read to its figures: compile, simulate, judge.
// Interface: run_scenario(). What is shown of it is left to report/.
#pragma once

#include <fleetcast/analyse/expectations.hpp>
#include <fleetcast/base/result.hpp>
#include <fleetcast/load/scenario.hpp>

#include <limits>
#include <vector>

namespace fleetcast {

/// The figures to keep of a run, beside those that milestones and checks look at.
struct RunRequest {
    std::vector<const Metric*> metrics;
    std::vector<GroupBy> by{GroupBy::total};
    Every every = Every::period;
    double memory = std::numeric_limits<double>::infinity(); // cap for the figures [byte]
};

struct ScenarioRun {
    Plan plan;
    Figures figures;
    Forecast forecast; // its views are those of the expectations
    Verdicts verdicts;
};

/// Runs a scenario in which reading and validate() found no error. The problems, with places, are
/// mistakes that only a run can see. Throws Failure: refused (5) when the figures would need more
/// than the cap, internal (1) when a law of conservation is broken.
Result<ScenarioRun> run_scenario(const LoadedScenario& loaded, const Catalog& catalog,
                                 const RunRequest& request);

} // namespace fleetcast
