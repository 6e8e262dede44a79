// Milestones and checks: whether they can be asked, and what the figures say to them.
// Interface: problems_of_expectations(), expectation_views(), judge().
#pragma once

#include <fleetcast/base/problem.hpp>
#include <fleetcast/model/scenario.hpp>
#include <fleetcast/simulate/forecast.hpp>

#include <optional>
#include <string>
#include <vector>

namespace fleetcast {

/// Every mistake of milestones and checks that can be seen without a run; paths, no places.
/// Without a grid the horizon is not known, and nothing is held against it.
Problems problems_of_expectations(const Scenario& scenario, const std::optional<TimeGrid>& grid);

/// The figures that milestones, then checks, look at: one view each, in file order. A check of an
/// outcome has an empty view.
std::vector<FigureView> expectation_views(const Scenario& scenario, const Plan& plan);

struct MilestoneVerdict {
    std::string name;
    std::optional<std::chrono::sys_days> reached; // last day of the first period in which it holds
};

struct CheckVerdict {
    std::string name;
    std::string verdict; // "pass", "fail", "warn"
    double share = 0;    // of the trials in which the condition holds
    std::string limit;   // the condition in words
};

struct Verdicts {
    std::vector<MilestoneVerdict> milestones;
    std::vector<CheckVerdict> checks;
    Problems problems; // figures that are empty where a check needs them; paths, no places
};

/// What the figures of a forecast over expectation_views() say.
Verdicts judge(const Scenario& scenario, const Plan& plan, const Forecast& forecast);

} // namespace fleetcast
