#include <fleetcast/cli/swept.hpp>

#include <fleetcast/base/result.hpp>
#include <fleetcast/load/set_value.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace fleetcast {
namespace {

/// What lays a value over the scenario speaks of --set.
Failure in_words_of_vary(const Failure& failure) {
    std::string text = failure.what();
    if (text.starts_with("--set "))
        text.replace(0, 5, "--vary");
    return Failure(failure.code, text);
}

Node parsed(const Axis& axis, const std::string& value) {
    try {
        return parse_set(Sources{{{"--vary", axis.path + "=" + value}}}, 0).value;
    } catch (const Failure& failure) {
        throw in_words_of_vary(failure);
    }
}

std::vector<std::string> sets_at(const Swept& swept, std::size_t point) {
    std::vector<std::string> sets = point_at(swept.axes, point);
    for (std::size_t a = 0; a < sets.size(); ++a)
        sets[a].insert(0, swept.axes[a].path + "=");
    return sets;
}

} // namespace

Swept swept_over(std::vector<Axis> axes) {
    const std::size_t count = point_count(axes);
    for (const Axis& axis : axes)
        for (const std::string& value : axis.values)
            parsed(axis, value);
    return {{}, std::move(axes), count};
}

std::vector<std::string> values_at(const Swept& swept, std::size_t point) {
    std::vector<std::string> values = point_at(swept.axes, point);
    for (std::size_t a = 0; a < values.size(); ++a)
        if (const Node node = parsed(swept.axes[a], values[a]); node.kind == Node::Kind::string)
            values[a] = node.text;
    return values;
}

std::string name_at(const Swept& swept, std::size_t point) {
    return fmt::format("{}@{}", swept.base.name, fmt::join(sets_at(swept, point), ","));
}

LoadedScenario loaded_at(const Swept& swept, std::size_t point) {
    try {
        return patched(swept.base, sets_at(swept, point));
    } catch (const Failure& failure) {
        throw in_words_of_vary(failure);
    }
}

bool varies_periods(const Swept& swept) {
    constexpr std::array<std::string_view, 5> keys{"start", "end", "step", "report_every",
                                                   "finance"};
    return std::ranges::any_of(swept.axes, [&](const Axis& axis) {
        return std::ranges::find(keys, split_path(axis.path, "--vary").front()) != keys.end();
    });
}

} // namespace fleetcast
