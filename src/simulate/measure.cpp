// What is measured at the end of a period (rules.md, M1 to M7 and M11), as far as it is needed,
// and the law of conservation of units (C1).
#include <fleetcast/simulate/block.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace fleetcast {

namespace {

constexpr double units_that_count = 1e-6;   // fewer do not wait (M11)
constexpr double embodied_life_months = 60; // where there is no service life (M5)
constexpr double conservation_slack = 1e-9; // of the largest term

double overlap(double from, double to, const Period& period) {
    return std::max(0.0, std::min(to, period.x1) - std::max(from, period.x0));
}

} // namespace

void Block::measure() {
    for (std::size_t k = 0; k < pools_.size(); ++k) {
        for (const PoolQuantity q : {PoolQuantity::waiting_power, PoolQuantity::waiting_install,
                                     PoolQuantity::power_short})
            pools_[k].figures[q] = {};
        if (pools_[k].has_units)
            measure_pool(k);
    }
    for (std::size_t j = 0; j < sites_.size(); ++j)
        if (sites_[j].limited)
            measure_site(j);
    for (std::size_t i = 0; i < sources_.size(); ++i) {
        measure_source(i);
        if (sources_[i].has_stock &&
            (needs_.has(PoolQuantity::waiting_power) || needs_.has(PoolQuantity::waiting_install) ||
             needs_.has(PoolQuantity::power_short)))
            measure_waiting(i);
        if (!sources_[i].pools.empty())
            check_conservation(i);
    }
    if (needs_.has(RestQuantity::other_cost))
        measure_costs();
}

void Block::measure_pool(std::size_t k) {
    Pool& pool = pools_[k];
    const PlanSource& plan = plan_->sources[pool.source];
    const Source& source = sources_[pool.source];
    const auto row = [&](PoolQuantity q) { return pool.rows[q]; };
    if (!plan.vintages.empty())
        show(pool.figures, PoolQuantity::opening, row(PoolQuantity::opening));
    show(pool.figures, PoolQuantity::end, pool.units);
    const double* const each = values_.row(plan.h100e);
    show(pool.figures, PoolQuantity::h100e, pool.units, each);
    if (needs_.has(PoolQuantity::available) || needs_.has(PoolQuantity::available_h100e)) {
        // Accepted units: those of cohorts that are not too young.
        const double* accepted = pool.units;
        if (plan.acceptance > 0) {
            kernels_->fill(scratch_, 0, n_);
            for (std::size_t c = pool.logged;
                 c > 0 && period_->x0 < pool.log[c - 1].x0 + plan.acceptance - time_slack; --c)
                kernels_->add_product(scratch_, pool.log[c - 1].units, pool.survival, n_);
            kernels_->minimum(moments_, scratch_, pool.units, n_);
            kernels_->subtract(scratch_, pool.units, moments_, n_);
            accepted = scratch_;
        }
        const double* available = accepted;
        if (source.has_reserve || accepted == scratch_) {
            kernels_->multiply(pool.available, accepted, source.repaired, n_);
            available = pool.available;
        }
        show(pool.figures, PoolQuantity::available, available);
        show(pool.figures, PoolQuantity::available_h100e, available, each);
    }
    if (double* const out = row(PoolQuantity::failures); out && !is_zero(plan.failure_rate)) {
        kernels_->mean_times(out, pool.begin, pool.units, values_.row(plan.failure_rate),
                             period_->dx() / 12.0, n_);
        show(pool.figures, PoolQuantity::failures, out);
    }
    show(pool.figures, PoolQuantity::nameplate, pool.units, source.kw);
    show(pool.figures, PoolQuantity::it_power, pool.units, pool.it_factor);
    show(pool.figures, PoolQuantity::facility_power, pool.units, pool.facility_factor);
    if (double* const out = row(PoolQuantity::embodied); out && plan.embodied_kg) {
        const double* const life = values_.row(plan.life);
        for (std::size_t l = 0; l < n_; ++l)
            out[l] = pool.units[l] * *plan.embodied_kg / 1000.0 * period_->dx() /
                     (std::isinf(life[l]) ? embodied_life_months : life[l]);
        show(pool.figures, PoolQuantity::embodied, out);
    }
    measure_money(k);
}

