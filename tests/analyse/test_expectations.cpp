// Milestones and checks: what may be asked, and what the figures say to it.
#include "support/catch.hpp"
#include "validate/plans.hpp"

#include <utility>
#include <vector>

using namespace fleetcast::testing;

namespace {

/// 100 units a month through 2024, each 1,000 USD, and 10 more that stand; at two sites.
std::string plan_with(const std::string& more) {
    return scenario_with(
        R"("chips":{"kind":"purchase","accelerator":"nvidia-h100-sxm","deliveries":{"units":1200,"from":"2024-01","to":"2024-12"},"price_usd":1000},
           "old":{"kind":"installed","h100e":1,"kw_per_unit":1,"vintages":{"2023-06":10}},
           "late":{"kind":"purchase","h100e":1,"kw_per_unit":1,"orders":{"po":{"units":30,"arrives":"2025-06"}}})",
        R"("sites":{"hall":{"power":{"one":{"from":"2024-01","critical_mw":100}}},"open":{}},)" +
            more);
}
std::string check(const std::string& members) {
    return errors(plan_with("\"checks\":{\"c\":{" + members + "}}"));
}
std::string milestone(const std::string& members) {
    return errors(plan_with("\"milestones\":{\"m\":{" + members + "}}"));
}
std::string verdict(const std::string& members, const std::string& more = "") {
    return forecast(plan_with("\"checks\":{\"c\":{" + members + "}}" + more)).verdict("c");
}

} // namespace

TEST_CASE("a check needs a metric, one limit and a time") {
    CHECK(check(R"("metric":"owned","at":"2024-12","at_least":1)") == "");
    CHECK(check(R"("at":"2024-12","at_least":1)") == "checks.c: needs \"metric\"");
    CHECK(check(R"("metric":"owned","at":"2024-12")") ==
          "checks.c: needs one of \"at_least\", \"at_most\" and \"between\"");
    CHECK(check(R"("metric":"owned","at":"2024-12","at_least":1,"at_most":2)") ==
          "checks.c: takes only one of \"at_least\", \"at_most\" and \"between\"");
    CHECK(check(R"("metric":"owned","at_least":1)") ==
          "checks.c: needs \"at\": a date, \"all\" or \"any\"");
    CHECK(check(R"("metric":"owned","at":"soon","at_least":1)") ==
          "checks.c.at: must be a date, \"all\" or \"any\", got \"soon\"");
    CHECK(check(R"("metric":"owned","at":"2024-12","between":[1])") ==
          "checks.c.between: takes 2 numbers, got 1");
    CHECK(check(R"("metric":"owned","at":"2024-12","between":[2,1])") ==
          "checks.c.between: the first number must not be above the second");
    CHECK(check(R"("metric":"owned","at":"2024-12","between":[2,2])") == "");
    CHECK(check(R"("metric":"owned","at":"2024-12","at_least":"2024-12")") ==
          "checks.c.at_least: must be a number, got a date");
    CHECK(check(R"("metric":"owned","at":"all","at_least":1,"every":"month")") ==
          "checks.c.every: must be one of period, quarter, year, got \"month\"");
    CHECK(check(R"("metric":"owned","at":"all","at_least":1,"severity":"warning")") ==
          "checks.c.severity: must be one of error, warn, got \"warning\"");
}

TEST_CASE("a milestone needs a metric and one limit, and takes no time") {
    CHECK(milestone(R"("metric":"owned","at_least":1)") == "");
    CHECK(milestone(R"("metric":"owned")") == "milestones.m: needs \"at_least\" or \"at_most\"");
    CHECK(milestone(R"("metric":"owned","at_least":1,"at_most":1)") ==
          "milestones.m: takes \"at_least\" or \"at_most\", not both");
    CHECK(milestone(R"("at_least":1)") == "milestones.m: needs \"metric\"");
    CHECK(milestone(R"("metric":"owned","at_least":1,"at":"2024-12")") ==
          "milestones.m.at: unknown key");
    CHECK(milestone(R"("metric":"milestones.m","at_least":1)") ==
          "milestones.m.metric: milestones.m is one figure of a whole run: a milestone waits for a "
          "metric of periods");
}

