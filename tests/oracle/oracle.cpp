// One run or trial: read, step through the periods, measure, serve workloads, and group.
#include "oracle/oracle.hpp"

#include "oracle/oracle_catalog.hpp"
#include "oracle/oracle_demand.hpp"
#include "oracle/oracle_engine.hpp"
#include "oracle/oracle_judge.hpp"
#include "oracle/oracle_metrics.hpp"
#include "oracle/oracle_plan.hpp"

namespace fleetcast::oracle {

namespace {

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

/// Sources at their sites, then leases: whatever workloads may be tied to.
std::vector<DemandPool> demand_pools(const Plan& plan) {
    std::vector<DemandPool> pools;
    for (const Source& source : plan.sources) {
        const std::string accelerator = source.accelerator.value_or("");
        if (source.lease())
            pools.push_back({std::nullopt, accelerator});
        for (const std::size_t site : source.sites)
            pools.push_back({plan.sites[site].name, accelerator});
    }
    return pools;
}

/// [M12] What the pools offer in a period, and what there is to be charged.
DemandSupply demand_supply(const Plan& plan, const PeriodLog& log, const Cells& cells,
                           const Period& period) {
    DemandSupply supply;
    for (std::size_t s = 0; s < plan.sources.size(); ++s) {
        const Source& source = plan.sources[s];
        if (source.lease())
            supply.capacity.push_back(source.lease_units * log.sources[s].lease_hours *
                                      source.compute_h100e / period.hours);
        for (const std::size_t site : source.sites) {
            const PoolLog& pool = log.pools[s][site];
            const double available = (pool.accepted_at_begin + pool.accepted) / 2 * source.ready();
            supply.capacity.push_back(available * source.compute_h100e);
        }
    }
    for (double& capacity : supply.capacity)
        if (capacity <= 1e-9) // what rounding leaves of a fleet (reading 25)
            capacity = 0;
    supply.cost_usd = total_of(cells, "depreciation_usd") + total_of(cells, "writeoff_usd") +
                      total_of(cells, "opex_usd") - total_of(cells, "resale_usd");
    supply.energy_mwh = total_of(cells, "energy_mwh");
    supply.emissions_t = total_of(cells, "emissions_t");
    return supply;
}

/// The figures of demand and the divisors of their ratios.
SeriesTable demand_table(const Run& run, const std::vector<std::vector<std::size_t>>& longer) {
    const GroupKey total("total", "total");
    SeriesTable table = fold_demand(run.demand, run.clock.periods, longer);
    for (const auto& members : longer) {
        double capacity = 0;
        for (const std::size_t p : members)
            capacity += (run.demand.series.at("served_h100e").at(total)[p].value() +
                         run.demand.series.at("idle_h100e").at(total)[p].value()) *
                        run.clock.periods[p].hours;
        table["capacity_h100e_hours"][total].push_back(capacity);
        for (const auto& [workload, million] : run.demand.million_tokens) {
            double sum = 0;
            for (const std::size_t p : members)
                sum += million[p];
            table["million_tokens"][{"workload", workload}].push_back(sum);
        }
    }
    return table;
}

Figures run_with(const Draws& draws, const Json& scenario, const Json& catalog,
                 const std::string& every) {
    Figures figures;
    figures.edges = no_edges();
    Run run{scenario, read_clock(scenario), {}, {}, 1};
    hit_written(run.scenario, run.clock, figures.edges);
    if (draws.zero_pivots() > 0)
        hit(figures.edges, "correlation singular");
    Values values(run.scenario, run.clock, draws, figures.edges);
    const Plan plan = read_plan(run.scenario, catalog, run.clock, values, figures.edges);
    const Money money = money_of(plan, run.clock, values, figures.edges);

    const bool workloads = scenario.contains("workloads");
    DemandOracle demand(run.scenario,
                        workloads ? flops_per_h100e(Accelerators(catalog, scenario)) : 1,
                        demand_pools(plan), run.clock, values, figures.edges);
    Engine engine(plan, run.clock, values, figures.edges);
    std::vector<Cells> cells;
    std::vector<double> delivered(plan.sources.size(), 0.0);
    for (const Period& period : run.clock.periods) {
        const PeriodLog log = engine.step();
        for (std::size_t s = 0; s < plan.sources.size(); ++s) {
            delivered[s] += log.sources[s].delivered;
            for (const PoolLog& pool : log.pools[s]) {
                if (cells.empty())
                    figures.opening_book_usd += pool.book_at_begin;
            }
        }
        cells.push_back(measure(plan, log, money, period, engine.opening(), delivered, run.clock,
                                run.scenario, values, figures.edges));
        demand.step(demand_supply(plan, log, cells.back(), period));
    }
    run.by_period = group_figures(plan, cells, run.clock.periods);
    run.demand = demand.figures();
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
    figures.money = {{"paid_before_start_usd", money.paid_before_start},
                     {"due_after_end_usd", money.due_after_end},
                     {"prepaid_usd", money.prepaid}};
    for (const auto& [training, usd] : run.demand.training_usd)
        figures.money["workloads." + training + ".training_usd"] = usd;
    figures.completed = run.demand.completed;
    figures.weeks_late = run.demand.weeks_late;
    if (scenario.contains("finance")) {
        run.year_starts = std::stoi(scenario.at("finance").value("year_starts", "01"));
    }
    judge(run, figures);

    const auto longer = longer_periods(run.clock.periods, every, run.year_starts);
    figures.series = fold(run.by_period, run.clock.periods, longer);
    figures.series.merge(demand_table(run, longer));
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
