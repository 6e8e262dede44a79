// How the runs of a result were made.
#include "make_manifest.hpp"

#include <fleetcast/analyse/defaults.hpp>

#include <algorithm>
#include <cmath>

namespace fleetcast {

namespace {

std::string_view text_of(Sampling sampling) {
    return sampling == Sampling::random ? "random" : sampling == Sampling::lhs ? "lhs" : "sobol";
}

std::string_view text_of(Every every) {
    return every == Every::period ? "period" : every == Every::quarter ? "quarter" : "year";
}

ManifestScenario manifest_of(const FinishedRun& finished, const Catalog& catalog) {
    const LoadedScenario& loaded = *finished.loaded;
    const Scenario& scenario = loaded.scenario;
    ManifestScenario out;
    out.name = loaded.name;
    out.title = scenario.title;
    out.file = loaded.file;
    out.sha256 = loaded.sha256;
    out.patches = loaded.patches;
    out.start = iso_day(first_day(scenario.start));
    out.end = iso_day(last_day(scenario.end));
    out.step = scenario.step == Step::week ? "week" : "month";
    out.every = text_of(finished.every);
    out.uncertain_inputs = finished.run.plan.uncertain;
    out.trials = finished.run.forecast.trials;
    out.defaults = defaults_in_effect(scenario, catalog);
    for (const Period& period : finished.run.figures.periods)
        out.periods.push_back(iso_day(period.first));
    return out;
}

} // namespace

std::string difference_name(const std::string& other, const std::string& base,
                            const Manifest& manifest) {
    const auto is_taken = [&](const std::string& name) {
        return std::ranges::find(manifest.scenarios, name, &ManifestScenario::name) !=
                   manifest.scenarios.end() ||
               std::ranges::find(manifest.comparisons, name, &Comparison::difference) !=
                   manifest.comparisons.end();
    };
    std::string hyphens = "-";
    while (is_taken(other + hyphens + base))
        hyphens += '-';
    return other + hyphens + base;
}

double percent_of(double share) { return std::round(share * 1e12) / 1e10; }

Manifest manifest_of(const std::vector<FinishedRun>& runs, const Catalog& catalog,
                     const RunSettings& settings) {
    Manifest manifest;
    manifest.version = FLEETCAST_VERSION;
    manifest.seed = settings.seed;
    manifest.catalog_version = catalog.version;
    manifest.quantiles.clear();
    for (const double share : settings.quantiles)
        manifest.quantiles.push_back(percent_of(share));
    for (const FinishedRun& finished : runs) {
        const Forecast& forecast = finished.run.forecast;
        manifest.scenarios.push_back(manifest_of(finished, catalog));
        manifest.trials = std::max(manifest.trials, forecast.trials);
        if (forecast.form == QuantileForm::log_buckets)
            manifest.quantile_form = "log-buckets";
    }
    if (manifest.trials > 1)
        manifest.sampling = text_of(settings.sampling);
    return manifest;
}

} // namespace fleetcast
