// What is concluded from the trials in which milestones and checks held: tallies by hand.
#include "support/catch.hpp"

#include <fleetcast/analyse/expectations.hpp>
#include <fleetcast/load/scenario.hpp>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

using namespace fleetcast;

namespace {

using Held = std::vector<std::vector<std::uint64_t>>; // [replicate][period]

/// January to April 2024, with these members besides.
Scenario scenario_with(const std::string& members) {
    return load_scenario({"test.json", R"({"start":"2024-01","end":"2024-04","sources":{"s":
        {"kind":"purchase","h100e":1,"kw_per_unit":1,"deliveries":{"units":1,"from":"2024-01",
        "to":"2024-01"}}},)" + members + "}"})
        .scenario;
}

Forecast tallied(std::uint64_t trials, const std::vector<Held>& conditions) {
    Forecast forecast;
    forecast.trials = trials;
    const auto grid = make_time_grid(*parse_date("2024-01"), *parse_date("2024-04"), Step::month);
    for (const Held& held : conditions)
        forecast.conditions.push_back({grid.periods, held, std::nullopt});
    return forecast;
}

const std::string milestone = R"("milestones":{"m":{"metric":"owned","at_least":1}})";

std::string date_of(const Held& held, std::uint64_t trials, double quantile) {
    const auto verdicts =
        judge(scenario_with(milestone), tallied(trials, {held}), {quantile}).milestones;
    const auto& day = verdicts.front().reached.front();
    return day ? iso_day(*day) : "";
}

/// The verdict of a check that holds in so many trials.
CheckVerdict checked(const std::string& members, std::uint64_t held, std::uint64_t trials) {
    const Scenario scenario = scenario_with(
        R"("checks":{"c":{"metric":"owned","at":"2024-02","at_least":1)" + members + "}}");
    return judge(scenario, tallied(trials, {{{held}}}), {0.5}).checks.front();
}

std::string verdict_of(const std::string& members, std::uint64_t held, std::uint64_t trials) {
    return checked(members, held, trials).verdict;
}

/// A check of the milestone's date, which is met so often in each month.
CheckVerdict dated(const std::string& limit, const Held& held, std::uint64_t trials) {
    const Scenario scenario =
        scenario_with(milestone + R"(,"checks":{"c":{"metric":"milestones.m",)" + limit + "}}");
    return judge(scenario, tallied(trials, {held}), {0.5}).checks.front();
}

} // namespace

TEST_CASE("[S4] a quantile of a date is the first by which so many trials met the milestone") {
    const Held held{{1, 3, 0, 5}}; // and one trial that never does
    for (const auto& [quantile, date] :
         std::vector<std::pair<double, std::string>>{{0, "2024-01-31"},
                                                     {0.1, "2024-01-31"},
                                                     {0.11, "2024-02-29"},
                                                     {0.4, "2024-02-29"},
                                                     {0.41, "2024-04-30"},
                                                     {0.9, "2024-04-30"},
                                                     {0.91, ""}, // later than every date
                                                     {1, ""}}) {
        CAPTURE(quantile);
        CHECK(date_of(held, 10, quantile) == date);
    }
    CHECK(judge(scenario_with(milestone), tallied(10, {held}), {}).milestones.front().not_reached ==
          0.1);
    // 0.55 x 100 is above 55 in binary.
    CHECK(date_of({{55, 45, 0, 0}}, 100, 0.55) == "2024-01-31");
    CHECK(date_of({{54, 46, 0, 0}}, 100, 0.55) == "2024-02-29");
}

TEST_CASE("[S4] quantiles of dates are over all replicates together") {
    CHECK(date_of({{0, 5, 0, 0}, {5, 0, 0, 0}}, 10, 0.5) == "2024-01-31");
    CHECK(date_of({{0, 5, 0, 0}, {5, 0, 0, 0}}, 10, 0.6) == "2024-02-29");
}

TEST_CASE("[S4] of one trial a milestone has its date, or none, whatever quantiles are asked") {
    const auto of_one = [](const Held& held) {
        return judge(scenario_with(milestone), tallied(1, {held}), {0.1, 0.5, 0.9})
            .milestones.front();
    };
    const MilestoneVerdict met = of_one({{0, 0, 1, 0}});
    REQUIRE(met.reached.size() == 1);
    CHECK(iso_day(met.reached.front().value()) == "2024-03-31");
    CHECK(met.not_reached == 0);
    const MilestoneVerdict missed = of_one({{0, 0, 0, 0}});
    CHECK(missed.reached == std::vector<std::optional<std::chrono::sys_days>>{std::nullopt});
    CHECK(missed.not_reached == 1);
}

TEST_CASE("a check of several trials passes or fails when its interval lies on one side") {
    // 50 of 100: 0.5 -+ 1/sqrt(104) = 0.402 to 0.598.
    CHECK(verdict_of(R"(,"probability":0.4)", 50, 100) == "pass");
    CHECK(verdict_of(R"(,"probability":0.41)", 50, 100) == "too-close");
    CHECK(verdict_of("", 50, 100) == "too-close"); // probability 0.5
    CHECK(verdict_of(R"(,"probability":0.59)", 50, 100) == "too-close");
    CHECK(verdict_of(R"(,"probability":0.6)", 50, 100) == "fail");
    // All of 100: 100/104 = 0.9615 to 1.
    CHECK(verdict_of(R"(,"probability":0.96)", 100, 100) == "pass");
    CHECK(verdict_of(R"(,"probability":0.97)", 100, 100) == "too-close");
    CHECK(verdict_of(R"(,"probability":0.03)", 0, 100) == "too-close");
    CHECK(verdict_of(R"(,"probability":0.04)", 0, 100) == "fail");
}

