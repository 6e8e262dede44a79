#include <fleetcast/report/make_result.hpp>

#include <fleetcast/analyse/defaults.hpp>
#include <fleetcast/analyse/examine.hpp>
#include <fleetcast/analyse/expectations.hpp>
#include <fleetcast/base/text.hpp>
#include <fleetcast/compile/compile.hpp>
#include <fleetcast/model/lookup.hpp>
#include <fleetcast/model/visit_values.hpp>

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

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

void refuse_what_does_not_fit(const Plan& plan, const FigureView& view) {
    const double cells = static_cast<double>(view.metrics.size()) *
                         static_cast<double>(groups_of(plan, view.by).size()) *
                         static_cast<double>(plan.grid.periods.size());
    constexpr double bytes_per_cell = 64; // gathering, figures and the rows made of them
    const double needed = cells * bytes_per_cell;
    const double half_of_free = static_cast<double>(sysconf(_SC_AVPHYS_PAGES)) *
                                static_cast<double>(sysconf(_SC_PAGESIZE)) / 2;
    if (needed > half_of_free)
        throw Failure(
            Exit::refused,
            fmt::format(
                "the figures asked for need about {:.1f} GiB, the cap is half of the free memory, "
                "{:.1f} GiB; ask for fewer metrics or groups, or longer periods (--metrics, --by, "
                "--every)",
                needed / (1 << 30), half_of_free / (1 << 30)));
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
    return with_thousands(value, value >= 10 ? 0 : value >= 1 ? 1 : value >= 0.1 ? 2 : 3);
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

struct Run {
    std::string name;
    const LoadedScenario* loaded;
    Plan plan;
    Forecast forecast; // the report's view, then those of the expectations
    Every every;
};

Run run(const LoadedScenario& loaded, const Catalog& catalog, const RunOptions& options) {
    const Every every =
        options.every.value_or(loaded.scenario.report_every.value_or(Every::period));
    Plan plan = compile(loaded.scenario, catalog);
    std::vector<FigureView> views{{metrics_of(options), groups_of(options), every}};
    refuse_what_does_not_fit(plan, views.front());
    const auto expectations = expectation_views(loaded.scenario);
    views.insert(views.end(), expectations.begin(), expectations.end());
    auto forecast = simulate(plan, views);
    if (const auto* failure = std::get_if<TrialFailure>(&forecast))
        throw Failure(Exit::bad_input, failure->message, {problem_of(*failure, loaded)});
    return {loaded.name, &loaded, std::move(plan), std::get<Forecast>(std::move(forecast)), every};
}

ManifestScenario manifest_of(const Run& run, const Catalog& catalog) {
    const Scenario& scenario = run.loaded->scenario;
    return {run.name,
            scenario.title,
            run.loaded->file,
            run.loaded->sha256,
            iso_day(first_day(scenario.start)),
            iso_day(run.plan.grid.periods.back().last),
            scenario.step == Step::week ? "week" : "month",
            defaults_in_effect(scenario, catalog)};
}

} // namespace

ForecastResult make_result(const std::vector<LoadedScenario>& scenarios, const Catalog& catalog,
                           const RunOptions& options) {
    std::vector<Run> runs;
    ForecastResult result;
    for (const LoadedScenario& loaded : scenarios) {
        runs.push_back(run(loaded, catalog, options));
        for (const Period& period : runs.back().forecast.views.front().periods)
            result.periods.push_back(iso_day(period.first));
    }
    std::ranges::sort(result.periods);
    result.periods.erase(std::ranges::unique(result.periods).begin(), result.periods.end());

    result.manifest.version = FLEETCAST_VERSION;
    result.manifest.seed = options.seed;
    result.manifest.catalog_version = catalog.version;
    result.manifest.every = runs.empty() ? "period" : text_of(runs.front().every);
    for (const Run& run : runs) {
        const Scenario& scenario = run.loaded->scenario;
        const Verdicts verdicts = judge(scenario, run.plan, run.forecast, 1);
        result.manifest.uncertain_inputs = result.manifest.uncertain_inputs || run.plan.uncertain;
        result.manifest.scenarios.push_back(manifest_of(run, catalog));
        add_series(run.name, run.plan, run.forecast.views.front(), result);
        add_outcomes(*run.loaded, run.name, verdicts, run.forecast, result);
        add_inputs(scenario, run.name, result);
        add_remarks(scenario, catalog, run.name, run.plan, run.forecast, result);
    }
    return result;
}

} // namespace fleetcast
