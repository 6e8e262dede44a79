#include <fleetcast/simulate/forecast.hpp>

#include <fleetcast/simulate/accumulate.hpp>
#include <fleetcast/simulate/trial.hpp>

#include <algorithm>

namespace fleetcast {

namespace {

constexpr double median = 0.5;

/// The waits of a run; one that goes on is prolonged.
class WaitLog {
public:
    void add(const PeriodFigures& figures, std::size_t period) {
        latest_.resize(figures.pools.size());
        for (std::size_t k = 0; k < figures.pools.size(); ++k) {
            const PoolFigures& pool = figures.pools[k];
            const Bound bound = pool.waiting_power > 0 ? Bound::power : Bound::install;
            const double units = pool.waiting_power > 0 ? pool.waiting_power : pool.waiting_install;
            if (units <= 0)
                continue;
            const bool goes_on = latest_[k] && waits[*latest_[k]].bound == bound &&
                                 waits[*latest_[k]].last + 1 == period;
            if (!goes_on) {
                latest_[k] = waits.size();
                waits.push_back({pool.source, pool.site, bound, period, period});
            }
            Wait& wait = waits[*latest_[k]];
            wait.last = period;
            if (units > wait.peak_units) {
                wait.peak_units = units;
                wait.peak_mw = pool.power_short;
                wait.peak = period;
            }
        }
    }

    std::vector<Wait> waits;

private:
    std::vector<std::optional<std::size_t>> latest_; // [pool]
};

} // namespace

std::variant<Forecast, TrialFailure> simulate(const Plan& plan,
                                              const std::vector<FigureView>& views) {
    auto values = evaluate_slots(plan, median);
    if (const auto* failure = std::get_if<TrialFailure>(&values))
        return *failure;
    std::vector<bool> respun; // [R5]: below its probability
    for (const PlanSource& source : plan.sources)
        respun.push_back(source.respin && median < source.respin->probability);
    const Values& medians = std::get<Values>(values);
    auto schedules = make_schedules(plan, medians, medians, respun);
    if (const auto* failure = std::get_if<TrialFailure>(&schedules))
        return *failure;

    Forecast forecast;
    for (const Schedule& schedule : std::get<std::vector<Schedule>>(schedules))
        forecast.early.push_back(schedule.due_before(-schedule.delay));
    Trial trial(plan, medians, std::get<std::vector<Schedule>>(std::move(schedules)));
    WaitLog log;
    std::vector<Accumulator> accumulators;
    for (const FigureView& view : views)
        accumulators.emplace_back(plan, view);
    for (std::size_t p = 0; p < plan.grid.periods.size(); ++p) {
        trial.step(plan.grid.periods[p]);
        if (const auto failure = trial.failure())
            return *failure;
        for (Accumulator& accumulator : accumulators)
            accumulator.add(trial.figures());
        log.add(trial.figures(), p);
    }
    for (Accumulator& accumulator : accumulators) {
        auto figures = accumulator.take();
        if (const auto* failure = std::get_if<TrialFailure>(&figures))
            return *failure;
        forecast.views.push_back(std::get<Figures>(std::move(figures)));
    }
    for (std::size_t i = 0; i < plan.sources.size(); ++i)
        forecast.pending.push_back(trial.pending(i));
    forecast.waits = std::move(log.waits);
    forecast.unpowered_opening = trial.unpowered_opening();
    return forecast;
}

std::vector<Group> groups_of(const Plan& plan, const std::vector<GroupBy>& by) {
    std::vector<Group> groups;
    const auto members = [&](GroupBy kind, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i)
            groups.push_back({kind, static_cast<Index>(i)});
        groups.push_back({kind, std::nullopt});
    };
    for (const GroupBy kind : by) {
        if (kind == GroupBy::total)
            groups.push_back({});
        else if (kind == GroupBy::source)
            members(kind, plan.sources.size());
        else if (kind == GroupBy::site)
            members(kind, plan.sites.size());
        else
            members(kind, plan.accelerators.size());
    }
    return groups;
}

std::string name_of(const Group& group, const Plan& plan) {
    if (group.by == GroupBy::total)
        return "total";
    if (!group.member)
        return "-";
    if (group.by == GroupBy::source)
        return plan.sources[*group.member].name;
    return group.by == GroupBy::site ? plan.sites[*group.member].name
                                     : plan.accelerators[*group.member];
}

std::string_view text_of(GroupBy by) {
    switch (by) {
    case GroupBy::total:
        return "total";
    case GroupBy::source:
        return "source";
    case GroupBy::site:
        return "site";
    case GroupBy::accelerator:
        return "accelerator";
    }
    return "";
}

} // namespace fleetcast
