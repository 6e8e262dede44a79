// Puts the report together; how a grid, a chart or a list looks is left to their files.
#include <fleetcast/report/terminal.hpp>

#include "bound_shares.hpp"
#include "telling.hpp"
#include "unit_costs.hpp"

#include <fleetcast/base/text.hpp>
#include <fleetcast/report/compare_terminal.hpp>
#include <fleetcast/report/human.hpp>
#include <fleetcast/report/sections.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace fleetcast {
namespace {

/// How the figures below are to be read, where they are uncertain.
std::string reading_note(const Telling& telling) {
    const Spread& spread = telling.spread;
    std::string text = title_of(spread, telling.style.unicode);
    if (!spread.low.empty())
        text += fmt::format(": {} of trials lie in the band", percent(spread.share));
    return note(text, telling.style);
}

bool any_uncertain(const Telling& telling, std::string_view scenario, const GroupKey& key) {
    return std::ranges::any_of(telling.view.metrics, [&](const std::string& metric) {
        return is_uncertain(telling.index.find(scenario, key.by, key.group, metric));
    });
}

std::string many_scenarios(const Telling& telling) {
    std::vector<std::string> labels, periods;
    std::vector<Estimates> estimates(telling.view.metrics.size()); // [metric]
    bool uncertain = false;
    for (const std::string& scenario : telling.index.scenarios()) {
        const auto shown = periods_of(telling.result, scenario, telling.view.period);
        labels.push_back(scenario);
        periods.push_back(shown.empty() ? std::string(no_figure(telling.style))
                                        : title_of(telling, scenario, shown.back()));
        for (std::size_t m = 0; m < estimates.size(); ++m) {
            const SeriesRow* row =
                telling.index.find(scenario, "total", "total", telling.view.metrics[m]);
            estimates[m].push_back(shown.empty() ? Estimate()
                                                 : estimate_of(row, telling.spread, shown.back()));
            uncertain = uncertain || is_uncertain(row);
        }
    }
    const bool same =
        std::adjacent_find(periods.begin(), periods.end(), std::not_equal_to<>()) == periods.end();
    Grid grid{"scenario", labels, {}};
    if (!same)
        grid.columns.push_back({"period", "", periods});
    for (std::size_t m = 0; m < estimates.size(); ++m)
        grid.columns.push_back(
            metric_column(telling, telling.view.metrics[m], estimates[m], uncertain));
    const std::string at = same ? "in " + periods.front() : "each in the last period of its own";
    return heading(fmt::format("{} scenarios, {}", labels.size(), at), telling.style) +
           (uncertain ? reading_note(telling) : "") + render_grid(grid, telling.style);
}

std::string headline(const Telling& telling, std::string_view scenario,
                     const std::vector<std::size_t>& periods) {
    const bool uncertain = any_uncertain(telling, scenario, {"total", "total"});
    Grid grid{"period", titles_of(telling, scenario, periods), {}};
    for (const std::string& metric : telling.view.metrics) {
        const SeriesRow* row = telling.index.find(scenario, "total", "total", metric);
        grid.columns.push_back(
            metric_column(telling, metric, estimates_of(telling, row, periods), uncertain));
    }
    return (uncertain ? reading_note(telling) : "") + render_grid(grid, telling.style);
}

std::string chart_of(const Telling& telling, std::string_view scenario,
                     const std::vector<std::size_t>& periods) {
    if (telling.view.metrics.empty())
        return {};
    const std::string& metric = telling.view.metrics.front();
    const std::string unit = telling.index.unit(metric);
    const SeriesRow* row = telling.index.find(scenario, "total", "total", metric);
    const Estimates estimates = estimates_of(telling, row, periods);
    const auto figures = figures_of(estimates);
    const Scale scale = is_uncertain(row) ? short_scale_of(unit, figures) : scale_of(unit, figures);
    std::string title = metric_title(metric, unit);
    if (title != scale.unit)
        title += ", " + scale.unit;
    return metric_chart(telling, std::move(title), scale, estimates,
                        titles_of(telling, scenario, periods));
}

/// All groups in one grid, for a single period.
std::string groups_at(const Telling& telling, std::string_view scenario,
                      const std::vector<GroupKey>& keys, std::size_t period) {
    const bool uncertain = any_uncertain(telling, scenario, keys.front());
    Grid grid{telling.view.by, {}, {}};
    for (const GroupKey& key : keys)
        grid.labels.push_back(key.group == "-" ? "no " + key.by : key.group);
    for (const std::string& metric : telling.view.metrics) {
        Estimates estimates;
        for (const GroupKey& key : keys)
            estimates.push_back(estimate_of(telling.index.find(scenario, key.by, key.group, metric),
                                            telling.spread, period));
        grid.columns.push_back(metric_column(telling, metric, estimates, uncertain));
    }
    return heading("By " + telling.view.by, telling.style) +
           (uncertain ? reading_note(telling) : "") + render_grid(grid, telling.style);
}

/// Whether some trial has more than nothing, however few: the mean tells.
bool is_ever_more(const SeriesRow* row, const std::vector<std::size_t>& periods) {
    return std::ranges::any_of(
        periods, [&](std::size_t p) { return figure(row, "mean", p).value_or(0) != 0; });
}

/// One group over the periods; metrics without anything to show are named below.
std::string group_table(const Telling& telling, std::string_view scenario, const GroupKey& key,
                        const std::vector<std::size_t>& periods) {
    const bool uncertain = any_uncertain(telling, scenario, key);
    Grid grid{"period", titles_of(telling, scenario, periods), {}};
    std::vector<std::string> zero, rare, empty;
    for (const std::string& metric : telling.view.metrics) {
        const SeriesRow* const row = telling.index.find(scenario, key.by, key.group, metric);
        const Estimates estimates = estimates_of(telling, row, periods);
        const auto figures = figures_of(estimates);
        const auto is_empty = [](const auto& each) { return !each.has_value(); };
        const auto is_zero = [](const auto& each) { return each.value_or(0) == 0; };
        if (std::all_of(figures.begin(), figures.end(), is_empty))
            empty.push_back(metric);
        else if (std::all_of(figures.begin(), figures.end(), is_zero))
            (is_ever_more(row, periods) ? rare : zero).push_back(metric);
        else
            grid.columns.push_back(metric_column(telling, metric, estimates, uncertain));
    }
    std::string name = fmt::format("{} {}", key.by, key.group);
    if (key.group == "-")
        name = fmt::format("what belongs to no {}", key.by);
    std::string text = heading(name, telling.style);
    if (!grid.columns.empty())
        text += render_grid(grid, telling.style);
    for (const auto& [what, metrics] :
         {std::pair("always 0", &zero), std::pair("0 all over the band", &rare),
          std::pair("no figure", &empty)})
        if (!metrics->empty())
            text += note(fmt::format("{}: {}", what, fmt::join(*metrics, ", ")), telling.style);
    return text;
}

/// How the trials of a scenario were drawn, in words.
std::string trials_of(const Manifest& manifest, const ManifestScenario* own) {
    if (own == nullptr || own->trials != 1)
        return said_of_trials(manifest);
    return own->uncertain_inputs ? "deterministic: every input at its median" : "deterministic";
}

/// Title, and what was run.
std::string introduction(const Telling& telling, std::string_view scenario) {
    const ManifestScenario* own = scenario_named(telling.result.manifest, scenario);
    const auto within = [&](std::string_view name, int lines) { // a longer title is no title
        return cut_middle(name, lines * telling.style.width, ellipsis(telling.style));
    };
    const bool titled = own != nullptr && !own->title.empty();
    std::string text = heading(within(titled ? own->title : scenario, 3), telling.style);
    if (own != nullptr) {
        std::string run = titled ? within(own->name, 1) + ", " : "";
        run += fmt::format("{} to {}, by {}", own->start, own->end, own->step);
        if (!own->every.empty() && own->every != "period")
            run += fmt::format(", shown by {}", own->every);
        text += note(run, telling.style);
    }
    return text + note(trials_of(telling.result.manifest, own), telling.style);
}

/// How far the first metric's medians may be off by chance.
std::string error_of(const Telling& telling, std::string_view scenario,
                     const std::vector<std::size_t>& periods) {
    if (telling.view.metrics.empty())
        return {};
    const std::string& metric = telling.view.metrics.front();
    return error_note(telling, telling.index.find(scenario, "total", "total", metric),
                      metric_title(metric, telling.index.unit(metric)), periods);
}

std::string series_of(const Telling& telling, std::string_view scenario) {
    const auto periods = periods_of(telling.result, scenario, telling.view.period);
    const auto keys = groups_shown(telling.index, scenario, telling.view, periods);
    const bool by_group = telling.view.by != "total";
    if (periods.empty())
        return {};
    if (by_group && periods.size() == 1)
        return groups_at(telling, scenario, keys, periods.front());
    Paragraphs report;
    report.add(headline(telling, scenario, periods) + error_of(telling, scenario, periods));
    report.add(chart_of(telling, scenario, periods));
    for (std::size_t k = 1; k < keys.size(); ++k) // the first is the total
        report.add(group_table(telling, scenario, keys[k], periods));
    return report.text;
}

/// A section that needs nothing but the result.
template <std::string (*tell)(const ForecastResult&, std::string_view, const TerminalStyle&)>
std::string told(const Telling& telling, std::string_view scenario) {
    return tell(telling.result, scenario, telling.style);
}

std::string one_scenario(const Telling& telling, std::string_view scenario) {
    struct Part {
        std::string_view table; // of View::table
        bool in_series;         // told in the whole report, too
        std::string (*tell)(const Telling&, std::string_view);
    };
    constexpr Part parts[] = {{"series", true, series_of},
                              {"outcomes", true, told<milestones_section>},
                              {"outcomes", true, told<trainings_section>},
                              {"", true, told<shortages_section>},
                              {"", true, unit_costs_section},
                              {"checks", true, told<checks_section>},
                              {"", true, bound_section},
                              {"outcomes", true, told<pending_section>},
                              {"outcomes", true, told<payments_section>},
                              {"inputs", false, told<inputs_section>},
                              {"", true, told<defaults_section>}};
    const bool whole = telling.view.table == "series";
    Paragraphs report;
    report.add(introduction(telling, scenario));
    for (const Part& part : parts)
        if (whole ? part.in_series : part.table == telling.view.table)
            report.add(part.tell(telling, scenario));
    return report.text;
}

} // namespace

std::string render_terminal(const ForecastResult& result, const View& view,
                            const TerminalStyle& wanted) {
    TerminalStyle style = wanted;
    style.width = std::clamp(wanted.width, 20, 240);
    const auto& comparisons = result.manifest.comparisons;
    if (!comparisons.empty() && view.table == "series")
        return render_compare(result, view, wanted);
    const SeriesIndex index(result);
    const Telling telling = telling_of(result, view, style, index);
    std::vector<std::string> scenarios = index.scenarios();
    std::erase_if(scenarios, [&](const std::string& name) {
        return std::ranges::find(comparisons, name, &Comparison::difference) != comparisons.end();
    });
    Paragraphs report;
    const bool several = scenarios.size() > 1;
    if (several && view.table == "series")
        report.add(many_scenarios(telling));
    for (const std::string& scenario : scenarios) {
        if (several)
            report.add(paint(rule(std::min(style.width, 100), style), Ink::dim, style) + '\n');
        report.add(one_scenario(telling, scenario));
    }
    return report.text;
}

} // namespace fleetcast
