// The tables have every period; this says where a cost begins and where it ends.
#include "unit_costs.hpp"

#include <fleetcast/report/human.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace fleetcast {
namespace {

bool is_unit_cost(std::string_view unit) { return unit.starts_with("usd_per_"); }

/// "1.98 USD/h (P10 1.90, P90 2.10) in 2024 Q4"
std::string said(const Telling& telling, const Estimate& each, const Scale& scale,
                 const std::string& period) {
    std::string text = fmt::format("{} {}", human(each.center, scale, ""), scale.unit);
    if (each.low && each.high && *each.low < *each.high)
        text += fmt::format(" ({} {}, {} {})", stat_title(telling.spread.low),
                            human(each.low, scale, ""), stat_title(telling.spread.high),
                            human(each.high, scale, ""));
    return fmt::format("{} in {}", text, period);
}

/// The first and the last figure of a row; empty where it has none.
std::string said_of_row(const Telling& telling, std::string_view scenario, const SeriesRow* row,
                        std::vector<std::size_t> periods) {
    std::erase_if(periods, [&](std::size_t p) {
        return !estimate_of(row, telling.spread, p).center.has_value();
    });
    if (periods.empty())
        return {};
    const Estimates estimates = estimates_of(telling, row, {periods.front(), periods.back()});
    const Scale scale = scale_of(row->unit, figures_of(estimates));
    const auto at = [&](std::size_t i, std::size_t period) {
        return said(telling, estimates[i], scale, title_of(telling, scenario, period));
    };
    std::string text = at(0, periods.front());
    if (periods.size() > 1)
        text += ", " + at(1, periods.back());
    return text;
}

} // namespace

std::string unit_costs_section(const Telling& telling, std::string_view scenario) {
    const auto periods = periods_of(telling.result, scenario, telling.view.period);
    const auto keys = groups_shown(telling.index, scenario, telling.view, periods);
    std::vector<ListItem> items;
    for (const std::string& metric : telling.view.metrics) {
        const std::string unit = telling.index.unit(metric);
        if (!is_unit_cost(unit))
            continue;
        for (const GroupKey& key : keys) {
            std::string text =
                said_of_row(telling, scenario,
                            telling.index.find(scenario, key.by, key.group, metric), periods);
            if (text.empty())
                continue;
            const bool whole = key.by == "total";
            items.push_back({{whole ? metric_title(metric, unit) : key.group}, {std::move(text)}});
            if (whole)
                break; // the groups stand in the tables
        }
    }
    return section("Unit costs", items, telling.style);
}

} // namespace fleetcast
