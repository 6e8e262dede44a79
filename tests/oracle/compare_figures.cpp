// The tolerance, and the walk over figures.
#include "oracle/compare_figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace fleetcast::oracle {

namespace {

constexpr double tolerance = 1e-9; // of the largest figure of that metric in the run
// A metric that is 0 but for rounding errors is measured by the largest figure of its unit.
constexpr double rounding = 1e-15;
constexpr std::size_t kept = 5; // sentences

/// Hours between failures are compared as failures an hour, 0 where they are empty: a fleet that
/// is gone but for rounding has any number of hours, but no failures.
std::optional<double> comparable(const std::string& metric, std::optional<double> value) {
    if (metric != "hours_between_failures")
        return value;
    return value ? 1.0 / *value : 0.0;
}

double largest_of(const std::string& metric, const std::map<GroupKey, Series>& groups) {
    double largest = 0;
    for (const auto& [key, values] : groups) {
        for (const auto& value : values)
            largest = std::max(largest, std::fabs(comparable(metric, value).value_or(0)));
    }
    return largest;
}

std::string text_of(std::optional<double> value) {
    return value ? fmt::format("{}", *value) : "empty";
}

} // namespace

void Differences::add(std::string what) {
    ++found;
    if (first.size() < kept)
        first.push_back(std::move(what));
}

void Differences::same(const std::string& what, const std::string& ours,
                       const std::string& theirs) {
    if (ours != theirs)
        add(fmt::format("{}: \"{}\" against \"{}\"", what, ours, theirs));
}

void compare_figures(const ProgramFigures& ours, const Figures& expected, const std::string& where,
                     Differences& differences) {
    differences.same(where + "periods", fmt::format("{}", fmt::join(ours.periods, " ")),
                     fmt::format("{}", fmt::join(expected.periods, " ")));
    if (ours.periods != expected.periods)
        return;
    std::map<std::string, double> of_unit; // largest figure
    for (const auto& [metric, unit] : ours.units)
        of_unit[unit] = std::max(of_unit[unit], largest_of(metric, expected.series.at(metric)));
    for (const auto& [metric, our_groups] : ours.series) {
        const auto& groups = expected.series.at(metric);
        // Compared as failures, which are units.
        const std::string unit =
            ours.units.at(metric == "hours_between_failures" ? "failures" : metric);
        const double slack =
            std::max(tolerance * largest_of(metric, groups), rounding * of_unit[unit]);
        for (const auto& [key, our_row] : our_groups) {
            const auto row = groups.find(key);
            for (std::size_t p = 0; p < ours.periods.size(); ++p) {
                const auto mine = comparable(metric, our_row.at(p));
                const auto theirs =
                    row == groups.end() ? std::nullopt : comparable(metric, row->second.at(p));
                const bool agree = mine.has_value() == theirs.has_value()
                                       ? !mine || std::fabs(*mine - *theirs) <= slack
                                       : row == groups.end() && *mine == 0;
                ++differences.compared;
                if (!agree)
                    differences.add(fmt::format("{}{} of {} {} in {}: {} against {}", where, metric,
                                                key.first, key.second, expected.periods.at(p),
                                                text_of(mine), text_of(theirs)));
            }
        }
    }
}

void compare_trials(const TrialRange& range, const Json& catalog, const RunTrials& run_trials,
                    Differences& differences, Edges& edges) {
    const auto answer = run_trials(range);
    if (const auto* failure = std::get_if<std::string>(&answer))
        return differences.add(*failure);
    const auto& trials = std::get<std::vector<ProgramFigures>>(answer);
    if (trials.size() != range.count)
        return differences.add(fmt::format("{} trials for {}", trials.size(), range.count));
    const Json scenario = Json::parse(range.text, nullptr, true, true);
    for (std::size_t k = 0; k < trials.size(); ++k) {
        const Figures expected =
            run_trial(scenario, catalog, range.seed, range.first + k, range.every);
        add(edges, expected.edges);
        compare_figures(trials[k], expected, fmt::format("trial {}: ", range.first + k),
                        differences);
    }
}

} // namespace fleetcast::oracle
