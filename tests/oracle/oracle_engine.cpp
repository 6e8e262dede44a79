// The steps of a period in the order of rules.md, each for all sources in file order.
#include "oracle/oracle_engine.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fleetcast::oracle {

namespace {

constexpr double few_units = 1e-6; // [M11] fewer do not wait
const double no_limit = std::numeric_limits<double>::infinity();

} // namespace

Engine::Engine(const Plan& plan, const Clock& clock, Values& values, Edges& edges)
    : plan_(plan), clock_(clock), values_(values), edges_(edges),
      cohorts_(plan.sources.size(), std::vector<std::vector<Cohort>>(plan.sites.size())),
      opening_(plan.sources.size(), std::vector<double>(plan.sites.size(), 0.0)),
      installed_(plan.sources.size(), 0.0), delivered_(plan.sources.size(), 0.0),
      warehouse_cost_(plan.sources.size(), 0.0), rate_left_(plan.sites.size(), 0.0) {
    take_opening_places();
}

double Engine::units_at(std::size_t source, std::size_t site) const {
    double units = 0;
    for (const Cohort& cohort : cohorts_[source][site])
        units += cohort.units;
    return units;
}

/// Power set aside for a unit.
double Engine::kw(std::size_t source, std::size_t site) const {
    return plan_.sources[source].kw * plan_.sites[site].provisioning;
}

double Engine::headroom_kw(std::size_t site, double power_mw) const {
    if (!plan_.sites[site].limited)
        return no_limit;
    double used = 0;
    for (std::size_t s = 0; s < plan_.sources.size(); ++s)
        used += units_at(s, site) * kw(s, site);
    return std::max(0.0, power_mw * 1000 * (1 - plan_.sites[site].reserve) - used);
}

/// [P6]
void Engine::take_opening_places() {
    for (std::size_t s = 0; s < plan_.sources.size(); ++s) {
        const Source& source = plan_.sources[s];
        if (source.vintages.empty())
            continue;
        const double price = unit_price(source, values_, 0);
        if (price > 0)
            hit(edges_, "opening cost");
        for (const Vintage& vintage : source.vintages) {
            if (source.life && vintage.begin + *source.life <= same_time) {
                hit(edges_, "vintage past its life at start");
            }
            double left = vintage.units;
            for (std::size_t place = 0; place < source.sites.size(); ++place) {
                const std::size_t site = source.sites[place];
                double power_mw = 0;
                for (const Increment& increment : plan_.sites[site].increments) {
                    if (increment.stands)
                        power_mw += increment.mw;
                }
                double units = std::min(left, headroom_kw(site, power_mw) / kw(s, site));
                if (place + 1 == source.sites.size()) {
                    if (left > units + few_units)
                        hit(edges_, "opening over the power");
                    units = left;
                } else if (left > units + few_units) {
                    hit(edges_, "opening spill-over");
                }
                left -= units;
                opening_[s][site] += units;
                if (units > 0) {
                    cohorts_[s][site].push_back({vintage.begin, true, units, units * price});
                }
            }
        }
    }
}

PeriodLog Engine::step() {
    period_ = clock_.periods[index_];
    log_ = PeriodLog();
    log_.sources.resize(plan_.sources.size());
    log_.pools.assign(plan_.sources.size(), std::vector<PoolLog>(plan_.sites.size()));
    log_.sites.resize(plan_.sites.size());
    for (std::size_t i = 0; i < plan_.sites.size(); ++i) {
        const Site& site = plan_.sites[i];
        rate_left_[i] = site.install_rate ? *site.install_rate * period_.dx : no_limit;
        for (const Increment& increment : site.increments) {
            const bool on = increment.stands || period_.x0 >= increment.on - same_time;
            const bool was_on = increment.stands || (index_ > 0 && clock_.periods[index_ - 1].x0 >=
                                                                       increment.on - same_time);
            if (on)
                log_.sites[i].power_mw += increment.mw;
            if (period_.x0 >= increment.date - same_time) {
                log_.sites[i].contracted_mw += increment.mw;
            }
            if (on && !was_on) {
                hit(edges_, "increment comes on");
                log_.sites[i].build_usd += increment.build_usd;
                if (increment.build_usd > 0)
                    hit(edges_, "build in the horizon");
            }
        }
    }
    open_books();
    retire();
    lose();
    deliver();
    install();
    refresh();
    run_leases();
    find_what_bound();
    close_books();
    index_++;
    return log_;
}

