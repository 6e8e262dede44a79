// The state of a block of trials. What it starts from is in opening.cpp, the rules of a period in
// rules.cpp, what is measured in measure.cpp.
#include <fleetcast/simulate/block.hpp>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <limits>

namespace fleetcast {

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

// Quantities that are worked out into a row of their own; the others show rows of the state.
constexpr std::initializer_list<PoolQuantity> rows_of_pool{
    PoolQuantity::opening,  PoolQuantity::failures,    PoolQuantity::emissions,
    PoolQuantity::embodied, PoolQuantity::power_short, PoolQuantity::available_hours};
constexpr std::initializer_list<SourceQuantity> rows_of_source{
    SourceQuantity::hardware_cost,
    SourceQuantity::lease_cost,
    SourceQuantity::nre,
    SourceQuantity::still_to_come,
    SourceQuantity::warehouse_capital_charge,
    SourceQuantity::lease_h100e_hours};
constexpr std::initializer_list<SiteQuantity> rows_of_site{SiteQuantity::headroom,
                                                           SiteQuantity::colocation};

template <class Quantity>
ByQuantity<Quantity, double*> rows_for(std::initializer_list<Quantity> own, const Needs& needs,
                                       RowArena& arena) {
    ByQuantity<Quantity, double*> rows;
    for (const Quantity q : own)
        if (needs.has(q))
            rows[q] = arena.row();
    return rows;
}

constexpr Needs pool_books{
    .pool = bits(PoolQuantity::depreciation, PoolQuantity::writeoff, PoolQuantity::book_value,
                 PoolQuantity::capital_charge),
    .source = bits(SourceQuantity::warehouse_book, SourceQuantity::warehouse_capital_charge)};
constexpr Needs site_books{.site = bits(SiteQuantity::depreciation, SiteQuantity::book_value,
                                        SiteQuantity::capital_charge)};

bool is_any_of(const Needs& some, const Needs& needs) {
    return (some.pool & needs.pool) != 0 || (some.source & needs.source) != 0 ||
           (some.site & needs.site) != 0;
}

/// Quantities, and those that they are made of.
Needs with_parts(Needs needs) {
    needs = with_charges(needs);
    if (needs.has(SourceQuantity::payments))
        needs |= {.source = bits(SourceQuantity::hardware_cost)};
    if (needs.has(SiteQuantity::payments) || is_any_of(site_books, needs))
        needs |= {.site = bits(SiteQuantity::build)};
    if (needs.has(PoolQuantity::available_h100e_hours))
        needs |= {.pool = bits(PoolQuantity::available_hours)};
    return needs;
}

} // namespace

Block::Block(const Prepared& prepared, const Needs& needs, std::size_t width, Level level)
    : arena_(width), plan_(prepared.plan), needs_(with_parts(needs)), level_(level),
      kernels_(&kernels_of(level)), accruals_(&accrual_kernels_of(level)),
      values_(prepared, arena_, level), arrivals_(prepared, values_, arena_, *kernels_),
      zero_(arena_.row()), ones_(arena_.row()), scratch_(arena_.row()), moments_(arena_.row()),
      other_row_(arena_.row()) {
    kernels_->fill(ones_, 1, width);
    make_sources();
    make_sites();
    make_payments(prepared);
    make_demand();
    keeps_books_ = is_any_of(pool_books | site_books, needs_);
    needs_used_ = needs_.has(SiteQuantity::headroom) || needs_.has(PoolQuantity::waiting_power) ||
                  needs_.has(PoolQuantity::waiting_install);
}

bool Block::is_zero(Slot slot) const {
    const auto* constant = std::get_if<double>(&plan_->slots[slot.index]);
    return constant && *constant == 0;
}

void Block::make_sources() {
    const auto row = [&] { return arena_.row(); };
    const bool costs = needs_.has(PoolQuantity::maintenance) || needs_.has(PoolQuantity::resale);
    const bool accrues = is_any_of(pool_books, needs_);
    for (Index i = 0; i < plan_->sources.size(); ++i) {
        const PlanSource& plan = plan_->sources[i];
        Source& source = sources_.emplace_back();
        source.rows = rows_for(rows_of_source, needs_, arena_);
        for (double** each :
             {&source.kw, &source.opening, &source.delivered_before, &source.cumulative,
              &source.commissioned, &source.warehouse, &source.installed, &source.delivered,
              &source.gone, &source.after, &source.piece_units, &source.unit_price,
              &source.unpowered, &source.attrition_factor, &source.maintenance_factor,
              &source.repaired})
            *each = row();
        source.flat_price = arrivals_.has_flat_price(i);
        source.accrues = accrues && has_price(plan);
        source.tracks_cost =
            source.accrues || (costs && !(is_zero(plan.maintenance) && is_zero(plan.resale)));
        source.has_attrition = !is_zero(plan.attrition);
        source.has_reserve =
            !is_zero(plan.spares) || !(is_zero(plan.failure_rate) || is_zero(plan.repair_days));
        if (!source.flat_price) {
            source.cost = row();
            for (std::size_t k = 0; k < arrivals_.of(i).size(); ++k)
                source.before.push_back(row());
            if (source.tracks_cost)
                source.warehouse_cost = row();
        }
        if (source.accrues) {
            source.came = row();
            source.went = row();
        }
        for (const Index site : plan.sites)
            make_pool(i, site);
    }
}

