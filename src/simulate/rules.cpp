// The rules of one period in their order (rules.md, P1 to P5): each step for all sources in
// file order, then the next step.
#include <fleetcast/simulate/trial.hpp>

#include <fleetcast/random/portable_math.hpp>

#include <algorithm>
#include <cmath>

namespace fleetcast {

namespace {
// What is left of a warehouse below this share of all that came is a rounding error.
constexpr double crumb = 1e-12;
} // namespace

void Trial::step(const Period& period) {
    for (PoolFigures& pool : figures_.pools)
        pool = {pool.source, pool.site, pool.opening};
    figures_.hours = period.hours;
    set_power(period);
    for (std::size_t i = 0; i < sources_.size(); ++i)
        retire(i, period.x0);
    for (std::size_t i = 0; i < sources_.size(); ++i)
        attrit(i, period.dx());
    for (std::size_t i = 0; i < sources_.size(); ++i)
        deliver(i, period);
    for (SiteState& site : sites_) {
        site.install_left = site.install_rate * period.dx();
        site.used = 0;
    }
    for (std::size_t k = 0; k < pools_.size(); ++k)
        sites_[figures_.pools[k].site].used += pools_[k].units() * unit_power(k);
    for (std::size_t i = 0; i < sources_.size(); ++i)
        install(i, period);
    for (std::size_t i = 0; i < sources_.size(); ++i)
        refresh(i, period);
    measure(period);
    first_ = false;
    previous_x0_ = period.x0;
}

/// Increments that come into effect by the first moment of the period; their build cost. [P4] [M7]
void Trial::set_power(const Period& period) {
    for (std::size_t j = 0; j < sites_.size(); ++j) {
        SiteState& site = sites_[j];
        SiteFigures& figures = figures_.sites[j];
        figures = {};
        site.power = 0;
        for (const SiteState::Step& step : site.steps) {
            if (step.effective > period.x0 + time_slack)
                continue;
            site.power += step.mw;
            const bool is_new = first_ || step.effective > previous_x0_ + time_slack;
            if (is_new && !std::isinf(step.effective))
                figures.build += step.build;
        }
    }
}

void Trial::retire(std::size_t source, double x0) {
    SourceState& state = sources_[source];
    for (const std::size_t k : state.pools) {
        const Leaving leaving = pools_[k].retire(x0, state.life);
        PoolFigures& figures = figures_.pools[k];
        figures.retired += leaving.units;
        figures.resale += state.resale * leaving.cost;
        figures.begin = pools_[k].units();
        state.retired += leaving.units;
    }
}

void Trial::attrit(std::size_t source, double dx) {
    SourceState& state = sources_[source];
    if (state.attrition == 0)
        return;
    const double factor = portable::pow(1.0 - state.attrition, dx / 12.0);
    for (const std::size_t k : state.pools) {
        figures_.pools[k].lost = pools_[k].attrit(factor);
        state.lost += figures_.pools[k].lost;
    }
}

/// [P3] and the cost of what arrives [M6].
void Trial::deliver(std::size_t source, const Period& period) {
    SourceState& state = sources_[source];
    const PlanSource& plan = plan_->sources[source];
    SourceFigures& figures = figures_.sources[source];
    figures.delivered = 0;
    figures.hardware_cost = 0;
    const double delay = state.schedule.delay;
    for (const Arrival& arrival : state.schedule.arrivals) {
        const double before = first_ ? 0.0 : arrived_before(arrival, period.x0 - delay);
        const double units = arrived_before(arrival, period.x1 - delay) - before;
        if (units <= 0)
            continue;
        const double x =
            arrival.priced_at.value_or(std::clamp(period.x0 - delay, 0.0, plan_->grid.end()));
        const double price = arrival.own_price ? *arrival.own_price : series_.at(plan.price, x);
        figures.delivered += units;
        figures.hardware_cost += units * (price + series_.at(plan.system_price, x));
    }
    state.delivered += figures.delivered;
    state.warehouse += figures.delivered;
    state.warehouse_cost += figures.hardware_cost;
}

double Trial::can_be_powered(std::size_t source, const Period& period) const {
    const SourceState& state = sources_[source];
    const double commissioned =
        state.schedule.due_before(period.x1 - state.schedule.delay - state.commissioning);
    return std::clamp(commissioned - state.installed, 0.0, state.warehouse);
}

void Trial::move_to_site(std::size_t pool, double units, double x0) {
    PoolFigures& figures = figures_.pools[pool];
    SourceState& state = sources_[figures.source];
    SiteState& site = sites_[figures.site];
    if (units <= 0)
        return;
    if (state.warehouse - units <= crumb * state.delivered)
        units = state.warehouse;
    const double unit_cost = state.warehouse_cost / state.warehouse;
    pools_[pool].install(x0, units, unit_cost);
    state.warehouse -= units;
    state.warehouse_cost = state.warehouse > 0 ? state.warehouse_cost - units * unit_cost : 0.0;
    state.installed += units;
    figures.installed += units;
    site.install_left -= units;
    site.used += units * unit_power(pool);
}

/// [P4]
void Trial::install(std::size_t source, const Period& period) {
    for (const std::size_t k : sources_[source].pools) {
        const SiteState& site = sites_[figures_.pools[k].site];
        const double units =
            std::min({can_be_powered(source, period), site.headroom() / unit_power(k),
                      std::max(0.0, site.install_left)});
        move_to_site(k, units, period.x0);
    }
}

/// [P5]
void Trial::refresh(std::size_t source, const Period& period) {
    const auto& rule = plan_->sources[source].refresh;
    if (!rule || period.x0 < rule->from - time_slack)
        return;
    SourceState& old = sources_[rule->source];
    for (const std::size_t k : sources_[source].pools) {
        SiteState& site = sites_[figures_.pools[k].site];
        if (!site.limited)
            continue;
        const double waiting =
            std::min(can_be_powered(source, period), std::max(0.0, site.install_left));
        if (waiting <= 0)
            continue;
        const double headroom = site.headroom();
        const double power = unit_power(k); // of one new unit
        double freed = 0;                   // [MW]
        const auto shared =
            std::ranges::find(old.pools, figures_.pools[k].site,
                              [&](std::size_t p) { return figures_.pools[p].site; });
        if (shared != old.pools.end()) {
            const double old_power = unit_power(*shared);
            const double wanted = std::max(0.0, waiting * power - headroom) / old_power;
            const Leaving leaving = pools_[*shared].replace(wanted);
            figures_.pools[*shared].retired += leaving.units;
            figures_.pools[*shared].resale += old.resale * leaving.cost;
            old.retired += leaving.units;
            freed = leaving.units * old_power;
            site.used -= freed;
        }
        move_to_site(k, std::min(waiting, (headroom + freed) / power), period.x0);
    }
}

} // namespace fleetcast
