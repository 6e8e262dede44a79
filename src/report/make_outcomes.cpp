// Dates come from the verdicts, which count them by day; figures from the forecast.
#include "make_outcomes.hpp"

#include "make_manifest.hpp"

#include <fleetcast/base/text.hpp>
#include <fleetcast/model/lookup.hpp>

#include <algorithm>
#include <chrono>

namespace fleetcast {
namespace {

using Days = std::vector<std::optional<std::chrono::sys_days>>;

struct Adding {
    const std::string& scenario;
    const FinishedRun& finished;
    const RunSettings& settings;
    ForecastResult& result;
    std::vector<OutcomeId> ids = outcomes_of(finished.run.plan);

    bool is_certain() const { return finished.run.forecast.trials == 1; }

    /// "value", or that of a quantile asked.
    std::string stat_of(std::size_t quantile) const {
        return is_certain() ? "value"
                            : stat_name(Statistic{Stat::quantile, settings.quantiles[quantile]});
    }

    void not_reached(const std::string& outcome, double share) const {
        if (!is_certain())
            result.outcomes.push_back({scenario, outcome, "share", "not_reached", share, ""});
    }

    void dates(const std::string& outcome, const Days& days, double never) const {
        for (std::size_t q = 0; q < days.size(); ++q)
            result.outcomes.push_back({scenario, outcome, "date", stat_of(q), std::nullopt,
                                       days[q] ? iso_day(*days[q]) : ""});
        not_reached(outcome, never);
    }

    /// An outcome that is a figure; nothing where the plan has none of that kind.
    void figures(const std::string& outcome, std::string_view unit, const OutcomeId& id) const {
        const auto found = std::ranges::find(ids, id);
        if (found == ids.end())
            return;
        const auto& figures_of_it =
            finished.run.forecast.outcomes[static_cast<std::size_t>(found - ids.begin())];
        const auto& statistics = finished.run.figures.statistics;
        for (std::size_t s = 0; s < statistics.size(); ++s)
            result.outcomes.push_back({scenario, outcome, std::string(unit),
                                       stat_name(statistics[s]), figures_of_it[s], ""});
    }
};

void add_training(const Adding& adding, const TrainingVerdict& verdict) {
    const std::string prefix = "workloads." + verdict.name + ".";
    adding.dates(prefix + "completed", verdict.completed, verdict.not_reached);
    for (std::size_t q = 0; q < verdict.weeks_late.size(); ++q)
        adding.result.outcomes.push_back({adding.scenario, prefix + "weeks_late", "weeks",
                                          adding.stat_of(q), verdict.weeks_late[q], ""});
    if (verdict.has_due)
        adding.not_reached(prefix + "weeks_late", verdict.not_reached);
    const auto& workloads = adding.finished.run.plan.workloads;
    const auto workload =
        std::ranges::find(workloads, verdict.name, &PlanWorkload::name) - workloads.begin();
    adding.figures(prefix + "training_usd", "usd",
                   {OutcomeKind::training_cost, static_cast<Index>(workload)});
    const auto& training =
        std::get<PlanTraining>(workloads.at(static_cast<std::size_t>(workload)).kind);
    if (training.due)
        adding.result.trainings.push_back(
            {adding.scenario, verdict.name, iso_day(*training.due), verdict.late});
}

void add_shortages(const Adding& adding) {
    const Plan& plan = adding.finished.run.plan;
    for (const Shortage& shortage : adding.finished.run.forecast.shortages) {
        if (shortage.by == GroupBy::team && plan.teams.empty())
            continue; // nobody has a team
        adding.result.shortages.push_back({adding.scenario, std::string(text_of(shortage.by)),
                                           name_of({shortage.by, shortage.member}, plan),
                                           shortage.share,
                                           iso_day(plan.grid.periods[shortage.worst].first),
                                           shortage.worst_share, shortage.worst_h100e});
    }
}

} // namespace

std::string stat_name(const Statistic& statistic) {
    switch (statistic.stat) {
    case Stat::value:
        return "value";
    case Stat::mean:
        return "mean";
    case Stat::sd:
        return "sd";
    case Stat::se:
        return "se";
    case Stat::min:
        return "min";
    case Stat::max:
        return "max";
    case Stat::quantile:
        break;
    case Stat::quantile_se:
        return stat_name(Statistic{Stat::quantile, statistic.share}) + "_se";
    }
    std::string percent = shortest(percent_of(statistic.share));
    std::ranges::replace(percent, '.', '_');
    return "p" + percent;
}

void add_outcomes(const FinishedRun& finished, const RunSettings& settings,
                  ForecastResult& result) {
    const std::string& name = finished.loaded->name;
    const Verdicts& verdicts = finished.run.verdicts;
    const Adding adding{name, finished, settings, result};
    for (const MilestoneVerdict& milestone : verdicts.milestones)
        adding.dates("milestones." + milestone.name, milestone.reached, milestone.not_reached);
    for (const TrainingVerdict& training : verdicts.trainings)
        add_training(adding, training);
    const auto& sources = finished.loaded->scenario.sources;
    for (Index i = 0; i < sources.size(); ++i)
        if (procured_of(sources[i].second))
            adding.figures("pending." + sources[i].first, "units", {OutcomeKind::pending, i});
    adding.figures("paid_before_start_usd", "usd", {OutcomeKind::paid_before_start, 0});
    adding.figures("due_after_end_usd", "usd", {OutcomeKind::due_after_end, 0});
    adding.figures("prepaid_usd", "usd", {OutcomeKind::prepaid, 0});
    add_shortages(adding);
    for (const CheckVerdict& check : verdicts.checks)
        result.checks.push_back({name, check.name, check.verdict, check.holds.share, check.holds.se,
                                 check.limit, finished.run.forecast.trials, check.holds.low,
                                 check.holds.high, check.probability});
}

} // namespace fleetcast
