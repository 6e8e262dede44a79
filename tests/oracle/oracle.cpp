// One run or trial: read, step through the periods, measure, group, and judge milestones and
// checks.
#include "oracle/oracle.hpp"

#include "oracle/oracle_engine.hpp"
#include "oracle/oracle_metrics.hpp"
#include "oracle/oracle_plan.hpp"

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
    for (const char* by : {"source", "site", "accelerator"}) {
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

struct Run {
    Json scenario;
    Clock clock;
    SeriesTable by_period;
    int year_starts = 1;
};

bool check_holds(const Json& check, const Run& run, const Figures& figures, Edges& edges) {
    const std::string metric = check.at("metric").get<std::string>();
    if (metric.rfind("pending.", 0) == 0) {
        hit(edges, "check of an outcome");
        return meets(check, figures.pending.at(metric.substr(8)).value());
    }
    const std::string every = check.value("every", "period");
    if (every == "year")
        hit(edges, "check by year");
    const auto longer = longer_periods(run.clock.periods, every, run.year_starts);
    const SeriesTable needed = {{metric, run.by_period.at(metric)},
                                {"failures", run.by_period.at("failures")}};
    const Series series = series_for(fold(needed, run.clock.periods, longer), check);
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

void judge(const Run& run, Figures& figures) {
    Edges& edges = figures.edges;
    if (run.scenario.contains("milestones")) {
        for (const auto& [name, milestone] : run.scenario.at("milestones").items()) {
            if (is_note(name))
                continue;
            const std::string day = milestone_day(milestone, run.by_period, run.clock);
            figures.milestones[name] = day;
            hit(edges, day.empty() ? "milestone not met" : "milestone met");
            for (const char* by : {"source", "site", "accelerator"}) {
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

/// Edges that stand in the text of the scenario, whatever the run makes of them.
void hit_written(const Json& scenario, const Clock& clock, Edges& edges) {
    hit(edges, clock.weekly ? "step week" : "step month");
    if (clock.weekly && clock.start.day > 1)
        hit(edges, "week step from mid-month");
    for (const Period& period : clock.periods) {
        if (clock.weekly && period.first.month != period.last.month) {
            hit(edges, "week over a month's end");
        }
    }
    if (clock.cut)
        hit(edges, "last period cut");
    if (scenario.contains("finance") && scenario.at("finance").value("year_starts", "01") != "01") {
        hit(edges, "financial year");
    }
    if (scenario.contains("correlations"))
        hit(edges, "correlations");
    hit(edges, "basis " + scenario.value("h100e_basis", "bf16"));
    if (scenario.contains("accelerators")) {
        for (const auto& [id, entry] : scenario.at("accelerators").items()) {
            if (is_note(id))
                continue;
            hit(edges,
                entry.contains("like") ? "accelerator like another" : "accelerator corrected");
        }
    }
    for (const auto& [name, source] : scenario.at("sources").items()) {
        if (is_note(name) || !source.contains("price_usd"))
            continue;
        const Json& price = source.at("price_usd");
        if (price.is_object() && price.contains("points")) {
            hit(edges, "price " + price.value("between", "step"));
            if (clock.as_start(price.at("points").begin().key()) > 0) {
                hit(edges, "price before its first point");
            }
        } else if (price.is_object() && price.contains("growth_per_year")) {
            hit(edges, "price growth");
        } else if (price.is_object() && price.contains("formula")) {
            hit(edges, "price formula");
        } else if (price.is_object() && price.contains("ref")) {
            hit(edges, "price ref");
        } else {
            hit(edges, "price constant");
        }
    }
}

void hit_bounds(const SeriesTable& table, Edges& edges) {
    const GroupKey total("total", "total");
    for (std::size_t p = 0; p < table.at("bound_none").at(total).size(); ++p) {
        if (table.at("bound_none").at(total)[p] == 1.0)
            hit(edges, "bound by none");
        if (table.at("bound_supply").at(total)[p] == 1.0)
            hit(edges, "bound by supply");
        if (*table.at("warehoused").at(total)[p] == 0)
            hit(edges, "warehouse unbound");
    }
}

Figures run_with(const Draws& draws, const Json& scenario, const Json& catalog,
                 const std::string& every) {
    Figures figures;
    figures.edges = no_edges();
    Run run{scenario, read_clock(scenario), {}, 1};
    hit_written(run.scenario, run.clock, figures.edges);
    if (draws.zero_pivots() > 0)
        hit(figures.edges, "correlation singular");
    Values values(run.scenario, run.clock, draws, figures.edges);
    const Plan plan = read_plan(run.scenario, catalog, run.clock, values, figures.edges);

    Engine engine(plan, run.clock, values, figures.edges);
    std::vector<Cells> cells;
    std::vector<double> delivered(plan.sources.size(), 0.0);
    for (const Period& period : run.clock.periods) {
        const PeriodLog log = engine.step();
        for (std::size_t s = 0; s < plan.sources.size(); ++s) {
            delivered[s] += log.sources[s].delivered;
        }
        cells.push_back(measure(plan, log, period, engine.opening(), delivered, run.clock,
                                run.scenario, values, figures.edges));
    }
    run.by_period = group_figures(plan, cells, run.clock.periods);
    hit_bounds(run.by_period, figures.edges);

    for (const Source& source : plan.sources) {
        if (source.batches.empty()) {
            figures.pending[source.name] = std::nullopt;
            continue;
        }
        const double pending = engine.pending(source);
        figures.pending[source.name] = pending;
        if (pending > 1e-6)
            hit(figures.edges, "pending past the end");
    }
    if (scenario.contains("finance")) {
        run.year_starts = std::stoi(scenario.at("finance").value("year_starts", "01"));
    }
    judge(run, figures);

    const auto longer = longer_periods(run.clock.periods, every, run.year_starts);
    figures.series = fold(run.by_period, run.clock.periods, longer);
    for (const auto& members : longer) {
        figures.periods.push_back(iso(run.clock.periods[members.front()].first));
    }
    return figures;
}

} // namespace

Figures run(const Json& scenario, const Json& catalog, const std::string& every) {
    return run_with(Draws::medians(), scenario, catalog, every);
}

Figures run_trial(const Json& scenario, const Json& catalog, std::uint64_t seed,
                  std::uint64_t trial, const std::string& every) {
    return run_with(Draws::of_trial(scenario, seed, trial), scenario, catalog, every);
}

} // namespace fleetcast::oracle
