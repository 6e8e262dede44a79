// From the warehouse to the sites, and refresh (rules.md, P4 and P5).
#include <fleetcast/simulate/block.hpp>

#include <algorithm>

namespace fleetcast {

/// Power set aside for the units in service, and what the crews can do in this period.
void Block::sum_used() {
    for (std::size_t j = 0; j < sites_.size(); ++j) {
        Site& site = sites_[j];
        if (site.limited)
            kernels_->fill(site.used, 0, n_);
        if (site.rated)
            kernels_->scale(site.install_left, values_.row(plan_->sites[j].install_rate),
                            period_->dx(), n_);
    }
    for (const Pool& pool : pools_)
        if (pool.has_units && sites_[pool.site].limited)
            kernels_->add_product(sites_[pool.site].used, pool.units, pool.unit_power, n_);
}

InstallRows Block::install_rows(std::size_t k) {
    Pool& pool = pools_[k];
    Source& source = sources_[pool.source];
    Site& site = sites_[pool.site];
    if (!pool.figures[PoolQuantity::installed])
        kernels_->fill(pool.installed, 0, n_);
    show(pool.figures, PoolQuantity::installed, pool.installed);
    pool.has_units = true;
    return {source.commissioned_now,
            pool.unit_power,
            site.limited ? site.room : nullptr,
            source.cumulative,
            source.installed,
            source.warehouse,
            source.warehouse_cost,
            site.limited ? site.used : nullptr,
            site.rated ? site.install_left : nullptr,
            pool.units,
            pool.cost,
            pool.installed,
            pool.unit_cost};
}

/// [P4]
void Block::install(std::size_t i) {
    Source& source = sources_[i];
    for (const std::size_t k : source.pools) {
        if (!source.has_stock)
            break;
        source.has_stock = kernels_->install(install_rows(k), n_);
        after_install(k, pools_[k].installed);
    }
}

/// The cohort of the period, and its cost where the price is the same all the time.
void Block::after_install(std::size_t k, const double* units) {
    Pool& pool = pools_[k];
    const Source& source = sources_[pool.source];
    if (pool.cost && source.flat_price) {
        kernels_->add_product(pool.cost, units, source.unit_price, n_);
        kernels_->copy(pool.unit_cost, source.unit_price, n_);
    }
    if (!source.logs || !kernels_->any_above(units, 0, n_))
        return;
    log_cohort(pool, period_->x0, units);
    if (source.accrues)
        capitalise(pool, units);
}

/// [P5]
void Block::refresh(std::size_t i) {
    const PlanRefresh& rule = *plan_->sources[i].refresh;
    Source& old = sources_[rule.source];
    if (period_->x0 < rule.from - time_slack)
        return;
    for (const std::size_t k : sources_[i].pools) {
        Pool& pool = pools_[k];
        if (!sites_[pool.site].limited || !sources_[i].has_stock)
            continue;
        RefreshRows rows{install_rows(k), nullptr, nullptr, nullptr, nullptr,
                         nullptr,         nullptr, nullptr, nullptr};
        kernels_->fill(pool.refreshed, 0, n_);
        rows.next.installed = pool.refreshed;
        const auto shared =
            std::ranges::find(old.pools, pool.site, [&](std::size_t p) { return pools_[p].site; });
        const bool gives_way = shared != old.pools.end() && pools_[*shared].has_units;
        if (gives_way) {
            Pool& there = pools_[*shared];
            begin_retiring(there);
            rows.old_unit_power = there.unit_power;
            rows.old_units = there.units;
            rows.old_survival = there.survival;
            rows.old_cost = there.cost;
            rows.old_retired = there.retired;
            rows.old_resale_cost = there.resale_cost;
            if (there.accrual.is_open(there.logged)) {
                begin_writing_off(there);
                rows.old_book = there.accrual.book;
                rows.old_written_off = there.accrual.written_off;
            }
        }
        sources_[i].has_stock = kernels_->refresh(rows, n_);
        if (gives_way)
            rebase(pools_[*shared]);
        after_install(k, pool.refreshed);
        kernels_->add(pool.installed, pool.refreshed, n_);
    }
}

} // namespace fleetcast
