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

namespace {

/// Three workloads: a training due at the end of February, a claim, and a training without due.
const std::string workloads = R"("workloads":{
    "llama":{"kind":"training","flop":1,"mfu_share":0.4,"max_h100e":1,"due":"2024-02"},
    "claim":{"kind":"reserved","h100e":1},
    "free":{"kind":"training","flop":1,"mfu_share":0.4,"max_h100e":1}})";

/// [replicate][day of January to April] from the trials done on some days.
using Done = std::vector<std::vector<std::pair<std::string, std::uint64_t>>>;

CompletionTally done(Index workload, const Done& replicates) {
    CompletionTally tally{workload, {}};
    const auto start = first_day(*parse_date("2024-01"));
    for (const auto& replicate : replicates) {
        tally.days.emplace_back(121);
        for (const auto& [day, trials] : replicate) {
            const auto since_start = (first_day(*parse_date(day)) - start).count();
            tally.days.back()[static_cast<std::size_t>(since_start)] = trials;
        }
    }
    return tally;
}

Forecast completed(std::uint64_t trials, const Done& llama, const Done& free = {{}}) {
    Forecast forecast = tallied(trials, {});
    forecast.completions = {done(0, llama), done(2, free)};
    return forecast;
}

std::vector<std::string> days_of(const TrainingVerdict& verdict) {
    std::vector<std::string> days;
    for (const auto& day : verdict.completed)
        days.push_back(day ? iso_day(*day) : "");
    return days;
}

double share_of(const std::string& members, std::uint64_t trials, const Done& llama) {
    const Scenario scenario =
        scenario_with(workloads + R"(,"checks":{"c":{"metric":"workloads.llama.)" + members + "}}");
    return judge(scenario, completed(trials, llama), {}).checks.front().holds.share;
}

// 10 trials in time, 20 a day late, 30 two weeks late; 40 are not done.
const Done late_ones{{{"2024-02-29", 10}, {"2024-03-01", 20}, {"2024-03-14", 30}}};

} // namespace

TEST_CASE("[S4] quantiles of a training's completion and of its weeks late are order statistics, "
          "not done coming last") {
    const auto trainings = judge(scenario_with(workloads), completed(100, late_ones),
                                 {0.1, 0.11, 0.3, 0.31, 0.6, 0.61})
                               .trainings;
    REQUIRE(trainings.size() == 2);
    const TrainingVerdict& llama = trainings.front();
    CHECK(llama.name == "llama");
    CHECK(days_of(llama) == std::vector<std::string>{"2024-02-29", "2024-03-01", "2024-03-01",
                                                     "2024-03-14", "2024-03-14", ""});
    CHECK(llama.weeks_late ==
          std::vector<std::optional<double>>{0, 1.0 / 7, 1.0 / 7, 2, 2, std::nullopt});
    CHECK(llama.has_due);
    CHECK(llama.not_reached == 0.4);
    CHECK(llama.late == 0.9);
}

TEST_CASE("a training without due is never late, and is told from the others by its place") {
    const Done free{{{"2024-01-01", 1}, {"2024-04-30", 3}}};
    const TrainingVerdict verdict =
        judge(scenario_with(workloads), completed(4, {{}}, free), {0.25, 1}).trainings.at(1);
    CHECK(verdict.name == "free");
    CHECK(days_of(verdict) == std::vector<std::string>{"2024-01-01", "2024-04-30"});
    CHECK_FALSE(verdict.has_due);
    CHECK(verdict.weeks_late.empty());
    CHECK(verdict.not_reached == 0);
    CHECK(verdict.late == 0);
}

TEST_CASE("of one trial a training has its day and its weeks, or none") {
    const auto of_one = [](const Done& llama) {
        return judge(scenario_with(workloads), completed(1, llama), {0.1, 0.5}).trainings.front();
    };
    const TrainingVerdict early = of_one({{{"2024-01-15", 1}}});
    CHECK(days_of(early) == std::vector<std::string>{"2024-01-15"});
    CHECK(early.weeks_late == std::vector<std::optional<double>>{0});
    CHECK(early.late == 0);
    const TrainingVerdict late = of_one({{{"2024-03-07", 1}}});
    CHECK(late.weeks_late == std::vector<std::optional<double>>{1});
    CHECK(late.late == 1);
    const TrainingVerdict never = of_one({{}});
    CHECK(days_of(never) == std::vector<std::string>{""});
    CHECK(never.weeks_late == std::vector<std::optional<double>>{std::nullopt});
    CHECK(never.not_reached == 1);
    CHECK(never.late == 1);
}