TEST_CASE("fault 70: an unknown metric is refused with a suggestion") {
    CHECK(check(R"("metric":"ownd","at":"2024-12","at_least":1)") ==
          "checks.c.metric: unknown metric \"ownd\"");
    CHECK(hint(plan_with(R"("checks":{"c":{"metric":"ownd","at":"2024-12","at_least":1}})")) ==
          "did you mean \"owned\"?");
    CHECK(hint(plan_with(R"("checks":{"c":{"metric":"pending.chip","at_least":1}})")) ==
          "did you mean \"pending.chips\"?");
    CHECK(milestone(R"("metric":"","at_least":1)") == "milestones.m.metric: unknown metric \"\"");
}

TEST_CASE("at most one filter, and it names a member") {
    const std::string base = R"("metric":"owned","at":"2024-12","at_least":1)";
    CHECK(check(base + R"(,"source":"chips")") == "");
    CHECK(check(base + R"(,"site":"hall")") == "");
    CHECK(check(base + R"(,"accelerator":"nvidia-h100-sxm")") == "");
    CHECK(check(base + R"(,"source":"chips","site":"hall")") ==
          "checks.c: takes at most one of \"source\", \"site\", \"accelerator\", \"team\" and "
          "\"workload\"");
    CHECK(check(base + R"(,"source":"chip")") == "checks.c.source: unknown source \"chip\"");
    CHECK(check(base + R"(,"site":"hal")") == "checks.c.site: unknown site \"hal\"");
    CHECK(check(base + R"(,"accelerator":"nvidia-b200")") ==
          "checks.c.accelerator: no source has the accelerator \"nvidia-b200\"");
    CHECK(hint(plan_with(R"("checks":{"c":{)" + base + R"(,"site":"hal"}})")) ==
          "did you mean \"hall\"?");
    CHECK(
        errors(purchase_with(
            "",
            R"("checks":{"c":{"metric":"in_service","at":"2024-12","at_least":1,"site":"everywhere"}})")) ==
        "");
}

TEST_CASE("fault 70: a time outside the horizon, and a figure that is empty there, are bad input") {
    const auto at = [](const std::string& date) {
        return check(R"("metric":"owned","at_least":0,"at":")" + date + "\"");
    };
    for (const char* date : {"2023-12", "2025-01", "2025-01-01", "2023-12-31"})
        CHECK(at(date) == "checks.c.at: " + std::string(date) +
                              " lies outside the horizon, 2024-01-01 to 2024-12-31");
    for (const char* date : {"2024-01", "2024-12", "2024-01-01", "2024-12-31"})
        CHECK(at(date) == "");
    CHECK(check(R"("metric":"headroom_mw","at":"2024-03","at_least":0,"site":"open")") ==
          "checks.c.metric: headroom_mw has no figure in the period of 2024-03-01");
    CHECK(check(R"("metric":"headroom_mw","at":"2024-03","at_least":0,"site":"hall")") == "");
    for (const char* time : {"all", "any"})
        CHECK(check(std::string(R"("metric":"hours_between_failures","at_least":0,"at":")") + time +
                    "\"") ==
              "checks.c.metric: hours_between_failures has no figure in the period of 2024-01-01");
}

TEST_CASE("a check holds at a date, in every period or in some, by either limit, within 1e-9 of it "
          "[S3]") {
    const std::vector<std::pair<std::string, bool>> cases = {
        {R"("at":"2024-06","at_least":600)", true},
        {R"("at":"2024-06","at_least":600.0000005)", true}, // 0.8e-9 of it
        {R"("at":"2024-06","at_least":600.000001)", false}, // 1.7e-9
        {R"("at":"2024-06","at_most":599.9999995)", true},
        {R"("at":"2024-06","at_most":599.999999)", false},
        {R"("at":"2024-06","between":[600,600])", true},
        {R"("at":"2024-06","between":[500,599])", false},
        {R"("at":"2024-06-15","at_most":600)", true}, // the period that holds the day
        {R"("at":"2024-06-15","at_least":600)", true},
        {R"("at":"all","at_least":100)", true},
        {R"("at":"all","at_least":101)", false},
        {R"("at":"all","at_most":1200)", true},
        {R"("at":"all","between":[100,1199])", false},
        {R"("at":"any","at_least":1200)", true},
        {R"("at":"any","at_least":1201)", false},
        {R"("at":"any","at_most":100)", true},
        {R"("at":"any","at_most":99)", false},
    };
    for (const auto& [limit, holds] : cases) {
        CAPTURE(limit);
        CHECK(verdict(R"("metric":"acquired","source":"chips",)" + limit) ==
              (holds ? "pass" : "fail"));
        CHECK(verdict(R"("metric":"acquired","source":"chips","severity":"warn",)" + limit) ==
              (holds ? "pass" : "warn"));
        CHECK(verdict(R"("metric":"acquired","source":"chips","probability":1,)" + limit) ==
              (holds ? "pass" : "fail"));
    }
}

