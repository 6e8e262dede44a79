// What milestones and checks select: a metric in a group, or an outcome of the run.
// Interface: filter_of(), outcome_of(), limits_of(). For their rules, their conditions and their
// judge.
#pragma once

#include <fleetcast/model/scenario.hpp>
#include <fleetcast/simulate/forecast.hpp>

#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace fleetcast {

/// The members that an expectation looks at: the whole fleet, or one of them.
struct Filter {
    GroupBy by = GroupBy::total;
    std::string name;
};

Filter filter_of(const Selection& selection);

/// How many filters a selection has; more than one is a mistake.
int filters_of(const Selection& selection);

enum class Asked {
    milestone,  // date
    completed,  // date, of a training
    weeks_late, // a number that follows from the date of a training
    pending,
    training_cost,
    paid_before_start,
    due_after_end,
    prepaid,
};

/// A single figure of a run: of `name`, a milestone, a workload or a source, where it has one.
struct Outcome {
    Asked asked = Asked::milestone;
    std::string name;
};

/// What a metric of this form asks, whether there is such a member or not; nothing where it is
/// no outcome.
std::optional<Outcome> outcome_of(const std::string& metric);

/// Whether a metric is, or tries to be, an outcome: no metric of a period has a dot in its name.
bool is_outcome(const std::string& metric);

/// Whether it is judged from dates: it asks no condition of the trials.
bool asks_date(const std::optional<Outcome>& outcome);

/// The outcomes that a check may name.
std::vector<std::string> outcome_names(const Scenario& scenario);

/// The training of that name, or nullptr.
const Training* training_of(const Scenario& scenario, const std::string& workload);

/// What lies within belongs to it, the ends too.
struct Limits {
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
};

/// The numbers that a check allows, wider by the slack (rules.md, S3).
Limits limits_of(const Check& check);
Limits limits_of(const Milestone& milestone);

} // namespace fleetcast
