// What is measured at the end of a period (rules.md, M1 to M7 and M11) and the law of
// conservation of units (C1).
#include <fleetcast/simulate/trial.hpp>

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

void Trial::measure(const Period& period) {
    for (std::size_t k = 0; k < pools_.size(); ++k)
        measure_pool(k, period);
    for (std::size_t j = 0; j < sites_.size(); ++j)
        measure_site(j, period);
    for (std::size_t i = 0; i < sources_.size(); ++i) {
        measure_source(i, period);
        measure_waiting(i, period);
        check_conservation(i);
    }
    figures_.other_cost = 0;
    for (const PlanCost& cost : plan_->costs) {
        if (!cost.once) {
            const double months = overlap(cost.from, cost.to, period);
            if (months > 0)
                figures_.other_cost += months * series_.at(cost.per_month, period.x0);
        } else if (cost.once->second > period.x0 + time_slack &&
                   cost.once->second <= period.x1 + time_slack) {
            figures_.other_cost += value(cost.once->first);
        }
    }
}

void Trial::measure_pool(std::size_t pool, const Period& period) {
    PoolFigures& figures = figures_.pools[pool];
    const SourceState& source = sources_[figures.source];
    const SiteState& site = sites_[figures.site];
    const PlanSource& plan = plan_->sources[figures.source];
    const PlanSite& plan_site = plan_->sites[figures.site];

    figures.end = pools_[pool].units();
    figures.cost = pools_[pool].cost();
    figures.failures =
        (figures.begin + figures.end) / 2.0 * source.failure_rate * period.dx() / 12.0;
    const double accepted = figures.end - pools_[pool].unaccepted(period.x0, plan.acceptance);
    figures.available = accepted * std::min(1.0 - source.spares, source.repaired_share);
    figures.maintenance = source.maintenance / 12.0 * period.dx() * figures.cost;

    figures.nameplate = figures.end * source.kw / 1000.0;
    figures.it_power = figures.nameplate * site.load;
    figures.facility_power = figures.it_power * site.pue;
    figures.energy = (figures.begin + figures.end) / 2.0 * source.kw / 1000.0 * site.load *
                     site.pue * period.hours;
    if (figures.energy != 0) {
        figures.energy_cost = figures.energy * series_.at(plan_site.electricity, period.x0);
        figures.emissions = figures.energy * series_.at(plan_site.carbon, period.x0) / 1000.0;
    }
    const double life = std::isinf(source.life) ? embodied_life_months : source.life;
    figures.embodied = figures.end * plan.embodied_kg.value_or(0.0) / 1000.0 * period.dx() / life;
}

void Trial::measure_source(std::size_t source, const Period& period) {
    const SourceState& state = sources_[source];
    const PlanSource& plan = plan_->sources[source];
    SourceFigures& figures = figures_.sources[source];
    figures.h100e = state.h100e;
    figures.delivered_so_far = state.delivered;
    figures.warehoused = state.warehouse;
    const double commissioned =
        state.schedule.due_before(period.x1 - state.schedule.delay - state.commissioning);
    figures.still_to_come = std::max(0.0, state.schedule.total() - commissioned);
    figures.nre = 0;
    if (plan.nre)
        figures.nre = value(plan.nre->usd) * overlap(plan.nre->from, plan.nre->to, period) /
                      (plan.nre->to - plan.nre->from);
    if (!plan.lease)
        return;
    // [P7] and the rent of the hours within the period [M7].
    const double units = value(plan.lease->units), delay = value(plan.delay);
    const double from = plan.lease->from + delay, to = plan.lease->to + delay;
    figures.in_force = from < period.x1 - time_slack && period.x1 <= to + time_slack ? units : 0.0;
    figures.lease_cost = 0;
    if (overlap(from, to, period) > 0)
        figures.lease_cost =
            units * series_.at(plan.lease->rate, period.x0) *
            plan_->grid.hours_between(std::max(from, period.x0), std::min(to, period.x1));
}

void Trial::measure_site(std::size_t site, const Period& period) {
    const SiteState& state = sites_[site];
    SiteFigures& figures = figures_.sites[site];
    if (!state.limited)
        return;
    figures.power = state.power;
    figures.headroom = state.headroom();
    for (const SiteState::Step& step : state.steps)
        if (step.contracted <= period.x0 + time_slack)
            figures.contracted += step.mw;
    figures.colocation =
        series_.at(plan_->sites[site].colocation, period.x0) * 1000.0 * state.power * period.dx();
}

/// [M11]: what the units that could be powered wait for.
void Trial::measure_waiting(std::size_t source, const Period& period) {
    const double waiting = can_be_powered(source, period);
    const auto& pools = sources_[source].pools;
    if (waiting <= units_that_count || pools.empty())
        return;
    for (const std::size_t k : pools)
        if (sites_[figures_.pools[k].site].headroom() / unit_power(k) > units_that_count) {
            figures_.pools[k].waiting_install = waiting;
            return;
        }
    PoolFigures& first = figures_.pools[pools.front()];
    first.waiting_power = waiting;
    first.power_short = waiting * unit_power(pools.front());
}

/// [C1] for units.
void Trial::check_conservation(std::size_t source) {
    const SourceState& state = sources_[source];
    double in_service = 0;
    for (const std::size_t k : state.pools)
        in_service += pools_[k].units();
    const double came = state.opening + state.delivered;
    const double went = state.warehouse + in_service + state.retired + state.lost;
    if (!broken_ && !std::isfinite(came + went))
        broken_ = TrialFailure{"sources." + plan_->sources[source].name,
                               "has more units than a number can hold"};
    if (broken_ || std::fabs(came - went) <= conservation_slack * std::max(came, 1.0))
        return;
    broken_ = TrialFailure{
        "sources." + plan_->sources[source].name,
        fmt::format("units are not conserved: {} came, {} are accounted for", came, went), true};
}

} // namespace fleetcast