TEST_CASE("every year and every quarter compare sums of flows and stocks at the end") {
    const std::string chips = R"("metric":"delivered","source":"chips",)";
    CHECK(verdict(chips + R"("every":"year","at":"2024-12","at_least":1200)") == "pass");
    CHECK(verdict(chips + R"("every":"year","at":"2024-03","between":[1199,1201])") ==
          "pass"); // the year that holds March
    CHECK(verdict(chips + R"("every":"quarter","at":"all","between":[299.9,300.1])") == "pass");
    CHECK(verdict(chips + R"("every":"period","at":"any","at_least":101)") == "fail");
    CHECK(verdict(R"("metric":"capex_usd","every":"year","at":"all","at_most":1200000)") == "pass");
    CHECK(verdict(R"("metric":"capex_usd","every":"year","at":"all","at_most":1199000)") == "fail");
    CHECK(
        verdict(
            R"("metric":"acquired","source":"chips","every":"quarter","at":"any","between":[899,901])") ==
        "pass");
    // A financial year from July: 600 in each.
    CHECK(verdict(chips + R"("every":"year","at":"all","between":[599,601])",
                  R"(,"finance":{"year_starts":"07"})") == "pass");
}

TEST_CASE("a milestone is met on the last day of the first period in which it holds [S4]") {
    const auto met = [](const std::string& members) {
        return forecast(plan_with("\"milestones\":{\"m\":{" + members + "}}"))
            .outcome_date("milestones.m");
    };
    CHECK(met(R"("metric":"acquired","source":"chips","at_least":600)") == "2024-06-30");
    CHECK(met(R"("metric":"acquired","source":"chips","at_least":601)") == "2024-07-31");
    CHECK(met(R"("metric":"acquired","source":"chips","at_least":1201)") == "");
    CHECK(met(R"("metric":"acquired","source":"chips","at_most":100)") == "2024-01-31");
    CHECK(met(R"("metric":"acquired","at_least":0)") == "2024-01-31");
    CHECK(met(R"("metric":"hours_between_failures","at_least":0)") == ""); // never a figure
}

TEST_CASE("a check may ask an outcome: a milestone by date, pending units by number") {
    const std::string june =
        R"(,"milestones":{"m":{"metric":"acquired","source":"chips","at_least":600},"never":{"metric":"owned","at_least":1e9}})";
    const auto asks = [&](const std::string& members) { return verdict(members, june); };
    CHECK(asks(R"("metric":"milestones.m","at_most":"2024-06")") == "pass");
    CHECK(asks(R"("metric":"milestones.m","at_most":"2024-06-29")") == "fail");
    CHECK(asks(R"("metric":"milestones.m","at_least":"2024-06-30")") == "pass");
    CHECK(asks(R"("metric":"milestones.m","at_least":"2024-07")") == "fail");
    CHECK(asks(R"("metric":"milestones.never","at_most":"2024-12")") == "fail");
    CHECK(asks(R"("metric":"milestones.never","at_least":"2024-12")") ==
          "pass"); // later than every date
    CHECK(asks(R"("metric":"pending.late","at_most":29)") == "fail");
    CHECK(asks(R"("metric":"pending.late","between":[30,30])") == "pass");
    CHECK(asks(R"("metric":"pending.chips","at_most":0)") == "pass");

    const auto wrong = [&](const std::string& members) {
        return errors(plan_with("\"checks\":{\"c\":{" + members + "}}" + june));
    };
    CHECK(wrong(R"("metric":"milestones.m","at_most":5)") ==
          "checks.c.at_most: must be a date: the outcome is one");
    CHECK(wrong(R"("metric":"milestones.m","between":[1,2])") ==
          "checks.c.between: takes numbers, but the outcome is a date: use at_least or at_most");
    CHECK(wrong(R"("metric":"pending.late","at_most":"2024-06")") ==
          "checks.c.at_most: must be a number, got a date");
    CHECK(wrong(R"("metric":"pending.late","at_most":1,"at":"2024-06")") ==
          "checks.c.at: does not go with an outcome, which is one figure of a run");
    CHECK(wrong(R"("metric":"pending.late","at_most":1,"every":"year")") ==
          "checks.c.every: does not go with an outcome, which is one figure of a run");
    CHECK(wrong(R"("metric":"pending.late","at_most":1,"source":"late")") ==
          "checks.c: an outcome takes no filter");
    CHECK(wrong(R"("metric":"pending.old","at_most":1)") ==
          "checks.c.metric: unknown metric \"pending.old\"");
    CHECK(wrong(R"("metric":"milestones.x","at_most":"2024-06")") ==
          "checks.c.metric: unknown metric \"milestones.x\"");
    CHECK(wrong(R"("metric":"milestones.m","at_most":"2024-13")")
              .starts_with("checks.c.at_most: must be a date such as"));
}

