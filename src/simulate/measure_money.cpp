// What the period costs and what is paid for it (rules.md, M7 and M8), as far as it is needed; the
// hours of leases (M10).
#include <fleetcast/simulate/block.hpp>

#include <algorithm>

namespace fleetcast {

/// How much of the time from one moment to another is in the period. [months]
double Block::overlap(double from, double to) const {
    return std::max(0.0, std::min(to, period_->x1) - std::max(from, period_->x0));
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
        const bool part = overlap(from, to) > 0;
        hours[l] = whole  ? period_->hours
                   : part ? plan_->grid.hours_between(std::max(from, period_->x0),
                                                      std::min(to, period_->x1))
                          : 0.0;
    }
    show(source.figures, SourceQuantity::in_force, source.delivered);
    show(source.figures, SourceQuantity::lease_hours, units, hours);
    if (double* const out = source.rows[SourceQuantity::lease_h100e_hours]) {
        kernels_->multiply(out, units, hours, n_);
        show(source.figures, SourceQuantity::lease_h100e_hours, out, values_.row(plan.h100e));
    }
    for (const SourceQuantity q : {SourceQuantity::leased_h100e, SourceQuantity::held_h100e})
        show(source.figures, q, source.delivered, values_.row(plan.h100e));
    if (double* const out = source.rows[SourceQuantity::lease_cost]) {
        kernels_->multiply(out, units, values_.at(plan.lease->rate, {period_->x0, nullptr}, hours),
                           n_);
        kernels_->multiply(source.piece_units, out, hours, n_);
        show(source.figures, SourceQuantity::lease_cost, source.piece_units);
    }
}

void Block::measure_costs() {
    kernels_->fill(other_row_, 0, n_);
    for (const PlanCost& cost : plan_->costs) {
        if (!cost.once) {
            const double months = overlap(cost.from, cost.to);
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
    show(rest_, RestQuantity::other_cost, other_row_);
}

/// [M8]: where nothing is due at another time, what is delivered and built is paid at once.
void Block::measure_payments() {
    for (std::size_t i = 0; i < sources_.size(); ++i) {
        Figures<SourceQuantity>& figures = sources_[i].figures;
        figures[SourceQuantity::payments] = payments_ && payments_->schedules_source(i)
                                                ? Product{payments_->of_source(i, period_index_)}
                                                : figures[SourceQuantity::hardware_cost];
    }
    for (std::size_t j = 0; j < sites_.size(); ++j) {
        Figures<SiteQuantity>& figures = sites_[j].figures;
        figures[SiteQuantity::payments] = payments_ && payments_->schedules_site(j)
                                              ? Product{payments_->of_site(j, period_index_)}
                                              : figures[SiteQuantity::build];
    }
}

} // namespace fleetcast
