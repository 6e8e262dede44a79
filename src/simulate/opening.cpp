// What the trials of a block start from: power, sources, and the opening fleet at its sites
// (rules.md, P6).
#include <fleetcast/simulate/block.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace fleetcast {

namespace {
constexpr double days_per_year = 365.25;
constexpr double infinite = std::numeric_limits<double>::infinity();
} // namespace

void Block::start_site(std::size_t j) {
    Site& site = sites_[j];
    const PlanSite& plan = plan_->sites[j];
    for (std::size_t l = 0; l < n_; ++l)
        site.keep[l] = 1.0 - value(plan.reserve, l);
    kernels_->fill(site.power, 0, n_);
    kernels_->fill(site.used, 0, n_);
    site.settled_until = -infinite;
    for (std::size_t k = 0; k < site.increments.size(); ++k) {
        Increment& increment = site.increments[k];
        const PlanIncrement& given = plan.increments[k];
        const bool stands = given.from <= time_slack && !given.delay;
        for (std::size_t l = 0; l < n_; ++l) {
            const double own = given.delay ? value(*given.delay, l) : 0.0;
            const double effective = given.from + own + value(plan.delay, l);
            increment.effective[l] = stands || effective < -time_slack ? -infinite : effective;
            increment.usd[l] = increment.mw[l] * value(given.build_usd_per_mw, l);
            site.power[l] += std::isinf(increment.effective[l]) ? increment.mw[l] : 0.0;
        }
        kernels_->bounds(increment.effective, &increment.first, &increment.last, n_);
    }
    kernels_->multiply(site.room, site.power, site.keep, n_);
}

void Block::start_source(std::size_t i) {
    Source& source = sources_[i];
    const PlanSource& plan = plan_->sources[i];
    kernels_->scale(source.kw, values_.row(plan.kw), 1.0 / 1000.0, n_);
    for (double* each : {source.opening, source.delivered_before, source.cumulative,
                         source.warehouse, source.installed, source.gone, source.unpowered})
        kernels_->fill(each, 0, n_);
    for (double* each : source.before)
        kernels_->fill(each, 0, n_);
    if (source.warehouse_cost)
        kernels_->fill(source.warehouse_cost, 0, n_);
    for (std::size_t l = 0; l < n_; ++l)
        source.repaired[l] = std::min(
            1.0 - value(plan.spares, l),
            1.0 / (1.0 + value(plan.failure_rate, l) * value(plan.repair_days, l) / days_per_year));
    source.has_stock = source.is_due = false;
    source.factor_dx = source.maintenance_dx = -1;
    source.commissioned_now = source.cumulative;
    source.least_life = values_.least(plan.life);
    source.most_life = values_.most(plan.life);
    const double last_x0 = plan_->grid.periods.back().x0;
    source.retires = std::ranges::any_of(plan.vintages, [&](const PlanVintage& vintage) {
        return vintage.x + source.least_life <= last_x0 + time_slack;
    });
    const bool installs_retire = source.least_life <= last_x0 + time_slack;
    source.logs = installs_retire || plan.acceptance > 0 || source.accrues;
    source.retires = source.retires || installs_retire;
}

void Block::start_pool(std::size_t k) {
    Pool& pool = pools_[k];
    const PlanSite& site = plan_->sites[pool.site];
    const double* const kw = sources_[pool.source].kw;
    kernels_->multiply(pool.unit_power, kw, values_.row(site.provisioning), n_);
    kernels_->multiply(pool.it_factor, kw, values_.row(site.load), n_);
    kernels_->multiply(pool.facility_factor, pool.it_factor, values_.row(site.pue), n_);
    kernels_->fill(pool.units, 0, n_);
    kernels_->fill(pool.begin, 0, n_);
    kernels_->fill(pool.survival, 1, n_);
    if (pool.cost)
        kernels_->fill(pool.cost, 0, n_);
    if (pool.accepted_begin)
        kernels_->fill(pool.accepted_begin, 0, n_);
    pool.has_units = false;
    pool.logged = pool.oldest = 0;
    pool.figures = {};
}

/// [P6]: as far as headroom goes, in order of preference; the rest goes to the last site.
void Block::place_opening(std::size_t i) {
    Source& source = sources_[i];
    const PlanSource& plan = plan_->sources[i];
    if (plan.vintages.empty())
        return;
    const double* const price = values_.at(plan.price, {});
    kernels_->copy(source.unit_price, price, n_);
    kernels_->add(source.unit_price, values_.at(plan.system_price, {}), n_);
    for (const PlanVintage& vintage : plan.vintages) {
        const double* const units = values_.row(vintage.units);
        kernels_->add(source.opening, units, n_);
        kernels_->copy(source.after, units, n_); // what is left to place
        for (const std::size_t k : source.pools) {
            Pool& pool = pools_[k];
            Site& site = sites_[pool.site];
            const bool last = k == source.pools.back();
            for (std::size_t l = 0; l < n_; ++l) {
                const double room =
                    site.limited ? std::max(0.0, site.room[l] - site.used[l]) / pool.unit_power[l]
                                 : infinite;
                const double placed = last ? source.after[l] : std::min(source.after[l], room);
                if (last)
                    source.unpowered[l] += std::max(0.0, placed - room);
                site.used[l] += placed * pool.unit_power[l];
                source.after[l] -= placed;
                pool.installed[l] = placed;
            }
            kernels_->add(pool.units, pool.installed, n_);
            pool.has_units = true;
            if (pool.cost) {
                kernels_->add_product(pool.cost, pool.installed, source.unit_price, n_);
                kernels_->copy(pool.unit_cost, source.unit_price, n_);
            }
            log_cohort(pool, vintage.x, pool.installed);
        }
    }
    for (const std::size_t k : source.pools)
        if (double* const row = pools_[k].rows[PoolQuantity::opening])
            kernels_->copy(row, pools_[k].units, n_);
    if (source.accrues)
        open_books(i);
}

void Block::log_cohort(Pool& pool, double x0, const double* units) {
    const Source& source = sources_[pool.source];
    if (!source.retires && !source.accrues && plan_->sources[pool.source].acceptance <= 0)
        return;
    if (pool.logged == pool.log.size()) {
        pool.log.push_back({0, arena_.row(), pool.cost ? arena_.row() : nullptr});
    }
    Cohort& cohort = pool.log[pool.logged++];
    cohort.x0 = x0;
    kernels_->divide(cohort.units, units, pool.survival, n_);
    if (cohort.unit_cost)
        kernels_->copy(cohort.unit_cost, pool.unit_cost, n_);
}

void Block::early(std::size_t source, double* out) {
    arrivals_.due_before(source, 0, nullptr, out);
}

} // namespace fleetcast
