// Mistakes of milestones and checks that can be seen without a run.
#include <fleetcast/analyse/expectations.hpp>

#include "selection.hpp"

#include <fleetcast/base/suggest.hpp>
#include <fleetcast/compile/compile.hpp>
#include <fleetcast/model/lookup.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace fleetcast {

namespace {

std::vector<std::string> site_names(const Scenario& scenario) {
    return scenario.sites.empty() ? std::vector<std::string>{std::string(default_site)}
                                  : names_of(scenario.sites);
}

/// The groups in which a metric has a meaning (G1).
std::vector<GroupBy> groups_with(const Metric& metric) {
    using enum GroupBy;
    switch (metric.subject) {
    case Subject::demand:
        return {total, team, workload};
    case Subject::balance:
        return {total};
    case Subject::workload:
        return {workload};
    case Subject::supply:
        break;
    }
    if (metric.kind == MetricKind::limit)
        return {total, site};
    if (metric.kind == MetricKind::bound &&
        (metric.bound == Bound::supply || metric.bound == Bound::none))
        return {total, source, accelerator};
    return {total, source, site, accelerator};
}

/// "in total and by site".
std::string words_of(const std::vector<GroupBy>& groups) {
    std::vector<std::string_view> members;
    for (const GroupBy by : groups)
        if (by != GroupBy::total)
            members.push_back(text_of(by));
    const bool has_total = members.size() < groups.size();
    return fmt::format("{}{}{}", has_total ? "in total" : "",
                       has_total && !members.empty() ? " and " : "",
                       members.empty() ? "" : fmt::format("by {}", fmt::join(members, ", ")));
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
            wrong(path, fmt::format("{} one of \"at_least\", \"at_most\" and \"between\"",
                                    limits == 0 ? "needs" : "takes only"));
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
        std::vector<std::string> names =
            outcomes ? outcome_names(scenario_) : std::vector<std::string>{};
        if (std::ranges::find(names, name) != names.end())
            return;
        for (const Metric& known : metrics())
            names.emplace_back(known.name);
        const auto outcome = outcomes ? outcome_of(name) : std::nullopt;
        if (outcome && name.starts_with("workloads.") && find(scenario_.workloads, outcome->name))
            return wrong(path + ".metric",
                         fmt::format("{} has no figure: the workload {}", name,
                                     training_of(scenario_, outcome->name) ? "has no \"due\""
                                                                           : "is no training"));
        const std::vector<std::string> known = outcome_names(scenario_);
        if (!outcomes && std::ranges::find(known, name) != known.end())
            return wrong(path + ".metric",
                         fmt::format("{} is one figure of a whole run: a milestone waits for a "
                                     "metric of periods",
                                     name),
                         "a check can ask for it");
        wrong(path + ".metric", fmt::format("unknown metric \"{}\"", name),
              did_you_mean(name, names));
    }

    void filter(const std::string& path, const Selection& selection) {
        const int filters = filters_of(selection);
        if (filters > 1)
            return wrong(path, "takes at most one of \"source\", \"site\", \"accelerator\", "
                               "\"team\" and \"workload\"");
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
        else if (chosen.by == GroupBy::team)
            among(teams_of(scenario_));
        else if (chosen.by == GroupBy::workload)
            among(names_of(scenario_.workloads));
        if (const Metric* metric = metric_named(selection.metric))
            meaning(path, *metric, chosen);
    }

    /// Whether the metric can have a figure in the group.
    void meaning(const std::string& path, const Metric& metric, const Filter& chosen) {
        const auto groups = groups_with(metric);
        if (std::ranges::find(groups, chosen.by) == groups.end())
            return wrong(path + ".metric",
                         fmt::format("{} has no figure {}: it has one {}", metric.name,
                                     words_of({chosen.by}), words_of(groups)));
        const Workload* workload =
            metric.subject == Subject::workload ? find(scenario_.workloads, chosen.name) : nullptr;
        if (workload && !std::holds_alternative<Inference>(workload->kind))
            wrong(path + ".metric",
                  fmt::format("{} has no figure: the workload is no inference", metric.name));
    }

    void outcome(const std::string& path, const Check& check) {
        if (check.at || check.every)
            wrong(path + (check.at ? ".at" : ".every"),
                  "does not go with an outcome, which is one figure of a run");
        const auto asked = outcome_of(check.metric);
        if (!asked)
            return; // said already
        const bool wants_date =
            asked->asked == Asked::milestone || asked->asked == Asked::completed;
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

} // namespace

Problems problems_of_expectations(const Scenario& scenario, const std::optional<TimeGrid>& grid) {
    Rules rules(scenario, grid);
    for (const auto& [name, milestone] : scenario.milestones)
        rules.milestone("milestones." + name, milestone);
    for (const auto& [name, check] : scenario.checks)
        rules.check("checks." + name, check);
    return std::move(rules.problems);
}

} // namespace fleetcast