/// [P1]
void Engine::retire() {
    for (std::size_t s = 0; s < plan_.sources.size(); ++s) {
        const Source& source = plan_.sources[s];
        for (std::size_t site = 0; site < plan_.sites.size(); ++site) {
            PoolLog& pool = log_.pools[s][site];
            std::vector<Cohort> kept;
            for (const Cohort& cohort : cohorts_[s][site]) {
                if (source.life && period_.x0 >= cohort.begin + *source.life - same_time) {
                    pool.retired += cohort.units;
                    pool.retired_cost += cohort.cost;
                    write_off(s, site, cohort, cohort.cost, "retirement");
                    if (cohort.units <= few_units)
                        continue;
                    if (source.life_uncertain)
                        hit(edges_, "retired after an uncertain life");
                    hit(edges_,
                        cohort.opening ? "opening vintage retired" : "installed cohort retired");
                } else {
                    kept.push_back(cohort);
                }
            }
            cohorts_[s][site] = kept;
            pool.begin = units_at(s, site);
            for (const Cohort& cohort : kept) {
                if (is_accepted(s, cohort))
                    pool.accepted_at_begin += cohort.units;
            }
        }
    }
}

/// [P2]
void Engine::lose() {
    for (std::size_t s = 0; s < plan_.sources.size(); ++s) {
        const double stay = std::pow(1 - plan_.sources[s].attrition, period_.dx / 12);
        for (std::size_t site = 0; site < plan_.sites.size(); ++site) {
            for (Cohort& cohort : cohorts_[s][site]) {
                const double left = cohort.units * stay;
                log_.pools[s][site].lost += cohort.units - left;
                write_off(s, site, cohort, cohort.cost * (1 - stay), "attrition");
                cohort.units = left;
                cohort.cost *= stay;
            }
            if (log_.pools[s][site].lost > 0)
                hit(edges_, "attrition loss");
        }
    }
}

/// [P3] and [M6]
void Engine::deliver() {
    for (std::size_t s = 0; s < plan_.sources.size(); ++s) {
        const Source& source = plan_.sources[s];
        SourceLog& log = log_.sources[s];
        const double price_at = std::clamp(period_.x0 - source.delay, 0.0, clock_.end);
        const bool in_stock = delivered_[s] - installed_[s] > few_units;
        const double old_cost = warehouse_cost_[s] / (delivered_[s] - installed_[s]);
        for (const Batch& batch : source.batches) {
            const double until = arrived(batch, period_.x1 - source.delay);
            const double since = index_ == 0 ? 0 : arrived(batch, period_.x0 - source.delay);
            const double units = until - since;
            if (units == 0)
                continue;
            const double cost =
                batch.unit_cost ? *batch.unit_cost : unit_price(source, values_, price_at);
            log.delivered += units;
            log.delivered_cost += units * cost;
            if (index_ == 0 && arrived(batch, period_.x0 - source.delay) > 0) {
                hit(edges_, "due before the start");
            }
            if (in_stock && std::abs(cost - old_cost) > 1)
                hit(edges_, "warehouse of mixed cost");
        }
        delivered_[s] = arrived(source, period_.x1 - source.delay);
        warehouse_cost_[s] += log.delivered_cost;
    }
}

double Engine::can_be_powered(std::size_t source) const {
    const Source& it = plan_.sources[source];
    return std::max(0.0,
                    arrived(it, period_.x1 - it.delay - it.commissioning) - installed_[source]);
}

void Engine::install_units(std::size_t source, std::size_t site, double units) {
    if (units <= 0)
        return;
    const double stock = delivered_[source] - installed_[source];
    const double cost = warehouse_cost_[source] * std::min(1.0, units / stock);
    warehouse_cost_[source] -= cost;
    installed_[source] += units;
    rate_left_[site] = std::max(0.0, rate_left_[site] - units);
    log_.pools[source][site].installed += units;
    for (Cohort& cohort : cohorts_[source][site]) {
        if (cohort.opening || cohort.begin != period_.x0)
            continue;
        cohort.units += units;
        cohort.cost += cost;
        return;
    }
    cohorts_[source][site].push_back({period_.x0, false, units, cost});
}

/// [P4]
void Engine::install() {
    for (std::size_t s = 0; s < plan_.sources.size(); ++s) {
        std::size_t sites_used = 0;
        bool rate_stopped = false;
        for (const std::size_t site : plan_.sources[s].sites) {
            const double ready = can_be_powered(s);
            const double room = headroom_kw(site, log_.sites[site].power_mw) / kw(s, site);
            const double rate = rate_left_[site];
            const double units = std::min({ready, room, rate});
            install_units(s, site, units);
            if (units > few_units)
                sites_used++;
            if (units > few_units && rate_stopped)
                hit(edges_, "rate spill-over");
            rate_stopped = units == rate && units < ready - few_units;
        }
        if (sites_used > 1)
            hit(edges_, "spill-over to a second site");
    }
}

