// What the parts of the engine cost by themselves, with Google Benchmark: draws, uniforms, one
// trial at the medians, and trials of the plan of docs/performance.md at each level of x86-64.
// Usage: fleetcast_bench [--benchmark_filter=REGEX]. Whole runs are left to bench/trials.py.
#include <fleetcast/base/lanes.hpp>
#include <fleetcast/compile/compile.hpp>
#include <fleetcast/load/catalog.hpp>
#include <fleetcast/load/read_file.hpp>
#include <fleetcast/load/scenario.hpp>
#include <fleetcast/random/distribution.hpp>
#include <fleetcast/random/lane_quantile.hpp>
#include <fleetcast/random/sampling.hpp>
#include <fleetcast/simulate/forecast.hpp>

#include <benchmark/benchmark.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace fleetcast {
namespace {

struct Shape {
    std::string name;
    Distribution distribution;
};

std::vector<Shape> shapes() {
    return {{"uniform", {Uniform{0.03, 0.1}}},
            {"triangular", {Triangular{0, 2, 6}}},
            {"pert", {Pert{0, 2, 6}}},
            {"normal", {Normal{10, 2}}},
            {"lognormal", {Lognormal{65, 0.2}}},
            {"normal truncated", {Normal{10, 2}, Bounds{6, 12}}},
            {"discrete", {Discrete{{{1, 0.2}, {2, 0.3}, {3, 0.5}}}}},
            {"empirical", {Empirical{{1, 2, 4, 7, 9}}}},
            {"mixture", {Mixture{{{Lognormal{3, 0.5}, 0.7}, {Uniform{6, 12}, 0.3}}}}}};
}

const std::array<std::pair<std::string, Level>, 3> levels{
    {{"baseline", Level::baseline}, {"v3", Level::v3}, {"v4", Level::v4}}};

std::vector<double> row_of_uniforms() {
    std::vector<double> u(lanes);
    for (std::size_t i = 0; i < lanes; ++i)
        u[i] = uniform(1, 1, i);
    return u;
}

/// quantile(): one number at a time.
void scalar_quantile(benchmark::State& state, const Distribution& distribution) {
    const std::vector<double> u = row_of_uniforms();
    std::size_t i = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(quantile(distribution, u[i++ % lanes]));
    state.SetItemsProcessed(state.iterations());
}

/// The same over a row of lanes.
void row_quantile(benchmark::State& state, const Distribution& distribution, Level level) {
    const std::vector<double> u = row_of_uniforms();
    std::vector<double> values(lanes);
    const LaneQuantile inverse(distribution);
    for (auto _ : state) {
        inverse(u, values, level);
        benchmark::DoNotOptimize(values.data());
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(lanes));
}

/// A row of uniforms of one draw.
void row_of_sampler(benchmark::State& state, Sampling sampling, Level level) {
    constexpr std::uint64_t trials = 1 << 20;
    const Sampler sampler(sampling, 1, trials, {fnv1a64("inputs.a"), fnv1a64("inputs.b")}, level);
    std::vector<double> u(lanes);
    std::uint64_t first = 0;
    for (auto _ : state) {
        sampler.fill(1, first, u);
        benchmark::DoNotOptimize(u.data());
        benchmark::ClobberMemory();
        first = (first + lanes) % trials;
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(lanes));
}

Plan reference_plan() {
    return compile(load_scenario(read_source(FLEETCAST_BENCH_PLAN)).scenario, load_catalog());
}

FigureView default_view() {
    FigureView view;
    for (const std::string& name : default_metrics(false))
        view.metrics.push_back(metric_named(name));
    view.groups = {Group{}};
    return view;
}

void trial_at_medians(benchmark::State& state) {
    const Plan plan = reference_plan();
    const std::vector<FigureView> views{default_view()};
    for (auto _ : state)
        benchmark::DoNotOptimize(simulate(plan, views));
    state.SetItemsProcessed(state.iterations());
}

/// Trials of one thread, default metrics with mean, P10, P50 and P90 in every period.
void many_trials(benchmark::State& state, Level level) {
    const Plan plan = reference_plan();
    const std::vector<PlanRun> runs{{&plan, {default_view()}, {}}};
    RunSettings settings;
    settings.trials = static_cast<std::uint64_t>(state.range(0));
    settings.threads = 1;
    settings.waits = false;
    settings.level = level;
    for (auto _ : state)
        benchmark::DoNotOptimize(simulate(runs, settings));
    state.SetItemsProcessed(state.iterations() * state.range(0));
}

void add_benchmarks() {
    for (const auto& [name, distribution] : shapes())
        benchmark::RegisterBenchmark(("quantile/" + name).c_str(), scalar_quantile, distribution);
    benchmark::RegisterBenchmark("trial at medians/5x36", trial_at_medians);
    for (const auto& [level_name, level] : levels) {
        if (level > best_level())
            continue;
        for (const auto& [name, distribution] : shapes())
            benchmark::RegisterBenchmark(("row of quantiles/" + name + "/" + level_name).c_str(),
                                         row_quantile, distribution, level);
        for (const auto& [name, sampling] :
             {std::pair{"random", Sampling::random}, std::pair{"lhs", Sampling::lhs},
              std::pair{"sobol", Sampling::sobol}})
            benchmark::RegisterBenchmark(
                ("row of uniforms/" + std::string(name) + "/" + level_name).c_str(), row_of_sampler,
                sampling, level);
        benchmark::RegisterBenchmark(("trials/5x36/" + level_name).c_str(), many_trials, level)
            ->Arg(1 << 14)
            ->Arg(1 << 18)
            ->Unit(benchmark::kMillisecond);
    }
}

} // namespace
} // namespace fleetcast

int main(int argc, char** argv) {
    fleetcast::add_benchmarks();
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 2;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
}
