// Milestones and checks as conditions on the figures of a trial.
#include <fleetcast/analyse/expectations.hpp>

#include "selection.hpp"

#include <fleetcast/model/lookup.hpp>

#include <algorithm>
#include <functional>

namespace fleetcast {

namespace {

Group group_of(const Filter& filter, const Plan& plan) {
    const auto at = [](const auto& range, const auto& projection, const std::string& name) {
        return static_cast<Index>(std::ranges::find(range, name, projection) - range.begin());
    };
    switch (filter.by) {
    case GroupBy::source:
        return {filter.by, at(plan.sources, &PlanSource::name, filter.name)};
    case GroupBy::site:
        return {filter.by, at(plan.sites, &PlanSite::name, filter.name)};
    case GroupBy::accelerator:
        return {filter.by, at(plan.accelerators, std::identity{}, filter.name)};
    case GroupBy::team:
        return {filter.by, at(plan.teams, std::identity{}, filter.name)};
    case GroupBy::workload:
        return {filter.by, at(plan.workloads, &PlanWorkload::name, filter.name)};
    case GroupBy::total:
        break;
    }
    return {};
}

Condition condition_of(const Milestone& milestone, const Plan& plan) {
    Condition condition;
    condition.metric = metric_named(milestone.metric);
    condition.group = group_of(filter_of(milestone), plan);
    condition.over = Condition::Over::first;
    const Limits limits = limits_of(milestone);
    condition.low = limits.low;
    condition.high = limits.high;
    return condition;
}

/// The report period that holds the last moment of the date, alone.
std::vector<bool> period_of(const Date& date, const Plan& plan, Every every) {
    const auto reports = report_periods(plan.grid, every, plan.year_starts);
    std::vector<bool> periods(reports.back() + 1);
    if (const auto period = plan.grid.period_ending(plan.grid.ends(date)))
        periods[reports[*period]] = true;
    return periods;
}

/// An outcome that is no date.
OutcomeId id_of(const Outcome& outcome, const Scenario& scenario) {
    const auto at = [&](const auto& named) {
        return static_cast<Index>(*index_of(named, outcome.name));
    };
    switch (outcome.asked) {
    case Asked::training_cost:
        return {OutcomeKind::training_cost, at(scenario.workloads)};
    case Asked::paid_before_start:
        return {OutcomeKind::paid_before_start, 0};
    case Asked::due_after_end:
        return {OutcomeKind::due_after_end, 0};
    case Asked::prepaid:
        return {OutcomeKind::prepaid, 0};
    default:
        return {OutcomeKind::pending, at(scenario.sources)};
    }
}

Condition condition_of(const Check& check, const Scenario& scenario, const Plan& plan) {
    Condition condition;
    condition.over = Condition::Over::all;
    const Limits limits = limits_of(check);
    condition.low = limits.low;
    condition.high = limits.high;
    if (const auto outcome = outcome_of(check.metric)) {
        condition.outcome = id_of(*outcome, scenario);
        return condition;
    }
    condition.metric = metric_named(check.metric);
    condition.group = group_of(filter_of(check), plan);
    condition.every = check.every.value_or(Every::period);
    if (*check.at == "any")
        condition.over = Condition::Over::any;
    else if (const auto date = parse_date(*check.at))
        condition.periods = period_of(*date, plan, condition.every);
    return condition;
}

} // namespace

std::vector<Condition> expectation_conditions(const Scenario& scenario, const Plan& plan) {
    std::vector<Condition> conditions;
    for (const auto& [name, milestone] : scenario.milestones)
        conditions.push_back(condition_of(milestone, plan));
    for (const auto& [name, check] : scenario.checks)
        if (!asks_date(outcome_of(check.metric)))
            conditions.push_back(condition_of(check, scenario, plan));
    return conditions;
}

} // namespace fleetcast
