// Hand-computed cases of rules [S3] and [S4]: checks, milestones, pending units.
#include "rules.hpp"

using namespace fleetcast::testing::rules;

namespace {

/// 100 units a month for four months at one site, and these checks and milestones.
fleetcast::testing::Figures judged(const std::string& rest) {
    return forecast(plan("2024-01", "2024-04",
                         purchase("a", even("2024-01", "2024-03", "300")) + ", " +
                             purchase("b", within("2024-04", "100")),
                         rest));
}

std::string verdict(const std::string& check) {
    return judged(R"("checks": {"it": {)" + check + "}}").verdict("it");
}

std::string date(const std::string& milestone) {
    return judged(R"("milestones": {"it": {)" + milestone + "}}").outcome_date("milestones.it");
}

} // namespace

TEST_CASE("[S3] a check compares with a slack of 1e-9 of its limit") {
    const std::string owned = R"("metric": "owned", "at": "2024-03", )"; // 300
    CHECK(verdict(owned + R"("at_least": 300.0000002)") == "pass");      // 300 x 1e-9 = 3e-7
    CHECK(verdict(owned + R"("at_least": 300.000001)") == "fail");
    CHECK(verdict(owned + R"("at_most": 299.9999998)") == "pass");
    CHECK(verdict(owned + R"("at_most": 299.999999)") == "fail");
    CHECK(verdict(owned + R"("between": [300.0000002, 400])") == "pass");
    CHECK(verdict(owned + R"("between": [300.000001, 400])") == "fail");
    CHECK(verdict(owned + R"("between": [200, 299.9999998])") == "pass");
    CHECK(verdict(owned + R"("between": [200, 299.999999])") == "fail");
}

TEST_CASE("[S3] a milestone compares with the same slack") {
    CHECK(date(R"("metric": "owned", "at_least": 200.0000001)") == "2024-02-29");
    CHECK(date(R"("metric": "owned", "at_least": 200.000001)") == "2024-03-31");
}

TEST_CASE("[S3] a check looks at the period that holds its date") {
    CHECK(verdict(R"("metric": "owned", "at": "2024-02-01", "at_least": 200)") == "pass");
    CHECK(verdict(R"("metric": "owned", "at": "2024-01-31", "at_least": 200)") == "fail");
}

TEST_CASE("[S3] a check may ask for every period or for some period") {
    CHECK(verdict(R"("metric": "delivered", "at": "all", "at_least": 100)") == "pass");
    CHECK(verdict(R"("metric": "owned", "at": "all", "at_least": 200)") == "fail");
    CHECK(verdict(R"("metric": "owned", "at": "any", "at_least": 400)") == "pass");
    CHECK(verdict(R"("metric": "owned", "at": "any", "at_least": 401)") == "fail");
}

TEST_CASE("[S3] a check may look at one member, and at years") {
    CHECK(verdict(R"("metric": "owned", "source": "a", "at": "2024-04", "at_least": 301)") ==
          "fail");
    CHECK(verdict(R"("metric": "owned", "at": "2024-04", "at_least": 301)") == "pass");
    const std::string year = R"("metric": "delivered", "at": "2024-04", "at_least": 400)";
    CHECK(verdict(year + R"(, "every": "year")") == "pass");
    CHECK(verdict(year) == "fail");
}

TEST_CASE("[S3] a failed check of severity `warn` is a warning") {
    const std::string owned = R"("metric": "owned", "at": "2024-03", "severity": "warn", )";
    CHECK(verdict(owned + R"("at_least": 500)") == "warn");
    CHECK(verdict(owned + R"("at_least": 300)") == "pass");
}

TEST_CASE("[S4] a milestone is met on the last day of the first period in which it holds") {
    CHECK(date(R"("metric": "owned", "at_least": 150)") == "2024-02-29");
    CHECK(date(R"("metric": "owned", "at_least": 0)") == "2024-01-31");
    CHECK(date(R"("metric": "owned", "source": "b", "at_least": 1)") == "2024-04-30");
    CHECK(date(R"("metric": "delivered", "source": "a", "at_most": 0)") == "2024-04-30");
}

TEST_CASE("[S4] a milestone that is not reached has no date, and is later than every date") {
    const std::string never = R"("milestones": {"it": {"metric": "owned", "at_least": 401}}, )";
    const auto f = judged(never + R"("checks": {"it": {"metric": "milestones.it",
                                                       "at_most": "2199-12"}})");
    CHECK(f.outcome_date("milestones.it").empty());
    CHECK(f.verdict("it") == "fail");
}

TEST_CASE("[S4] a check may bound a milestone's date, by the last day of a month or by a day") {
    const auto met = [](const std::string& by) {
        return judged(R"("milestones": {"it": {"metric": "owned", "at_least": 200}},
                         "checks": {"it": {"metric": "milestones.it", "at_most": ")" +
                      by + R"("}})")
            .verdict("it");
    };
    CHECK(met("2024-02") == "pass"); // 29 February
    CHECK(met("2024-02-29") == "pass");
    CHECK(met("2024-02-28") == "fail");
    CHECK(met("2024-01") == "fail");
}

TEST_CASE("[S4] in weeks a milestone is met on the last day of its week, the last one cut") {
    const auto met = [](const std::string& at_least) {
        return forecast(plan("2024-02", "2024-02", purchase("a", even("2024-02", "2024-02", "29")),
                             R"("step": "week", "milestones": {"it": {"metric": "owned",
                                "at_least": )" +
                                 at_least + "}}"))
            .outcome_date("milestones.it");
    };
    CHECK(met("8") == "2024-02-14"); // a unit a day
    CHECK(met("29") == "2024-02-29");
}

TEST_CASE("[S4] pending units are what is still to come when the horizon ends") {
    const auto f = forecast(plan("2024-01", "2024-02",
                                 purchase("a", even("2024-01", "2024-06", "60")) + ", " +
                                     purchase("b", within("2024-01", "5")) + ", " +
                                     purchase("c", at_once("2030-01", "9"))));
    CHECK(f.outcome("pending.a") == near(40));
    CHECK(f.outcome("pending.b") == near(0));
    CHECK(f.outcome("pending.c") == near(9));
}

TEST_CASE("[S4] a check may bound pending units") {
    CHECK(verdict(R"("metric": "pending.a", "at_most": 0)") == "pass");
    CHECK(verdict(R"("metric": "pending.a", "at_least": 1)") == "fail");
}
