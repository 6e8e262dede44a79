// What the engine keeps in its books: cohorts charged one by one, what leaves written off [M9].
#include "oracle/oracle_engine.hpp"

#include <algorithm>

namespace fleetcast::oracle {

double Engine::charged(std::size_t source, const Cohort& cohort, double x) const {
    return std::clamp((x - cohort.begin) / plan_.sources[source].depreciation, 0.0, 1.0);
}

bool Engine::is_accepted(std::size_t source, const Cohort& cohort) const {
    return cohort.opening ||
           period_.x0 >= cohort.begin + plan_.sources[source].acceptance - same_time;
}

/// Before the cohort loses `cost`.
void Engine::write_off(std::size_t source, std::size_t site, const Cohort& cohort, double cost,
                       const std::string& why) {
    const double usd = cost * (1 - charged(source, cohort, period_.x0));
    log_.pools[source][site].writeoff += usd;
    if (usd > 0)
        hit(edges_, "write-off by " + why);
    if (usd > 0 && !cohort.opening && cohort.begin == period_.x0)
        hit(edges_, "write-off in the period of installation");
}

void Engine::open_books() {
    for (std::size_t s = 0; s < plan_.sources.size(); ++s) {
        log_.sources[s].book_at_begin = warehouse_cost_[s];
        for (std::size_t site = 0; site < plan_.sites.size(); ++site) {
            for (const Cohort& cohort : cohorts_[s][site]) {
                const double share = charged(s, cohort, period_.x0);
                log_.pools[s][site].book_at_begin += cohort.cost * (1 - share);
                if (index_ == 0 && cohort.cost > 0)
                    hit(edges_, share == 1 ? "opening vintage charged" : "opening book value");
            }
        }
    }
}

void Engine::hit_charge(const Cohort& cohort, const Source& source, double from, double to) {
    if (cohort.cost <= 0)
        return;
    if (from < 1 && to == 1 && cohort.begin + source.depreciation < period_.x1 - same_time)
        hit(edges_, "charged window ends inside a period");
    if (from == 1 && !cohort.opening)
        hit(edges_, "installed cohort charged");
}

void Engine::close_books() {
    for (std::size_t i = 0; i < plan_.sites.size(); ++i) {
        log_.sites[i].headroom_kw = headroom_kw(i, log_.sites[i].power_mw);
    }
    for (std::size_t s = 0; s < plan_.sources.size(); ++s) {
        const Source& source = plan_.sources[s];
        log_.sources[s].book_value = warehouse_cost_[s];
        for (std::size_t site = 0; site < plan_.sites.size(); ++site) {
            PoolLog& pool = log_.pools[s][site];
            for (const Cohort& cohort : cohorts_[s][site]) {
                pool.end += cohort.units;
                pool.cost += cohort.cost;
                const double from = charged(s, cohort, period_.x0);
                const double to = charged(s, cohort, period_.x1);
                const double window_end = cohort.begin + source.depreciation;
                const double charged_months = std::max(0.0, std::min(period_.x1, window_end) -
                                                                std::max(period_.x0, cohort.begin));
                pool.depreciation += cohort.cost * charged_months / source.depreciation;
                pool.book_value += cohort.cost * (1 - to);
                hit_charge(cohort, source, from, to);
                if (!is_accepted(s, cohort)) {
                    hit(edges_, "acceptance held");
                    continue;
                }
                if (!cohort.opening && source.acceptance > 0)
                    hit(edges_, "acceptance over");
                pool.accepted += cohort.units;
            }
        }
    }
}

} // namespace fleetcast::oracle
