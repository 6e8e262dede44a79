// The engine against the oracle, figure by figure, in trials of a Monte Carlo run: on 1,000 random
// scenarios and on every example.
#include "oracle/compare_figures.hpp"
#include "oracle/program_figures.hpp"
#include "oracle/random_scenario.hpp"
#include "support/catch.hpp"

#include <fleetcast/analyse/examine.hpp>
#include <fleetcast/base/embedded.hpp>
#include <fleetcast/compile/compile.hpp>
#include <fleetcast/load/catalog.hpp>
#include <fleetcast/load/scenario.hpp>
#include <fleetcast/simulate/forecast.hpp>

#include <fmt/format.h>

#include <map>
#include <string>
#include <variant>
#include <vector>

namespace {

using namespace fleetcast;

// The wiring: all that this test knows of the engine.
std::variant<std::vector<oracle::ProgramFigures>, std::string>
run_trials(const oracle::TrialRange& range) {
    static const Catalog catalog = load_catalog();
    static const std::map<std::string, Every> lengths = {
        {"period", Every::period}, {"quarter", Every::quarter}, {"year", Every::year}};
    const LoadedScenario loaded = load_scenario({"random.json", range.text});
    for (const Problem& problem : examine(loaded, catalog)) {
        if (problem.severity == Severity::error)
            return format_problem(problem, loaded.sources);
    }
    const Plan plan = compile(loaded.scenario, catalog);
    const FigureView view = oracle::everything(plan, lengths.at(range.every));
    const auto answer = simulate_trials(plan, {view}, range.seed, range.first, range.count);
    if (const auto* failure = std::get_if<TrialFailure>(&answer))
        return failure->path + ": " + failure->message;
    std::vector<oracle::ProgramFigures> trials;
    for (const std::vector<Figures>& views : std::get<0>(answer))
        trials.push_back(oracle::program_figures(views.front(), plan));
    return trials;
}

const oracle::Json& catalog_json() {
    static const oracle::Json parsed = oracle::Json::parse(embedded_text("data/catalog.json"));
    return parsed;
}

} // namespace

TEST_CASE("[R1, R2, R3, R5] the engine equals the oracle in trials of 1,000 random scenarios") {
    oracle::Edges edges = oracle::no_edges();
    long compared = 0, differing = 0;
    for (std::uint64_t number = 0; number < 1000; ++number) {
        oracle::TrialRange range;
        range.text = oracle::random_scenario(number).dump(1);
        range.every = number % 10 == 3 ? "quarter" : number % 10 == 7 ? "year" : "period";
        range.seed = number % 3 == 0 ? 1 : number << 33 | 5;
        // From the beginning, across a multiple of any likely block, and far out.
        range.first = number % 5 == 4   ? (std::uint64_t{1} << 40) + number
                      : number % 5 == 3 ? 4095
                                        : 0;
        range.count = 3;
        oracle::Differences differences;
        oracle::compare_trials(range, catalog_json(), run_trials, differences, edges);
        compared += differences.compared;
        differing += differences.first.empty() ? 0 : 1;
        INFO("scenario " << number << ": "
                         << fmt::format("{}", fmt::join(differences.first, "\n")));
        if (differing <= 10) // the first are enough to go by
            CHECK(differences.first.empty());
    }
    CHECK(differing == 0);
    CHECK(compared > 30'000'000);
    WARN("edges met:\n" << oracle::edge_table(edges));
    for (const std::string& name : oracle::trial_edge_names()) {
        INFO(name);
        CHECK(edges.at(name) > 0);
    }
}

TEST_CASE("[R1, R2, R3, R5] the engine equals the oracle in trials of every example") {
    int examples = 0;
    for (const EmbeddedFile& file : embedded_files()) {
        if (!file.path.starts_with("examples/") || !file.path.ends_with(".json"))
            continue;
        oracle::Differences differences;
        oracle::Edges edges = oracle::no_edges();
        for (const char* every : {"period", "quarter", "year"})
            oracle::compare_trials({std::string(file.text), every, 1, 0, 10}, catalog_json(),
                                   run_trials, differences, edges);
        INFO(file.path << ": " << fmt::format("{}", fmt::join(differences.first, "\n")));
        CHECK(differences.first.empty());
        ++examples;
    }
    CHECK(examples >= 4);
}
