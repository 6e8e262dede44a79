// Puts the report together; how a grid, a chart or a list looks is left to their files.
#include <fleetcast/report/terminal.hpp>

#include <fleetcast/base/result.hpp>
#include <fleetcast/base/text.hpp>
#include <fleetcast/report/chart.hpp>
#include <fleetcast/report/human.hpp>
#include <fleetcast/report/sections.hpp>
#include <fleetcast/report/series_index.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

namespace fleetcast {
namespace {

using Figures = std::vector<std::optional<double>>; // [row of a grid]

/// What every part of the report needs.
struct Context {
    const ForecastResult& result;
    const View& view;
    const TerminalStyle& style;
    const SeriesIndex& index;
    std::map<std::string, std::vector<std::string>, std::less<>> titles; // [scenario][period]
};

struct Block {
    std::string text;
    void add(const std::string& part) { // parts are one empty line apart
        if (!part.empty())
            text += (text.empty() ? "" : "\n") + part;
    }
};

std::string margin(const TerminalStyle& style) {
    return std::string(static_cast<std::size_t>(indent_of(style)), ' ');
}

std::string heading(std::string_view text, const TerminalStyle& style) {
    return prose({margin(style)}, {std::string(text), Ink::bold}, style);
}

std::string title_of(const Context& context, std::string_view scenario, std::size_t period) {
    return context.titles.find(scenario)->second.at(period);
}

GridColumn column_of(const Context& context, std::string_view metric, const Figures& figures) {
    const std::string unit = context.index.unit(metric);
    const Scale scale = scale_of(unit, figures);
    GridColumn column{metric_title(metric, unit), scale.unit, {}};
    if (column.title == column.unit)
        column.unit.clear();
    for (const auto& each : figures)
        column.cells.push_back(human(each, scale, no_figure(context.style)));
    return column;
}

/// For each scenario what its periods are called, at their places among the result's.
std::map<std::string, std::vector<std::string>, std::less<>> titles_of(const ForecastResult& result,
                                                                       const SeriesIndex& index) {
    std::map<std::string, std::vector<std::string>, std::less<>> titles;
    for (const std::string& scenario : index.scenarios()) {
        const auto& all = result.manifest.scenarios;
        const auto own = std::ranges::find(all, scenario, &ManifestScenario::name);
        const auto places = periods_of(result, scenario, std::nullopt);
        std::vector<std::string> days;
        for (const std::size_t p : places)
            days.push_back(result.periods[p]);
        const auto names = period_titles(days, own == all.end() ? "period" : own->every);
        auto& row = titles[scenario];
        row.resize(result.periods.size());
        for (std::size_t i = 0; i < places.size(); ++i)
            row[places[i]] = names[i];
    }
    return titles;
}

std::string many_scenarios(const Context& context) {
    std::vector<std::string> labels, periods;
    std::vector<Figures> figures(context.view.metrics.size()); // [metric]
    for (const std::string& scenario : context.index.scenarios()) {
        const auto shown = periods_of(context.result, scenario, context.view.period);
        labels.push_back(scenario);
        periods.push_back(shown.empty() ? std::string(no_figure(context.style))
                                        : title_of(context, scenario, shown.back()));
        for (std::size_t m = 0; m < figures.size(); ++m)
            figures[m].push_back(shown.empty()
                                     ? std::nullopt
                                     : figure(context.index.find(scenario, "total", "total",
                                                                 context.view.metrics[m]),
                                              "value", shown.back()));
    }
    const bool same =
        std::adjacent_find(periods.begin(), periods.end(), std::not_equal_to<>()) == periods.end();
    Grid grid{"scenario", labels, {}};
    if (!same)
        grid.columns.push_back({"period", "", periods});
    for (std::size_t m = 0; m < figures.size(); ++m)
        grid.columns.push_back(column_of(context, context.view.metrics[m], figures[m]));
    const std::string at = same ? "in " + periods.front() : "each in the last period of its own";
    return heading(fmt::format("{} scenarios, {}", labels.size(), at), context.style) +
           render_grid(grid, context.style);
}

Figures figures_of(const Context& context, std::string_view scenario, const GroupKey& key,
                   std::string_view metric, const std::vector<std::size_t>& periods) {
    const SeriesRow* row = context.index.find(scenario, key.by, key.group, metric);
    Figures figures;
    for (const std::size_t p : periods)
        figures.push_back(figure(row, "value", p));
    return figures;
}

Grid headline(const Context& context, std::string_view scenario,
              const std::vector<std::size_t>& periods) {
    Grid grid{"period", {}, {}};
    for (const std::size_t p : periods)
        grid.labels.push_back(title_of(context, scenario, p));
    for (const std::string& metric : context.view.metrics)
        grid.columns.push_back(column_of(
            context, metric, figures_of(context, scenario, {"total", "total"}, metric, periods)));
    return grid;
}

std::string chart_of(const Context& context, std::string_view scenario,
                     const std::vector<std::size_t>& periods) {
    if (context.view.metrics.empty())
        return {};
    const std::string& metric = context.view.metrics.front();
    const std::string unit = context.index.unit(metric);
    LineChart chart;
    chart.figures = figures_of(context, scenario, {"total", "total"}, metric, periods);
    for (const std::size_t p : periods)
        chart.labels.push_back(title_of(context, scenario, p));
    chart.scale = scale_of(unit, chart.figures);
    chart.title = metric_title(metric, unit);
    if (chart.title != chart.scale.unit)
        chart.title += ", " + chart.scale.unit;
    return render_chart(chart, context.style);
}

/// All groups in one grid, for a single period.
std::string groups_at(const Context& context, std::string_view scenario,
                      const std::vector<GroupKey>& keys, std::size_t period) {
    Grid grid{context.view.by, {}, {}};
    for (const GroupKey& key : keys)
        grid.labels.push_back(key.group == "-" ? "no " + key.by : key.group);
    for (const std::string& metric : context.view.metrics) {
        Figures figures;
        for (const GroupKey& key : keys)
            figures.push_back(figures_of(context, scenario, key, metric, {period}).front());
        grid.columns.push_back(column_of(context, metric, figures));
    }
    return heading("By " + context.view.by, context.style) + render_grid(grid, context.style);
}

/// One group over the periods; metrics without anything to show are named below.
std::string group_table(const Context& context, std::string_view scenario, const GroupKey& key,
                        const std::vector<std::size_t>& periods) {
    Grid grid{"period", {}, {}};
    for (const std::size_t p : periods)
        grid.labels.push_back(title_of(context, scenario, p));
    std::string zero, empty;
    for (const std::string& metric : context.view.metrics) {
        const Figures figures = figures_of(context, scenario, key, metric, periods);
        const auto is_empty = [](const auto& each) { return !each.has_value(); };
        const auto is_zero = [](const auto& each) { return each.value_or(0) == 0; };
        if (std::all_of(figures.begin(), figures.end(), is_empty))
            empty += (empty.empty() ? "" : ", ") + metric;
        else if (std::all_of(figures.begin(), figures.end(), is_zero))
            zero += (zero.empty() ? "" : ", ") + metric;
        else
            grid.columns.push_back(column_of(context, metric, figures));
    }
    std::string name = fmt::format("{} {}", key.by, key.group);
    if (key.group == "-")
        name = fmt::format("what belongs to no {}", key.by);
    std::string text = heading(name, context.style);
    if (!grid.columns.empty())
        text += render_grid(grid, context.style);
    const Piece lead{margin(context.style)};
    if (!zero.empty())
        text += prose(lead, {"always 0: " + zero, Ink::dim}, context.style);
    if (!empty.empty())
        text += prose(lead, {"no figure: " + empty, Ink::dim}, context.style);
    return text;
}

/// How the trials were drawn, in words.
std::string said_of_trials(const Manifest& manifest, bool uncertain) {
    if (manifest.trials != 1)
        return fmt::format("{} trials, seed {}", manifest.trials, manifest.seed);
    return uncertain ? "deterministic: every input at its median" : "deterministic";
}

/// Title, and what was run.
std::string introduction(const Context& context, std::string_view scenario) {
    const Manifest& manifest = context.result.manifest;
    const auto& all = manifest.scenarios;
    const auto own = std::find_if(all.begin(), all.end(),
                                  [&](const auto& each) { return each.name == scenario; });
    const auto within = [&](std::string_view name, int lines) { // a longer title is no title
        return cut_middle(name, lines * context.style.width, ellipsis(context.style));
    };
    const Piece lead{margin(context.style)};
    const bool titled = own != all.end() && !own->title.empty();
    std::string text =
        prose(lead, {within(titled ? own->title : scenario, 3), Ink::bold}, context.style);
    if (own != all.end()) {
        std::string run = titled ? within(own->name, 1) + ", " : "";
        run += fmt::format("{} to {}, by {}", own->start, own->end, own->step);
        if (!own->every.empty() && own->every != "period")
            run += fmt::format(", shown by {}", own->every);
        text += prose(lead, {run, Ink::dim}, context.style);
    }
    return text +
           prose(lead,
                 {said_of_trials(manifest, own != all.end() && own->uncertain_inputs), Ink::dim},
                 context.style);
}

std::string series_of(const Context& context, std::string_view scenario) {
    const auto periods = periods_of(context.result, scenario, context.view.period);
    const auto keys = groups_shown(context.index, scenario, context.view, periods);
    const bool by_group = context.view.by != "total";
    if (periods.empty())
        return {};
    if (by_group && periods.size() == 1)
        return groups_at(context, scenario, keys, periods.front());
    Block block;
    block.add(render_grid(headline(context, scenario, periods), context.style));
    block.add(chart_of(context, scenario, periods));
    for (std::size_t k = 1; k < keys.size(); ++k) // the first is the total
        block.add(group_table(context, scenario, keys[k], periods));
    return block.text;
}

std::string one_scenario(const Context& context, std::string_view scenario) {
    struct Part {
        std::string_view table; // of View::table
        bool in_series;         // told in the whole report, too
        std::string (*tell)(const ForecastResult&, std::string_view, const TerminalStyle&);
    };
    constexpr Part parts[] = {{"outcomes", true, milestones_section},
                              {"checks", true, checks_section},
                              {"", true, binding_section},
                              {"outcomes", true, pending_section},
                              {"outcomes", true, outcomes_section},
                              {"inputs", false, inputs_section},
                              {"", true, defaults_section}};
    const bool whole = context.view.table == "series";
    Block block;
    block.add(introduction(context, scenario));
    if (whole)
        block.add(series_of(context, scenario));
    for (const Part& part : parts)
        if (whole ? part.in_series : part.table == context.view.table)
            block.add(part.tell(context.result, scenario, context.style));
    return block.text;
}

} // namespace

std::string render_terminal(const ForecastResult& result, const View& view,
                            const TerminalStyle& wanted) {
    TerminalStyle style = wanted;
    style.width = std::clamp(wanted.width, 20, 240);
    const SeriesIndex index(result);
    const Context context{result, view, style, index, titles_of(result, index)};
    Block block;
    const bool several = index.scenarios().size() > 1;
    if (several && view.table == "series")
        block.add(many_scenarios(context));
    for (const std::string& scenario : index.scenarios()) {
        if (several)
            block.add(paint(rule(std::min(style.width, 100), style), Ink::dim, style) + '\n');
        block.add(one_scenario(context, scenario));
    }
    return block.text;
}

} // namespace fleetcast
