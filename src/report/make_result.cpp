// Rows of series, outcomes, checks, inputs and remarks out of finished runs.
#include <fleetcast/report/make_result.hpp>

#include <fleetcast/analyse/defaults.hpp>
#include <fleetcast/base/text.hpp>
#include <fleetcast/model/lookup.hpp>
#include <fleetcast/model/visit_values.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace fleetcast {

namespace {

/// Metrics that a saved report always holds, beside the defaults.
constexpr std::array<std::string_view, 9> report_metrics{
    "power_mw",    "headroom_mw",   "waiting_power", "waiting_install", "power_short_mw",
    "bound_power", "bound_install", "bound_supply",  "bound_none"};

std::vector<const Metric*> metrics_of(const RunOptions& options) {
    std::vector<std::string> names = options.metrics;
    const auto add = [&](std::string_view name) {
        if (std::ranges::find(names, name) == names.end())
            names.emplace_back(name);
    };
    if (names.empty() || options.report_set)
        for (const std::string& name : default_metrics())
            add(name);
    if (options.report_set)
        std::ranges::for_each(report_metrics, add);
    std::vector<const Metric*> metrics;
    for (const std::string& name : names)
        metrics.push_back(metric_named(name));
    return metrics;
}

std::vector<GroupBy> groups_of(const RunOptions& options) {
    std::vector<GroupBy> by{GroupBy::total};
    if (options.report_set)
        by.insert(by.end(), {GroupBy::source, GroupBy::site});
    if (std::ranges::find(by, options.by) == by.end())
        by.push_back(options.by);
    return by;
}

std::string_view text_of(Every every) {
    return every == Every::period ? "period" : every == Every::quarter ? "quarter" : "year";
}

void add_series(const std::string& name, const Plan& plan, const Figures& figures,
                ForecastResult& result) {
    for (std::size_t g = 0; g < figures.groups.size(); ++g)
        for (std::size_t m = 0; m < figures.metrics.size(); ++m) {
            SeriesRow row{name,
                          std::string(text_of(figures.groups[g].by)),
                          name_of(figures.groups[g], plan),
                          std::string(figures.metrics[m]->name),
                          std::string(figures.metrics[m]->unit),
                          {}};
            std::vector<std::optional<double>> values(result.periods.size());
            for (std::size_t p = 0; p < figures.periods.size(); ++p) {
                const auto at =
                    std::ranges::lower_bound(result.periods, iso_day(figures.periods[p].first));
                values[static_cast<std::size_t>(at - result.periods.begin())] = figures.at(m, g, p);
            }
            row.stats.emplace_back("value", std::move(values));
            result.series.push_back(std::move(row));
        }
}

void add_outcomes(const LoadedScenario& loaded, const std::string& name, const Verdicts& verdicts,
                  const Forecast& forecast, ForecastResult& result) {
    for (const MilestoneVerdict& milestone : verdicts.milestones)
        result.outcomes.push_back({name, "milestones." + milestone.name, "date", "value",
                                   std::nullopt,
                                   milestone.reached ? iso_day(*milestone.reached) : ""});
    for (std::size_t i = 0; i < loaded.scenario.sources.size(); ++i)
        if (procured_of(loaded.scenario.sources[i].second))
            result.outcomes.push_back({name, "pending." + loaded.scenario.sources[i].first, "units",
                                       "value", forecast.pending[i], ""});
    for (const CheckVerdict& check : verdicts.checks)
        result.checks.push_back({name, check.name, check.verdict, check.share, 0.0, check.limit});
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

/// Two digits or so: "44", "7.3", "0.15".
std::string about(double value) {
    return value >= 10 ? with_thousands(value, 0) : fmt::format("{:.2g}", value);
}

/// "2024-09 to 2024-12: up to 31,000 H100 SXM5 80GB (h100-2024) wait for 43 MW at prineville".
void add_remarks(const Scenario& scenario, const Catalog& catalog, const std::string& name,
                 const Plan& plan, const Forecast& forecast, ForecastResult& result) {
    const auto when = [&](std::size_t period) {
        const std::string day = iso_day(plan.grid.periods[period].first);
        return scenario.step == Step::week ? day : day.substr(0, 7);
    };
    for (const Wait& wait : forecast.waits) {
        const auto& id = accelerator_of(scenario.sources[wait.source].second);
        const auto accelerator = id ? find_accelerator(scenario, catalog, *id) : std::nullopt;
        const std::string what =
            accelerator ? fmt::format("{} ({})", accelerator->name, plan.sources[wait.source].name)
                        : fmt::format("units of {}", plan.sources[wait.source].name);
        const std::string span = wait.first == wait.last
                                     ? when(wait.first)
                                     : fmt::format("{} to {}", when(wait.first), when(wait.last));
        const std::string& site = plan.sites[wait.site].name;
        const std::string units = with_thousands(wait.peak_units, wait.peak_units < 10 ? 1 : 0);
        const std::string most = wait.first == wait.last ? "" : "up to ";
        result.binding.push_back(
            {name, wait.bound == Bound::power
                       ? fmt::format("{}: {}{} {} wait for {} MW at {}", span, most, units, what,
                                     about(wait.peak_mw), site)
                       : fmt::format("{}: {}{} {} wait to be installed at {}", span, most, units,
                                     what, site)});
    }
}

ManifestScenario manifest_of(const FinishedRun& finished, const Catalog& catalog) {
    const LoadedScenario& loaded = *finished.loaded;
    const Scenario& scenario = loaded.scenario;
    ManifestScenario out;
    out.name = loaded.name;
    out.title = scenario.title;
    out.file = loaded.file;
    out.sha256 = loaded.sha256;
    out.start = iso_day(first_day(scenario.start));
    out.end = iso_day(last_day(scenario.end));
    out.step = scenario.step == Step::week ? "week" : "month";
    out.every = text_of(finished.every);
    out.uncertain_inputs = finished.run.plan.uncertain;
    out.defaults = defaults_in_effect(scenario, catalog);
    for (const Period& period : finished.run.figures.periods)
        out.periods.push_back(iso_day(period.first));
    return out;
}

} // namespace

RunRequest request_of(const RunOptions& options, const Scenario& scenario) {
    return {metrics_of(options), groups_of(options),
            options.every.value_or(scenario.report_every.value_or(Every::period)), options.memory};
}

ForecastResult make_result(const std::vector<FinishedRun>& runs, const Catalog& catalog,
                           const RunOptions& options) {
    ForecastResult result;
    result.manifest.version = FLEETCAST_VERSION;
    result.manifest.seed = options.seed;
    result.manifest.catalog_version = catalog.version;
    for (const FinishedRun& finished : runs) {
        result.manifest.scenarios.push_back(manifest_of(finished, catalog));
        const auto& periods = result.manifest.scenarios.back().periods;
        result.periods.insert(result.periods.end(), periods.begin(), periods.end());
    }
    std::ranges::sort(result.periods);
    result.periods.erase(std::ranges::unique(result.periods).begin(), result.periods.end());
    for (const FinishedRun& finished : runs) {
        const Scenario& scenario = finished.loaded->scenario;
        const std::string& name = finished.loaded->name;
        const ScenarioRun& run = finished.run;
        add_series(name, run.plan, run.figures, result);
        add_outcomes(*finished.loaded, name, run.verdicts, run.forecast, result);
        add_inputs(scenario, name, result);
        add_remarks(scenario, catalog, name, run.plan, run.forecast, result);
    }
    return result;
}

} // namespace fleetcast