/// Energy, and what it, the upkeep and the resale of units come to.
void Block::measure_money(std::size_t k) {
    Pool& pool = pools_[k];
    const PlanSource& plan = plan_->sources[pool.source];
    const PlanSite& site = plan_->sites[pool.site];
    Source& source = sources_[pool.source];
    const auto row = [&](PoolQuantity q) { return pool.rows[q]; };
    if (needs_.has(PoolQuantity::energy) || needs_.has(PoolQuantity::energy_cost) ||
        needs_.has(PoolQuantity::emissions)) {
        kernels_->mean_times(pool.energy, pool.begin, pool.units, pool.facility_factor,
                             period_->hours, n_);
        show(pool.figures, PoolQuantity::energy, pool.energy);
        if (needs_.has(PoolQuantity::energy_cost))
            show(pool.figures, PoolQuantity::energy_cost, pool.energy,
                 values_.at(site.electricity, {period_->x0, nullptr}, pool.energy));
        if (double* const out = row(PoolQuantity::emissions)) {
            kernels_->multiply(scratch_, pool.energy,
                               values_.at(site.carbon, {period_->x0, nullptr}, pool.energy), n_);
            kernels_->scale(out, scratch_, 1.0 / 1000.0, n_);
            show(pool.figures, PoolQuantity::emissions, out);
        }
    }
    if (!source.tracks_cost)
        return;
    if (needs_.has(PoolQuantity::maintenance) && !is_zero(plan.maintenance)) {
        if (source.maintenance_dx != period_->dx())
            kernels_->scale(source.maintenance_factor, values_.row(plan.maintenance),
                            period_->dx() / 12.0, n_);
        source.maintenance_dx = period_->dx();
        show(pool.figures, PoolQuantity::maintenance, pool.cost, source.maintenance_factor);
    }
    const bool some = bool(pool.figures[PoolQuantity::retired]);
    if (needs_.has(PoolQuantity::resale) && !is_zero(plan.resale))
        show(pool.figures, PoolQuantity::resale, some ? pool.resale_cost : nullptr,
             values_.row(plan.resale));
}

void Block::measure_source(std::size_t i) {
    Source& source = sources_[i];
    const PlanSource& plan = plan_->sources[i];
    const auto row = [&](SourceQuantity q) { return source.rows[q]; };
    if (plan.lease)
        return measure_lease(i);
    show(source.figures, SourceQuantity::delivered_so_far, source.cumulative);
    const double* const stock = source.has_stock ? source.warehouse : nullptr;
    show(source.figures, SourceQuantity::warehoused, stock);
    show(source.figures, SourceQuantity::held_h100e, stock, values_.row(plan.h100e));
    if (double* const out = row(SourceQuantity::still_to_come)) {
        arrivals_.total(i, scratch_);
        kernels_->headroom(out, scratch_, source.commissioned_now, n_);
        show(source.figures, SourceQuantity::still_to_come, out);
    }
    if (double* const out = row(SourceQuantity::nre); out && plan.nre) {
        kernels_->scale(
            out, values_.row(plan.nre->usd),
            overlap(plan.nre->from, plan.nre->to, *period_) / (plan.nre->to - plan.nre->from), n_);
        show(source.figures, SourceQuantity::nre, out);
    }
}

/// [P7] and the rent of the hours within the period [M7].
void Block::measure_lease(std::size_t i) {
    Source& source = sources_[i];
    const PlanSource& plan = plan_->sources[i];
    const double* const units = values_.row(plan.lease->units);
    const double* const delay = values_.row(plan.delay);
    double* const hours = source.after;
    for (std::size_t l = 0; l < n_; ++l) {
        const double from = plan.lease->from + delay[l], to = plan.lease->to + delay[l];
        const bool in_force = from < period_->x1 - time_slack && period_->x1 <= to + time_slack;
        source.delivered[l] = in_force ? units[l] : 0.0;
        const bool whole = from <= period_->x0 && to >= period_->x1;
        const bool part = overlap(from, to, *period_) > 0;
        hours[l] = whole  ? period_->hours
                   : part ? plan_->grid.hours_between(std::max(from, period_->x0),
                                                      std::min(to, period_->x1))
                          : 0.0;
    }
    show(source.figures, SourceQuantity::in_force, source.delivered);
    for (const SourceQuantity q : {SourceQuantity::leased_h100e, SourceQuantity::held_h100e})
        show(source.figures, q, source.delivered, values_.row(plan.h100e));
    if (double* const out = source.rows[SourceQuantity::lease_cost]) {
        kernels_->multiply(out, units, values_.at(plan.lease->rate, {period_->x0, nullptr}, hours),
                           n_);
        kernels_->multiply(source.piece_units, out, hours, n_);
        show(source.figures, SourceQuantity::lease_cost, source.piece_units);
    }
}

