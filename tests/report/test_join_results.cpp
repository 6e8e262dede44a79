// Results that were made apart, put side by side: small ones, worked out by hand.
#include "support/catch.hpp"
#include "support/sample_trials.hpp"

#include <fleetcast/base/result.hpp>
#include <fleetcast/report/join_results.hpp>
#include <fleetcast/report/json.hpp>
#include <fleetcast/report/read_result.hpp>
#include <fleetcast/report/terminal.hpp>

using namespace fleetcast;
using namespace fleetcast::testing;

namespace {

/// One scenario of two months with that many units.
ForecastResult small(const SampleFigures& owned, const std::string& name = "plan") {
    ForecastResult r;
    r.manifest.version = "0.1.0";
    r.manifest.catalog_version = "2025-01";
    r.manifest.scenarios = {sample_scenario(name, 1)};
    r.manifest.scenarios[0].end = "2024-02-29";
    r.manifest.scenarios[0].every = "period";
    r.periods = {"2024-01-01", "2024-02-01"};
    add_series(r, "total", "total", "owned", "units", owned, name);
    r.outcomes = {{name, "milestones.x", "date", "value", {}, "2024-02-29"}};
    r.checks = {{name, "enough", "pass", 1, 0, "owned"}};
    r.inputs = {{name, "a", "uniform(0, 1)", "usd", 0.5, 0.1, 0.9, ""}};
    r.binding = {{name, "nothing"}};
    return r;
}

/// The same of many trials.
ForecastResult uncertain(const SampleFigures& mean, const SampleFigures& p50) {
    ForecastResult r = small(mean);
    r.manifest.trials = r.manifest.scenarios[0].trials = 1000;
    r.manifest.sampling = "random";
    r.series[0].stats = {{"mean", mean}, {"sd", {1, 1}}, {"p10", p50}, {"p50", p50}, {"p90", p50}};
    return r;
}

const SeriesRow& row(const ForecastResult& r, const std::string& scenario,
                     const std::string& metric = "owned", const std::string& group = "total") {
    for (const SeriesRow& each : r.series)
        if (each.scenario == scenario && each.metric == metric && each.group == group)
            return each;
    throw std::out_of_range(scenario);
}

bool has_row(const ForecastResult& r, const std::string& scenario, const std::string& metric,
             const std::string& group = "total") {
    return std::ranges::any_of(r.series, [&](const SeriesRow& each) {
        return each.scenario == scenario && each.metric == metric && each.group == group;
    });
}

std::vector<std::string> names(const ForecastResult& r) {
    std::vector<std::string> all;
    for (const ManifestScenario& each : r.manifest.scenarios)
        all.push_back(each.name);
    return all;
}

using Stats = std::vector<std::pair<std::string, SampleFigures>>;

} // namespace

TEST_CASE("two results of one trial differ by their values") {
    const Joined joined = join_results({{"old", small({1, 5})}, {"new", small({1, 7})}});
    const ForecastResult& r = joined.result;
    CHECK(joined.notes.empty());
    CHECK(names(r) == std::vector<std::string>{"old:plan", "new:plan"});
    CHECK(r.manifest.comparisons ==
          std::vector<Comparison>{{"old:plan", "new:plan", "new:plan-old:plan"}});
    CHECK(row(r, "new:plan-old:plan").stats == Stats{{"value", {0, 2}}});
    CHECK(row(r, "old:plan").stats == Stats{{"value", {1, 5}}});
    CHECK(r.outcomes[1].scenario == "new:plan");
    CHECK(r.checks[0].scenario == "old:plan");
    CHECK(r.inputs[1].scenario == "new:plan");
    CHECK(r.binding[1].scenario == "new:plan");
    CHECK(std::get<ForecastResult>(read_result({{{"", to_json(r)}}}, 0)) == r);
}

TEST_CASE("of many trials the means differ, and there is no band") {
    const ForecastResult r =
        join_results({{"old", uncertain({10, 20}, {9, 19})}, {"new", uncertain({12, 17}, {8, 16})}})
            .result;
    CHECK(row(r, "new:plan-old:plan").stats == Stats{{"mean", {2, -3}}});
    CHECK(row(r, "new:plan").stats.size() == 5);
    const ForecastResult mixed =
        join_results({{"old", uncertain({10, 20}, {9, 19})}, {"new", small({11, 11})}}).result;
    CHECK(row(mixed, "new:plan-old:plan").stats == Stats{{"mean", {1, -9}}});
    CHECK(mixed.manifest.trials == 1000);
}

