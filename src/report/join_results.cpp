// Rows keep their figures; only their names change before they are united.
#include <fleetcast/report/join_results.hpp>

#include "join_notes.hpp"
#include "make_manifest.hpp"

#include <fleetcast/base/result.hpp>
#include <fleetcast/report/common_periods.hpp>
#include <fleetcast/report/series_index.hpp>
#include <fleetcast/report/unite_results.hpp>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

namespace fleetcast {
namespace {

/// Without the differences it holds, and with the periods of each scenario told.
ForecastResult plain(ForecastResult result) {
    for (ManifestScenario& scenario : result.manifest.scenarios)
        if (scenario.periods.empty())
            scenario.periods = result.periods;
    const auto& scenarios = result.manifest.scenarios;
    std::erase_if(result.series, [&](const SeriesRow& row) {
        return std::ranges::find(scenarios, row.scenario, &ManifestScenario::name) ==
               scenarios.end();
    });
    result.manifest.comparisons.clear();
    return result;
}

using Names = std::map<std::string, std::string>; // name in its result -> name in all

/// A name for each scenario of each result that no other has.
std::vector<Names> distinct_names(const std::vector<NamedResult>& results) {
    std::map<std::string, int> uses;
    for (const NamedResult& each : results)
        for (const ManifestScenario& scenario : each.result.manifest.scenarios)
            ++uses[scenario.name];
    std::set<std::string> taken;
    std::vector<Names> names;
    for (const NamedResult& each : results) {
        Names& own = names.emplace_back();
        for (const ManifestScenario& scenario : each.result.manifest.scenarios) {
            std::string name = scenario.name;
            if (uses[name] > 1 && name != each.name)
                name = each.name + ":" + name;
            while (!taken.insert(name).second)
                name += "'";
            own[scenario.name] = name;
        }
    }
    return names;
}

void rename(ForecastResult& result, const Names& names) {
    const auto rename_all = [&](auto& rows) {
        for (auto& row : rows)
            row.scenario = names.at(row.scenario);
    };
    for (ManifestScenario& scenario : result.manifest.scenarios)
        scenario.name = names.at(scenario.name);
    rename_all(result.series);
    rename_all(result.outcomes);
    rename_all(result.checks);
    rename_all(result.trainings);
    rename_all(result.shortages);
    rename_all(result.inputs);
    rename_all(result.binding);
}

/// The row's difference to the base, in the periods that both have.
SeriesRow difference_of(const SeriesRow& base, const SeriesRow& other, const std::string& name,
                        const std::vector<CommonPeriod>& periods, std::size_t count) {
    const std::string stat = is_uncertain(&base) || is_uncertain(&other) ? "mean" : "value";
    std::vector<std::optional<double>> figures(count);
    for (const CommonPeriod& each : periods) {
        const auto before = figure(&base, stat, each.base),
                   after = figure(&other, stat, each.other);
        if (before && after)
            figures[each.other] = *after - *before;
    }
    return {name, other.by, other.group, other.metric, other.unit, {{stat, std::move(figures)}}};
}

/// The rows of the difference of a scenario to the base.
std::vector<SeriesRow> differences(const ForecastResult& all, const SeriesIndex& index,
                                   const Comparison& names) {
    const auto periods = common_periods(all, names.base, all, names.other);
    std::vector<SeriesRow> rows;
    for (const SeriesRow& row : all.series) {
        const SeriesRow* base = row.scenario == names.other
                                    ? index.find(names.base, row.by, row.group, row.metric)
                                    : nullptr;
        if (base != nullptr && base->unit == row.unit)
            rows.push_back(
                difference_of(*base, row, names.difference, periods, all.periods.size()));
    }
    return rows;
}

} // namespace

Joined join_results(std::vector<NamedResult> results) {
    for (NamedResult& each : results)
        each.result = plain(std::move(each.result));
    const std::vector<Names> names = distinct_names(results);
    for (std::size_t i = 0; i < results.size(); ++i)
        rename(results[i].result, names[i]);
    Joined joined{{}, notes_of_making(results)};
    std::vector<ForecastResult> apart;
    for (NamedResult& each : results)
        apart.push_back(std::move(each.result));
    joined.result = united(std::move(apart));
    ForecastResult& all = joined.result;
    const auto& scenarios = all.manifest.scenarios;
    if (scenarios.size() < 2)
        throw Failure(Exit::usage, "a comparison needs two scenarios or more");

    std::ranges::move(notes_of_scenarios(all), std::back_inserter(joined.notes));
    std::vector<SeriesRow> rows;
    const SeriesIndex index(all);
    for (std::size_t s = 1; s < scenarios.size(); ++s) {
        const std::string &base = scenarios.front().name, &other = scenarios[s].name;
        all.manifest.comparisons.push_back(
            {base, other, difference_name(other, base, all.manifest)});
        std::ranges::move(differences(all, index, all.manifest.comparisons.back()),
                          std::back_inserter(rows));
    }
    std::ranges::move(rows, std::back_inserter(all.series));
    return joined;
}

} // namespace fleetcast
