// Milestones and checks as conditions on the figures of a trial.
#include <fleetcast/analyse/expectations.hpp>

#include "selection.hpp"

#include <fleetcast/model/lookup.hpp>

#include <algorithm>
#include <cmath>
#include <functional>

namespace fleetcast {

namespace {

constexpr double limit_slack = 1e-9; // of the limit (S3)

double from(double limit) { return limit - limit_slack * std::fabs(limit); }
double up_to(double limit) { return limit + limit_slack * std::fabs(limit); }

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
    if (milestone.at_least)
        condition.low = from(*milestone.at_least);
    else
        condition.high = up_to(*milestone.at_most);
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

Condition condition_of(const Check& check, const Scenario& scenario, const Plan& plan) {
    Condition condition;
    condition.over = Condition::Over::all;
    if (check.between) {
        condition.low = from((*check.between)[0]);
        condition.high = up_to((*check.between)[1]);
    } else if (check.at_least) {
        condition.low = from(std::get<double>(*check.at_least));
    } else {
        condition.high = up_to(std::get<double>(*check.at_most));
    }
    if (is_outcome(check.metric)) {
        condition.source =
            static_cast<Index>(*index_of(scenario.sources, outcome_of(check.metric)));
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
        if (!asks_milestone(check.metric))
            conditions.push_back(condition_of(check, scenario, plan));
    return conditions;
}

} // namespace fleetcast
