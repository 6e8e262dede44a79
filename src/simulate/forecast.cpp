// Groups and the shape of a forecast, and a single trial; many trials are in run.cpp.
#include <fleetcast/simulate/forecast.hpp>

#include <fleetcast/simulate/plan_worker.hpp>
#include <fleetcast/simulate/run.hpp>
#include <fleetcast/simulate/stop.hpp>

#include <algorithm>
#include <cmath>

namespace fleetcast {

namespace {

/// The figures of one lane, statistic "value".
class LaneSink : public FigureSink {
public:
    void prepare(const Figures& shape, std::size_t lanes) {
        figures.assign(lanes, shape);
        for (Figures& each : figures)
            each.values.assign(shape.metrics.size() * shape.groups.size() * shape.periods.size(),
                               std::nullopt);
    }
    void take(std::size_t cell, const double* row) override {
        for (std::size_t l = 0; l < figures.size(); ++l)
            if (!std::isnan(row[l]))
                figures[l].values[cell] = row[l];
    }

    std::vector<Figures> figures; // [lane]
};

class OutcomeSink : public FigureSink {
public:
    void take(std::size_t, const double* row) override { figures.push_back({row[0]}); }

    std::vector<std::vector<double>> figures; // [outcome][statistic]
};

} // namespace

std::vector<Statistic> statistics_of(const RunSettings& settings) {
    if (settings.trials == 1)
        return {{Stat::value, 0}};
    std::vector<Statistic> statistics{{Stat::mean, 0}};
    if (settings.spread)
        statistics.insert(statistics.end(),
                          {{Stat::sd, 0}, {Stat::se, 0}, {Stat::min, 0}, {Stat::max, 0}});
    for (const double share : settings.quantiles) {
        statistics.push_back({Stat::quantile, share});
        if (settings.spread)
            statistics.push_back({Stat::quantile_se, share});
    }
    return statistics;
}

std::variant<Forecast, TrialFailure> simulate_one(const PlanRun& run, const RunSettings& settings) {
    auto prepared = prepare(*run.plan, Draws::few, settings.stop);
    if (auto* failure = std::get_if<TrialFailure>(&prepared))
        return std::move(*failure);
    constexpr std::size_t width = 8;
    PlanWorker worker(std::get<Prepared>(prepared), run, settings, 1, width);
    std::vector<LaneSink> views(run.views.size());
    OutcomeSink outcomes;
    WorkSinks sinks{{}, &outcomes};
    for (std::size_t v = 0; v < views.size(); ++v) {
        views[v].prepare(figures_shape(*run.plan, run.views[v]), 1);
        sinks.views.push_back(&views[v]);
    }
    const auto failure = worker.run({}, sinks, true, 0);
    end_if_needed(settings.stop);
    if (failure)
        return *failure;
    Forecast forecast;
    for (LaneSink& view : views)
        forecast.views.push_back(std::move(view.figures.front()));
    forecast.outcomes = std::move(outcomes.figures);
    worker.report(forecast, 1);
    RowArena arena(width);
    double* const row = arena.row();
    for (std::size_t i = 0; i < run.plan->sources.size(); ++i) {
        forecast.unpowered_opening.push_back(worker.block().unpowered_opening(i)[0]);
        worker.block().early(i, row);
        forecast.early.push_back(row[0]);
    }
    return forecast;
}

std::variant<Forecast, TrialFailure> simulate(const Plan& plan,
                                              const std::vector<FigureView>& views) {
    return simulate_one({&plan, views, {}}, {});
}

std::variant<std::vector<std::vector<Figures>>, TrialFailure>
simulate_trials(const Plan& plan, const std::vector<FigureView>& views, std::uint64_t seed,
                std::uint64_t first, std::size_t count) {
    auto prepared = prepare(plan);
    if (auto* failure = std::get_if<TrialFailure>(&prepared))
        return std::move(*failure);
    const PlanRun run{&plan, views, {}};
    RunSettings settings;
    settings.trials = first + count;
    settings.seed = seed;
    const SharedDraws draws({&std::get<Prepared>(prepared), 1}, settings);
    const std::size_t width = (count + 7) / 8 * 8;
    PlanWorker worker(std::get<Prepared>(prepared), run, settings, 1, width);
    std::vector<LaneSink> sinks(views.size());
    WorkSinks work;
    for (std::size_t v = 0; v < views.size(); ++v) {
        sinks[v].prepare(figures_shape(plan, views[v]), count);
        work.views.push_back(&sinks[v]);
    }
    if (auto failure = worker.run(draws.trials(0, first, count), work, false, 0))
        return std::move(*failure);
    std::vector<std::vector<Figures>> trials(count);
    for (std::size_t l = 0; l < count; ++l)
        for (LaneSink& sink : sinks)
            trials[l].push_back(std::move(sink.figures[l]));
    return trials;
}

} // namespace fleetcast
