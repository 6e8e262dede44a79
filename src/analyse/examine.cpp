// Puts together what reading, the rules between fields and a run at the medians find.
#include <fleetcast/analyse/examine.hpp>

#include <fleetcast/analyse/defaults.hpp>
#include <fleetcast/analyse/run_scenario.hpp>
#include <fleetcast/analyse/warnings.hpp>
#include <fleetcast/validate/validate.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace fleetcast {

namespace {

/// Whether `path` is `outer`, or lies within it. The whole file contains nothing: what it lacks
/// does not make its parts wrong.
bool lies_within(const std::string& path, const std::string& outer) {
    return !outer.empty() && path.starts_with(outer) &&
           (path.size() == outer.size() || path[outer.size()] == '.');
}

void append(Problems& to, Problems from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

/// Whether what was misread makes the judgement of `path` worthless.
bool spoils(const std::string& misread, const std::string& path) {
    constexpr std::string_view kind = ".kind"; // of a source: all of it is misread
    constexpr std::string_view matrix = "correlations";
    if (misread.ends_with(kind))
        return lies_within(path, misread.substr(0, misread.size() - kind.size()));
    return lies_within(path, misread) || (path == matrix && misread.starts_with(matrix));
}

/// Whether a key that is found missing stands there, misspelt: `needs "deliveries" or "orders"`
/// beside the unknown key "deliverys".
bool explains(const Problem& misread, const Problem& found) {
    const std::size_t open = misread.hint.find('"'), close = misread.hint.rfind('"');
    if (misread.message != "unknown key" || open == close)
        return false;
    return misread.path.substr(0, misread.path.rfind('.')) == found.path &&
           found.message.starts_with("needs ") &&
           found.message.find(misread.hint.substr(open, close - open + 1)) != std::string::npos;
}

/// What was misread is not judged again: only what lies elsewhere is added.
void append_unrelated(Problems& to, Problems from) {
    const Problems misread = to;
    for (Problem& problem : from)
        if (std::ranges::none_of(misread, [&](const Problem& known) {
                return spoils(known.path, problem.path) || explains(known, problem);
            }))
            to.push_back(std::move(problem));
}

bool has_problem_at(const Problems& problems, std::string_view path) {
    return std::ranges::find(problems, path, &Problem::path) != problems.end();
}

bool knows_horizon(const Node& document, const Problems& problems) {
    return document.find("start") && document.find("end") && !has_problem_at(problems, "start") &&
           !has_problem_at(problems, "end");
}

/// The rules between fields; where the horizon is not known, it is the longest there can be, and
/// what hangs on it is not judged.
Problems problems_between_fields(const LoadedScenario& loaded, const Catalog& catalog) {
    if (knows_horizon(loaded.document, loaded.problems))
        return validate(loaded.scenario, catalog);
    Scenario assumed = loaded.scenario;
    assumed.start = *parse_date("1970-01");
    assumed.end = *parse_date("2199-12");
    Problems problems = validate(assumed, catalog);
    std::erase_if(problems, [](const Problem& problem) {
        return problem.path == "end" || problem.path.find(".vintages.") != std::string::npos;
    });
    return problems;
}

/// What only a run shows: every metric of the fleet is worked out, so that none overflows.
Problems run_at_medians(const LoadedScenario& loaded, const Catalog& catalog, const Stop& stop) {
    RunRequest request;
    request.settings.stop = stop;
    for (const Metric& metric : metrics())
        request.metrics.push_back(&metric);
    auto run = run_scenario(loaded, catalog, request);
    if (auto* problems = std::get_if<Problems>(&run))
        return std::move(*problems);
    return run_warnings(std::get<ScenarioRun>(run).plan, std::get<ScenarioRun>(run).forecast);
}

} // namespace

Problems examine(const LoadedScenario& loaded, const Catalog& catalog, const Stop& stop) {
    Problems problems = loaded.problems;
    if (loaded.document.kind != Node::Kind::object)
        return placed(std::move(problems), loaded);
    append_unrelated(problems, problems_between_fields(loaded, catalog));
    if (!loaded.document.find("sources")) // that they are missing was said
        std::erase_if(problems, [](const Problem& problem) { return problem.path == "sources"; });
    std::optional<TimeGrid> grid;
    if (knows_horizon(loaded.document, problems) && !has_problem_at(problems, "step"))
        grid = make_time_grid(loaded.scenario.start, loaded.scenario.end, loaded.scenario.step);
    append_unrelated(problems, problems_of_expectations(loaded.scenario, grid));
    if (!has_errors(problems))
        append(problems, run_at_medians(loaded, catalog, stop));
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
