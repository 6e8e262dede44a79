// Judges milestones, trainings and checks by the trials in which their conditions held and the
// days on which they were done.
#include <fleetcast/analyse/expectations.hpp>

#include "day_counts.hpp"
#include "selection.hpp"

#include <fleetcast/model/lookup.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>

namespace fleetcast {

namespace {

std::string text_of(const Threshold& threshold) {
    return std::holds_alternative<Date>(threshold) ? text_of(std::get<Date>(threshold))
                                                   : fmt::format("{}", std::get<double>(threshold));
}

std::string words_of(const Check& check) {
    const Filter filter = filter_of(check);
    std::string text = check.metric;
    if (filter.by != GroupBy::total)
        text += " of " + filter.name;
    if (check.at)
        text += " at " + *check.at;
    if (check.every && *check.every != Every::period)
        text += *check.every == Every::year ? " every year" : " every quarter";
    if (check.between)
        return fmt::format("{} between {} and {}", text, (*check.between)[0], (*check.between)[1]);
    return fmt::format("{} {} {}", text, check.at_least ? "at_least" : "at_most",
                       text_of(check.at_least ? *check.at_least : *check.at_most));
}

constexpr double days_of_week = 7;

DayCounts counts_of(const ConditionTally& milestone, std::uint64_t trials) {
    DayCounts dated{{}, milestone.held, trials};
    for (const Period& period : milestone.periods)
        dated.days.push_back(period.last);
    return dated;
}

/// When a training is done, from the day on which the horizon starts.
DayCounts counts_of(const Scenario& scenario, const Forecast& forecast, std::size_t workload) {
    const auto tally = std::ranges::find(forecast.completions, static_cast<Index>(workload),
                                         &CompletionTally::workload);
    assert(tally != forecast.completions.end());
    DayCounts dated{{}, tally->days, forecast.trials};
    const auto start = first_day(scenario.start);
    for (std::size_t d = 0; d < tally->days.front().size(); ++d)
        dated.days.push_back(start + std::chrono::days(d));
    return dated;
}

/// Weeks from a due day to a later one; 0 where it is not late.
double weeks_late(std::chrono::sys_days due, std::chrono::sys_days day) {
    return std::max(0.0, static_cast<double>((day - due).count())) / days_of_week;
}

MilestoneVerdict verdict_of(const std::string& name, const DayCounts& dated,
                            const std::vector<double>& quantiles) {
    return {name, quantile_days(dated, quantiles),
            share_where(
                dated, [](auto) { return false; }, true)};
}

TrainingVerdict verdict_of(const std::string& name, const Training& training,
                           const DayCounts& dated, const std::vector<double>& quantiles) {
    TrainingVerdict verdict;
    verdict.name = name;
    verdict.completed = quantile_days(dated, quantiles);
    verdict.not_reached = share_where(
        dated, [](auto) { return false; }, true);
    verdict.has_due = training.due.has_value();
    if (!verdict.has_due)
        return verdict;
    const auto due = last_day(*training.due);
    for (const auto& day : verdict.completed)
        verdict.weeks_late.push_back(day ? std::optional(weeks_late(due, *day)) : std::nullopt);
    verdict.late = share_where(
        dated, [&](auto day) { return day > due; }, true);
    return verdict;
}

/// [replicate] the trials in which a date is as a check asks. One that is not reached is later
/// than every other.
std::vector<std::uint64_t> trials_in_time(const Check& check, const DayCounts& dated) {
    if (check.at_most) {
        const auto last = last_day(std::get<Date>(*check.at_most));
        return trials_where(
            dated, [&](auto day) { return day <= last; }, false);
    }
    const auto first = first_day(std::get<Date>(*check.at_least));
    return trials_where(
        dated, [&](auto day) { return day >= first; }, true);
}

/// The same of weeks late: without a date they are more than any number.
std::vector<std::uint64_t> trials_in_weeks(const Check& check, const DayCounts& dated,
                                           std::chrono::sys_days due) {
    const Limits limits = limits_of(check);
    const auto accepts = [&](auto day) {
        const double weeks = weeks_late(due, day);
        return weeks >= limits.low && weeks <= limits.high;
    };
    return trials_where(dated, accepts, std::isinf(limits.high));
}

/// [replicate] the trials in which a check of a date, or of what follows from one, holds.
std::vector<std::uint64_t> trials_of_date(const Scenario& scenario, const Forecast& forecast,
                                          const Check& check, const Outcome& outcome) {
    if (outcome.asked == Asked::milestone) {
        const std::size_t milestone = *index_of(scenario.milestones, outcome.name);
        return trials_in_time(check, counts_of(forecast.conditions[milestone], forecast.trials));
    }
    const std::size_t workload = *index_of(scenario.workloads, outcome.name);
    const DayCounts dated = counts_of(scenario, forecast, workload);
    if (outcome.asked == Asked::completed)
        return trials_in_time(check, dated);
    return trials_in_weeks(check, dated,
                           last_day(training_of(scenario, outcome.name)->due.value()));
}

/// [replicate] the trials in which the condition of a check held.
std::vector<std::uint64_t> trials_held(const ConditionTally& tally) {
    std::vector<std::uint64_t> held;
    for (const auto& replicate : tally.held)
        held.push_back(replicate.front());
    return held;
}

std::string verdict_of(const Check& check, const Proportion& holds, std::uint64_t trials) {
    const std::string bad = check.severity == CheckSeverity::warn ? "warn" : "fail";
    const double asked = check.probability;
    if (trials == 1 || asked <= 0 || asked >= 1)
        return holds.share >= asked ? "pass" : bad;
    return holds.low >= asked ? "pass" : holds.high < asked ? bad : "too-close";
}

Problem without_figure(const std::string& name, const Check& check, const ConditionTally& tally,
                       std::uint64_t trials) {
    return {Severity::error,
            {},
            "checks." + name + ".metric",
            fmt::format("{} has no figure in the period of {}{}", check.metric,
                        iso_day(tally.periods[*tally.empty_in].first),
                        trials == 1 ? "" : " in some trial"),
            ""};
}

} // namespace

Verdicts judge(const Scenario& scenario, const Forecast& forecast,
               const std::vector<double>& quantiles) {
    Verdicts verdicts;
    const std::uint64_t trials = forecast.trials;
    const std::vector<double> shares = trials == 1 ? std::vector<double>{1} : quantiles;
    auto tally = forecast.conditions.begin();
    for (const auto& [name, milestone] : scenario.milestones)
        verdicts.milestones.push_back(verdict_of(name, counts_of(*tally++, trials), shares));
    for (std::size_t w = 0; w < scenario.workloads.size(); ++w)
        if (const auto& [name, workload] = scenario.workloads[w];
            const auto* training = std::get_if<Training>(&workload.kind))
            verdicts.trainings.push_back(
                verdict_of(name, *training, counts_of(scenario, forecast, w), shares));
    for (const auto& [name, check] : scenario.checks) {
        std::vector<std::uint64_t> held;
        if (const auto outcome = outcome_of(check.metric); asks_date(outcome)) {
            held = trials_of_date(scenario, forecast, check, *outcome);
        } else {
            held = trials_held(*tally);
            if (tally->empty_in)
                verdicts.problems.push_back(without_figure(name, check, *tally, trials));
            ++tally;
        }
        const Proportion holds = proportion_of(held, trials);
        CheckVerdict verdict{name,
                             verdict_of(check, holds, trials),
                             holds,
                             check.probability,
                             words_of(check),
                             std::nullopt};
        if (verdict.verdict == "too-close")
            verdict.settled_by = trials_to_settle(held, trials, check.probability);
        verdicts.checks.push_back(std::move(verdict));
    }
    return verdicts;
}

} // namespace fleetcast