void Block::measure_site(std::size_t j) {
    Site& site = sites_[j];
    const PlanSite& plan = plan_->sites[j];
    const auto row = [&](SiteQuantity q) { return site.rows[q]; };
    show(site.figures, SiteQuantity::power, site.power);
    if (double* const out = row(SiteQuantity::headroom)) {
        kernels_->headroom(out, site.room, site.used, n_);
        show(site.figures, SiteQuantity::headroom, out);
    }
    if (needs_.has(SiteQuantity::contracted)) {
        kernels_->fill(site.contracted, 0, n_);
        for (std::size_t k = 0; k < site.increments.size(); ++k)
            if (plan.increments[k].from <= period_->x0 + time_slack)
                kernels_->add(site.contracted, site.increments[k].mw, n_);
        show(site.figures, SiteQuantity::contracted, site.contracted);
    }
    if (double* const out = row(SiteQuantity::colocation)) {
        kernels_->multiply(scratch_, values_.at(plan.colocation, {period_->x0, nullptr}),
                           site.power, n_);
        kernels_->scale(out, scratch_, 1000.0 * period_->dx(), n_);
        show(site.figures, SiteQuantity::colocation, out);
    }
}

/// [M11]: what the units that could be powered wait for.
void Block::measure_waiting(std::size_t i) {
    Source& source = sources_[i];
    if (!kernels_->waiting(source.after, source.commissioned_now, source.installed,
                           source.warehouse, units_that_count, n_))
        return;
    const auto put = [&](std::size_t k, PoolQuantity q, const double* units) {
        Pool& pool = pools_[k];
        pool.figures[q] = {kernels_->any_above(units, 0, n_) ? units : nullptr};
    };
    for (const std::size_t k : source.pools) {
        Pool& pool = pools_[k];
        const Site& site = sites_[pool.site];
        kernels_->waiting_here(pool.waiting, source.after, site.limited ? site.room : nullptr,
                               site.used, pool.unit_power, units_that_count, n_);
        put(k, PoolQuantity::waiting_install, pool.waiting);
    }
    const std::size_t first = source.pools.front();
    put(first, PoolQuantity::waiting_power, source.after);
    if (double* const out = pools_[first].rows[PoolQuantity::power_short]) {
        kernels_->multiply(out, source.after, pools_[first].unit_power, n_);
        put(first, PoolQuantity::power_short, out);
    }
}

void Block::measure_costs() {
    kernels_->fill(other_row_, 0, n_);
    for (const PlanCost& cost : plan_->costs) {
        if (!cost.once) {
            const double months = overlap(cost.from, cost.to, *period_);
            if (months <= 0)
                continue;
            kernels_->scale(scratch_, values_.at(cost.per_month, {period_->x0, nullptr}), months,
                            n_);
            kernels_->add(other_row_, scratch_, n_);
        } else if (cost.once->second > period_->x0 + time_slack &&
                   cost.once->second <= period_->x1 + time_slack) {
            kernels_->add(other_row_, values_.row(cost.once->first), n_);
        }
    }
    other_cost_ = other_row_;
}

/// [C1] for units.
void Block::check_conservation(std::size_t i) {
    Source& source = sources_[i];
    const double* in_service = zero_;
    if (source.pools.size() == 1) {
        in_service = pools_[source.pools.front()].units;
    } else {
        kernels_->fill(scratch_, 0, n_);
        for (const std::size_t k : source.pools)
            kernels_->add(scratch_, pools_[k].units, n_);
        in_service = scratch_;
    }
    for (const std::size_t k : source.pools)
        kernels_->depart(source.gone, pools_[k].figures[PoolQuantity::retired].row,
                         pools_[k].figures[PoolQuantity::lost].row, n_);
    if (kernels_->conserved(source.opening, source.cumulative, source.warehouse, in_service,
                            source.gone, conservation_slack, n_) ||
        failure())
        return;
    for (std::size_t l = 0; l < n_; ++l) {
        const double came = source.opening[l] + source.cumulative[l];
        const double went = source.warehouse[l] + in_service[l] + source.gone[l];
        if (std::fabs(came - went) <= conservation_slack * std::max(came, 1.0))
            continue;
        const std::string path = "sources." + plan_->sources[i].name;
        if (!std::isfinite(came + went))
            values_.fail({path, "has more units than a number can hold"});
        else
            values_.fail(
                {path,
                 fmt::format("units are not conserved: {} came, {} are accounted for", came, went),
                 true});
        return;
    }
}

} // namespace fleetcast
