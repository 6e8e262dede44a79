// Rows of series and inputs out of finished runs; outcomes are left to make_outcomes.cpp.
#include <fleetcast/report/make_result.hpp>

#include "make_manifest.hpp"
#include "make_outcomes.hpp"
#include "remarks.hpp"

#include <fleetcast/model/visit_values.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace fleetcast {

namespace {

/// Metrics that a saved report always holds, beside the defaults.
constexpr std::array<std::string_view, 5> report_metrics{"power_mw", "headroom_mw", "waiting_power",
                                                         "waiting_install", "power_short_mw"};
constexpr std::array<std::string_view, 4> bound_metrics{"bound_power", "bound_install",
                                                        "bound_supply", "bound_none"};

/// Shown by team and workload, beside the total.
constexpr std::array<std::string_view, 4> demand_metrics{"demand_h100e", "served_h100e",
                                                         "shortfall_h100e", "charged_usd"};

std::vector<const Metric*> metrics_of(const RunOptions& options) {
    std::vector<std::string> names = metrics_shown(options);
    const auto add = [&](std::string_view name) {
        if (std::ranges::find(names, name) == names.end())
            names.emplace_back(name);
    };
    if (options.report_set) {
        std::ranges::for_each(default_metrics(options.workloads), add);
        std::ranges::for_each(report_metrics, add);
        std::ranges::for_each(bound_metrics, add);
    }
    std::vector<const Metric*> metrics;
    for (const std::string& name : names)
        metrics.push_back(metric_named(name));
    return metrics;
}

/// The shares of what bound, where the options ask to read them and the metrics lack them. One
/// trial says it in remarks.
std::vector<const Metric*> bounds_of(const RunOptions& options,
                                     const std::vector<const Metric*>& metrics) {
    std::vector<const Metric*> bounds;
    if (options.for_reading && options.settings.trials > 1)
        for (const std::string_view name : bound_metrics)
            if (std::ranges::find(metrics, metric_named(name)) == metrics.end())
                bounds.push_back(metric_named(name));
    return bounds;
}

std::vector<GroupBy> groups_of(const RunOptions& options, bool has_workloads) {
    std::vector<GroupBy> by{GroupBy::total};
    if (options.report_set)
        by.insert(by.end(), {GroupBy::source, GroupBy::site});
    if (options.report_set && has_workloads)
        by.push_back(GroupBy::team);
    if (std::ranges::find(by, options.by) == by.end())
        by.push_back(options.by);
    return by;
}

void add_series(const std::string& name, const Plan& plan, const Figures& figures,
                ForecastResult& result) {
    std::vector<std::size_t> place; // [period of the figures] in the result
    for (const Period& period : figures.periods)
        place.push_back(static_cast<std::size_t>(
            std::ranges::lower_bound(result.periods, iso_day(period.first)) -
            result.periods.begin()));
    for (std::size_t g = 0; g < figures.groups.size(); ++g)
        for (std::size_t m = 0; m < figures.metrics.size(); ++m) {
            SeriesRow row{name,
                          std::string(text_of(figures.groups[g].by)),
                          name_of(figures.groups[g], plan),
                          std::string(figures.metrics[m]->name),
                          std::string(figures.metrics[m]->unit),
                          {}};
            for (std::size_t s = 0; s < figures.statistics.size(); ++s) {
                std::vector<std::optional<double>> values(result.periods.size());
                for (std::size_t p = 0; p < place.size(); ++p)
                    values[place[p]] = figures.at(m, g, p, s);
                row.stats.emplace_back(stat_name(figures.statistics[s]), std::move(values));
            }
            result.series.push_back(std::move(row));
        }
}

void add_inputs(const Scenario& scenario, const std::string& name, ForecastResult& result) {
    visit_values(scenario, [&](const ValueSpot& spot) {
        if (const auto* distribution = std::get_if<Distribution>(&spot.scalar->value))
            result.inputs.push_back({name, spot.path, describe(*distribution), spot.unit,
                                     quantile(*distribution, 0.5), quantile(*distribution, 0.1),
                                     quantile(*distribution, 0.9), spot.citation});
    });
    for (const auto& [key, source] : scenario.sources)
        if (const auto* in_house = std::get_if<InHouse>(&source); in_house && in_house->respin) {
            const double p = in_house->respin->probability_share;
            const auto taken = [&](double u) { return u > 1 - p ? 1.0 : 0.0; };
            result.inputs.push_back({name, "sources." + key + ".respin",
                                     fmt::format("1 with probability {}, else 0", p), "",
                                     taken(0.5), taken(0.1), taken(0.9), ""});
        }
}

} // namespace

std::vector<std::string> metrics_shown(const RunOptions& options) {
    if (!options.metrics.empty())
        return options.metrics;
    if (options.by == GroupBy::team || options.by == GroupBy::workload)
        return {demand_metrics.begin(), demand_metrics.end()};
    return default_metrics(options.workloads);
}

RunRequest request_of(const RunOptions& wanted, const Scenario& scenario) {
    RunOptions options = wanted;
    options.workloads = wanted.workloads || !scenario.workloads.empty();
    auto metrics = metrics_of(options);
    auto bounds = bounds_of(options, metrics);
    return {std::move(metrics), groups_of(options, !scenario.workloads.empty()),
            options.every.value_or(scenario.report_every.value_or(Every::period)), options.settings,
            std::move(bounds)};
}

ForecastResult make_result(const std::vector<FinishedRun>& runs, const Catalog& catalog,
                           const RunOptions& options) {
    ForecastResult result;
    result.manifest = manifest_of(runs, catalog, options.settings);
    for (const ManifestScenario& scenario : result.manifest.scenarios)
        result.periods.insert(result.periods.end(), scenario.periods.begin(),
                              scenario.periods.end());
    std::ranges::sort(result.periods);
    result.periods.erase(std::ranges::unique(result.periods).begin(), result.periods.end());
    for (const FinishedRun& finished : runs) {
        const Scenario& scenario = finished.loaded->scenario;
        const std::string& name = finished.loaded->name;
        const ScenarioRun& run = finished.run;
        add_series(name, run.plan, run.figures, result);
        add_series(name, run.plan, run.total_figures, result);
        add_outcomes(finished, options.settings, result);
        add_inputs(scenario, name, result);
        std::ranges::move(remarks_of(scenario, catalog, name, run.plan, run.forecast),
                          std::back_inserter(result.binding));
    }
    return result;
}

ForecastResult make_comparison(const std::vector<FinishedRun>& runs, const Catalog& catalog,
                               const RunOptions& options) {
    ForecastResult result = make_result(runs, catalog, options);
    const std::string& base = runs.front().loaded->name;
    for (const FinishedRun& finished : runs) {
        if (!finished.run.difference)
            continue;
        const std::string& other = finished.loaded->name;
        const std::string name = difference_name(other, base, result.manifest);
        add_series(name, finished.run.plan, *finished.run.difference, result);
        result.manifest.comparisons.push_back({base, other, name});
    }
    return result;
}

} // namespace fleetcast
