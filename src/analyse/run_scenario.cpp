// Estimates, runs and judges one scenario.
#include <fleetcast/analyse/run_scenario.hpp>

#include <fleetcast/compile/compile.hpp>

#include <fmt/format.h>

namespace fleetcast {

namespace {

constexpr double bytes_per_figure = 64; // while it is gathered, kept and made a row of

void refuse_what_does_not_fit(const Plan& plan, const FigureView& view, double cap) {
    const double periods =
        static_cast<double>(report_periods(plan.grid, view.every, plan.year_starts).back()) + 1;
    const double needed = static_cast<double>(view.metrics.size()) *
                          static_cast<double>(view.groups.size()) * periods * bytes_per_figure;
    constexpr double gibibyte = 1 << 30;
    if (needed > cap)
        throw Failure(Exit::refused,
                      fmt::format("the figures asked for need about {:.1f} GiB, the cap is {:.1f} "
                                  "GiB, half of the free memory; ask for fewer metrics or groups, "
                                  "or longer periods (--metrics, --by, --every)",
                                  needed / gibibyte, cap / gibibyte));
}

Problem problem_of(const TrialFailure& failure, const LoadedScenario& loaded) {
    if (failure.internal)
        throw Failure(Exit::internal, failure.path + ": " + failure.message);
    Problem problem{Severity::error,
                    {},
                    failure.path,
                    failure.message + " (trial 0, every input at its median)",
                    ""};
    problem.place = failure.path.empty() ? Place{0, 0} : locate(loaded.document, failure.path);
    return problem;
}

} // namespace

Result<ScenarioRun> run_scenario(const LoadedScenario& loaded, const Catalog& catalog,
                                 const RunRequest& request) {
    ScenarioRun run{compile(loaded.scenario, catalog), {}, {}, {}};
    std::vector<FigureView> views = expectation_views(loaded.scenario, run.plan);
    views.push_back({request.metrics, groups_of(run.plan, request.by), request.every});
    refuse_what_does_not_fit(run.plan, views.back(), request.memory);
    auto forecast = simulate(run.plan, views);
    if (const auto* failure = std::get_if<TrialFailure>(&forecast))
        return Problems{problem_of(*failure, loaded)};
    run.forecast = std::get<Forecast>(std::move(forecast));
    run.figures = std::move(run.forecast.views.back());
    run.forecast.views.pop_back();
    run.verdicts = judge(loaded.scenario, run.plan, run.forecast);
    if (!run.verdicts.problems.empty())
        return placed(std::move(run.verdicts.problems), loaded);
    return run;
}

} // namespace fleetcast
