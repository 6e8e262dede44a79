// What bound, in words and in rows, out of runs of several trials.
#include "support/catch.hpp"
#include "support/run.hpp"

#include <fleetcast/compile/compile.hpp>
#include <fleetcast/load/catalog.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

using namespace fleetcast;
using namespace fleetcast::testing;

namespace {

/// 100 units a month of 1 kW in 2024, 0.45 MW, and a price that makes the plan uncertain.
std::string waiting(const std::string& members = "") {
    return R"({"start":"2024-01","end":"2024-12","sources":{"s":{"kind":"purchase","h100e":1,
        "kw_per_unit":1,"deliveries":{"units":1200,"from":"2024-01","to":"2024-12"},
        "price_usd":{"uniform":[1,2]}}},"sites":{"hall":{"power":{"one":{"from":"2024-01",
        "critical_mw":0.45}}}})" +
           members + "}";
}

RunOptions options_with(std::uint64_t trials) {
    RunOptions options;
    options.settings.trials = trials;
    options.metrics = {"owned"};
    return options;
}

/// The remarks of a forecast of so many trials with these waits.
std::vector<std::string> remarks(std::uint64_t trials, std::vector<Wait> waits) {
    const LoadedScenario loaded = load_scenario({"test.json", waiting()});
    const Catalog catalog = load_catalog();
    ScenarioRun run;
    run.plan = compile(loaded.scenario, catalog);
    run.forecast.trials = trials;
    run.forecast.waits = std::move(waits);
    run.forecast.outcomes.assign(outcomes_of(run.plan).size(), {0});
    std::vector<std::string> texts;
    for (const Remark& remark :
         make_result({{&loaded, std::move(run), Every::period}}, catalog, {}).binding)
        texts.push_back(remark.text);
    return texts;
}

using Texts = std::vector<std::string>;

} // namespace

TEST_CASE("of one trial a remark says how many wait at most, and for how much power") {
    CHECK(remarks(1, {{0, 0, Bound::power, 4, 11, 11, 1, 31'000, 43.2}}) ==
          Texts{"2024-05 to 2024-12: up to 31,000 units of s wait for 43 MW at hall"});
    CHECK(remarks(1, {{0, 0, Bound::power, 4, 4, 4, 1, 5.5, 0.152}}) ==
          Texts{"2024-05: 5.5 units of s wait for 0.15 MW at hall"});
    CHECK(remarks(1, {{0, 0, Bound::install, 4, 6, 5, 1, 300, 0}}) ==
          Texts{"2024-05 to 2024-07: up to 300 units of s wait to be installed at hall"});
}

TEST_CASE("of several trials a remark says in how many of them, and when most wait") {
    CHECK(remarks(1000, {{0, 0, Bound::power, 4, 11, 10, 0.712, 31'000, 43.2}}) ==
          Texts{"2024-05 to 2024-12, at the peak in 2024-11: power holds back 31,000 units of s at "
                "hall in 71 % of trials, 43 MW short"});
    CHECK(remarks(1000, {{0, 0, Bound::install, 4, 4, 4, 1, 300, 0}}) ==
          Texts{"2024-05: the install rate holds back 300 units of s at hall in 100 % of trials"});
    CHECK(remarks(1000, {{0, 0, Bound::install, 4, 4, 4, 0.999, 300, 0}}) ==
          Texts{"2024-05: the install rate holds back 300 units of s at hall in more than 99 % of "
                "trials"});
}

TEST_CASE("a wait that fewer than 1 % of the trials see is not worth a remark") {
    CHECK(remarks(1000, {{0, 0, Bound::power, 4, 11, 10, 0.009, 31'000, 43.2}}).empty());
    CHECK(remarks(1000, {{0, 0, Bound::power, 4, 11, 10, 0.01, 31'000, 43.2}}).size() == 1);
}

TEST_CASE("a run of several trials says what bound as a run of one, and in how many") {
    CHECK(result_of({waiting()}, options_with(1)).binding.front().text ==
          "2024-05 to 2024-12: up to 750 units of s wait for 0.75 MW at hall");
    const auto binding = result_of({waiting()}, options_with(100)).binding;
    REQUIRE(binding.size() == 1);
    CHECK(binding.front().text ==
          "2024-05 to 2024-12, at the peak in 2024-12: power holds back 750 units of s at hall in "
          "100 % of trials, 0.75 MW short");
}

TEST_CASE("for people to read, a result has the shares of what bound, of the total only") {
    RunOptions options = options_with(100);
    options.by = GroupBy::source;
    const auto has = [&](std::string_view by, std::string_view metric) {
        const auto rows = result_of({waiting()}, options).series;
        return std::ranges::any_of(
            rows, [&](const SeriesRow& row) { return row.by == by && row.metric == metric; });
    };
    CHECK_FALSE(has("total", "bound_power"));
    options.for_reading = true;
    for (const char* metric : {"bound_power", "bound_install", "bound_supply", "bound_none"}) {
        CAPTURE(metric);
        CHECK(has("total", metric));
        CHECK_FALSE(has("source", metric));
    }
    CHECK(figures_of(result_of({waiting()}, options), "a", "total", "total", "bound_power", "mean")
              .at(11) == 1);
    options.metrics = {"bound_power"}; // asked for: by source as well, and no second row of it
    const auto rows = result_of({waiting()}, options).series;
    CHECK(has("source", "bound_power"));
    CHECK(std::ranges::count_if(rows, [](const SeriesRow& row) {
              return row.by == "total" && row.metric == "bound_power";
          }) == 1);
}
