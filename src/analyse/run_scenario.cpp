// Estimates, runs and judges scenarios.
#include <fleetcast/analyse/run_scenario.hpp>

#include <fleetcast/compile/compile.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

namespace fleetcast {

namespace {

constexpr double bytes_per_figure = 64; // while it is gathered, kept and made a row of

double cells_of(const Plan& plan, const FigureView& view) {
    const auto reports = report_periods(plan.grid, view.every, plan.year_starts);
    return static_cast<double>(view.metrics.size()) * static_cast<double>(view.groups.size()) *
           static_cast<double>(reports.back() + 1);
}

/// What the statistics take however few trials there are. [byte]
double memory_of_figures(const std::vector<PlanRun>& runs, const RunSettings& settings) {
    double cells = 0;
    for (const PlanRun& run : runs)
        for (const FigureView& view : run.views)
            cells += cells_of(*run.plan, view) * (&run == &runs.front() ? 1 : 2); // the difference
    return cells * static_cast<double>(statistics_of(settings).size()) * bytes_per_figure;
}

std::string size_text(double bytes) {
    constexpr double mebibyte = 1 << 20, gibibyte = 1 << 30;
    return bytes < gibibyte / 10 ? fmt::format("{:.1f} MiB", bytes / mebibyte)
                                 : fmt::format("{:.1f} GiB", bytes / gibibyte);
}

void refuse_what_does_not_fit(double needed, double cap) {
    if (needed > cap)
        throw Failure(
            Exit::refused,
            fmt::format("the figures asked for need about {}, the cap is {}, half of the free "
                        "memory unless --memory says; ask for fewer metrics or groups, or longer "
                        "periods (--metrics, --by, --every), or raise the cap (--memory)",
                        size_text(needed), size_text(cap)));
}

Problem problem_of(const TrialFailure& failure, const LoadedScenario& loaded,
                   const RunSettings& settings) {
    const std::string where = fmt::format(
        " (trial {}{})", failure.trial, settings.trials == 1 ? ", every input at its median" : "");
    if (failure.internal)
        throw Failure(Exit::internal, failure.path + ": " + failure.message + where);
    Problem problem{Severity::error, {}, failure.path, failure.message + where, ""};
    problem.place = failure.path.empty() ? Place{0, 0} : locate(loaded.document, failure.path);
    return problem;
}

PlanRun run_of(const Plan& plan, const Scenario& scenario, const RunRequest& request,
               std::uint64_t trials) {
    PlanRun run{&plan, {}, expectation_conditions(scenario, plan)};
    run.views.push_back({request.metrics, groups_of(plan, request.by), request.every});
    if (!request.of_total.empty() && trials > 1)
        run.views.push_back({request.of_total, {Group{}}, request.every});
    return run;
}

/// Moves a forecast and its figures to where they are kept.
void keep(Forecast forecast, ScenarioRun& run) {
    run.figures = std::move(forecast.views.front());
    if (forecast.views.size() > 1)
        run.total_figures = std::move(forecast.views.back());
    forecast.views.clear();
    if (!forecast.differences.empty())
        run.difference = std::move(forecast.differences.front());
    forecast.differences.clear();
    run.forecast = std::move(forecast);
}

} // namespace

std::variant<std::vector<ScenarioRun>, std::vector<Problems>>
run_together(std::span<const LoadedScenario* const> scenarios, const Catalog& catalog,
             std::span<const RunRequest> requests) {
    assert(!scenarios.empty() && scenarios.size() == requests.size());
    std::vector<ScenarioRun> runs;
    for (const LoadedScenario* loaded : scenarios)
        runs.push_back({compile(loaded->scenario, catalog), {}, {}, {}, {}, {}});
    RunSettings settings = requests.front().settings;
    const auto is_uncertain = [](const ScenarioRun& run) { return run.plan.uncertain; };
    if (std::ranges::none_of(runs, is_uncertain))
        settings.trials = 1;
    std::vector<PlanRun> plan_runs; // point into runs
    for (std::size_t i = 0; i < runs.size(); ++i)
        plan_runs.push_back(
            run_of(runs[i].plan, scenarios[i]->scenario, requests[i], settings.trials));
    const double needed = memory_of_figures(plan_runs, settings);
    refuse_what_does_not_fit(needed, settings.memory);
    settings.memory -= needed;

    auto forecasts = simulate(plan_runs, settings);
    std::vector<Problems> problems(scenarios.size());
    if (const auto* failure = std::get_if<TrialFailure>(&forecasts)) {
        const LoadedScenario& loaded = *scenarios[failure->plan];
        problems[failure->plan].push_back(problem_of(*failure, loaded, settings));
        return problems;
    }
    for (std::size_t i = 0; i < runs.size(); ++i) {
        keep(std::move(std::get<std::vector<Forecast>>(forecasts)[i]), runs[i]);
        runs[i].verdicts = judge(scenarios[i]->scenario, runs[i].forecast, settings.quantiles);
        problems[i] = placed(std::move(runs[i].verdicts.problems), *scenarios[i]);
        runs[i].verdicts.problems.clear();
    }
    if (std::ranges::any_of(problems, [](const Problems& each) { return !each.empty(); }))
        return problems;
    return runs;
}

Result<ScenarioRun> run_scenario(const LoadedScenario& loaded, const Catalog& catalog,
                                 const RunRequest& request) {
    const LoadedScenario* const scenario = &loaded;
    auto runs = run_together({&scenario, 1}, catalog, {&request, 1});
    if (auto* problems = std::get_if<std::vector<Problems>>(&runs))
        return std::move(problems->front());
    return std::move(std::get<std::vector<ScenarioRun>>(runs).front());
}

} // namespace fleetcast