TEST_CASE("scenarios keep their names where those tell them apart") {
    const auto joined = [](const std::string& a, const std::string& b) {
        return names(join_results({{a, small({1, 1}, "plan")}, {b, small({1, 1}, "late")}}).result);
    };
    CHECK(joined("old", "new") == std::vector<std::string>{"plan", "late"});
    // A scenario that was run just now is called as its file.
    CHECK(names(join_results({{"old", small({1, 1})}, {"plan", small({1, 1})}}).result) ==
          std::vector<std::string>{"old:plan", "plan"});
}

TEST_CASE("every scenario of every result takes part, differences that it held do not") {
    const ForecastResult r =
        join_results({{"old", sample_comparison()}, {"new", sample_comparison()}}).result;
    CHECK(names(r) == std::vector<std::string>{"old:base", "old:late", "new:base", "new:late"});
    CHECK(r.manifest.comparisons.size() == 3);
    CHECK(r.manifest.comparisons[2] == Comparison{"old:base", "new:late", "new:late-old:base"});
    CHECK(row(r, "old:late-old:base").stats == Stats{{"mean", {0, -37000, -39500.5, -9000}}});
    CHECK(row(r, "new:base-old:base").stats == Stats{{"mean", {0, 0, 0, 0}}});
    CHECK_FALSE(has_row(r, "late-base", "owned"));
}

TEST_CASE("horizons that differ are compared where they overlap, with a note") {
    ForecastResult later = small({5, 7});
    later.periods = {"2024-02-01", "2024-03-01"};
    later.manifest.scenarios[0].start = "2024-02-01";
    later.manifest.scenarios[0].end = "2024-03-31";
    const Joined joined = join_results({{"old", small({1, 2})}, {"new", later}});
    const ForecastResult& r = joined.result;
    CHECK(r.periods == std::vector<std::string>{"2024-01-01", "2024-02-01", "2024-03-01"});
    CHECK(row(r, "old:plan").stats == Stats{{"value", {1, 2, std::nullopt}}});
    CHECK(row(r, "new:plan").stats == Stats{{"value", {std::nullopt, 5, 7}}});
    CHECK(row(r, "new:plan-old:plan").stats == Stats{{"value", {std::nullopt, 3, std::nullopt}}});
    CHECK(r.manifest.scenarios[0].periods == std::vector<std::string>{"2024-01-01", "2024-02-01"});
    CHECK(joined.notes ==
          std::vector<std::string>{"new:plan goes from 2024-02-01 to 2024-03-31, old:plan from "
                                   "2024-01-01 to 2024-02-29: they are compared where they "
                                   "overlap"});
}

TEST_CASE("a period of other days has no difference, and a note says so") {
    ForecastResult cut = small({1, 2});
    cut.manifest.scenarios[0].end = "2024-02-15";
    const Joined joined = join_results({{"old", small({1, 5})}, {"new", cut}});
    CHECK(row(joined.result, "new:plan-old:plan").stats == Stats{{"value", {0, std::nullopt}}});
    REQUIRE(joined.notes.size() == 2);
    CHECK(joined.notes[1] ==
          "1 period of new:plan has other days in old:plan: no difference is taken there");
}

TEST_CASE("scenarios without a period in common are refused") {
    ForecastResult later = small({1, 2});
    later.periods = {"2025-01-01", "2025-02-01"};
    later.manifest.scenarios[0].start = "2025-01-01";
    later.manifest.scenarios[0].end = "2025-02-28";
    const auto join = [&] { join_results({{"old", small({1, 5})}, {"new", later}}); };
    CHECK_THROWS_WITH(join(), "old:plan and new:plan have no period in common: 2024-01-01 to "
                              "2024-02-29 by month, and 2025-01-01 to 2025-02-28 by month");
    CHECK_THROWS_AS(join(), Failure);
}

