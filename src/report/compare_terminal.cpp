// The change is the statistic of the differences trial by trial, not the difference of the
// statistics, so it is read from its own rows.
#include <fleetcast/report/compare_terminal.hpp>

#include "compared_pair.hpp"

#include <fleetcast/base/text.hpp>
#include <fleetcast/report/differences.hpp>
#include <fleetcast/report/human.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace fleetcast {
namespace {

constexpr int name_width = 14; // a longer name loses its middle over a column

ComparedPair pair_of(const Telling& telling, const Comparison& names) {
    const auto shown = [&](const std::string& name) {
        return cut_middle(name, name_width, ellipsis(telling.style));
    };
    ComparedPair pair{names, shown(names.base), shown(names.other), {}};
    const auto others = periods_of(telling.result, names.other, telling.view.period);
    for (const std::size_t p : periods_of(telling.result, names.base, telling.view.period))
        if (std::ranges::find(others, p) != others.end())
            pair.periods.push_back(p);
    return pair;
}

const SeriesRow* row_of(const Telling& telling, std::string_view scenario,
                        std::string_view metric) {
    return telling.index.find(scenario, "total", "total", metric);
}

/// Whether the difference was taken of figures, not trial by trial: then it has no band.
bool is_apart(const ForecastResult& result, const Comparison& names) {
    return std::ranges::any_of(result.series, [&](const SeriesRow& row) {
        return row.scenario == names.difference && row.stats.size() == 1 &&
               row.stats.front().first == "mean";
    });
}

bool is_still(const Estimates& change) {
    return std::ranges::all_of(figures_of(change),
                               [](const auto& each) { return each.value_or(0) == 0; });
}

bool is_empty(const Estimates& estimates) {
    return std::ranges::none_of(estimates, [](const Estimate& each) { return !!each.center; });
}

std::string titled(std::string_view metric, const std::string& unit, const Scale& scale) {
    const std::string title = metric_title(metric, unit);
    if (scale.unit.ends_with(title)) // "k H100e"
        return scale.unit;
    return title + ", " + scale.unit;
}

void without_bands(Estimates& estimates) {
    for (Estimate& each : estimates)
        each.low = each.high = std::nullopt;
}

/// A metric's three columns.
std::vector<GridColumn> columns_of_pair(const Telling& telling, const ComparedPair& pair,
                                        const std::string& metric, Estimates base, Estimates other,
                                        const Estimates& change, bool uncertain) {
    const std::string unit = telling.index.unit(metric);
    without_bands(base);
    without_bands(other);
    const Scale scale = scale_of_pair(unit, base, other, change, uncertain);
    std::vector<GridColumn> columns{
        column_of(pair.base, scale, base, Sign::as_is, telling.style),
        column_of(pair.other, scale, other, Sign::as_is, telling.style),
        column_of("change", scale, change, Sign::of_change, telling.style)};
    for (GridColumn& column : columns) {
        column.unit.clear(); // stands in the title of the group
        column.group = titled(metric, unit, scale);
    }
    return columns;
}

std::string reading_note(const Telling& telling, const ComparedPair& pair, bool uncertain) {
    const std::string less = fmt::format("{} less {}", pair.other, pair.base);
    if (!uncertain)
        return note("change: " + less, telling.style);
    const std::string center = stat_title(telling.spread.center);
    if (is_apart(telling.result, pair.names))
        return note(fmt::format("{} and {}: {}; change: {}", pair.base, pair.other, center, less),
                    telling.style);
    std::string text =
        fmt::format("{} and {}: {}; change: {} of {}, trial by trial", pair.base, pair.other,
                    center, title_of(telling.spread, telling.style.unicode), less);
    if (!telling.spread.low.empty())
        text += fmt::format("; {} of trials lie in the band", percent(telling.spread.share));
    return note(text, telling.style);
}

/// The metrics by period, what does not change, and a chart of the first change.
std::string figures_section(const Telling& telling, const ComparedPair& pair) {
    Grid grid{"period", titles_of(telling, pair.names.base, pair.periods), {}};
    std::string still, empty, first; // metrics
    bool uncertain = false;
    for (const std::string& metric : telling.view.metrics)
        uncertain = uncertain || is_uncertain(row_of(telling, pair.names.base, metric)) ||
                    is_uncertain(row_of(telling, pair.names.other, metric));
    for (const std::string& metric : telling.view.metrics) {
        if (row_of(telling, pair.names.base, metric) == nullptr ||
            row_of(telling, pair.names.other, metric) == nullptr)
            continue; // left out of the comparison
        const auto estimates = [&](const std::string& scenario) {
            return estimates_of(telling, row_of(telling, scenario, metric), pair.periods);
        };
        const Estimates base = estimates(pair.names.base), other = estimates(pair.names.other),
                        change = estimates(pair.names.difference);
        if (is_empty(base) && is_empty(other)) {
            empty += (empty.empty() ? "" : ", ") + metric;
            continue;
        }
        if (!is_empty(change) && is_still(change)) {
            still += (still.empty() ? "" : ", ") + metric;
            continue;
        }
        if (first.empty())
            first = metric;
        for (GridColumn& column :
             columns_of_pair(telling, pair, metric, base, other, change, uncertain))
            grid.columns.push_back(std::move(column));
    }
    std::string text;
    if (!grid.columns.empty())
        text = reading_note(telling, pair, uncertain) + render_grid(grid, telling.style);
    if (!still.empty())
        text += note("the same in both wherever they are compared: " + still, telling.style);
    if (!empty.empty())
        text += note("no figure: " + empty, telling.style);
    if (first.empty())
        return text;

    const SeriesRow* row = row_of(telling, pair.names.difference, first);
    const std::string unit = telling.index.unit(first);
    text += error_note(telling, row, "the change in " + metric_title(first, unit), pair.periods);
    const Estimates change = estimates_of(telling, row, pair.periods);
    const auto figures = figures_of(change);
    const Scale scale = uncertain ? short_scale_of(unit, figures) : scale_of(unit, figures);
    Paragraphs report;
    report.add(text);
    report.add(metric_chart(telling, "change in " + titled(first, unit, scale), scale, change,
                            titles_of(telling, pair.names.base, pair.periods)));
    return report.text;
}

std::string trials_behind(const ManifestScenario& scenario) {
    return scenario.trials == 1
               ? ", at the medians"
               : fmt::format(", {} trials",
                             with_thousands(static_cast<double>(scenario.trials), 0));
}

std::string introduction(const Telling& telling) {
    const Manifest& manifest = telling.result.manifest;
    const bool apart = std::ranges::any_of(manifest.comparisons, [&](const Comparison& names) {
        return is_apart(telling.result, names);
    });
    std::vector<ListItem> items;
    for (const ManifestScenario& each : manifest.scenarios)
        items.push_back(
            {{each.name, Ink::dim},
             {fmt::format("{}{}{} to {}, by {}{}", each.title, each.title.empty() ? "" : ", ",
                          each.start, each.end,
                          each.every.empty() || each.every == "period" ? each.step : each.every,
                          apart ? trials_behind(each) : ""),
              Ink::dim}});
    std::vector<std::string> others;
    for (const Comparison& each : manifest.comparisons)
        others.push_back(each.other);
    const std::string title = fmt::format(
        "{} compared with {}",
        others.size() == 1 ? others.front() : fmt::format("{} scenarios", others.size()),
        manifest.comparisons.front().base);
    return heading(cut_middle(title, 3 * telling.style.width, ellipsis(telling.style)),
                   telling.style) +
           list(items, telling.style) +
           note(manifest.trials == 1 ? "deterministic"
                : apart              ? "made apart: the band of a change is not known"
                                     : said_of_trials(manifest) + ", the same draws for all",
                telling.style);
}

} // namespace

