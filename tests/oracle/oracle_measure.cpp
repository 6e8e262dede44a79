// [M1] to [M11] of one period, as cells; ratios are left to the groups.
#include "oracle/oracle_metrics.hpp"

#include <algorithm>
#include <cmath>

namespace fleetcast::oracle {

using Json = nlohmann::ordered_json;

namespace {

/// The part [months] of the period that lies within [from, to].
double overlap(const Period& period, double from, double to) {
    return std::max(0.0, std::min(period.x1, to) - std::max(period.x0, from));
}

struct Measuring {
    const Plan& plan;
    const PeriodLog& log;
    const Money& money;
    const Period& period;
    const Clock& clock;
    const Json& scenario;
    Values& values;
    Edges& edges;
    Cells cells = {};

    void put(const std::string& metric, std::optional<std::size_t> source,
             std::optional<std::size_t> site, std::optional<double> value) {
        cells[metric].push_back({source, site, value});
    }

    void pool(std::size_t s, std::size_t i);
    void supply(std::size_t s);
    void lease(std::size_t s);
    void site(std::size_t i);
    void nre(std::size_t s);
    void other_costs();
    void paid();
    void built();
    void sums();
    /// [M9] on the book value, for the period.
    double capital_rate() const { return std::pow(1 + plan.discount, period.dx / 12) - 1; }
};

/// What is in service of an owned source at a site that it may use.
void Measuring::pool(std::size_t s, std::size_t i) {
    const Source& source = plan.sources[s];
    const Site& site = plan.sites[i];
    const PoolLog& pool = log.pools[s][i];
    const double ready = source.ready();
    if (source.failures > 0)
        hit(edges, "failures");
    if (1 - source.spares < 1 / (1 + source.failures * source.repair_years)) {
        hit(edges, "spares bind availability");
    } else if (source.failures * source.repair_years > 0) {
        hit(edges, "repair binds availability");
    }
    const double available = pool.accepted * ready;
    put("in_service", s, i, pool.end);
    put("owned", s, i, pool.end);
    put("available", s, i, available);
    put("installed", s, i, pool.installed);
    put("retired", s, i, pool.retired);
    put("lost", s, i, pool.lost);
    put("failures", s, i, (pool.begin + pool.end) / 2 * source.failures * period.dx / 12);
    put("h100e", s, i, pool.end * source.h100e);
    put("fleet_h100e", s, i, pool.end * source.h100e);
    put("available_h100e", s, i, available * source.h100e);
    const double nameplate_mw = pool.end * source.kw / 1000;
    put("nameplate_mw", s, i, nameplate_mw);
    put("it_mw", s, i, nameplate_mw * site.load);
    put("facility_mw", s, i, nameplate_mw * site.load * site.pue);
    const double energy_mwh =
        (pool.begin + pool.end) / 2 * source.kw / 1000 * site.load * site.pue * period.hours;
    put("energy_mwh", s, i, energy_mwh);
    const double carbon = values.field(*site.json, "carbon_kg_per_mwh", 400, period.x0);
    put("emissions_t", s, i, energy_mwh * carbon / 1000);
    std::optional<double> embodied_t;
    if (source.embodied_kg) {
        embodied_t = pool.end * *source.embodied_kg / 1000 * period.dx / source.life.value_or(60);
    }
    put("embodied_t", s, i, embodied_t);
    const double electricity = values.field(*site.json, "electricity_usd_per_mwh", 70, period.x0);
    if (electricity < 0)
        hit(edges, "negative electricity price");
    put("energy_usd", s, i, energy_mwh * electricity);
    const double maintenance = source.maintenance / 12 * period.dx * pool.cost;
    if (maintenance > 0)
        hit(edges, "maintenance");
    put("maintenance_usd", s, i, maintenance);
    put("resale_usd", s, i, source.resale * pool.retired_cost);
    if (source.resale * pool.retired_cost > 0)
        hit(edges, "resale");
    put("depreciation_usd", s, i, pool.depreciation);
    put("writeoff_usd", s, i, pool.writeoff);
    put("book_value_usd", s, i, pool.book_value);
    put("capital_charge_usd", s, i, pool.book_at_begin * capital_rate());
    const double hours = (pool.accepted_at_begin + pool.accepted) / 2 * ready * period.hours;
    put("available_hours", s, i, hours);
    put("available_h100e_hours", s, i, hours * source.h100e);
}

/// What has no site: deliveries and the warehouse.
void Measuring::supply(std::size_t s) {
    const Source& source = plan.sources[s];
    const SourceLog& it = log.sources[s];
    put("delivered", s, {}, it.delivered);
    put("warehoused", s, {}, it.warehoused);
    put("owned", s, {}, it.warehoused);
    put("fleet_h100e", s, {}, it.warehoused * source.h100e);
    put("capex_usd", s, {}, it.delivered_cost);
    put("waiting_power", s, it.waiting_site, it.waiting_power);
    put("waiting_install", s, it.waiting_site, it.waiting_install);
    put("power_short_mw", s, it.waiting_site,
        it.waiting_power * source.kw * plan.sites[it.waiting_site].provisioning / 1000);
    put("outstanding", s, {}, it.outstanding);
    put("book_value_usd", s, {}, it.book_value);
    put("capital_charge_usd", s, {}, it.book_at_begin * capital_rate());
}

void Measuring::lease(std::size_t s) {
    const Source& source = plan.sources[s];
    const SourceLog& it = log.sources[s];
    put("in_service", s, {}, it.lease_units);
    put("available", s, {}, it.lease_units);
    put("h100e", s, {}, it.lease_units * source.h100e);
    put("fleet_h100e", s, {}, it.lease_units * source.h100e);
    put("available_h100e", s, {}, it.lease_units * source.h100e);
    const double rate = values.field(*source.json, "rate_usd_per_hour", 0, period.x0);
    put("lease_usd", s, {}, source.lease_units * rate * it.lease_hours);
    put("available_hours", s, {}, source.lease_units * it.lease_hours);
    put("available_h100e_hours", s, {}, source.lease_units * it.lease_hours * source.h100e);
}

void Measuring::site(std::size_t i) {
    const Site& site = plan.sites[i];
    const SiteLog& it = log.sites[i];
    std::optional<double> none;
    put("power_mw", {}, i, site.limited ? it.power_mw : none);
    put("contracted_mw", {}, i, site.limited ? it.contracted_mw : none);
    put("headroom_mw", {}, i, site.limited ? it.headroom_kw / 1000 : none);
    put("capex_usd", {}, i, it.build_usd);
    const double rate = values.field(*site.json, "colocation_usd_per_kw_month", 0, period.x0);
    const double colocation = site.limited ? rate * 1000 * it.power_mw * period.dx : 0;
    if (colocation > 0)
        hit(edges, "colocation");
    put("colocation_usd", {}, i, colocation);
}

void Measuring::nre(std::size_t s) {
    const Source& source = plan.sources[s];
    if (!source.json->contains("nre_usd"))
        return;
    const double from = clock.as_start(source.json->at("nre_from").get<std::string>());
    const double to = clock.as_end(source.json->at("nre_to").get<std::string>());
    const double part = overlap(period, from, to) / (to - from);
    put("nre_usd", s, {}, values.field(*source.json, "nre_usd", 0) * part);
    if (part > 0)
        hit(edges, "nre");
    if (from < 0 || to > clock.end)
        hit(edges, "nre outside the horizon");
}

void Measuring::other_costs() {
    if (!scenario.contains("costs"))
        return;
    for (const auto& [name, cost] : scenario.at("costs").items()) {
        if (is_note(name))
            continue;
        if (cost.contains("usd")) {
            const double at = clock.as_end(cost.at("at").get<std::string>());
            if (at < same_time || at > clock.end + same_time)
                hit(edges, "cost once outside");
            const bool here = period.x0 < at - same_time && at <= period.x1 + same_time;
            if (!here)
                continue;
            hit(edges, "cost once");
            put("other_usd", {}, {}, values.field(cost, "usd", 0));
            continue;
        }
        double from = 0;
        double to = clock.end;
        if (cost.contains("from"))
            from = clock.as_start(cost.at("from").get<std::string>());
        if (cost.contains("to"))
            to = clock.as_end(cost.at("to").get<std::string>());
        const double months = overlap(period, from, to);
        if (months > 0)
            hit(edges, "cost monthly");
        put("other_usd", {}, {}, values.field(cost, "usd_per_month", 0, period.x0) * months);
    }
}

/// [M8] Hardware and build by their payments; the rest is in sums().
void Measuring::paid() {
    for (const Payment& payment : money.payments) {
        if (is_paid_in(payment, period))
            put("cash_usd", payment.source, payment.site, payment.usd);
    }
}

/// [M9] Of what is built, which no source owns.
void Measuring::built() {
    for (const Bill& bill : money.bills) {
        if (!bill.site || bill.x0 > period.x0)
            continue;
        const double months = plan.site_depreciation;
        put("depreciation_usd", {}, bill.site,
            bill.usd * overlap(period, bill.x0, bill.x0 + months) / months);
        const auto left_at = [&](double x) {
            return bill.usd * (1 - std::min(1.0, (x - bill.x0) / months));
        };
        put("book_value_usd", {}, bill.site, left_at(period.x1));
        if (bill.x0 < period.x0)
            put("capital_charge_usd", {}, bill.site, left_at(period.x0) * capital_rate());
        if (bill.usd > 0)
            hit(edges, left_at(period.x1) > 0 ? "build being charged" : "build charged");
    }
}

void Measuring::sums() {
    for (const char* part :
         {"energy_usd", "maintenance_usd", "colocation_usd", "lease_usd", "nre_usd", "other_usd"}) {
        for (const Cell& cell : cells[part])
            put("opex_usd", cell.source, cell.site, cell.value);
    }
    for (const char* part : {"capex_usd", "opex_usd", "resale_usd"}) {
        const double sign = part == std::string("resale_usd") ? -1 : 1;
        for (const Cell& cell : cells[part]) {
            put("cost_usd", cell.source, cell.site, sign * *cell.value);
            if (part != std::string("capex_usd"))
                put("cash_usd", cell.source, cell.site, sign * *cell.value);
        }
    }
}

} // namespace

Cells measure(const Plan& plan, const PeriodLog& log, const Money& money, const Period& period,
              const std::vector<std::vector<double>>& opening,
              const std::vector<double>& delivered_so_far, const Clock& clock, const Json& scenario,
              Values& values, Edges& edges) {
    Measuring all{plan, log, money, period, clock, scenario, values, edges};
    for (std::size_t s = 0; s < plan.sources.size(); ++s) {
        if (plan.sources[s].lease()) {
            all.lease(s);
            continue;
        }
        for (const std::size_t i : plan.sources[s].sites) {
            all.pool(s, i);
            all.put("acquired", s, i, opening[s][i]);
        }
        all.put("acquired", s, {}, delivered_so_far[s]);
        all.supply(s);
        all.nre(s);
    }
    for (std::size_t i = 0; i < plan.sites.size(); ++i)
        all.site(i);
    all.other_costs();
    all.paid();
    all.built();
    all.sums();
    return all.cells;
}

} // namespace fleetcast::oracle