/// [P5]
void Engine::refresh() {
    for (std::size_t s = 0; s < plan_.sources.size(); ++s) {
        const Source& source = plan_.sources[s];
        if (!source.replaces || can_be_powered(s) <= 0)
            continue;
        if (period_.x0 < source.replaces_from - same_time) {
            hit(edges_, "refresh before its date");
            continue;
        }
        const std::size_t old = *source.replaces;
        for (const std::size_t site : source.sites) {
            if (!plan_.sites[site].limited) {
                hit(edges_, "refresh without limit");
                continue;
            }
            const double waiting = std::min(can_be_powered(s), rate_left_[site]);
            const double headroom = headroom_kw(site, log_.sites[site].power_mw);
            const double there = units_at(old, site);
            const double wanted = std::max(0.0, waiting * kw(s, site) - headroom) / kw(old, site);
            const double retired = std::min(there, wanted);
            for (Cohort& cohort : cohorts_[old][site]) {
                const double share = retired == there ? 1.0 : retired / there;
                log_.pools[old][site].retired += cohort.units * share;
                log_.pools[old][site].retired_cost += cohort.cost * share;
                write_off(old, site, cohort, cohort.cost * share, "refresh");
                cohort.units -= cohort.units * share;
                cohort.cost -= cohort.cost * share;
            }
            const double room = (headroom + retired * kw(old, site)) / kw(s, site);
            install_units(s, site, std::min(waiting, room));
            if (retired > few_units) {
                hit(edges_, "refresh retired some");
                if (retired == there)
                    hit(edges_, "refresh took all");
                if (plan_.sources[old].replaces)
                    hit(edges_, "refresh of a refresher");
                if (plan_.sites[site].install_rate)
                    hit(edges_, "refresh uses install rate");
            }
        }
    }
}

/// [P7] and the hours of [M7]
void Engine::run_leases() {
    for (std::size_t s = 0; s < plan_.sources.size(); ++s) {
        const Source& source = plan_.sources[s];
        if (!source.lease())
            continue;
        SourceLog& log = log_.sources[s];
        const bool in_force =
            source.lease_from < period_.x1 - same_time && period_.x1 <= source.lease_to + same_time;
        log.lease_units = in_force ? source.lease_units : 0;
        const double from = std::max(period_.x0, source.lease_from);
        const double to = std::min(period_.x1, source.lease_to);
        if (to > from)
            log.lease_hours = clock_.hours_between(from, to);
        hit(edges_, in_force ? "lease in force" : "lease out of force");
        if (in_force && source.delay != 0)
            hit(edges_, "lease slipped");
        if (to - from > same_time && to - from < period_.dx - same_time) {
            hit(edges_, "lease part of a period");
        }
    }
}

/// [M11]
void Engine::find_what_bound() {
    for (std::size_t s = 0; s < plan_.sources.size(); ++s) {
        const Source& source = plan_.sources[s];
        if (source.lease())
            continue;
        SourceLog& log = log_.sources[s];
        log.wait = can_be_powered(s);
        log.warehoused = delivered_[s] - installed_[s];
        log.outstanding =
            all_units(source) - arrived(source, period_.x1 - source.delay - source.commissioning);
        if (log.warehoused - log.wait > few_units)
            hit(edges_, "commissioning wait");
        if (log.wait <= few_units)
            continue;
        bool found = false;
        bool power_stopped = false;
        for (const std::size_t site : source.sites) {
            const double room = headroom_kw(site, log_.sites[site].power_mw) / kw(s, site);
            if (room <= few_units)
                power_stopped = true;
            if (room > few_units && !found) {
                found = true;
                log.waiting_site = site;
            }
        }
        if (found) {
            log.waiting_install = log.wait;
            hit(edges_, "install rate bound");
            if (power_stopped)
                hit(edges_, "rate bound at one site, power at another");
        } else {
            log.waiting_power = log.wait;
            log.waiting_site = source.sites.front();
            hit(edges_, "power bound");
        }
    }
}

double Engine::pending(const Source& source) const {
    return all_units(source) - arrived(source, clock_.end - source.delay);
}

} // namespace fleetcast::oracle
