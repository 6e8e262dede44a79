// From the summaries of cells to forecasts, plan by plan.
#include <fleetcast/simulate/pairing.hpp>
#include <fleetcast/simulate/stop.hpp>

#include <algorithm>

namespace fleetcast {

namespace {

double figure_of(const CellSummary& cell, const Statistic& statistic,
                 const std::vector<double>& quantiles) {
    const auto place = [&] {
        return static_cast<std::size_t>(std::ranges::find(quantiles, statistic.share) -
                                        quantiles.begin());
    };
    switch (statistic.stat) {
    case Stat::value:
    case Stat::mean:
        return cell.mean;
    case Stat::sd:
        return cell.sd;
    case Stat::se:
        return cell.se;
    case Stat::min:
        return cell.min;
    case Stat::max:
        return cell.max;
    case Stat::quantile:
        return cell.quantiles[place()];
    case Stat::quantile_se:
        return cell.quantile_errors[place()];
    }
    return 0;
}

/// The figures of a view whose cells begin at `first`.
Figures filled(Figures shape, std::size_t first, const RunSettings& settings,
               const std::vector<CellSummary>& summaries) {
    const std::size_t count = shape.metrics.size() * shape.groups.size() * shape.periods.size();
    shape.statistics = statistics_of(settings);
    shape.values.reserve(shape.statistics.size() * count);
    for (const Statistic& statistic : shape.statistics) {
        end_if_needed(settings.stop);
        for (std::size_t c = 0; c < count; ++c) {
            const CellSummary& cell = summaries[first + c];
            shape.values.push_back(
                cell.count == 0 ? std::nullopt
                                : std::optional(figure_of(cell, statistic, settings.quantiles)));
        }
    }
    return shape;
}

Figures difference_of(const PairedView& pair, const Figures& base, const Figures& other) {
    Figures out = pair.shape;
    for (std::size_t c = 0; c < pair.base.size(); ++c)
        if (pair.base[c] != no_cell) {
            const auto &a = base.values[pair.base[c]], &b = other.values[c];
            out.values.push_back(a && b ? std::optional(*b - *a) : std::nullopt);
        }
    return out;
}

} // namespace

std::vector<Forecast> forecasts_of(const CellPlan& cells, std::span<const PlanRun> runs,
                                   const RunSettings& settings,
                                   const std::vector<CellSummary>& summaries) {
    std::vector<Forecast> forecasts(runs.size());
    for (std::size_t r = 0; r < runs.size(); ++r) {
        const PlanCells& plan = cells.plans[r];
        for (std::size_t v = 0; v < plan.views.size(); ++v)
            forecasts[r].views.push_back(
                filled(plan.shapes[v], plan.views[v], settings, summaries));
        for (const PairedView& pair : plan.pairs)
            forecasts[r].differences.push_back(
                filled(pair.shape, pair.first_cell, settings, summaries));
        for (std::size_t o = 0; o < outcomes_of(*runs[r].plan).size(); ++o) {
            std::vector<double>& figures = forecasts[r].outcomes.emplace_back();
            for (const Statistic& statistic : statistics_of(settings))
                figures.push_back(
                    figure_of(summaries[plan.outcomes + o], statistic, settings.quantiles));
        }
    }
    return forecasts;
}

std::variant<std::vector<Forecast>, TrialFailure> simulate_medians(std::span<const PlanRun> runs,
                                                                   const RunSettings& settings) {
    std::vector<Forecast> forecasts;
    for (std::size_t r = 0; r < runs.size(); ++r) {
        auto forecast = simulate_one(runs[r], settings);
        if (auto* failure = std::get_if<TrialFailure>(&forecast)) {
            failure->plan = r;
            return std::move(*failure);
        }
        forecasts.push_back(std::get<Forecast>(std::move(forecast)));
    }
    for (std::size_t r = 1; r < runs.size(); ++r)
        for (std::size_t v = 0; v < std::min(forecasts[0].views.size(), forecasts[r].views.size());
             ++v) {
            const Figures &base = forecasts[0].views[v], &other = forecasts[r].views[v];
            forecasts[r].differences.push_back(
                difference_of(pair_views(base, *runs[0].plan, other, *runs[r].plan), base, other));
        }
    return forecasts;
}

} // namespace fleetcast
