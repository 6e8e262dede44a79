// Indices over the rows of a result, so that large tables are built in one pass.
#include <fleetcast/report/series_index.hpp>

#include <fleetcast/base/result.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace fleetcast {
namespace {

void add_once(std::vector<std::string>& names, const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end())
        names.push_back(name);
}

} // namespace

SeriesIndex::SeriesIndex(const ForecastResult& result) {
    for (const ManifestScenario& scenario : result.manifest.scenarios)
        add_once(scenarios_, scenario.name);
    std::map<std::tuple<std::string_view, std::string_view, std::string_view>, bool> seen;
    for (const SeriesRow& row : result.series) {
        if (!rows_.emplace(Key(row.scenario, row.by, row.group, row.metric), &row).second)
            throw Failure(Exit::internal, fmt::format("two rows for {} of {} {} in scenario {}",
                                                      row.metric, row.by, row.group, row.scenario));
        if (scenarios_.empty() || scenarios_.back() != row.scenario)
            add_once(scenarios_, row.scenario);
        if (seen.emplace(std::tuple(std::string_view(row.scenario), std::string_view(row.by),
                                    std::string_view(row.group)),
                         true)
                .second)
            groups_[{row.scenario, row.by}].push_back(row.group);
        units_.emplace(row.metric, row.unit);
    }
    for (auto& [key, names] : groups_)
        std::stable_partition(names.begin(), names.end(),
                              [](const std::string& name) { return name != "-"; });
}

const SeriesRow* SeriesIndex::find(std::string_view scenario, std::string_view by,
                                   std::string_view group, std::string_view metric) const {
    const auto found = rows_.find(Key(scenario, by, group, metric));
    return found == rows_.end() ? nullptr : found->second;
}

std::vector<std::string> SeriesIndex::groups(std::string_view scenario, std::string_view by) const {
    const auto found = groups_.find({scenario, by});
    return found == groups_.end() ? std::vector<std::string>() : found->second;
}

std::string SeriesIndex::unit(std::string_view metric) const {
    const auto found = units_.find(metric);
    return found == units_.end() ? std::string() : std::string(found->second);
}

std::optional<double> figure(const SeriesRow* row, std::string_view stat, std::size_t period) {
    if (row == nullptr)
        return std::nullopt;
    for (const auto& [name, figures] : row->stats)
        if (name == stat)
            return figures.at(period);
    if (row->stats.size() != 1 || row->stats.front().first != "value")
        return std::nullopt;
    const std::optional<double> value = row->stats.front().second.at(period);
    if (value && (stat == "sd" || stat == "se" || stat.ends_with("_se")))
        return 0.0;
    return value;
}

bool is_uncertain(const SeriesRow* row) {
    return row != nullptr &&
           std::ranges::any_of(row->stats, [](const auto& stat) { return stat.first != "value"; });
}

const ManifestScenario* scenario_named(const Manifest& manifest, std::string_view name) {
    const auto found = std::ranges::find(manifest.scenarios, name, &ManifestScenario::name);
    return found == manifest.scenarios.end() ? nullptr : &*found;
}

std::vector<std::size_t> periods_of(const ForecastResult& result, std::string_view scenario,
                                    const std::optional<std::string>& at) {
    const ManifestScenario* own = scenario_named(result.manifest, scenario);
    const bool says = own != nullptr && !own->periods.empty();
    std::vector<std::size_t> shown;
    for (std::size_t p = 0; p < result.periods.size(); ++p) {
        const std::string& first_day = result.periods[p];
        if (says &&
            std::find(own->periods.begin(), own->periods.end(), first_day) == own->periods.end())
            continue;
        if (at && first_day != *at)
            continue;
        shown.push_back(p);
    }
    return shown;
}

} // namespace fleetcast
