// Judges milestones and checks by the figures of a run.
#include <fleetcast/analyse/expectations.hpp>

#include "selection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace fleetcast {

namespace {

constexpr double limit_slack = 1e-9; // of the limit (S3)

using Condition = std::function<bool(double)>;

bool reaches(double value, double limit) { return value >= limit - limit_slack * std::fabs(limit); }
bool stays_below(double value, double limit) {
    return value <= limit + limit_slack * std::fabs(limit);
}

Condition condition_of(const Check& check) {
    if (check.between)
        return [low = (*check.between)[0], high = (*check.between)[1]](double value) {
            return reaches(value, low) && stays_below(value, high);
        };
    if (check.at_least)
        return [limit = std::get<double>(*check.at_least)](double value) {
            return reaches(value, limit);
        };
    return [limit = std::get<double>(*check.at_most)](double value) {
        return stays_below(value, limit);
    };
}

std::string text_of(const Threshold& threshold) {
    return std::holds_alternative<Date>(threshold) ? text_of(std::get<Date>(threshold))
                                                   : fmt::format("{}", std::get<double>(threshold));
}

std::string words_of(const Check& check) {
    const Filter filter = filter_of(check);
    std::string text = check.metric;
    if (filter.by != GroupBy::total)
        text += " of " + filter.name;
    if (check.at)
        text += " at " + *check.at;
    if (check.every && *check.every != Every::period)
        text += *check.every == Every::year ? " every year" : " every quarter";
    if (check.between)
        return fmt::format("{} between {} and {}", text, (*check.between)[0], (*check.between)[1]);
    return fmt::format("{} {} {}", text, check.at_least ? "at_least" : "at_most",
                       text_of(check.at_least ? *check.at_least : *check.at_most));
}

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

/// The periods of a check's figures that it looks at.
std::vector<std::size_t> periods_of(const Check& check, const Figures& figures,
                                    const TimeGrid& grid) {
    std::vector<std::size_t> periods;
    const auto date = parse_date(*check.at);
    for (std::size_t p = 0; p < figures.periods.size(); ++p) {
        const Period& period = figures.periods[p];
        const double x = date ? grid.ends(*date) : 0;
        if (!date || (x > period.x0 + time_slack && x <= period.x1 + time_slack))
            periods.push_back(p);
    }
    return periods;
}

/// Whether a check of an outcome holds.
bool outcome_holds(const Scenario& scenario, const Check& check,
                   const std::vector<MilestoneVerdict>& milestones, const Forecast& forecast) {
    const std::string name = check.metric.substr(check.metric.find('.') + 1);
    if (check.metric.starts_with("pending."))
        return condition_of(check)(forecast.pending[*index_of(scenario.sources, name)]);
    const auto& reached = std::ranges::find(milestones, name, &MilestoneVerdict::name)->reached;
    if (check.at_most)
        return reached && *reached <= last_day(std::get<Date>(*check.at_most));
    return !reached || *reached >= first_day(std::get<Date>(*check.at_least));
}

} // namespace

std::vector<FigureView> expectation_views(const Scenario& scenario, const Plan& plan) {
    std::vector<FigureView> views;
    const auto add = [&](const Selection& selection, Every every) {
        if (is_outcome(selection.metric))
            views.push_back({{}, {}, every});
        else
            views.push_back(
                {{metric_named(selection.metric)}, {group_of(filter_of(selection), plan)}, every});
    };
    for (const auto& [name, milestone] : scenario.milestones)
        add(milestone, Every::period);
    for (const auto& [name, check] : scenario.checks)
        add(check, check.every.value_or(Every::period));
    return views;
}

Verdicts judge(const Scenario& scenario, const Plan& plan, const Forecast& forecast) {
    Verdicts verdicts;
    std::size_t view = 0;
    constexpr std::size_t group = 0; // the only one of each view
    for (const auto& [name, milestone] : scenario.milestones) {
        const Figures& figures = forecast.views[view++];
        verdicts.milestones.push_back({name, std::nullopt});
        for (std::size_t p = 0; p < figures.periods.size() && !verdicts.milestones.back().reached;
             ++p) {
            const auto value = figures.at(0, group, p);
            if (value && (milestone.at_least ? reaches(*value, *milestone.at_least)
                                             : stays_below(*value, *milestone.at_most)))
                verdicts.milestones.back().reached = figures.periods[p].last;
        }
    }
    for (const auto& [name, check] : scenario.checks) {
        const Figures& figures = forecast.views[view++];
        bool holds = false;
        if (is_outcome(check.metric)) {
            holds = outcome_holds(scenario, check, verdicts.milestones, forecast);
        } else {
            const Condition condition = condition_of(check);
            const bool any = *check.at == "any";
            holds = !any;
            for (const std::size_t p : periods_of(check, figures, plan.grid)) {
                const auto value = figures.at(0, group, p);
                if (!value) {
                    verdicts.problems.push_back(
                        {Severity::error,
                         {},
                         "checks." + name + ".metric",
                         fmt::format("{} has no figure in the period of {}", check.metric,
                                     iso_day(figures.periods[p].first)),
                         ""});
                    break;
                }
                holds = any ? holds || condition(*value) : holds && condition(*value);
            }
        }
        const double share = holds ? 1.0 : 0.0;
        const std::string bad = check.severity == CheckSeverity::warn ? "warn" : "fail";
        verdicts.checks.push_back(
            {name, share >= check.probability ? "pass" : bad, share, words_of(check)});
    }
    return verdicts;
}

} // namespace fleetcast
