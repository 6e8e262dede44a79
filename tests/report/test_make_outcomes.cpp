// Outcomes, trainings and shortages as rows, and what a run keeps where there are workloads.
#include "support/catch.hpp"

#include <fleetcast/compile/compile.hpp>
#include <fleetcast/load/catalog.hpp>
#include <fleetcast/report/csv.hpp>
#include <fleetcast/report/make_result.hpp>
#include <fleetcast/report/tables.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace fleetcast;
using namespace std::chrono_literals;

namespace {

const std::string workloads = R"(,"workloads":{
    "claim":{"kind":"reserved","h100e":10,"team":"ads"},
    "big":{"kind":"training","flop":1e22,"mfu_share":0.4,"max_h100e":50,"due":"2024-06",
        "team":"research"},
    "small":{"kind":"training","flop":1e20,"mfu_share":0.4,"max_h100e":5}})";

/// 2024, an opening fleet and a purchase, with these members besides.
LoadedScenario loaded(const std::string& members) {
    return load_scenario({"test.json", R"({"start":"2024-01","end":"2024-12","sources":{
        "old":{"kind":"installed","h100e":1,"kw_per_unit":1,"vintages":{"2023-01":50}},
        "new":{"kind":"purchase","h100e":1,"kw_per_unit":1,"deliveries":{"units":120,
            "from":"2024-01","to":"2024-12"}}})" +
                                           members + "}"});
}

const Catalog& catalog() {
    static const Catalog known = load_catalog();
    return known;
}

constexpr auto june_12 = std::chrono::sys_days(2024y / 6 / 12);
constexpr auto july_14 = std::chrono::sys_days(2024y / 7 / 14);

/// A run of these statistics in which outcome o has the figures 10 o, 10 o + 1, ...
ScenarioRun made_up(const LoadedScenario& scenario, std::uint64_t trials,
                    const std::vector<Statistic>& statistics) {
    ScenarioRun run;
    run.plan = compile(scenario.scenario, catalog());
    run.figures.statistics = statistics;
    run.forecast.trials = trials;
    for (std::size_t o = 0; o < outcomes_of(run.plan).size(); ++o) {
        auto& figures = run.forecast.outcomes.emplace_back();
        for (std::size_t s = 0; s < statistics.size(); ++s)
            figures.push_back(10 * static_cast<double>(o) + static_cast<double>(s));
    }
    return run;
}

ForecastResult result_of(const LoadedScenario& scenario, ScenarioRun run,
                         const std::vector<double>& quantiles) {
    RunOptions options;
    options.settings.quantiles = quantiles;
    return make_result({{&scenario, std::move(run), Every::period}}, catalog(), options);
}

std::vector<std::string> names(const std::vector<const Metric*>& metrics) {
    std::vector<std::string> list;
    for (const Metric* metric : metrics)
        list.emplace_back(metric->name);
    return list;
}

using Texts = std::vector<std::string>;

} // namespace

TEST_CASE("outcomes of one trial: trainings, then what is pending, then money [S4]") {
    const LoadedScenario scenario = loaded(workloads);
    ScenarioRun run = made_up(scenario, 1, {{}});
    run.verdicts.trainings = {{"big", {july_14}, 0, true, {2.0}, 1},
                              {"small", {std::nullopt}, 1, false, {}, 0}};
    const ForecastResult result = result_of(scenario, std::move(run), {0.1, 0.5, 0.9});
    CHECK(to_csv(outcomes_table(result)) ==
          "scenario,outcome,unit,stat,value\r\n"
          "test,workloads.big.completed,date,value,2024-07-14\r\n"
          "test,workloads.big.weeks_late,weeks,value,2\r\n"
          "test,workloads.big.training_usd,usd,value,50\r\n"
          "test,workloads.small.completed,date,value,\r\n"
          "test,workloads.small.training_usd,usd,value,60\r\n"
          "test,pending.new,units,value,10\r\n" // nothing is pending of an opening fleet
          "test,paid_before_start_usd,usd,value,20\r\n"
          "test,due_after_end_usd,usd,value,30\r\n"
          "test,prepaid_usd,usd,value,40\r\n");
    CHECK(result.trainings == std::vector<TrainingRow>{{"test", "big", "2024-06-30", 1}});
}

