#include <fleetcast/analyse/examine.hpp>

#include <fleetcast/analyse/defaults.hpp>
#include <fleetcast/analyse/expectations.hpp>
#include <fleetcast/analyse/warnings.hpp>
#include <fleetcast/compile/compile.hpp>
#include <fleetcast/validate/validate.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace fleetcast {

namespace {

/// Whether one path is the other, or lies within it.
bool related(const std::string& a, const std::string& b) {
    const std::string& shorter = a.size() <= b.size() ? a : b;
    const std::string& longer = a.size() <= b.size() ? b : a;
    return longer.starts_with(shorter) &&
           (longer.size() == shorter.size() || shorter.empty() || longer[shorter.size()] == '.');
}

void append(Problems& to, Problems from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

/// What was misread is not judged again: only what lies elsewhere is added.
void append_unrelated(Problems& to, Problems from) {
    const Problems misread = to;
    for (Problem& problem : from)
        if (std::ranges::none_of(
                misread, [&](const Problem& known) { return related(known.path, problem.path); }))
            to.push_back(std::move(problem));
}

bool knows_horizon(const Problems& problems) {
    return std::ranges::none_of(problems, [](const Problem& problem) {
        return problem.path.empty() || problem.path == "start" || problem.path == "end" ||
               problem.path == "step";
    });
}

Problems run_at_medians(const LoadedScenario& loaded, const Catalog& catalog) {
    const Scenario& scenario = loaded.scenario;
    const Plan plan = compile(scenario, catalog);
    std::vector<FigureView> views = expectation_views(scenario);
    views.push_back({{}, {GroupBy::total}, Every::period}); // so that no figure overflows
    for (const Metric& metric : metrics())
        views.back().metrics.push_back(&metric);
    auto forecast = simulate(plan, views);
    if (const auto* failure = std::get_if<TrialFailure>(&forecast))
        return {problem_of(*failure, loaded)};
    const auto& run = std::get<Forecast>(forecast);
    Problems problems = judge(scenario, plan, run, 0).problems;
    append(problems, run_warnings(plan, run));
    return problems;
}

} // namespace

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

Problems examine(const LoadedScenario& loaded, const Catalog& catalog) {
    Problems problems = loaded.problems;
    if (loaded.document.kind != Node::Kind::object)
        return placed(std::move(problems), loaded);
    append_unrelated(problems, validate(loaded.scenario, catalog));
    if (knows_horizon(problems)) {
        const Scenario& scenario = loaded.scenario;
        append_unrelated(
            problems, problems_of_expectations(
                          scenario, make_time_grid(scenario.start, scenario.end, scenario.step)));
    }
    if (!has_errors(problems))
        append(problems, run_at_medians(loaded, catalog));
    if (!has_errors(problems)) {
        append(problems, static_warnings(loaded.scenario));
        const auto defaults = defaults_in_effect(loaded.scenario, catalog);
        if (!defaults.empty())
            problems.push_back({Severity::note,
                                {},
                                "",
                                fmt::format("defaults used: {}", fmt::join(defaults, "; ")),
                                ""});
    }
    return placed(std::move(problems), loaded);
}

} // namespace fleetcast
