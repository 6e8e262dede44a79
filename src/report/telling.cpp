// Bands are in brackets behind the figure, so that they read without colours too.
#include "telling.hpp"

#include <fleetcast/base/text.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace fleetcast {
namespace {

std::string said(std::optional<double> figure, const Scale& scale, Sign sign,
                 const TerminalStyle& style) {
    return sign == Sign::of_change ? human_change(figure, scale, no_figure(style))
                                   : human(figure, scale, no_figure(style));
}

/// "(540–610)"; empty where the ends show nothing but the centre.
std::string band_of(const Estimate& each, const std::string& center, const Scale& scale, Sign sign,
                    std::string_view dash, const TerminalStyle& style) {
    if (!each.low || !each.high)
        return {};
    const std::string low = said(each.low, scale, sign, style),
                      high = said(each.high, scale, sign, style);
    if (low == high && low == center)
        return {};
    return fmt::format("({}{}{})", low, dash, high);
}

} // namespace

Telling telling_of(const ForecastResult& result, const View& view, const TerminalStyle& style,
                   const SeriesIndex& index) {
    Telling telling{result, view, style, index, {}, spread_of(result.manifest)};
    for (const std::string& scenario : index.scenarios()) {
        const ManifestScenario* own = scenario_named(result.manifest, scenario);
        const auto places = periods_of(result, scenario, std::nullopt);
        std::vector<std::string> days;
        for (const std::size_t p : places)
            days.push_back(result.periods[p]);
        const auto names = period_titles(days, own == nullptr ? "period" : own->every);
        auto& row = telling.titles[scenario];
        row.resize(result.periods.size());
        for (std::size_t i = 0; i < places.size(); ++i)
            row[places[i]] = names[i];
    }
    return telling;
}

const std::string& title_of(const Telling& telling, std::string_view scenario, std::size_t period) {
    return telling.titles.find(scenario)->second.at(period);
}

std::vector<std::string> titles_of(const Telling& telling, std::string_view scenario,
                                   const std::vector<std::size_t>& periods) {
    std::vector<std::string> titles;
    for (const std::size_t p : periods)
        titles.push_back(title_of(telling, scenario, p));
    return titles;
}

Estimates estimates_of(const Telling& telling, const SeriesRow* row,
                       const std::vector<std::size_t>& periods) {
    Estimates estimates;
    for (const std::size_t p : periods)
        estimates.push_back(estimate_of(row, telling.spread, p));
    return estimates;
}

std::vector<std::optional<double>> figures_of(const Estimates& estimates) {
    std::vector<std::optional<double>> figures;
    for (const Estimate& each : estimates)
        figures.insert(figures.end(), {each.center, each.low, each.high});
    return figures;
}

GridColumn column_of(std::string title, const Scale& scale, const Estimates& estimates, Sign sign,
                     const TerminalStyle& style) {
    GridColumn column{std::move(title), scale.unit, {}};
    if (column.unit.ends_with(column.title)) // "H100e" in "k H100e"
        column.unit.resize(column.unit.size() - column.title.size());
    if (column.unit.ends_with(' '))
        column.unit.pop_back();
    const bool signs =
        sign == Sign::of_change || std::ranges::any_of(estimates, [](const Estimate& each) {
            return each.low.value_or(0) < 0;
        });
    const std::string_view dash = signs ? " to " : style.unicode ? "–" : "-";
    bool banded = false;
    for (const Estimate& each : estimates) {
        column.cells.push_back(said(each.center, scale, sign, style));
        column.bands.push_back(band_of(each, column.cells.back(), scale, sign, dash, style));
        banded = banded || !column.bands.back().empty();
    }
    if (!banded)
        column.bands.clear();
    return column;
}

GridColumn metric_column(const Telling& telling, std::string_view metric,
                         const Estimates& estimates, bool uncertain) {
    const std::string unit = telling.index.unit(metric);
    const auto figures = figures_of(estimates);
    return column_of(metric_title(metric, unit),
                     uncertain ? short_scale_of(unit, figures) : scale_of(unit, figures), estimates,
                     Sign::as_is, telling.style);
}

std::string metric_chart(const Telling& telling, std::string title, const Scale& scale,
                         const Estimates& estimates, std::vector<std::string> labels) {
    LineChart chart;
    chart.title = std::move(title);
    chart.labels = std::move(labels);
    chart.scale = scale;
    const bool fan = std::ranges::any_of(
        estimates, [](const Estimate& each) { return each.low && each.low != each.high; });
    for (const Estimate& each : estimates) {
        chart.figures.push_back(each.center);
        if (!fan)
            continue;
        chart.low.push_back(each.low);
        chart.high.push_back(each.high);
    }
    if (fan)
        chart.legend = fmt::format("line {}, band {} to {}", stat_title(telling.spread.center),
                                   stat_title(telling.spread.low), stat_title(telling.spread.high));
    return render_chart(chart, telling.style);
}

std::string said_of_trials(const Manifest& manifest) {
    const std::string sampling = manifest.sampling == "lhs"     ? "Latin hypercube sampling"
                                 : manifest.sampling == "sobol" ? "Sobol sampling"
                                                                : manifest.sampling + " sampling";
    return fmt::format("{} trials, seed {}, {}{}",
                       with_thousands(static_cast<double>(manifest.trials), 0), manifest.seed,
                       sampling,
                       manifest.quantile_form == "log-buckets" ? ", quantiles within 0.5 %" : "");
}

std::string error_note(const Telling& telling, const SeriesRow* row, std::string_view name,
                       const std::vector<std::size_t>& periods) {
    const Spread& spread = telling.spread;
    if (!is_uncertain(row) || spread.low.empty())
        return {};
    constexpr double errors = 2; // standard errors
    const std::string stat = spread.center == "mean" ? "se" : spread.center + "_se";
    std::optional<double> error; // the largest, in the row's unit
    double share = 0;            // the largest, of the band in its period
    for (const std::size_t p : periods) {
        const auto se = figure(row, stat, p);
        const Estimate each = estimate_of(row, spread, p);
        if (!se || !each.low || !each.high || *each.high <= *each.low)
            continue;
        error = std::max(error.value_or(0), errors * *se);
        share = std::max(share, errors * *se / (*each.high - *each.low));
    }
    if (!error)
        return {};
    std::string center = spread.center;
    if (center.starts_with('p'))
        center.front() = 'P';
    const std::optional<double> figures[] = {error};
    const Scale scale = short_scale_of(row->unit, figures);
    return note(
        fmt::format("Monte Carlo error of the {} of {}, 2 s.e.: at most {} {}, {} of the band",
                    center, name, human(error, scale, ""), scale.unit, percent(share, 1)),
        telling.style);
}

} // namespace fleetcast
