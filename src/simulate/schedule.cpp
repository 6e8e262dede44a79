#include <fleetcast/simulate/schedule.hpp>

#include <algorithm>

namespace fleetcast {

namespace {

double share_gone(Shape shape, double u) {
    switch (shape) {
    case Shape::linear:
        return u;
    case Shape::s_curve:
        return u * u * (3.0 - 2.0 * u);
    case Shape::front_loaded:
        return 1.0 - (1.0 - u) * (1.0 - u);
    case Shape::back_loaded:
        return u * u;
    }
    return u;
}

Arrival arrival_of(const PlanPiece& piece, const Values& values) {
    Arrival arrival{values[piece.units.index], piece.from, piece.to, piece.shape, {}, {}};
    if (piece.is_order) {
        arrival.from = piece.from + values[piece.lead.index];
        arrival.to = arrival.from + values[piece.over.index];
        arrival.priced_at = piece.from;
        if (piece.price)
            arrival.own_price = values[piece.price->index];
    }
    return arrival;
}

/// What a source brings by a moment for those who count on it: no delay, median lead times (P8).
double expected_by(const PlanSource& source, const Schedule& schedule, const Values& values,
                   const Values& medians, double by) {
    double units = 0;
    const double life = values[source.life.index];
    for (const PlanVintage& vintage : source.vintages)
        if (vintage.x + life >= by - time_slack)
            units += values[vintage.units.index];
    for (std::size_t i = 0; i < schedule.arrivals.size(); ++i) {
        Arrival arrival = schedule.arrivals[i];
        if (i < source.pieces.size() && source.pieces[i].is_order) {
            const double over = arrival.to - arrival.from;
            arrival.from = source.pieces[i].from + medians[source.pieces[i].lead.index];
            arrival.to = arrival.from + over;
        }
        units += arrived_before(arrival, by);
    }
    return units;
}

/// Whether `other`, at place j, is counted before source i fills up to its target.
bool counts_towards(const PlanSource& other, std::size_t j, const PlanSource& source,
                    std::size_t i) {
    const bool earlier = j < i;
    if (source.reach->h100e)
        return !other.reach || !other.reach->h100e || earlier;
    if (other.lease || other.accelerator != source.accelerator)
        return false;
    return !other.reach || (!other.reach->h100e && earlier);
}

double missing_units(const Plan& plan, const Values& values, const Values& medians,
                     const std::vector<Schedule>& schedules, std::size_t i) {
    const PlanSource& source = plan.sources[i];
    const Reach& reach = *source.reach;
    double there = 0;
    for (std::size_t j = 0; j < plan.sources.size(); ++j) {
        const PlanSource& other = plan.sources[j];
        if (j == i || !counts_towards(other, j, source, i))
            continue;
        double units = 0;
        if (!other.lease)
            units = expected_by(other, schedules[j], values, medians, reach.by);
        else if (other.lease->from < reach.by - time_slack &&
                 reach.by <= other.lease->to + time_slack)
            units = values[other.lease->units.index];
        there += reach.h100e ? units * values[other.h100e.index] : units;
    }
    const double missing = std::max(0.0, values[reach.target.index] - there);
    return reach.h100e ? missing / values[source.h100e.index] : missing;
}

} // namespace

double arrived_before(const Arrival& arrival, double x) {
    const double span = arrival.to - arrival.from;
    if (span <= time_slack)
        return arrival.from < x - time_slack ? arrival.units : 0.0;
    return arrival.units *
           share_gone(arrival.shape, std::clamp((x - arrival.from) / span, 0.0, 1.0));
}

double Schedule::due_before(double x) const {
    double units = 0;
    for (const Arrival& arrival : arrivals)
        units += arrived_before(arrival, x);
    return units;
}

double Schedule::total() const {
    double units = 0;
    for (const Arrival& arrival : arrivals)
        units += arrival.units;
    return units;
}

std::variant<std::vector<Schedule>, TrialFailure> make_schedules(const Plan& plan,
                                                                 const Values& values,
                                                                 const Values& medians,
                                                                 const std::vector<bool>& respun) {
    std::vector<Schedule> schedules(plan.sources.size());
    for (std::size_t i = 0; i < plan.sources.size(); ++i) {
        const PlanSource& source = plan.sources[i];
        schedules[i].delay = values[source.delay.index];
        if (source.respin && respun[i])
            schedules[i].delay += values[source.respin->delay.index];
        for (const PlanPiece& piece : source.pieces)
            schedules[i].arrivals.push_back(arrival_of(piece, values));
    }
    for (const bool h100e : {false, true})
        for (std::size_t i = 0; i < plan.sources.size(); ++i) {
            const PlanSource& source = plan.sources[i];
            if (!source.reach || source.reach->h100e != h100e)
                continue;
            if (h100e && values[source.h100e.index] <= 0)
                return TrialFailure{"sources." + source.name + ".h100e",
                                    "must be above 0 where a source fills up to reach_h100e"};
            schedules[i].arrivals.push_back({missing_units(plan, values, medians, schedules, i),
                                             source.reach->from,
                                             source.reach->by,
                                             source.reach->shape,
                                             {},
                                             {}});
        }
    return schedules;
}

} // namespace fleetcast
