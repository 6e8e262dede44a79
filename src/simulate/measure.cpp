// What is measured at the end of a period (rules.md, M1 to M5, M10 and M11), as far as it is
// needed. Money is in measure_money.cpp and finance.cpp, demand in charge.cpp, the laws of
// conservation in laws.cpp.
#include <fleetcast/simulate/block.hpp>

#include <fleetcast/simulate/stop.hpp>

#include <algorithm>
#include <cmath>

namespace fleetcast {

namespace {

constexpr double crumb = 1e-12;             // a smaller part of all is a rounding error
constexpr double units_that_count = 1e-6;   // fewer do not wait (M11)
constexpr double embodied_life_months = 60; // where there is no service life (M5)

} // namespace

void Block::measure(const Stop& stop) {
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
    for (std::size_t i = 0; i < sources_.size() && !must_end(stop, i); ++i) {
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
    if (needs_payments_)
        measure_payments();
    if (keeps_books_)
        measure_books();
    measure_demand();
}

/// Adds the units that are not yet accepted.
void Block::add_young(const Pool& pool, double* out) const {
    const double acceptance = plan_->sources[pool.source].acceptance;
    for (std::size_t c = pool.logged;
         c > 0 && period_->x0 < pool.log[c - 1].x0 + acceptance - time_slack; --c)
        kernels_->add_product(out, pool.log[c - 1].units, pool.survival, n_);
}

/// Units in service less those that are too young. What differs by its last digits only is nothing.
void Block::accept(const Pool& pool, double* out) const {
    kernels_->fill(out, 0, n_);
    add_young(pool, out);
    for (std::size_t l = 0; l < n_; ++l) {
        const double rest = pool.units[l] - out[l];
        out[l] = rest > crumb * pool.units[l] ? rest : 0.0;
    }
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
    if (needs_.has(PoolQuantity::available) || needs_.has(PoolQuantity::available_h100e) ||
        needs_.has(PoolQuantity::available_hours)) {
        const double* accepted = pool.units;
        if (plan.acceptance > 0) {
            accept(pool, scratch_);
            accepted = scratch_;
        }
        const double* available = accepted;
        if (source.has_reserve || accepted == scratch_) {
            kernels_->multiply(pool.available, accepted, source.repaired, n_);
            available = pool.available;
        }
        show(pool.figures, PoolQuantity::available, available);
        show(pool.figures, PoolQuantity::available_h100e, available, each);
        if (double* const out = row(PoolQuantity::available_hours)) { // [M10]
            kernels_->mean_times(out, pool.accepted_begin ? pool.accepted_begin : pool.begin,
                                 accepted, source.repaired, period_->hours, n_);
            show(pool.figures, PoolQuantity::available_hours, out);
            show(pool.figures, PoolQuantity::available_h100e_hours, out, each);
        }
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
        kernels_->scale(out, values_.row(plan.nre->usd),
                        overlap(plan.nre->from, plan.nre->to) / (plan.nre->to - plan.nre->from),
                        n_);
        show(source.figures, SourceQuantity::nre, out);
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

} // namespace fleetcast
