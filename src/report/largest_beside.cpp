// One row for a metric and group, in the period in which the two are furthest apart.
#include "compared_pair.hpp"

#include <fleetcast/base/text.hpp>
#include <fleetcast/report/differences.hpp>
#include <fleetcast/report/human.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace fleetcast {
namespace {

constexpr std::size_t most_rows = 8;
constexpr std::size_t rows_of_total = 4; // where there are members, too
constexpr int group_width = 20;          // a longer name loses its middle

/// The rows to show: of the total, then of its members, which take what the others leave.
std::vector<Difference> shown_of(const std::vector<Difference>& all) {
    std::vector<Difference> total, members;
    for (const Difference& each : all)
        (each.by == "total" ? total : members).push_back(each);
    const std::size_t room = most_rows - std::min(most_rows - rows_of_total, members.size());
    total.resize(std::min(total.size(), room));
    members.resize(std::min(members.size(), most_rows - total.size()));
    total.insert(total.end(), members.begin(), members.end());
    return total;
}

std::optional<double> change_of(const Difference& each) {
    return each.before && each.after ? std::optional(*each.after - *each.before) : std::nullopt;
}

bool is_uncertain_in(const Telling& telling, const std::string& scenario, const Difference& each) {
    return is_uncertain(telling.index.find(scenario, each.by, each.group, each.metric));
}

} // namespace

std::string largest_beside(const Telling& telling, const ComparedPair& pair,
                           const ForecastResult& asked) {
    const auto shown = shown_of(largest_differences(asked, pair.names.base, asked, pair.names.other,
                                                    telling.spread.center));
    if (shown.empty())
        return {};
    const std::string_view none = no_figure(telling.style);
    Grid grid{"", {}, {}};
    GridColumn group{"", "", {}}, period{"period", "", {}}, base{pair.base, "", {}},
        other{pair.other, "", {}}, change{"change", "", {}}, unit{"unit", "", {}},
        relative{"of base", "%", {}};
    bool uncertain = false, members = false;
    for (const Difference& each : shown) {
        const bool has_trials = is_uncertain_in(telling, pair.names.base, each) ||
                                is_uncertain_in(telling, pair.names.other, each);
        uncertain = uncertain || has_trials;
        members = members || each.by != "total";
        const auto apart = change_of(each);
        const Scale scale = scale_of_pair(each.unit, {{each.before, {}, {}}},
                                          {{each.after, {}, {}}}, {{apart, {}, {}}}, has_trials);
        const auto place =
            static_cast<std::size_t>(std::ranges::find(telling.result.periods, each.period) -
                                     telling.result.periods.begin());
        grid.labels.push_back(metric_title(each.metric, each.unit));
        group.cells.push_back(cut_middle(each.group, group_width, ellipsis(telling.style)));
        period.cells.push_back(title_of(telling, pair.names.base, place));
        base.cells.push_back(human(each.before, scale, none));
        other.cells.push_back(human(each.after, scale, none));
        change.cells.push_back(human_change(apart, scale, none));
        unit.cells.push_back(scale.unit);
        relative.cells.push_back(human_change(each.relative, {0.01, "%", 1}, none));
    }
    if (members)
        grid.columns.push_back(group);
    for (const GridColumn& column : {period, base, other, change, unit, relative})
        grid.columns.push_back(column);
    std::string text = fmt::format(
        "in the period where they are furthest apart; change: {} less {}", pair.other, pair.base);
    const std::string& center = telling.spread.center;
    if (uncertain) // only a mean is the same trial by trial
        text = fmt::format("{} of each, {}{}", stat_title(center), text,
                           center == "mean" ? "" : ", of these figures");
    return heading("Largest differences", telling.style) + note(text, telling.style) +
           render_grid(grid, telling.style);
}

} // namespace fleetcast
