// What a zero or an empty figure could hide: rows that stand twice or of a scenario nobody named.
#include "result_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <tuple>
#include <utility>

namespace fleetcast {
namespace {

/// The spot of the item of a list at a key, or of a value below it.
Spot spot_of(const ResultObject& object, std::string_view key, std::size_t item,
             std::string_view below = {}) {
    const Node& node = object.list(key)->items[item];
    const std::string path = fmt::format("{}.{}", object.path_of(key), item);
    const Member* member = below.empty() ? nullptr : node.find(below);
    return member == nullptr ? Spot{&node, path, {}}
                             : Spot{&member->value, fmt::format("{}.{}", path, below), {}};
}

/// Names that rows may have as their scenario; reported where one stands twice or for nothing.
std::set<std::string_view> names_of(Reader& reader, const ResultObject& object,
                                    const Manifest& manifest) {
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < manifest.scenarios.size(); ++i)
        if (!names.insert(manifest.scenarios[i].name).second)
            reader.wrong(spot_of(object, "scenarios", i, "name"),
                         fmt::format("\"{}\" is there twice", manifest.scenarios[i].name));
    const std::set<std::string_view> scenarios = names;
    for (std::size_t i = 0; i < manifest.comparisons.size(); ++i) {
        const Comparison& each = manifest.comparisons[i];
        for (const auto& [key, name] : {std::pair("base", &each.base), {"other", &each.other}})
            if (!scenarios.contains(*name))
                reader.wrong(spot_of(object, "comparisons", i, key),
                             fmt::format("is no scenario of the result: \"{}\"", *name));
        if (!names.insert(each.difference).second)
            reader.wrong(spot_of(object, "comparisons", i, "difference"),
                         fmt::format("\"{}\" is there twice", each.difference));
    }
    return names;
}

void check_periods(Reader& reader, const ResultObject& root, const ResultObject& made,
                   const ForecastResult& result) {
    const std::vector<std::string>& periods = result.periods;
    for (std::size_t p = 1; p < periods.size(); ++p)
        if (periods[p] <= periods[p - 1])
            reader.wrong(spot_of(root, "periods", p), "must be later than the period before it");
    for (std::size_t s = 0; s < result.manifest.scenarios.size(); ++s)
        for (const std::string& own : result.manifest.scenarios[s].periods)
            if (!std::ranges::binary_search(periods, own))
                reader.wrong(spot_of(made, "scenarios", s, "periods"),
                             fmt::format("{} is no period of the result", own));
}

template <class Row>
void check_scenarios(Reader& reader, const ResultObject& root, std::string_view key,
                     const std::vector<Row>& all, const std::set<std::string_view>& names) {
    for (std::size_t i = 0; i < all.size() && !has_many_problems(reader); ++i)
        if (!names.contains(all[i].scenario))
            reader.wrong(
                spot_of(root, key, i, "scenario"),
                fmt::format("is not among the scenarios of the manifest: \"{}\"", all[i].scenario));
}

void check_series(Reader& reader, const ResultObject& root, const std::vector<SeriesRow>& series) {
    std::set<std::tuple<std::string_view, std::string_view, std::string_view, std::string_view>>
        seen;
    for (std::size_t i = 0; i < series.size() && !has_many_problems(reader); ++i) {
        const SeriesRow& row = series[i];
        if (!seen.emplace(row.scenario, row.by, row.group, row.metric).second)
            reader.wrong(spot_of(root, "series", i),
                         fmt::format("is the second row for {} of {} {} in scenario {}", row.metric,
                                     row.by, row.group, row.scenario));
    }
}

void check_verdicts(Reader& reader, const ResultObject& root, const std::vector<CheckRow>& checks) {
    constexpr std::array<std::string_view, 4> verdicts{"pass", "fail", "too-close", "warn"};
    for (std::size_t i = 0; i < checks.size() && !has_many_problems(reader); ++i) {
        if (std::ranges::find(verdicts, checks[i].verdict) == verdicts.end())
            reader.wrong(spot_of(root, "checks", i, "verdict"),
                         fmt::format("must be one of {}, got \"{}\"", fmt::join(verdicts, ", "),
                                     checks[i].verdict));
        if (!share_range.holds(checks[i].share))
            reader.wrong(spot_of(root, "checks", i, "share"),
                         fmt::format("must be {}, got {}", text_of(share_range), checks[i].share));
    }
}

} // namespace

void check_parts(Reader& reader, const ResultObject& root, const ForecastResult& result) {
    const ResultObject made(reader, *root.at("manifest"), "manifest");
    check_periods(reader, root, made, result);
    const auto names = names_of(reader, made, result.manifest);
    check_scenarios(reader, root, "series", result.series, names);
    check_scenarios(reader, root, "outcomes", result.outcomes, names);
    check_scenarios(reader, root, "checks", result.checks, names);
    check_scenarios(reader, root, "trainings", result.trainings, names);
    check_scenarios(reader, root, "shortages", result.shortages, names);
    check_scenarios(reader, root, "inputs", result.inputs, names);
    check_scenarios(reader, root, "binding", result.binding, names);
    check_series(reader, root, result.series);
    check_verdicts(reader, root, result.checks);
}

} // namespace fleetcast
