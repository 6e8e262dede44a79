// Several trials from the text of a scenario to what is saved: dates, checks and differences
// against closed forms, within 4 standard errors; what a run refuses.
#include "support/catch.hpp"
#include "support/run.hpp"

#include <fleetcast/analyse/run_scenario.hpp>
#include <fleetcast/load/catalog.hpp>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

using namespace fleetcast;
using namespace fleetcast::testing;

namespace {

constexpr double k = 4; // standard errors: a true figure is outside once in 16,000 times

/// `units` chips that arrive at the start of March and slip by 0 to 6 months; January to June.
std::string slipping(const std::string& units, const std::string& more = "") {
    return R"({"start":"2024-01","end":"2024-06","sources":{"s":{"kind":"purchase","h100e":1,
        "kw_per_unit":1,"delay_months":{"uniform":[0,6]},
        "orders":{"po":{"units":)" +
           units + R"(,"arrives":"2024-03","over_months":0}}}})" + more + "}";
}

const std::string asked = R"(,"milestones":{"m":{"metric":"owned","at_least":100}},
    "checks":{"april":{"metric":"owned","at":"2024-04","at_least":100},
              "by-april":{"metric":"milestones.m","at_most":"2024-04"},
              "after-april":{"metric":"milestones.m","at_least":"2024-05"},
              "some-month":{"metric":"delivered","at":"any","between":[100,100]},
              "all-come":{"metric":"pending.s","at_most":0,"probability":0.9},
              "likely":{"metric":"pending.s","at_most":0,"probability":0.5}})";

RunOptions options_with(std::uint64_t trials, Sampling sampling = Sampling::random) {
    RunOptions options;
    options.settings.trials = trials;
    options.settings.sampling = sampling;
    options.settings.quantiles = {0.1, 0.4, 0.9};
    options.settings.spread = true;
    options.metrics = {"owned", "capex_usd"};
    return options;
}

const CheckRow& check_of(const ForecastResult& result, const std::string& name) {
    for (const CheckRow& row : result.checks)
        if (row.check == name)
            return row;
    throw std::runtime_error("no check " + name);
}

std::string message_of(const std::string& scenario, const RunOptions& options) {
    try {
        result_of({scenario}, options);
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "";
}

} // namespace

TEST_CASE("[S4] a uniform delay meets a milestone by each month as often as its closed form says") {
    const ForecastResult result = result_of({slipping("100", asked)}, options_with(10'000));
    // Met by the end of April when the delay is below 2 of 6 months.
    for (const auto& [name, share] :
         std::vector<std::pair<std::string, double>>{{"april", 2.0 / 6},
                                                     {"by-april", 2.0 / 6},
                                                     {"after-april", 4.0 / 6},
                                                     {"some-month", 4.0 / 6},
                                                     {"all-come", 4.0 / 6}}) {
        CAPTURE(name);
        const CheckRow& row = check_of(result, name);
        CHECK(row.trials == 10'000);
        CHECK(row.se == Approx(std::sqrt(row.share * (1 - row.share) / 10'000)));
        CHECK(std::fabs(row.share - share) < k * row.se);
        CHECK(row.low < row.share);
        CHECK(row.high > row.share);
    }
    CHECK(check_of(result, "april").share == check_of(result, "by-april").share);
    CHECK(check_of(result, "by-april").share + check_of(result, "after-april").share ==
          Approx(1).epsilon(1e-12));
    CHECK(check_of(result, "all-come").verdict == "fail"); // 0.67 against 0.9
    CHECK(check_of(result, "likely").verdict == "pass");
    // By the end of March in 1/6 of the trials, of May in 1/2, of June in 2/3.
    CHECK(outcome_of(result, "milestones.m", "p10").date == "2024-03-31");
    CHECK(outcome_of(result, "milestones.m", "p40").date == "2024-05-31");
    CHECK(outcome_of(result, "milestones.m", "p90").date.empty());
    CHECK_FALSE(outcome_of(result, "milestones.m", "p90").number.has_value());
    const double not_reached = outcome_of(result, "milestones.m", "not_reached").number.value();
    CHECK(std::fabs(not_reached - 2.0 / 6) < k * std::sqrt(2.0 / 9 / 10'000));
    CHECK(not_reached == Approx(1 - check_of(result, "all-come").share).epsilon(1e-12));
    // 100 units are pending in the trials that miss the milestone.
    CHECK(outcome_of(result, "pending.s", "mean").number.value() ==
          Approx(100 * not_reached).epsilon(1e-12));
    CHECK(outcome_of(result, "pending.s", "p90").number == 100);
    CHECK(result.manifest.trials == 10'000);
    CHECK(result.manifest.sampling == "random");
}

TEST_CASE("[R6] stratified trials know a share better, and say so") {
    for (const Sampling sampling : {Sampling::lhs, Sampling::sobol}) {
        const ForecastResult result =
            result_of({slipping("100", asked)}, options_with(16'384, sampling));
        const CheckRow& row = check_of(result, "april");
        CAPTURE(result.manifest.sampling);
        CHECK(row.trials == 16'384);
        // A replicate has a trial in each of 1,024 strata: it is off by less than one.
        CHECK(std::fabs(row.share - 1.0 / 3) < 1.0 / 1024);
        CHECK(row.se < 0.001); // random: 0.0037
        CHECK(row.low < row.share);
        CHECK(row.high > row.share);
    }
    CHECK(result_of({slipping("1")}, options_with(100, Sampling::lhs)).manifest.trials == 112);
}

TEST_CASE("[R4] a plan without uncertain inputs runs one trial, whatever is asked") {
    const std::string certain =
        R"({"start":"2024-01","end":"2024-03","sources":{"s":{"kind":"purchase","h100e":1,
            "kw_per_unit":1,"deliveries":{"units":300,"from":"2024-01","to":"2024-03"}}},
            "milestones":{"m":{"metric":"owned","at_least":200}},
            "checks":{"c":{"metric":"owned","at":"2024-02","at_least":200,"probability":0.9}}})";
    RunOptions options = options_with(10'000);
    options.for_reading = true;
    const ForecastResult result = result_of({certain}, options);
    CHECK(result == result_of({certain}, options_with(1)));
    CHECK(result.manifest.trials == 1);
    CHECK(result.manifest.sampling == "median");
    CHECK(result.series.size() == 2);
    CHECK(figures_of(result, "a", "total", "total", "owned", "value").at(1) == Approx(200));
    CHECK(outcome_of(result, "milestones.m", "value").date == "2024-02-29");
    CHECK(outcome_of(result, "pending.s", "value").number == 0);
    for (const char* money : {"paid_before_start_usd", "due_after_end_usd", "prepaid_usd"})
        CHECK(outcome_of(result, money, "value").number == 0);
    CHECK(result.outcomes.size() == 5);
    const CheckRow& check = check_of(result, "c");
    CHECK(check.verdict == "pass");
    CHECK(check.trials == 1);
    CHECK(check.low == 1);
    CHECK(check.high == 1);
}

TEST_CASE("statistics of a row stand in their order under their names") {
    RunOptions options = options_with(64);
    options.settings.quantiles = {0.025, 0.5};
    const ForecastResult result = result_of({slipping("100")}, options);
    std::vector<std::string> names, errors; // of quantiles
    for (const auto& [name, figures] : result.series.front().stats)
        (name.ends_with("_se") ? errors : names).push_back(name);
    CHECK(names == std::vector<std::string>{"mean", "sd", "se", "min", "max", "p2_5", "p50"});
    CHECK(errors == std::vector<std::string>{"p2_5_se", "p50_se"});
    CHECK(result.manifest.quantiles == std::vector<double>{2.5, 50});
    CHECK(result.manifest.scenarios.front().trials == 64);
    CHECK(figures_of(result, "a", "total", "total", "owned", "max").at(5) == 100);
}

TEST_CASE("scenarios run together are compared trial by trial, on the draws they share") {
    const ForecastResult result =
        comparison_of({slipping("100"), slipping("300")}, options_with(1'000));
    REQUIRE(result.manifest.comparisons == std::vector<Comparison>{{"a", "b", "b-a"}});
    CHECK(result.manifest.scenarios.size() == 2);
    for (const char* stat : {"mean", "sd", "p10", "p40", "p90", "min", "max"})
        for (std::size_t p = 0; p < 6; ++p) {
            CAPTURE(stat, p);
            const auto of = [&](const char* scenario) {
                return figures_of(result, scenario, "total", "total", "owned", stat).at(p).value();
            };
            CHECK(of("b-a") == Approx(2 * of("a")).epsilon(1e-9)); // 300 - 100 in the same trials
        }
    CHECK(result.series.front().scenario == "a");
    CHECK(result.series.back().scenario == "b-a");
}

TEST_CASE("a certain scenario beside an uncertain one has statistics too when they are compared") {
    const std::string certain = R"({"start":"2024-01","end":"2024-06","sources":{"s":{
        "kind":"purchase","h100e":1,"kw_per_unit":1,
        "orders":{"po":{"units":100,"arrives":"2024-01","over_months":0}}}}})";
    const ForecastResult result = comparison_of({certain, slipping("100")}, options_with(1'000));
    CHECK(figures_of(result, "a", "total", "total", "owned", "p90").at(0) == 100);
    const double behind =
        figures_of(result, "b-a", "total", "total", "owned", "mean").at(3).value();
    CHECK(behind ==
          Approx(figures_of(result, "b", "total", "total", "owned", "mean").at(3).value() - 100));
    const ForecastResult one = comparison_of({certain, certain}, options_with(1'000));
    CHECK(one.manifest.trials == 1);
    CHECK(figures_of(one, "b-a", "total", "total", "owned", "value").at(0) == 0);
}

TEST_CASE("a difference that would be called like a scenario gets another hyphen") {
    const auto named = [](const std::string& name) {
        LoadedScenario loaded = load_scenario({"test.json", slipping("100")});
        loaded.name = name;
        return loaded;
    };
    const Catalog catalog = load_catalog();
    const std::vector<LoadedScenario> loaded{named("base"), named("late"), named("late-base")};
    std::vector<const LoadedScenario*> pointers;
    for (const LoadedScenario& each : loaded)
        pointers.push_back(&each);
    const RunOptions options = options_with(16);
    const std::vector<RunRequest> requests(3, request_of(options, loaded.front().scenario));
    auto runs = std::get<std::vector<ScenarioRun>>(run_together(pointers, catalog, requests));
    std::vector<FinishedRun> finished;
    for (std::size_t i = 0; i < 3; ++i)
        finished.push_back({&loaded[i], std::move(runs[i]), Every::period});
    CHECK(make_comparison(finished, catalog, options).manifest.comparisons ==
          std::vector<Comparison>{{"base", "late", "late--base"},
                                  {"base", "late-base", "late-base-base"}});
}

TEST_CASE("a value out of its range in some trial names the trial, the path and its line") {
    const std::string sometimes =
        slipping(R"({"formula":"a - 4"})", R"(,"inputs":{"a":{"uniform":[0,10]}})");
    CHECK(message_of(sometimes, options_with(1)).empty()); // 1 at the medians
    const std::string message = message_of(sometimes, options_with(1'000));
    CAPTURE(message);
    CHECK(message.find("sources.s.orders.po.units") != std::string::npos);
    CHECK(message.find(" (trial ") != std::string::npos);
    CHECK(message.find("every input at its median") == std::string::npos);
    CHECK(message.starts_with("test.json:"));
}

TEST_CASE("the problems of a run are those of the scenario that has them") {
    const std::string bad = slipping(
        "100", R"(,"checks":{"c":{"metric":"hours_between_failures","at":"all","at_least":1}})");
    const Catalog catalog = load_catalog();
    const std::vector<LoadedScenario> loaded{load_scenario({"good.json", slipping("100")}),
                                             load_scenario({"bad.json", bad})};
    const std::vector<const LoadedScenario*> pointers{&loaded[0], &loaded[1]};
    const std::vector<RunRequest> requests(2,
                                           request_of(options_with(16), loaded.front().scenario));
    const auto together = run_together(pointers, catalog, requests);
    const auto& problems = std::get<std::vector<Problems>>(together);
    CHECK(problems.at(0).empty());
    REQUIRE(problems.at(1).size() == 1);
    CHECK(problems.at(1).front().path == "checks.c.metric");
    CHECK(problems.at(1).front().place.file == 0);
}

TEST_CASE("figures that cannot fit the memory cap are refused, with the flags that help") {
    RunOptions options = options_with(1'000);
    options.settings.memory = 1024;
    try {
        result_of({slipping("100")}, options);
        FAIL("nothing was refused");
    } catch (const Failure& failure) {
        CHECK(failure.code == Exit::refused);
        const std::string message = failure.what();
        for (const char* flag : {"--memory", "--metrics", "--by", "--every"})
            CHECK(message.find(flag) != std::string::npos);
    }
}

TEST_CASE("[S4] a training's date, weeks late and cost are outcomes of the trials") {
    // 100 units that arrive in March and slip by 0 to 6 months are all that there is, on the
    // average half of them in the month in which they come. The training needs all for 30 days:
    // from March it is done in the middle of 15 April, from May of 15 June, from June never.
    const double flop = 100 * 0.5 * 989.5e12 * 30 * 86'400;
    const ForecastResult result =
        result_of({slipping("100", R"(,"accelerators":{"nvidia-h100-sxm":{"bf16_tflops":989.5}},
            "workloads":{"run":{"kind":"training","flop":)" +
                                       std::to_string(flop) +
                                       R"(,"mfu_share":0.5,"max_h100e":100,"due":"2024-04-28"}},
            "checks":{"done":{"metric":"workloads.run.completed","at_most":"2024-06"},
                      "late":{"metric":"workloads.run.weeks_late","at_least":0.1},
                      "free":{"metric":"workloads.run.training_usd","at_most":0}})")},
                  options_with(10'000));
    const auto is_near = [&](const char* check, double share) {
        const CheckRow& row = check_of(result, check);
        CAPTURE(check, row.share);
        CHECK(std::fabs(row.share - share) < k * row.se);
    };
    is_near("done", 3.0 / 6);
    is_near("late", 5.0 / 6);
    is_near("free", 2.0 / 6); // nothing comes: else it has the electricity
    CHECK(outcome_of(result, "workloads.run.completed", "not_reached").number.value() ==
          Approx(1 - check_of(result, "done").share).epsilon(1e-12));
    CHECK(outcome_of(result, "workloads.run.completed", "p10").date == "2024-04-15");
    CHECK(outcome_of(result, "workloads.run.weeks_late", "p10").number == 0);
    CHECK(outcome_of(result, "workloads.run.completed", "p40").date == "2024-06-15");
    CHECK(outcome_of(result, "workloads.run.weeks_late", "p40").number == 48.0 / 7);
    CHECK(outcome_of(result, "workloads.run.completed", "p90").date.empty());
    CHECK_FALSE(outcome_of(result, "workloads.run.weeks_late", "p90").number.has_value());
    CHECK(outcome_of(result, "workloads.run.training_usd", "mean").number.value() > 0);
}
