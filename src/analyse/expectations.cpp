// Judges milestones and checks by the trials in which their conditions held.
#include <fleetcast/analyse/expectations.hpp>

#include "selection.hpp"

#include <fleetcast/model/lookup.hpp>

#include <fmt/format.h>

#include <algorithm>
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

/// The order statistic that is a quantile of type 1, counted from 1.
double rank_of(double share, std::uint64_t trials) {
    constexpr double rounding = 1e-14; // 0.55 of 100 is the 55th, though the product is above 55
    return std::max(1.0, std::ceil(static_cast<double>(trials) * share * (1 - rounding)));
}

MilestoneVerdict verdict_of(const std::string& name, const ConditionTally& tally,
                            std::uint64_t trials, const std::vector<double>& quantiles) {
    std::vector<std::uint64_t> met_by(tally.periods.size()); // [period] trials, that one included
    std::uint64_t met = 0;
    for (std::size_t p = 0; p < met_by.size(); ++p) {
        for (const auto& replicate : tally.held)
            met += replicate[p];
        met_by[p] = met;
    }
    MilestoneVerdict verdict{
        name, {}, static_cast<double>(trials - met) / static_cast<double>(trials)};
    for (const double share : quantiles) {
        const double rank = rank_of(share, trials);
        const auto period = std::ranges::find_if(
            met_by, [&](std::uint64_t count) { return static_cast<double>(count) >= rank; });
        verdict.reached.push_back(
            period == met_by.end()
                ? std::nullopt
                : std::optional(
                      tally.periods[static_cast<std::size_t>(period - met_by.begin())].last));
    }
    return verdict;
}

/// [replicate] the trials in which a milestone meets what a check asks of its date. A date that
/// is not reached is later than every other.
std::vector<std::uint64_t> trials_in_time(const Check& check, const ConditionTally& tally,
                                          std::uint64_t trials) {
    std::vector<std::uint64_t> held;
    for (const auto& replicate : tally.held) {
        std::uint64_t early = 0; // by at_most, or before at_least
        for (std::size_t p = 0; p < replicate.size(); ++p) {
            const auto met = tally.periods[p].last;
            if (check.at_most ? met <= last_day(std::get<Date>(*check.at_most))
                              : met < first_day(std::get<Date>(*check.at_least)))
                early += replicate[p];
        }
        held.push_back(check.at_most ? early : trials / tally.held.size() - early);
    }
    return held;
}

/// [replicate] the trials in which a condition held that is no milestone's.
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
        verdicts.milestones.push_back(verdict_of(name, *tally++, trials, shares));
    for (const auto& [name, check] : scenario.checks) {
        std::vector<std::uint64_t> held;
        if (asks_milestone(check.metric)) {
            const auto milestone = *index_of(scenario.milestones, outcome_of(check.metric));
            held = trials_in_time(check, forecast.conditions[milestone], trials);
        } else {
            held = trials_held(*tally);
            if (tally->empty_in)
                verdicts.problems.push_back(without_figure(name, check, *tally, trials));
            ++tally;
        }
        const Proportion holds = proportion_of(held, trials);
        verdicts.checks.push_back(
            {name, verdict_of(check, holds, trials), holds, check.probability, words_of(check)});
    }
    return verdicts;
}

} // namespace fleetcast