TEST_CASE("[S4] a check bounds a training's completion, one that is not done coming last") {
    CHECK(share_of(R"(completed","at_most":"2024-02")", 100, late_ones) == 0.1);
    CHECK(share_of(R"(completed","at_most":"2024-03-13")", 100, late_ones) == 0.3);
    CHECK(share_of(R"(completed","at_most":"2030-01")", 100, late_ones) == 0.6);
    CHECK(share_of(R"(completed","at_least":"2024-03")", 100, late_ones) == 0.9);
    CHECK(share_of(R"(completed","at_least":"2030-01")", 100, late_ones) == 0.4);
}

TEST_CASE("[S3] a check bounds weeks late within 1e-9 of the limit, not done being later than any "
          "number") {
    CHECK(share_of(R"(weeks_late","at_most":0)", 100, late_ones) == 0.1);
    CHECK(share_of(R"(weeks_late","at_most":1)", 100, late_ones) == 0.3);
    CHECK(share_of(R"(weeks_late","at_most":1.9999999985)", 100, late_ones) == 0.6); // 0.75e-9
    CHECK(share_of(R"(weeks_late","at_most":1.999999997)", 100, late_ones) == 0.3);  // 1.5e-9
    CHECK(share_of(R"(weeks_late","at_most":1e9)", 100, late_ones) == 0.6);
    CHECK(share_of(R"(weeks_late","at_least":0)", 100, late_ones) == 1);
    CHECK(share_of(R"(weeks_late","at_least":0.1)", 100, late_ones) == 0.9);
    CHECK(share_of(R"(weeks_late","at_least":2.0000000015)", 100, late_ones) == 0.7);
    CHECK(share_of(R"(weeks_late","at_least":2.000000003)", 100, late_ones) == 0.4);
    CHECK(share_of(R"(weeks_late","at_least":1e9)", 100, late_ones) == 0.4);
    CHECK(share_of(R"(weeks_late","between":[0.1,1])", 100, late_ones) == 0.2);
    CHECK(share_of(R"(weeks_late","between":[2,2])", 100, late_ones) == 0.3);
}

TEST_CASE("[R6] a check of a completion takes its error from the replicates") {
    Done halves; // 100 trials each: 40 in time, or all
    for (int i = 0; i < 8; ++i)
        halves.insert(halves.end(), {{{"2024-02-29", 40}}, {{"2024-01-01", 100}}});
    for (const char* limit :
         {R"("completed","at_most":"2024-02")", R"("weeks_late","at_most":0)"}) {
        const Scenario scenario =
            scenario_with(workloads + R"(,"checks":{"c":{"metric":"workloads.llama.)" +
                          std::string(limit).substr(1) + "}}");
        const Proportion holds = judge(scenario, completed(1600, halves), {}).checks.front().holds;
        CAPTURE(limit);
        CHECK(holds.share == Approx(0.7));
        CHECK(holds.se == Approx(0.3 / std::sqrt(15.0))); // each is 0.3 off
    }
}

TEST_CASE("checks of dates and weeks ask no condition, those of other outcomes do") {
    const Scenario scenario =
        scenario_with(milestone + "," + workloads +
                      R"(,"checks":{"a":{"metric":"workloads.llama.completed","at_most":"2024-02"},
                      "b":{"metric":"workloads.free.training_usd","at_most":5},
                      "c":{"metric":"workloads.llama.weeks_late","at_most":1},
                      "d":{"metric":"prepaid_usd","between":[1,2]},
                      "e":{"metric":"milestones.m","at_most":"2024-02"},
                      "f":{"metric":"paid_before_start_usd","at_least":0},
                      "g":{"metric":"due_after_end_usd","at_least":0},
                      "h":{"metric":"pending.s","at_most":1}})");
    const auto conditions = expectation_conditions(scenario, Plan{});
    REQUIRE(conditions.size() == 6);
    CHECK(conditions[0].metric == metric_named("owned"));
    const std::vector<OutcomeId> outcomes{{OutcomeKind::training_cost, 2},
                                          {OutcomeKind::prepaid, 0},
                                          {OutcomeKind::paid_before_start, 0},
                                          {OutcomeKind::due_after_end, 0},
                                          {OutcomeKind::pending, 0}};
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        CAPTURE(i);
        CHECK(conditions[i + 1].metric == nullptr);
        CHECK(conditions[i + 1].outcome == outcomes[i]);
        CHECK(conditions[i + 1].over == Condition::Over::all);
    }
    CHECK(conditions[1].high == Approx(5 + 5e-9).epsilon(1e-15));
    CHECK(conditions[2].low == Approx(1 - 1e-9).epsilon(1e-15));

    Forecast forecast = tallied(10, {{{0, 2, 0, 0}}, {{3}}, {{4}}, {{5}}, {{6}}, {{7}}});
    forecast.completions = {done(0, {{{"2024-02-01", 1}}}), done(2, {{}})};
    std::vector<double> shares;
    for (const CheckVerdict& check : judge(scenario, forecast, {}).checks)
        shares.push_back(check.holds.share);
    CHECK(shares == std::vector<double>{0.1, 0.3, 0.1, 0.4, 0.2, 0.5, 0.6, 0.7});
}

TEST_CASE("a condition looks at the team or the workload that its filter names") {
    const Scenario scenario = scenario_with(
        R"("workloads":{"a":{"kind":"reserved","h100e":1,"team":"red"},"b":{"kind":"reserved","h100e":1,"team":"blue"}},
        "milestones":{"m":{"metric":"served_h100e","team":"blue","at_least":1}},
        "checks":{"c":{"metric":"demand_h100e","workload":"b","at":"all","at_most":1}})");
    Plan plan;
    plan.teams = {"red", "blue"};
    plan.workloads.resize(2);
    plan.workloads[0].name = "a";
    plan.workloads[1].name = "b";
    const auto conditions = expectation_conditions(scenario, plan);
    REQUIRE(conditions.size() == 2);
    CHECK(conditions[0].group == Group{GroupBy::team, 1});
    CHECK(conditions[1].group == Group{GroupBy::workload, 1});
    CHECK(judge(scenario, tallied(1, {{{0, 0, 0, 0}}, {{1}}}), {}).checks.front().limit ==
          "demand_h100e of b at all at_most 1");
}