TEST_CASE("outcomes of several trials: dates and weeks have quantiles and no mean [S4]") {
    const LoadedScenario scenario = loaded(workloads);
    ScenarioRun run = made_up(scenario, 100, {{Stat::mean, 0}, {Stat::quantile, 0.5}});
    run.verdicts.trainings = {
        {"big", {june_12, std::nullopt}, 0.25, true, {0.0, std::nullopt}, 0.5},
        {"small", {june_12, july_14}, 0, false, {}, 0}};
    const ForecastResult result = result_of(scenario, std::move(run), {0.5, 0.9});
    const std::string csv = to_csv(outcomes_table(result));
    CHECK(csv.starts_with("scenario,outcome,unit,stat,value\r\n"
                          "test,workloads.big.completed,date,p50,2024-06-12\r\n"
                          "test,workloads.big.completed,date,p90,\r\n"
                          "test,workloads.big.completed,share,not_reached,0.25\r\n"
                          "test,workloads.big.weeks_late,weeks,p50,0\r\n"
                          "test,workloads.big.weeks_late,weeks,p90,\r\n"
                          "test,workloads.big.weeks_late,share,not_reached,0.25\r\n"
                          "test,workloads.big.training_usd,usd,mean,50\r\n"
                          "test,workloads.big.training_usd,usd,p50,51\r\n"
                          "test,workloads.small.completed,date,p50,2024-06-12\r\n"
                          "test,workloads.small.completed,date,p90,2024-07-14\r\n"
                          "test,workloads.small.completed,share,not_reached,0\r\n"
                          "test,workloads.small.training_usd,usd,mean,60\r\n"));
    CHECK(csv.ends_with("test,prepaid_usd,usd,mean,40\r\ntest,prepaid_usd,usd,p50,41\r\n"));
    CHECK(result.trainings == std::vector<TrainingRow>{{"test", "big", "2024-06-30", 0.5}});
}

TEST_CASE("a shortage has the name of its team or workload, and its worst period") {
    const LoadedScenario scenario = loaded(workloads);
    ScenarioRun run = made_up(scenario, 100, {{Stat::mean, 0}});
    run.forecast.shortages = {{GroupBy::team, 1, 0.3, 4, 0.2, 7.5},
                              {GroupBy::team, std::nullopt, 0.1, 0, 0.1, 1},
                              {GroupBy::workload, 0, 0.3, 11, 0.2, 7.5}};
    CHECK(result_of(scenario, std::move(run), {}).shortages ==
          std::vector<ShortageRow>{{"test", "team", "research", 0.3, "2024-05-01", 0.2, 7.5},
                                   {"test", "team", "-", 0.1, "2024-01-01", 0.1, 1},
                                   {"test", "workload", "claim", 0.3, "2024-12-01", 0.2, 7.5}});
}

TEST_CASE("where no workload has a team, no team is short") {
    const LoadedScenario scenario =
        loaded(R"(,"workloads":{"claim":{"kind":"reserved","h100e":10}})");
    ScenarioRun run = made_up(scenario, 1, {{}});
    run.forecast.shortages = {{GroupBy::team, std::nullopt, 1, 0, 1, 1},
                              {GroupBy::workload, 0, 1, 0, 1, 1}};
    const auto rows = result_of(scenario, std::move(run), {}).shortages;
    REQUIRE(rows.size() == 1);
    CHECK(rows.front().group == "claim");
}

TEST_CASE("with workloads the default metrics have demand, by team what teams get and pay") {
    RunOptions options;
    const Scenario with = loaded(workloads).scenario, without = loaded("").scenario;
    CHECK(names(request_of(options, without).metrics) == default_metrics(false));
    CHECK(names(request_of(options, with).metrics) == default_metrics(true));
    CHECK(default_metrics(true).back() == "shortfall_h100e");
    for (const GroupBy by : {GroupBy::team, GroupBy::workload}) {
        options.by = by;
        const RunRequest request = request_of(options, with);
        CHECK(names(request.metrics) ==
              Texts{"demand_h100e", "served_h100e", "shortfall_h100e", "charged_usd"});
        CHECK(request.by == std::vector<GroupBy>{GroupBy::total, by});
    }
    options.metrics = {"owned"};
    CHECK(names(request_of(options, with).metrics) == Texts{"owned"});
}

TEST_CASE("beside a scenario with workloads one without has the same metrics") {
    RunOptions options;
    options.workloads = true;
    CHECK(metrics_shown(options) == default_metrics(true));
    CHECK(names(request_of(options, loaded("").scenario).metrics) == default_metrics(true));
}

TEST_CASE("a saved report is by team where there is demand") {
    RunOptions options;
    options.report_set = true;
    using enum GroupBy;
    CHECK(request_of(options, loaded("").scenario).by == std::vector<GroupBy>{total, source, site});
    const Scenario with = loaded(workloads).scenario;
    CHECK(request_of(options, with).by == std::vector<GroupBy>{total, source, site, team});
    options.by = team;
    const RunRequest request = request_of(options, with);
    CHECK(request.by == std::vector<GroupBy>{total, source, site, team});
    const auto kept = names(request.metrics);
    for (const std::string name : {"charged_usd", "owned", "shortfall_h100e", "bound_none"})
        CHECK(std::ranges::count(kept, name) == 1);
    options.by = workload;
    CHECK(request_of(options, with).by ==
          std::vector<GroupBy>{total, source, site, team, workload});
}

TEST_CASE("uncertain inputs of workloads are inputs of the result") {
    const LoadedScenario scenario = loaded(R"(,"workloads":{"big":{"kind":"training",
        "flop":{"uniform":[1e22,3e22]},"mfu_share":0.4,"max_h100e":50}})");
    ScenarioRun run = made_up(scenario, 1, {{}});
    run.verdicts.trainings = {{"big", {std::nullopt}, 1, false, {}, 0}};
    const auto inputs = result_of(scenario, std::move(run), {}).inputs;
    REQUIRE(inputs.size() == 1);
    CHECK(inputs.front().path == "workloads.big.flop");
    CHECK(inputs.front().median == Approx(2e22));
}
