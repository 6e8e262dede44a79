// The rules of one period in their order: each step for all sources in file order, then the next
// step. Power, retirement and attrition (rules.md, P1, P2, P4) are here, what arrives in
// deliver.cpp, what is installed in install.cpp. What cannot change in a period is passed over.
#include <fleetcast/simulate/block.hpp>

#include <fleetcast/random/lane_power.hpp>
#include <fleetcast/simulate/stop.hpp>

#include <algorithm>
#include <cmath>

namespace fleetcast {

namespace {
// Below this the survival factor is folded into the log, long before it could underflow.
constexpr double least_survival = 1e-6;
// When less than this share is left, differences have lost their digits: the log is summed again.
constexpr double least_share_left = 1e-3;
} // namespace

void Block::step(const Period& period, const Stop& stop) {
    period_ = &period;
    if (keeps_books_)
        begin_accruals();
    for (std::size_t j = 0; j < sites_.size(); ++j)
        set_power(j);
    for (std::size_t i = 0; i < sources_.size() && !must_end(stop, i); ++i)
        retire(i);
    for (std::size_t i = 0; i < sources_.size() && !must_end(stop, i); ++i)
        attrit(i);
    for (std::size_t i = 0; i < sources_.size() && !must_end(stop, i); ++i)
        deliver(i);
    if (needs_used_ || std::ranges::any_of(sources_, &Source::has_stock))
        sum_used();
    for (std::size_t i = 0; i < sources_.size() && !must_end(stop, i); ++i)
        if (sources_[i].has_stock)
            install(i);
    for (std::size_t i = 0; i < sources_.size(); ++i)
        if (sources_[i].has_stock && plan_->sources[i].refresh)
            refresh(i);
    if (must_end(stop))
        return;
    measure(stop);
    first_ = false;
    previous_x0_ = period.x0;
    ++period_index_;
}

/// Increments that come into effect by the first moment of the period; their build cost. [P4] [M7]
void Block::set_power(std::size_t j) {
    Site& site = sites_[j];
    show(site.figures, SiteQuantity::build, nullptr);
    const double x0 = period_->x0;
    if (!site.limited || (!first_ && x0 + time_slack < site.settled_until))
        return;
    kernels_->fill(site.power, 0, n_);
    kernels_->fill(site.build, 0, n_);
    site.settled_until = std::numeric_limits<double>::infinity();
    for (const Increment& increment : site.increments) {
        const bool stands = increment.last <= previous_x0_; // in every lane since long
        if (stands)
            kernels_->add(site.power, increment.mw, n_);
        else if (increment.first <= x0 + time_slack)
            kernels_->energise(increment.effective, increment.mw, increment.usd, x0, previous_x0_,
                               site.power, site.build, n_);
        if (increment.last > x0 + time_slack) // it may come on in the next period
            site.settled_until = std::min(site.settled_until,
                                          increment.first > x0 + time_slack ? increment.first : x0);
    }
    kernels_->multiply(site.room, site.power, site.keep, n_);
    if (needs_.has(SiteQuantity::build) && kernels_->any_above(site.build, 0, n_))
        show(site.figures, SiteQuantity::build, site.build);
}

/// [P1]
void Block::retire(std::size_t i) {
    Source& source = sources_[i];
    const PlanSource& plan = plan_->sources[i];
    const double x0 = period_->x0;
    for (const std::size_t k : source.pools) {
        Pool& pool = pools_[k];
        show(pool.figures, PoolQuantity::retired, nullptr);
        show(pool.figures, PoolQuantity::installed, nullptr);
        show(pool.figures, PoolQuantity::lost, nullptr);
        for (std::size_t c = pool.oldest; source.retires && c < pool.logged; ++c) {
            const Cohort& cohort = pool.log[c];
            if (cohort.x0 + source.least_life > x0 + time_slack)
                continue;
            begin_retiring(pool);
            if (pool.accrual.is_open(c + 1))
                write_off_cohort(pool, c);
            kernels_->retire(cohort.x0, values_.row(plan.life), x0, cohort.units, cohort.unit_cost,
                             pool.survival, pool.retired,
                             cohort.unit_cost ? pool.resale_cost : nullptr, n_);
        }
        while (pool.oldest < pool.logged &&
               pool.log[pool.oldest].x0 + source.most_life <= x0 + time_slack)
            ++pool.oldest;
        if (pool.figures[PoolQuantity::retired]) {
            if (kernels_->leave(pool.units, pool.cost, pool.retired, pool.resale_cost,
                                least_share_left, n_))
                resum(pool);
        }
        if (pool.figures[PoolQuantity::writeoff])
            settle_retired(pool);
        if (pool.accepted_begin && pool.has_units) // [M10]: what reaches its life is gone
            accept(pool, pool.accepted_begin);
        if (pool.has_units && !source.has_attrition) // else attrition takes it down
            kernels_->copy(pool.begin, pool.units, n_);
    }
}

/// Units of the pool leave in this period; counted from 0.
void Block::begin_retiring(Pool& pool) {
    if (pool.figures[PoolQuantity::retired])
        return;
    kernels_->fill(pool.retired, 0, n_);
    kernels_->fill(pool.resale_cost, 0, n_);
    show(pool.figures, PoolQuantity::retired, pool.retired);
}

/// Sums the log again where hardly anything is left.
void Block::resum(Pool& pool) {
    for (std::size_t l = 0; l < n_; ++l) {
        if (!(pool.units[l] < least_share_left * (pool.units[l] + pool.retired[l])))
            continue;
        double units = 0, cost = 0;
        for (std::size_t c = 0; c < pool.logged; ++c) {
            const double left = pool.log[c].units[l] * pool.survival[l];
            units += left;
            if (pool.cost)
                cost += left * pool.log[c].unit_cost[l];
        }
        pool.units[l] = units;
        if (pool.cost)
            pool.cost[l] = cost;
    }
}

void Block::rebase(Pool& pool) {
    for (std::size_t l = 0; l < n_; ++l) {
        if (!(pool.survival[l] < least_survival))
            continue;
        for (std::size_t c = 0; c < pool.logged; ++c)
            pool.log[c].units[l] *= pool.survival[l];
        if (pool.accrual.book)
            pool.accrual.charging[l] *= pool.survival[l];
        pool.survival[l] = 1;
    }
}

/// [P2]
void Block::attrit(std::size_t i) {
    Source& source = sources_[i];
    if (!source.has_attrition)
        return;
    const double dx = period_->dx();
    const Slot share = plan_->sources[i].attrition;
    if (std::ranges::none_of(source.pools, [&](std::size_t k) { return pools_[k].has_units; }))
        return;
    if (dx != source.factor_dx) {
        kernels_->fill(scratch_, 1, n_);
        kernels_->subtract(source.attrition_factor, scratch_, values_.row(share), n_);
        lane_power(source.attrition_factor, dx / 12.0, source.attrition_factor, n_, level_);
        source.factor_dx = dx;
    }
    for (const std::size_t k : source.pools) {
        Pool& pool = pools_[k];
        if (!pool.has_units)
            continue;
        if (kernels_->attrit(source.attrition_factor, pool.units, pool.begin, pool.cost,
                             pool.logged > 0 || source.logs ? pool.survival : nullptr, pool.lost,
                             least_survival, n_))
            rebase(pool);
        if (pool.accrual.is_open(pool.logged))
            write_off_lost(pool);
        show(pool.figures, PoolQuantity::lost, pool.lost);
    }
}

} // namespace fleetcast
