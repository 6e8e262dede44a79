#include <fleetcast/analyse/expectations.hpp>

#include <fleetcast/base/suggest.hpp>
#include <fleetcast/compile/compile.hpp>
#include <fleetcast/model/lookup.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace fleetcast {

namespace {

constexpr double limit_slack = 1e-9; // of the limit (S3)

struct Filter {
    GroupBy by = GroupBy::total;
    std::string name;
};

Filter filter_of(const Selection& selection) {
    if (selection.source)
        return {GroupBy::source, *selection.source};
    if (selection.site)
        return {GroupBy::site, *selection.site};
    if (selection.accelerator)
        return {GroupBy::accelerator, *selection.accelerator};
    return {};
}

bool is_outcome(const std::string& metric) { return metric.find('.') != std::string::npos; }

std::vector<std::string> site_names(const Scenario& scenario) {
    return scenario.sites.empty() ? std::vector<std::string>{std::string(default_site)}
                                  : names_of(scenario.sites);
}

std::vector<std::string> outcome_names(const Scenario& scenario) {
    std::vector<std::string> names;
    for (const auto& [name, milestone] : scenario.milestones)
        names.push_back("milestones." + name);
    for (const auto& [name, source] : scenario.sources)
        if (procured_of(source))
            names.push_back("pending." + name);
    return names;
}

class Rules {
public:
    Rules(const Scenario& scenario, const std::optional<TimeGrid>& grid)
        : scenario_(scenario), grid_(grid) {}

    void milestone(const std::string& path, const Milestone& milestone) {
        metric(path, milestone, false);
        filter(path, milestone);
        if (milestone.at_least.has_value() == milestone.at_most.has_value())
            wrong(path, milestone.at_least ? "takes \"at_least\" or \"at_most\", not both"
                                           : "needs \"at_least\" or \"at_most\"");
    }

    void check(const std::string& path, const Check& check) {
        metric(path, check, true);
        filter(path, check);
        const int limits =
            check.at_least.has_value() + check.at_most.has_value() + check.between.has_value();
        if (limits != 1)
            wrong(path, "needs one of \"at_least\", \"at_most\" and \"between\"");
        if (check.between && check.between->size() != 2)
            wrong(path + ".between", fmt::format("takes 2 numbers, got {}", check.between->size()));
        else if (check.between && (*check.between)[0] > (*check.between)[1])
            wrong(path + ".between", "the first number must not be above the second");
        if (is_outcome(check.metric))
            outcome(path, check);
        else
            period(path, check);
    }

    Problems problems;

private:
    void wrong(std::string path, std::string message, std::string hint = {}) {
        problems.push_back(
            {Severity::error, {}, std::move(path), std::move(message), std::move(hint)});
    }

    void metric(const std::string& path, const Selection& selection, bool outcomes) {
        const std::string& name = selection.metric;
        if (metric_named(name))
            return;
        const auto later = later_metrics();
        if (std::ranges::find(later, name) != later.end() || name.starts_with("workloads."))
            return wrong(path + ".metric",
                         fmt::format("the metric \"{}\" is not yet supported", name));
        std::vector<std::string> names =
            outcomes ? outcome_names(scenario_) : std::vector<std::string>{};
        if (std::ranges::find(names, name) != names.end())
            return;
        for (const Metric& known : metrics())
            names.emplace_back(known.name);
        wrong(path + ".metric", fmt::format("unknown metric \"{}\"", name),
              did_you_mean(name, names));
    }

    void filter(const std::string& path, const Selection& selection) {
        const int filters = selection.source.has_value() + selection.site.has_value() +
                            selection.accelerator.has_value();
        if (filters > 1)
            return wrong(path, "takes at most one of \"source\", \"site\" and \"accelerator\"");
        if (filters == 1 && is_outcome(selection.metric))
            return wrong(path, "an outcome takes no filter");
        const Filter chosen = filter_of(selection);
        const auto among = [&](const std::vector<std::string>& names) {
            if (std::ranges::find(names, chosen.name) == names.end())
                wrong(
                    fmt::format("{}.{}", path, text_of(chosen.by)),
                    fmt::format("{} {} \"{}\"",
                                chosen.by == GroupBy::accelerator ? "no source has the" : "unknown",
                                text_of(chosen.by), chosen.name),
                    did_you_mean(chosen.name, names));
        };
        if (chosen.by == GroupBy::source)
            among(names_of(scenario_.sources));
        else if (chosen.by == GroupBy::site)
            among(site_names(scenario_));
        else if (chosen.by == GroupBy::accelerator)
            among(accelerators_in_use(scenario_));
    }

    void outcome(const std::string& path, const Check& check) {
        if (check.at || check.every)
            wrong(path + (check.at ? ".at" : ".every"),
                  "does not go with an outcome, which is one figure of a run");
        const bool wants_date = check.metric.starts_with("milestones.");
        for (const auto& [key, limit] :
             {std::pair("at_least", &check.at_least), std::pair("at_most", &check.at_most)})
            if (*limit && std::holds_alternative<Date>(**limit) != wants_date)
                wrong(fmt::format("{}.{}", path, key), wants_date
                                                           ? "must be a date: the outcome is one"
                                                           : "must be a number, got a date");
        if (check.between && wants_date)
            wrong(path + ".between",
                  "takes numbers, but the outcome is a date: use at_least or at_most");
    }

    void period(const std::string& path, const Check& check) {
        for (const auto& [key, limit] :
             {std::pair("at_least", &check.at_least), std::pair("at_most", &check.at_most)})
            if (*limit && std::holds_alternative<Date>(**limit))
                wrong(fmt::format("{}.{}", path, key), "must be a number, got a date");
        if (!check.at)
            return wrong(path, "needs \"at\": a date, \"all\" or \"any\"");
        if (*check.at == "all" || *check.at == "any")
            return;
        const auto date = parse_date(*check.at);
        if (!date)
            wrong(path + ".at",
                  fmt::format("must be a date, \"all\" or \"any\", got \"{}\"", *check.at));
        else if (grid_ && !grid_->period_ending(grid_->ends(*date)))
            wrong(path + ".at", fmt::format("{} lies outside the horizon, {} to {}", *check.at,
                                            iso_day(grid_->periods.front().first),
                                            iso_day(grid_->periods.back().last)));
    }

    const Scenario& scenario_;
    const std::optional<TimeGrid>& grid_;
};

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

Problems problems_of_expectations(const Scenario& scenario, const std::optional<TimeGrid>& grid) {
    Rules rules(scenario, grid);
    for (const auto& [name, milestone] : scenario.milestones)
        rules.milestone("milestones." + name, milestone);
    for (const auto& [name, check] : scenario.checks)
        rules.check("checks." + name, check);
    return std::move(rules.problems);
}

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
