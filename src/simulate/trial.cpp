// The state of a trial and its set-up: opening fleet and power.
// The rules of a period are in rules.cpp, what is measured in measure.cpp.
#include <fleetcast/simulate/trial.hpp>

#include <algorithm>
#include <limits>

namespace fleetcast {

namespace {

constexpr double days_per_year = 365.25;
constexpr double infinite = std::numeric_limits<double>::infinity();

SiteState make_site(const PlanSite& site, const Values& values) {
    const auto value = [&](Slot slot) { return values[slot.index]; };
    SiteState state;
    state.limited = site.limited;
    state.provisioning = value(site.provisioning);
    state.reserve = value(site.reserve);
    state.pue = value(site.pue);
    state.load = value(site.load);
    state.install_rate = value(site.install_rate);
    for (const PlanIncrement& increment : site.increments) {
        const double mw = value(increment.mw);
        const double own = increment.delay ? value(*increment.delay) : 0.0;
        const double effective = increment.from + own + value(site.delay);
        const bool stands =
            effective < -time_slack || (increment.from <= time_slack && !increment.delay);
        state.steps.push_back({stands ? -infinite : effective, increment.from, mw,
                               mw * value(increment.build_usd_per_mw)});
    }
    return state;
}

SourceState make_source(const PlanSource& source, const Values& values, Schedule schedule) {
    const auto value = [&](Slot slot) { return values[slot.index]; };
    SourceState state;
    state.schedule = std::move(schedule);
    state.h100e = value(source.h100e);
    state.kw = value(source.kw);
    state.commissioning = value(source.commissioning);
    state.life = value(source.life);
    state.attrition = value(source.attrition);
    state.failure_rate = value(source.failure_rate);
    state.repaired_share =
        1.0 / (1.0 + state.failure_rate * value(source.repair_days) / days_per_year);
    state.spares = value(source.spares);
    state.maintenance = value(source.maintenance);
    state.resale = value(source.resale);
    return state;
}

} // namespace

double SiteState::headroom() const {
    return limited ? std::max(0.0, power * (1.0 - reserve) - used) : infinite;
}

Trial::Trial(const Plan& plan, Values values, std::vector<Schedule> schedules)
    : plan_(&plan), values_(std::move(values)), series_(plan, values_),
      unpowered_opening_(plan.sources.size(), 0.0) {
    for (const PlanSite& site : plan.sites) {
        sites_.push_back(make_site(site, values_));
        for (const SiteState::Step& step : sites_.back().steps)
            if (step.effective == -infinite)
                sites_.back().power += step.mw;
    }
    for (std::size_t i = 0; i < plan.sources.size(); ++i) {
        sources_.push_back(make_source(plan.sources[i], values_, std::move(schedules[i])));
        for (const Index site : plan.sources[i].sites) {
            sources_[i].pools.push_back(pools_.size());
            figures_.pools.push_back({});
            figures_.pools.back().source = static_cast<Index>(i);
            figures_.pools.back().site = site;
            pools_.emplace_back();
        }
    }
    figures_.sources.resize(sources_.size());
    figures_.sites.resize(sites_.size());
    for (std::size_t i = 0; i < sources_.size(); ++i)
        place_opening(i);
}

/// [P6]: as far as headroom goes, in order of preference; the rest goes to the last site.
void Trial::place_opening(std::size_t source) {
    SourceState& state = sources_[source];
    const PlanSource& plan = plan_->sources[source];
    struct Placed {
        double x0, units;
    };
    std::vector<std::vector<Placed>> placed(state.pools.size());
    for (const PlanVintage& vintage : plan.vintages) {
        double left = value(vintage.units);
        for (std::size_t k = 0; k < state.pools.size(); ++k) {
            SiteState& site = sites_[figures_.pools[state.pools[k]].site];
            const double each = unit_power(state.pools[k]);
            const double room = site.headroom() / each;
            const bool last = k + 1 == state.pools.size();
            const double units = last ? left : std::min(left, room);
            if (last && units > room)
                unpowered_opening_[source] += units - room;
            site.used += units * each;
            left -= units;
            placed[k].push_back({vintage.x, units});
        }
        state.opening += value(vintage.units);
    }
    const double price =
        plan.vintages.empty() ? 0.0 : series_.at(plan.price, 0) + series_.at(plan.system_price, 0);
    for (std::size_t k = 0; k < state.pools.size(); ++k) {
        std::ranges::stable_sort(placed[k], {}, &Placed::x0);
        for (const Placed& cohort : placed[k])
            pools_[state.pools[k]].install(cohort.x0, cohort.units, price);
        figures_.pools[state.pools[k]].opening = pools_[state.pools[k]].units();
    }
}

double Trial::unit_power(std::size_t pool) const {
    const PoolFigures& figures = figures_.pools[pool];
    return sources_[figures.source].kw / 1000.0 * sites_[figures.site].provisioning;
}

double Trial::pending(std::size_t source) const {
    return std::max(0.0, sources_[source].schedule.total() - sources_[source].delivered);
}

std::optional<TrialFailure> Trial::failure() const {
    return series_.failure() ? series_.failure() : broken_;
}

} // namespace fleetcast