void Block::make_pool(Index i, Index site) {
    Source& source = sources_[i];
    source.pools.push_back(pools_.size());
    Pool& pool = pools_.emplace_back();
    pool.source = i;
    pool.site = site;
    pool.rows = rows_for(rows_of_pool, needs_, arena_);
    for (double** each :
         {&pool.units, &pool.begin, &pool.unit_power, &pool.lost, &pool.installed, &pool.refreshed,
          &pool.retired, &pool.resale_cost, &pool.unit_cost, &pool.it_factor, &pool.facility_factor,
          &pool.survival, &pool.available, &pool.energy, &pool.waiting})
        *each = arena_.row();
    if (source.tracks_cost)
        pool.cost = arena_.row();
    if (source.accrues)
        make_accrual(pool.accrual);
    if (pool.rows[PoolQuantity::available_hours] && plan_->sources[i].acceptance > 0)
        pool.accepted_begin = arena_.row();
}

void Block::make_accrual(Accrual& accrual) {
    for (double** each : {&accrual.book, &accrual.charging, &accrual.charged, &accrual.written_off,
                          &accrual.capital})
        *each = arena_.row();
}

/// Whether its units may cost something.
bool Block::has_price(const PlanSource& source) const {
    const auto is_free = [&](SeriesId series) {
        const Program& program = plan_->series[series.index].program;
        return program.size() == 1 && program[0].code == Code::slot &&
               is_zero(Slot{program[0].index});
    };
    return !is_free(source.price) || !is_free(source.system_price) ||
           std::ranges::any_of(source.pieces, [&](const PlanPiece& piece) {
               return piece.price && !is_zero(*piece.price);
           });
}

void Block::make_sites() {
    const bool accrues = is_any_of(site_books, needs_);
    for (const PlanSite& plan : plan_->sites) {
        Site& site = sites_.emplace_back();
        site.limited = plan.limited;
        const auto* rate = std::get_if<double>(&plan_->slots[plan.install_rate.index]);
        site.rated = !rate || !std::isinf(*rate);
        site.rows = rows_for(rows_of_site, needs_, arena_);
        for (double** each : {&site.power, &site.room, &site.used, &site.install_left,
                              &site.contracted, &site.build, &site.keep})
            *each = arena_.row();
        for (const PlanIncrement& increment : plan.increments)
            site.increments.push_back({arena_.row(), arena_.row(), values_.row(increment.mw)});
        const bool is_free =
            std::ranges::all_of(plan.increments, [&](const PlanIncrement& increment) {
                return is_zero(increment.build_usd_per_mw);
            });
        if (!accrues || is_free)
            continue;
        make_accrual(site.accrual);
        site.came = arena_.row();
        site.went = arena_.row();
    }
}

void Block::make_payments(const Prepared& prepared) {
    needs_payments_ = needs_.has(SourceQuantity::payments) || needs_.has(SiteQuantity::payments);
    if (!has_payment_schedule(*plan_))
        return;
    payments_.emplace(prepared, values_, arrivals_, arena_, *kernels_, needs_payments_);
    for (const Site& site : sites_) {
        SiteWorks& works = works_.emplace_back();
        for (const Increment& increment : site.increments) {
            works.effective.push_back(increment.effective);
            works.usd.push_back(increment.usd);
        }
    }
}

void Block::start(const Trials& trials) {
    values_.load(trials);
    n_ = values_.lanes();
    first_ = true;
    period_index_ = 0;
    previous_x0_ = -infinite;
    if (failure())
        return;
    arrivals_.settle();
    for (std::size_t j = 0; j < sites_.size(); ++j)
        start_site(j);
    for (std::size_t i = 0; i < sources_.size(); ++i)
        start_source(i);
    for (std::size_t k = 0; k < pools_.size(); ++k)
        start_pool(k);
    if (keeps_books_)
        start_books();
    for (std::size_t i = 0; i < sources_.size(); ++i)
        place_opening(i);
    if (payments_)
        payments_->start(works_);
    start_demand();
}

} // namespace fleetcast