TEST_CASE("checks ask figures of a team and of a workload, and trainings for their day and cost") {
    // 100 H100s through 2024, of which a claim at priority 1 takes 40. The training asks for all,
    // gets 60, and is done when half of the year is over: 182 days to 30 June.
    const double flop = 60 * 989.5e12 * 0.5 * 182 * 86'400;
    const auto asks = [&](const std::string& members) {
        return forecast(
                   scenario_with(
                       R"("chips":{"kind":"installed","accelerator":"nvidia-h100-sxm","vintages":{"2023-06":100}})",
                       R"("accelerators":{"nvidia-h100-sxm":{"bf16_tflops":989.5}},"workloads":{
                               "claim":{"kind":"reserved","team":"research","h100e":40},
                               "run":{"kind":"training","team":"models","priority":2,"mfu_share":0.5,"max_h100e":100,
                                      "due":"2024-06-16","flop":)" +
                           std::to_string(flop) + R"(}},"checks":{"c":{)" + members + "}}"))
            .verdict("c");
    };
    const std::string in_may = R"(,"at":"2024-05",)";
    CHECK(asks(R"("metric":"served_h100e","team":"models")" + in_may + R"("between":[60,60])") ==
          "pass");
    CHECK(asks(R"("metric":"served_h100e","workload":"claim")" + in_may + R"("between":[40,40])") ==
          "pass");
    CHECK(asks(R"("metric":"shortfall_h100e","workload":"run")" + in_may +
               R"("between":[40,40])") == "pass");
    CHECK(asks(R"("metric":"demand_h100e","team":"models","at":"2024-08","at_most":0)") == "pass");
    CHECK(asks(R"("metric":"workloads.run.completed","at_most":"2024-06-30")") == "pass");
    CHECK(asks(R"("metric":"workloads.run.completed","at_most":"2024-06-29")") == "fail");
    CHECK(asks(R"("metric":"workloads.run.weeks_late","between":[2,2])") == "pass");
    CHECK(asks(R"("metric":"workloads.run.weeks_late","at_most":1.99)") == "fail");
    CHECK(asks(R"("metric":"workloads.run.training_usd","at_least":1)") == "pass"); // electricity
    CHECK(asks(R"("metric":"paid_before_start_usd","at_most":0)") == "pass");
    CHECK(asks(R"("metric":"prepaid_usd","at_least":1)") == "fail");
}

TEST_CASE("a figure that has no meaning in its group is refused before a run, one that is empty "
          "after it") {
    const std::string inference =
        R"("workloads":{"chat":{"kind":"inference","tokens_per_day":0,"flop_per_token":1e9,"mfu_share":0.3}},)";
    const auto asks = [&](const std::string& members) {
        return errors(plan_with(inference + R"("checks":{"c":{"at":"2024-03","at_least":0,)" +
                                members + "}}"));
    };
    CHECK(asks(R"("metric":"owned","workload":"chat")") ==
          "checks.c.metric: owned has no figure by workload: it has one in total and by source, "
          "site, accelerator");
    CHECK(asks(R"("metric":"usd_per_million_tokens","workload":"chat")") ==
          "checks.c.metric: usd_per_million_tokens has no figure in the period of 2024-03-01");
    CHECK(asks(R"("metric":"demand_h100e","workload":"chat")") == "");
}