TEST_CASE("a metric that one lacks is left out with a note, never a zero") {
    ForecastResult more = small({1, 2});
    add_series(more, "total", "total", "tokens", "units", {3, 4});
    add_series(more, "total", "total", "pue", "units", {3, 4});
    const std::string note = "old:plan has no pue, tokens, as new:plan has: left out";
    const Joined joined = join_results({{"old", small({1, 2})}, {"new", more}});
    CHECK(joined.notes == std::vector<std::string>{note});
    CHECK_FALSE(has_row(joined.result, "new:plan-old:plan", "tokens"));
    CHECK(join_results({{"new", more}, {"old", small({1, 2})}}).notes ==
          std::vector<std::string>{note});
    ForecastResult other = small({1, 2});
    other.series[0].metric = "tokens";
    CHECK_THROWS_WITH(join_results({{"old", small({1, 2})}, {"new", other}}),
                      "old:plan and new:plan have no metric in common");
    ForecastResult unit = small({1, 2});
    add_series(unit, "total", "total", "tokens", "h100e", {3, 4});
    CHECK(join_results({{"new", more}, {"old", unit}}).notes.size() == 2);
}

TEST_CASE("a group that one lacks has no difference") {
    ForecastResult more = small({1, 2}), less = small({1, 2});
    add_series(more, "source", "h100", "owned", "units", {1, 1});
    add_series(less, "source", "h100", "owned", "units", {1, 0});
    add_series(more, "source", "own-chip", "owned", "units", {0, 1});
    const ForecastResult r = join_results({{"old", less}, {"new", more}}).result;
    CHECK(row(r, "new:plan-old:plan", "owned", "h100").stats == Stats{{"value", {0, 1}}});
    CHECK_FALSE(has_row(r, "new:plan-old:plan", "owned", "own-chip"));
}

TEST_CASE("a figure without a meaning has no difference") {
    const ForecastResult r =
        join_results({{"old", small({std::nullopt, 5})}, {"new", small({1, 7})}}).result;
    CHECK(row(r, "new:plan-old:plan").stats == Stats{{"value", {std::nullopt, 2}}});
}

TEST_CASE("a note says in what the results were made otherwise (fault 72)") {
    ForecastResult other = uncertain({1, 1}, {1, 1});
    other.manifest.version = "0.2.0";
    other.manifest.catalog_version = "2026-01";
    other.manifest.seed = 7;
    other.manifest.trials = 20000;
    other.manifest.sampling = "sobol";
    other.manifest.quantiles = {5, 50};
    const Joined joined = join_results({{"old", uncertain({1, 1}, {1, 1})}, {"new", other}});
    CHECK(joined.notes ==
          std::vector<std::string>{
              "new was made by version 0.2.0, old by version 0.1.0",
              "new was made with the catalogue of 2026-01, old with the catalogue of 2025-01",
              "new was made with 20,000 trials, old with 1,000 trials",
              "new was made with seed 7, old with seed 1",
              "new was made with sobol sampling, old with random sampling",
              "new was made with the quantiles 5, 50, old with the quantiles 10, 50, 90"});
    CHECK(joined.result.manifest.quantiles == std::vector<double>{50});
    ForecastResult one = small({1, 1});
    one.manifest.seed = 7; // drew nothing
    CHECK(join_results({{"old", small({1, 1})}, {"new", one}}).notes.empty());
    CHECK(join_results({{"old", uncertain({1, 1}, {1, 1})}, {"new", one}}).notes ==
          std::vector<std::string>{"new was made at the medians, old with 1,000 trials"});
}

TEST_CASE("one scenario alone is no comparison") {
    CHECK_THROWS_AS(join_results({{"old", small({1, 2})}}), Failure);
}

TEST_CASE("the report of a comparison made apart shows means and says that there is no band") {
    const ForecastResult r =
        join_results({{"old", uncertain({10, 20}, {9, 19})}, {"new", uncertain({12, 17}, {8, 16})}})
            .result;
    View view;
    view.metrics = {"owned"};
    const std::string text = render_terminal(r, view, {120, false, true});
    INFO(text);
    CHECK(text.find("made apart: the band of a change is not known") != text.npos);
    CHECK(text.find("2024-02        20        17      -3") != text.npos);
    CHECK(text.find("owned  2024-02        20        17      -3  units    -15.0") != text.npos);
}
