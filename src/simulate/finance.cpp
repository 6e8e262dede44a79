// What hardware and sites are worth in the books (rules.md, M9). Of a pool or site the cost of the
// cohorts that are being charged is kept as one sum, and their book value as another, so that a
// period costs the same however many cohorts there are. Unit costs (M10) are left to metrics.
#include <fleetcast/simulate/block.hpp>

#include <fleetcast/random/portable_math.hpp>

#include <algorithm>
#include <cmath>

namespace fleetcast {

namespace {
// When less than this share is left, differences have lost their digits: the log is summed again.
constexpr double least_share_left = 1e-3;
} // namespace

/// Empties the books of a block; [P6] fills those of sources.
void Block::start_books() {
    for (Pool& pool : pools_)
        start_accrual(pool.accrual);
    for (Source& source : sources_)
        if (source.accrues)
            for (double* each : {source.came, source.went})
                kernels_->fill(each, 0, n_);
    for (Site& site : sites_) {
        site.logged = 0;
        start_accrual(site.accrual);
        if (site.accrual.book)
            for (double* each : {site.came, site.went})
                kernels_->fill(each, 0, n_);
    }
}

void Block::start_accrual(Accrual& accrual) {
    accrual.closed = 0;
    if (!accrual.book)
        return;
    kernels_->fill(accrual.book, 0, n_);
    kernels_->fill(accrual.charging, 0, n_);
}

/// The opening vintages: what of their cost is not charged by the start.
void Block::open_books(std::size_t i) {
    Source& source = sources_[i];
    const double length = plan_->sources[i].depreciation;
    for (const std::size_t k : source.pools) {
        Pool& pool = pools_[k];
        Accrual& accrual = pool.accrual;
        const std::span<Cohort> log(pool.log.data(), pool.logged);
        std::ranges::stable_sort(log, {}, &Cohort::x0);
        while (accrual.closed < log.size() && log[accrual.closed].x0 + length <= time_slack)
            ++accrual.closed;
        recount(accrual, log, length, pool.survival, 0, nullptr);
        kernels_->add(source.came, accrual.book, n_);
    }
}

/// Sums the log again as of a moment, where hardly anything is left beside what is `gone`
/// (nullptr: everywhere).
void Block::recount(Accrual& accrual, std::span<const Cohort> log, double length,
                    const double* survival, double x, const double* gone) {
    for (std::size_t l = 0; l < n_; ++l) {
        const double before = accrual.charging[l] + (gone ? gone[l] : 0.0);
        if (gone && !(accrual.charging[l] < least_share_left * before))
            continue;
        double cost = 0, left = 0;
        for (std::size_t c = accrual.closed; c < log.size(); ++c) {
            const double whole = log[c].units[l] * log[c].unit_cost[l];
            cost += whole;
            left += whole * (1.0 - (x - log[c].x0) / length);
        }
        accrual.charging[l] = cost;
        accrual.book[l] = survival[l] * left;
    }
}

/// Nothing is charged or written off yet in the period; capital is charged on what stands in the
/// books at its first moment.
void Block::begin_accruals() {
    const double rate = portable::pow(1.0 + plan_->discount, period_->dx() / 12.0) - 1.0;
    const bool charges_capital = needs_.has(PoolQuantity::capital_charge);
    for (Pool& pool : pools_) {
        const bool counts = charges_capital && pool.accrual.is_open(pool.logged);
        if (counts)
            kernels_->scale(pool.accrual.capital, pool.accrual.book, rate, n_);
        show(pool.figures, PoolQuantity::capital_charge, counts ? pool.accrual.capital : nullptr);
        show(pool.figures, PoolQuantity::writeoff, nullptr);
    }
    for (Source& source : sources_) {
        double* const out = source.rows[SourceQuantity::warehouse_capital_charge];
        const bool counts = out && source.accrues && source.has_stock;
        if (counts && source.flat_price) {
            kernels_->multiply(scratch_, source.warehouse, source.unit_price, n_);
            kernels_->scale(out, scratch_, rate, n_);
        } else if (counts) {
            kernels_->scale(out, source.warehouse_cost, rate, n_);
        }
        show(source.figures, SourceQuantity::warehouse_capital_charge, counts ? out : nullptr);
    }
    for (Site& site : sites_) {
        const bool counts =
            needs_.has(SiteQuantity::capital_charge) && site.accrual.is_open(site.logged);
        if (counts)
            kernels_->scale(site.accrual.capital, site.accrual.book, rate, n_);
        show(site.figures, SiteQuantity::capital_charge, counts ? site.accrual.capital : nullptr);
    }
}

/// Units of the pool leave before they are charged to the end; counted from 0.
void Block::begin_writing_off(Pool& pool) {
    if (pool.figures[PoolQuantity::writeoff])
        return;
    kernels_->fill(pool.accrual.written_off, 0, n_);
    show(pool.figures, PoolQuantity::writeoff, pool.accrual.written_off);
}

/// Where a cohort reaches its life [P1]. What it came to is gathered in the scratch row.
void Block::write_off_cohort(Pool& pool, std::size_t c) {
    const PlanSource& plan = plan_->sources[pool.source];
    const Cohort& cohort = pool.log[c];
    const double x0 = period_->x0;
    if (!pool.figures[PoolQuantity::writeoff])
        kernels_->fill(scratch_, 0, n_);
    begin_writing_off(pool);
    accruals_->write_off(cohort.x0, values_.row(plan.life), x0, cohort.units, cohort.unit_cost,
                         pool.survival, 1.0 - (x0 - cohort.x0) / plan.depreciation, scratch_,
                         pool.accrual.written_off, n_);
}

/// Takes out what write_off_cohort() gathered; those cohorts have no units any more.
void Block::settle_retired(Pool& pool) {
    Accrual& accrual = pool.accrual;
    if (kernels_->leave(accrual.charging, accrual.book, scratch_, accrual.written_off,
                        least_share_left, n_))
        recount(accrual, cohorts_of(pool), plan_->sources[pool.source].depreciation, pool.survival,
                period_->x0, scratch_);
}

/// [P2]
void Block::write_off_lost(Pool& pool) {
    begin_writing_off(pool);
    accruals_->lose(sources_[pool.source].attrition_factor, pool.accrual.book,
                    pool.accrual.written_off, n_);
}

/// What is installed begins to be charged: the last cohort of the log.
void Block::capitalise(Pool& pool, const double* units) {
    const Cohort& cohort = pool.log[pool.logged - 1];
    kernels_->add_product(pool.accrual.charging, cohort.units, cohort.unit_cost, n_);
    kernels_->add_product(pool.accrual.book, units, cohort.unit_cost, n_);
}

/// Charges the period to the cohorts of a log, those whose time ends in it for the part before.
void Block::accrue(Accrual& accrual, std::span<const Cohort> log, double length,
                   const double* survival) {
    const double x0 = period_->x0, x1 = period_->x1;
    AccrualRows rows{accrual.charging, accrual.book, survival, nullptr, nullptr, accrual.charged};
    for (; accrual.closed < log.size() && log[accrual.closed].x0 + length <= x1 + time_slack;
         ++accrual.closed) {
        if (!rows.ending) {
            kernels_->fill(scratch_, 0, n_);
            kernels_->fill(moments_, 0, n_);
            rows.ending = scratch_;
            rows.ending_part = moments_;
        }
        const Cohort& cohort = log[accrual.closed];
        accruals_->end_cohort(cohort.units, cohort.unit_cost,
                              std::max(0.0, 1.0 - (x0 - cohort.x0) / length), scratch_, moments_,
                              n_);
    }
    // A time shorter than the period leaves nothing to be charged at this rate.
    const double part = std::min(1.0, period_->dx() / length);
    const bool worn = accruals_->charge(rows, part, least_share_left, n_);
    if (!accrual.is_open(log.size())) {
        kernels_->fill(accrual.charging, 0, n_);
        kernels_->fill(accrual.book, 0, n_);
    } else if (worn) {
        recount(accrual, log, length, survival, x1, scratch_);
    }
}

/// What is charged in the period, and what is left in the books at its end. [M9]
void Block::measure_books() {
    for (std::size_t k = 0; k < pools_.size(); ++k)
        if (pools_[k].accrual.book)
            measure_pool_books(k);
    for (std::size_t i = 0; i < sources_.size(); ++i)
        if (sources_[i].accrues)
            measure_source_books(i);
    for (std::size_t j = 0; j < sites_.size(); ++j)
        if (sites_[j].accrual.book)
            measure_site_books(j);
    if (period_index_ + 1 == plan_->grid.periods.size())
        check_books();
}

void Block::measure_pool_books(std::size_t k) {
    Pool& pool = pools_[k];
    Accrual& accrual = pool.accrual;
    const bool is_charged = accrual.is_open(pool.logged);
    if (is_charged)
        accrue(accrual, cohorts_of(pool), plan_->sources[pool.source].depreciation, pool.survival);
    show(pool.figures, PoolQuantity::depreciation, is_charged ? accrual.charged : nullptr);
    show(pool.figures, PoolQuantity::book_value,
         accrual.is_open(pool.logged) ? accrual.book : nullptr);
    kernels_->depart(sources_[pool.source].went, pool.figures[PoolQuantity::depreciation].row,
                     pool.figures[PoolQuantity::writeoff].row, n_);
}

void Block::measure_source_books(std::size_t i) {
    Source& source = sources_[i];
    const double* const stock = source.flat_price ? source.warehouse : source.warehouse_cost;
    show(source.figures, SourceQuantity::warehouse_book, source.has_stock ? stock : nullptr,
         source.flat_price ? source.unit_price : nullptr);
    if (source.is_due && source.flat_price)
        kernels_->add_product(source.came, source.delivered, source.unit_price, n_);
    else if (source.is_due)
        kernels_->add(source.came, source.cost, n_);
}

void Block::measure_site_books(std::size_t j) {
    Site& site = sites_[j];
    Accrual& accrual = site.accrual;
    if (const double* const build = site.figures[SiteQuantity::build].row) {
        if (site.logged == site.log.size())
            site.log.push_back({0, arena_.row(), ones_});
        Cohort& built = site.log[site.logged++];
        built.x0 = period_->x0;
        for (double* each : {accrual.charging, accrual.book, site.came})
            kernels_->add(each, build, n_);
        kernels_->copy(built.units, build, n_);
    }
    const bool is_charged = accrual.is_open(site.logged);
    if (is_charged)
        accrue(accrual, {site.log.data(), site.logged}, plan_->site_depreciation, ones_);
    show(site.figures, SiteQuantity::depreciation, is_charged ? accrual.charged : nullptr);
    show(site.figures, SiteQuantity::book_value,
         accrual.is_open(site.logged) ? accrual.book : nullptr);
    kernels_->depart(site.went, site.figures[SiteQuantity::depreciation].row, nullptr, n_);
}

} // namespace fleetcast