Scale scale_of_pair(std::string_view unit, const Estimates& base, const Estimates& other,
                    const Estimates& change, bool uncertain) {
    auto figures = figures_of(base);
    const auto more = figures_of(other);
    figures.insert(figures.end(), more.begin(), more.end());
    Scale scale = uncertain ? short_scale_of(unit, figures) : scale_of(unit, figures);
    double largest = 0;
    for (const auto& each : figures_of(change))
        largest = std::max(largest, std::abs(each.value_or(0)) / scale.divisor);
    while (largest > 0 && scale.decimals < 3 && largest * std::pow(10.0, scale.decimals) < 10 &&
           std::abs(largest - std::round(largest)) > 1e-9)
        ++scale.decimals;
    return scale;
}

std::string render_compare(const ForecastResult& result, const View& view,
                           const TerminalStyle& wanted) {
    TerminalStyle style = wanted;
    style.width = std::clamp(wanted.width, 20, 240);
    const SeriesIndex index(result);
    const Telling telling = telling_of(result, view, style, index);
    const ForecastResult asked = asked_of(result, view);
    Paragraphs report;
    report.add(introduction(telling));
    for (const Comparison& names : result.manifest.comparisons) {
        const ComparedPair pair = pair_of(telling, names);
        if (result.manifest.comparisons.size() > 1) {
            report.add(paint(rule(std::min(style.width, 100), style), Ink::dim, style) + '\n');
            report.add(heading(fmt::format("{} beside {}", pair.other, pair.base), style));
        }
        Telling of_figures = telling;
        if (is_apart(result, names))
            of_figures.spread = {}; // the one statistic that the change has
        report.add(largest_beside(of_figures, pair, asked));
        report.add(pair.periods.empty() ? note("no period in common", style)
                                        : figures_section(of_figures, pair));
        report.add(milestones_beside(telling, pair));
        report.add(trainings_beside(telling, pair));
        report.add(shortages_beside(telling, pair));
        report.add(checks_beside(telling, pair));
    }
    return report.text;
}

} // namespace fleetcast
