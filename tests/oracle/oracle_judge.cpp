// [S3, S4] The conditions of one trial: its share is 1 or 0.
#include "oracle/oracle_judge.hpp"

#include <cmath>
#include <stdexcept>

namespace fleetcast::oracle {

namespace {

/// [S3] Whether a figure meets the limits of a check or milestone, with a slack of 1e-9 of each.
bool meets(const Json& wanted, double value) {
    const auto slack = [](double limit) { return 1e-9 * std::abs(limit); };
    bool good = true;
    if (wanted.contains("at_least")) {
        const double limit = wanted.at("at_least").get<double>();
        good = good && value >= limit - slack(limit);
    }
    if (wanted.contains("at_most")) {
        const double limit = wanted.at("at_most").get<double>();
        good = good && value <= limit + slack(limit);
    }
    if (wanted.contains("between")) {
        const double low = wanted.at("between").at(0).get<double>();
        const double high = wanted.at("between").at(1).get<double>();
        good = good && value >= low - slack(low) && value <= high + slack(high);
    }
    return good;
}

const Series& series_for(const SeriesTable& table, const Json& wanted) {
    GroupKey group("total", "total");
    for (const char* by : {"source", "site", "accelerator", "team", "workload"}) {
        if (wanted.contains(by))
            group = {by, wanted.at(by).get<std::string>()};
    }
    return table.at(wanted.at("metric").get<std::string>()).at(group);
}

/// [S4] The last day of the first engine period where it holds, or "".
std::string milestone_day(const Json& milestone, const SeriesTable& table, const Clock& clock) {
    const Series& series = series_for(table, milestone);
    for (std::size_t p = 0; p < series.size(); ++p) {
        if (series[p] && meets(milestone, *series[p]))
            return iso(clock.periods[p].last);
    }
    return "";
}

/// A date within limits; "" is later than all.
bool meets_date(const Json& wanted, const std::string& day) {
    if (wanted.contains("at_most")) {
        const std::string last = wanted.at("at_most").get<std::string>();
        return !day.empty() && day.substr(0, last.size()) <= last;
    }
    const std::string first = wanted.at("at_least").get<std::string>();
    return day.empty() || day.substr(0, first.size()) >= first;
}

/// Whether the check of an outcome holds; empty: it is of a metric.
std::optional<bool> outcome_holds(const Json& check, const Figures& figures, Edges& edges) {
    const std::string metric = check.at("metric").get<std::string>();
    if (metric.rfind("pending.", 0) == 0) {
        hit(edges, "check of an outcome");
        return meets(check, figures.pending.at(metric.substr(8)).value());
    }
    if (metric.rfind("milestones.", 0) == 0) {
        hit(edges, "check of a milestone");
        return meets_date(check, figures.milestones.at(metric.substr(11)));
    }
    if (figures.money.contains(metric)) {
        hit(edges, "check of money");
        return meets(check, figures.money.at(metric).value());
    }
    if (metric.rfind("workloads.", 0) != 0)
        return std::nullopt;
    const std::size_t dot = metric.rfind('.');
    const std::string workload = metric.substr(10, dot - 10);
    if (metric.substr(dot) == ".completed") {
        hit(edges, "check of a completion");
        return meets_date(check, figures.completed.at(workload));
    }
    hit(edges, "check of weeks late");
    return meets(check, figures.weeks_late.at(workload).value());
}

bool check_holds(const Json& check, const Run& run, const Figures& figures, Edges& edges) {
    const std::string metric = check.at("metric").get<std::string>();
    if (const auto holds = outcome_holds(check, figures, edges))
        return *holds;
    const std::string every = check.value("every", "period");
    if (every == "year")
        hit(edges, "check by year");
    const auto longer = longer_periods(run.clock.periods, every, run.year_starts);
    SeriesTable folded;
    if (run.of_demand(metric)) {
        folded = fold_demand(run.demand, run.clock.periods, longer);
        hit(edges, "check of demand");
    } else {
        for (const std::string& part : parts_of(metric))
            folded[part] = run.by_period.at(part);
        folded = fold(folded, run.clock.periods, longer);
    }
    const Series series = series_for(folded, check);
    const std::string at = check.at("at").get<std::string>();
    bool all = true;
    bool any = false;
    for (std::size_t p = 0; p < series.size(); ++p) {
        const bool good = meets(check, series[p].value());
        if (at != "all" && at != "any") {
            const double t = run.clock.as_end(at);
            const double x0 = run.clock.periods[longer[p].front()].x0;
            const double x1 = run.clock.periods[longer[p].back()].x1;
            if (x0 < t - same_time && t <= x1 + same_time)
                return good;
        }
        all = all && good;
        any = any || good;
    }
    if (at != "all" && at != "any")
        throw std::runtime_error("no such period: " + at);
    hit(edges, "check at " + at);
    return at == "all" ? all : any;
}

} // namespace

void judge(const Run& run, Figures& figures) {
    Edges& edges = figures.edges;
    if (run.scenario.contains("milestones")) {
        for (const auto& [name, milestone] : run.scenario.at("milestones").items()) {
            if (is_note(name))
                continue;
            const std::string metric = milestone.at("metric").get<std::string>();
            const bool demand = run.of_demand(metric);
            if (demand)
                hit(edges, "milestone of demand");
            const std::string day =
                milestone_day(milestone, demand ? run.demand.series : run.by_period, run.clock);
            figures.milestones[name] = day;
            hit(edges, day.empty() ? "milestone not met" : "milestone met");
            for (const char* by : {"source", "site", "accelerator", "team", "workload"}) {
                if (milestone.contains(by))
                    hit(edges, "milestone of a group");
            }
        }
    }
    if (!run.scenario.contains("checks"))
        return;
    for (const auto& [name, check] : run.scenario.at("checks").items()) {
        if (is_note(name))
            continue;
        // One trial: the share in which the condition is true is 1 or 0.
        const double share = check_holds(check, run, figures, edges) ? 1 : 0;
        std::string verdict = share >= check.value("probability", 0.5) ? "pass" : "fail";
        if (verdict == "fail" && check.value("severity", "error") == "warn")
            verdict = "warn";
        figures.checks[name] = verdict;
        hit(edges, "check " + verdict);
    }
}

} // namespace fleetcast::oracle
