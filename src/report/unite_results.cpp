// Rows keep their figures; only the places of their periods change.
#include <fleetcast/report/unite_results.hpp>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace fleetcast {
namespace {

/// Where each of the periods stands among those of all.
std::vector<std::size_t> places_of(const std::vector<std::string>& from,
                                   const std::vector<std::string>& to) {
    std::vector<std::size_t> places;
    for (const std::string& period : from)
        places.push_back(
            static_cast<std::size_t>(std::ranges::lower_bound(to, period) - to.begin()));
    return places;
}

SeriesRow moved(SeriesRow row, const std::vector<std::size_t>& places, std::size_t count) {
    if (places.size() == count)
        return row;
    for (auto& [stat, figures] : row.stats) {
        std::vector<std::optional<double>> all(count);
        for (std::size_t p = 0; p < places.size(); ++p)
            all[places[p]] = figures[p];
        figures = std::move(all);
    }
    return row;
}

template <class Row> void append(std::vector<Row>& to, std::vector<Row> from) {
    std::ranges::move(from, std::back_inserter(to));
}

void append(ForecastResult& to, ForecastResult from) {
    const std::vector<std::size_t> places = places_of(from.periods, to.periods);
    for (SeriesRow& row : from.series)
        to.series.push_back(moved(std::move(row), places, to.periods.size()));
    append(to.outcomes, std::move(from.outcomes));
    append(to.checks, std::move(from.checks));
    append(to.trainings, std::move(from.trainings));
    append(to.shortages, std::move(from.shortages));
    append(to.inputs, std::move(from.inputs));
    append(to.binding, std::move(from.binding));
}

/// The scenarios of a result, which no longer has all the periods that they have.
std::vector<ManifestScenario> scenarios_of(ForecastResult& result) {
    for (ManifestScenario& scenario : result.manifest.scenarios)
        if (scenario.periods.empty())
            scenario.periods = result.periods;
    return std::move(result.manifest.scenarios);
}

Manifest united_manifest(std::vector<ForecastResult>& results) {
    Manifest out = results.front().manifest;
    out.scenarios.clear();
    out.comparisons.clear();
    for (ForecastResult& each : results) {
        const Manifest& own = each.manifest;
        if (own.trials > out.trials)
            out.sampling = own.sampling;
        out.trials = std::max(out.trials, own.trials);
        if (own.quantile_form != "exact")
            out.quantile_form = own.quantile_form;
        std::erase_if(out.quantiles, [&](double percent) {
            return std::ranges::find(own.quantiles, percent) == own.quantiles.end();
        });
        append(out.comparisons, std::move(each.manifest.comparisons));
        append(out.scenarios, scenarios_of(each));
    }
    return out;
}

} // namespace

ForecastResult united(std::vector<ForecastResult> results) {
    ForecastResult all;
    if (results.empty())
        return all;
    std::set<std::string> periods;
    for (const ForecastResult& each : results)
        periods.insert(each.periods.begin(), each.periods.end());
    all.periods.assign(periods.begin(), periods.end());
    all.manifest = united_manifest(results);
    for (ForecastResult& each : results)
        append(all, std::move(each));
    return all;
}

} // namespace fleetcast