TEST_CASE("at probability 1 one trial against fails a check, and at 0 none does") {
    CHECK(verdict_of(R"(,"probability":1)", 100, 100) == "pass");
    CHECK(verdict_of(R"(,"probability":1)", 99, 100) == "fail");
    CHECK(verdict_of(R"(,"probability":0)", 0, 100) == "pass");
    CHECK(verdict_of(R"(,"probability":0)", 1, 100) == "pass");
}

TEST_CASE("of one trial a check passes or fails") {
    CHECK(verdict_of("", 1, 1) == "pass");
    CHECK(verdict_of("", 0, 1) == "fail");
    CHECK(verdict_of(R"(,"probability":0.9)", 1, 1) == "pass");
    CHECK(verdict_of(R"(,"probability":0.9)", 0, 1) == "fail");
}

TEST_CASE("severity warn turns a failure into a warning, and nothing else") {
    const std::string warn = R"(,"severity":"warn","probability":)";
    CHECK(verdict_of(warn + "0.6", 50, 100) == "warn");
    CHECK(verdict_of(warn + "0.5", 50, 100) == "too-close");
    CHECK(verdict_of(warn + "0.4", 50, 100) == "pass");
    CHECK(verdict_of(warn + "1", 99, 100) == "warn");
}

TEST_CASE("a verdict says the share, its error, what was asked and the limit in words") {
    const CheckVerdict verdict = checked(R"(,"probability":0.8)", 25, 100);
    CHECK(verdict.holds.share == 0.25);
    CHECK(verdict.holds.se == Approx(0.0433012701892219)); // sqrt(3/16 / 100)
    CHECK(verdict.probability == 0.8);
    CHECK(verdict.limit == "owned at 2024-02 at_least 1");
}

TEST_CASE("[S4] a check bounds a milestone's date in each trial, those never met coming last") {
    const Held held{{10, 30, 0, 50}}; // and ten trials that never meet it
    CHECK(dated(R"("at_most":"2024-01")", held, 100).holds.share == 0.1);
    CHECK(dated(R"("at_most":"2024-02-28")", held, 100).holds.share == 0.1);
    CHECK(dated(R"("at_most":"2024-02-29")", held, 100).holds.share == 0.4);
    CHECK(dated(R"("at_most":"2030-01")", held, 100).holds.share == 0.9);
    CHECK(dated(R"("at_least":"2024-01")", held, 100).holds.share == 1);
    CHECK(dated(R"("at_least":"2024-02-29")", held, 100).holds.share == 0.9);
    CHECK(dated(R"("at_least":"2024-03")", held, 100).holds.share == 0.6);
    CHECK(dated(R"("at_least":"2030-01")", held, 100).holds.share == 0.1);
}

TEST_CASE("[R6] a check of a milestone's date takes its error from the replicates") {
    Held held;
    for (int i = 0; i < 8; ++i)
        held.insert(held.end(), {{40, 0, 0, 0}, {0, 60, 0, 0}});
    const CheckVerdict early = dated(R"("at_most":"2024-02")", held, 1600);
    CHECK(early.holds.share == 0.5);
    CHECK(early.holds.se == Approx(std::sqrt(1.0 / 1500)));
    const CheckVerdict late = dated(R"("at_least":"2024-03")", held, 1600);
    CHECK(late.holds.share == 0.5);
    CHECK(late.holds.se == Approx(std::sqrt(1.0 / 1500)));
}

TEST_CASE("a check whose figure is empty in some trial is bad input, at the check's metric") {
    const Scenario scenario =
        scenario_with(R"("checks":{"c":{"metric":"headroom_mw","at":"any","at_least":1}})");
    Forecast forecast = tallied(100, {{{100}}});
    CHECK(judge(scenario, forecast, {}).problems.empty());
    forecast.conditions.front().empty_in = 2;
    const Problems several = judge(scenario, forecast, {}).problems;
    REQUIRE(several.size() == 1);
    CHECK(several.front().path == "checks.c.metric");
    CHECK(several.front().message ==
          "headroom_mw has no figure in the period of 2024-03-01 in some trial");
    forecast.trials = 1;
    forecast.conditions.front().held = {{1}};
    CHECK(judge(scenario, forecast, {}).problems.front().message ==
          "headroom_mw has no figure in the period of 2024-03-01");
}

TEST_CASE("checks of milestones ask no condition of their own, the others keep their order") {
    const Scenario scenario =
        scenario_with(milestone +
                      R"(,"checks":{"a":{"metric":"milestones.m","at_most":"2024-01"},
                      "b":{"metric":"pending.s","at_most":1},
                      "c":{"metric":"milestones.m","at_least":"2024-03"},
                      "d":{"metric":"owned","at":"all","at_least":1}})");
    const auto checks = judge(scenario, tallied(10, {{{1, 2, 3, 4}}, {{8}}, {{9}}}), {0.5}).checks;
    REQUIRE(checks.size() == 4);
    CHECK(checks[0].holds.share == 0.1);
    CHECK(checks[1].holds.share == 0.8);
    CHECK(checks[2].holds.share == 0.7);
    CHECK(checks[3].holds.share == 0.9);
}
