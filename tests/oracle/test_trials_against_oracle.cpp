// The engine against the oracle, figure by figure, in trials of a Monte Carlo run: on 1,000 random
// scenarios and on every example.
#include "oracle/compare_figures.hpp"
#include "oracle/program_figures.hpp"
#include "oracle/random_scenario.hpp"
#include "support/catch.hpp"
#include "support/example.hpp"

#include <fleetcast/analyse/examine.hpp>
#include <fleetcast/base/embedded.hpp>
#include <fleetcast/compile/compile.hpp>
#include <fleetcast/load/catalog.hpp>
#include <fleetcast/load/scenario.hpp>
#include <fleetcast/simulate/forecast.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <numeric>
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

/// What the outcomes of some trials come to, of the engine and of the oracle; empty: they agree.
std::string outcomes_that_differ(std::uint64_t number, std::uint64_t trials) {
    static const Catalog catalog = load_catalog();
    const std::string text = oracle::random_scenario(number).dump(1);
    const LoadedScenario loaded = load_scenario({"random.json", text});
    const Plan plan = compile(loaded.scenario, catalog);
    RunSettings settings;
    settings.trials = trials;
    settings.seed = number + 1;
    settings.spread = true;
    const PlanRun wanted{&plan, {}, {}};
    const auto answer = simulate({&wanted, 1}, settings);
    if (const auto* failure = std::get_if<TrialFailure>(&answer))
        return failure->path + ": " + failure->message;
    const Forecast& forecast = std::get<0>(answer).front();

    std::map<std::string, std::vector<double>> theirs;
    std::map<std::string, std::map<std::string, std::uint64_t>> days; // by training; trials
    double largest = 0;                                               // USD
    for (std::uint64_t trial = 0; trial < trials; ++trial) {
        const oracle::Figures figures =
            oracle::run_trial(oracle::Json::parse(text), catalog_json(), settings.seed, trial);
        for (const auto& [source, units] : figures.pending)
            theirs["pending." + source].push_back(units.value_or(0));
        for (const auto& [name, usd] : figures.money) {
            theirs[name].push_back(usd.value());
            largest = std::max(largest, std::fabs(usd.value()));
        }
        for (const auto& [training, day] : figures.completed)
            if (!day.empty())
                ++days[training][day];
    }
    const auto statistics = statistics_of(settings);
    const std::vector<OutcomeId> ids = outcomes_of(plan);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const std::string name = oracle::outcome_name(ids[i], plan);
        const std::vector<double>& values = theirs.at(name);
        const double sum = std::accumulate(values.begin(), values.end(), 0.0);
        const std::map<Stat, double> expected = {{Stat::mean, sum / static_cast<double>(trials)},
                                                 {Stat::min, std::ranges::min(values)},
                                                 {Stat::max, std::ranges::max(values)}};
        const double slack =
            1e-9 *
            std::max(ids[i].kind == OutcomeKind::pending ? expected.at(Stat::max) : largest, 1.0);
        std::size_t compared = 0;
        for (std::size_t k = 0; k < statistics.size(); ++k) {
            const auto figure = expected.find(statistics[k].stat);
            if (figure == expected.end())
                continue;
            ++compared;
            if (!(std::fabs(forecast.outcomes.at(i).at(k) - figure->second) <= slack))
                return fmt::format("{}: {} against {}", name, forecast.outcomes[i][k],
                                   figure->second);
        }
        if (compared != expected.size())
            return name + " lacks a statistic";
    }
    for (const CompletionTally& tally : forecast.completions) {
        const std::string& name = plan.workloads.at(tally.workload).name;
        std::map<std::string, std::uint64_t> ours;
        for (std::size_t d = 0; d < tally.days.at(0).size(); ++d)
            if (tally.days[0][d] != 0)
                ours[iso_day(plan.grid.periods.front().first + std::chrono::days(d))] =
                    tally.days[0][d];
        if (ours != days[name])
            return name + " completes on other days";
    }
    return "";
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

TEST_CASE("[M8, M12, S4] outcomes of trials of 300 random scenarios are those of the oracle") {
    for (std::uint64_t number = 0; number < 300; ++number) {
        INFO("scenario " << number);
        CHECK(outcomes_that_differ(number, 4) == "");
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
            oracle::compare_trials(
                {testing::example_text(std::filesystem::path(FLEETCAST_ROOT) / file.path), every, 1,
                 0, 10},
                catalog_json(), run_trials, differences, edges);
        INFO(file.path << ": " << fmt::format("{}", fmt::join(differences.first, "\n")));
        CHECK(differences.first.empty());
        ++examples;
    }
    CHECK(examples >= 4);
}
