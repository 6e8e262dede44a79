// Milestones, checks and trainings: what may be asked of them, and what the trials say to them.
// Interface: problems_of_expectations(), expectation_conditions(), judge().
#pragma once

#include <fleetcast/analyse/proportion.hpp>
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

/// What each trial is asked: one condition for each milestone, then one for each check that does
/// not ask a date, in file order. Limits are widened by their slack (rules.md, S3).
std::vector<Condition> expectation_conditions(const Scenario& scenario, const Plan& plan);

struct MilestoneVerdict {
    std::string name;
    /// The last day of the first period in which it holds: of the only trial, or for each quantile
    /// asked; nothing where that is not within the horizon.
    std::vector<std::optional<std::chrono::sys_days>> reached;
    double not_reached = 0; // share of the trials
};

struct TrainingVerdict {
    std::string name; // of the workload
    /// The day that holds its completion: of the only trial, or for each quantile asked; nothing
    /// where that is not within the horizon.
    std::vector<std::optional<std::chrono::sys_days>> completed;
    double not_reached = 0; // share of the trials
    bool has_due = false;
    /// Weeks from `due` to those days, 0 where they are not late; nothing where not reached. Empty
    /// without `due`.
    std::vector<std::optional<double>> weeks_late;
    double late = 0; // share of the trials in which it is done after `due` or not reached
};

struct CheckVerdict {
    std::string name;
    std::string verdict;              // "pass", "fail", "warn", "too-close"
    Proportion holds;                 // of the trials in which the condition does
    double probability = 0;           // asked for
    std::string limit;                // the condition in words
    std::optional<double> settled_by; // of "too-close": trials_to_settle()
};

struct Verdicts {
    std::vector<MilestoneVerdict> milestones;
    std::vector<TrainingVerdict> trainings; // in file order
    std::vector<CheckVerdict> checks;
    Problems problems; // figures that are empty where a check needs them; paths, no places
};

/// What the trials of a forecast over expectation_conditions() say. A quantile of a date is the
/// least date by which at least that share of the trials met the milestone or completed the
/// training, and weeks late are those of that date (S4, type 1). A check
/// passes or fails when its interval lies on one side of its probability; with one trial, or a
/// probability of 0 or 1, by the share itself.
Verdicts judge(const Scenario& scenario, const Forecast& forecast,
               const std::vector<double>& quantiles);

} // namespace fleetcast
