// Hand-computed cases of rule [P4]: when an increment of power is in effect.
#include "rules.hpp"

using namespace fleetcast::testing::rules;

namespace {

/// The power of a site with these increments and fields, by period; one unit of load.
Row power(const std::string& end, const std::string& increments, const std::string& more = "") {
    return row(forecast(plan("2024-01", end, purchase("a", within("2024-01", "1")),
                             sites(R"("m": {"power": {)" + increments + "}" + more + "}"))),
               "site", "m", "power_mw");
}

} // namespace

TEST_CASE("[P4] an increment is in effect from the first period that begins at or after its date") {
    CHECK(power("2024-03", R"("p": {"from": "2024-02", "critical_mw": 1},
                              "q": {"from": "2024-02-15", "critical_mw": 2},
                              "r": {"from": "2024-03-01", "critical_mw": 4})") ==
          Row{{0, 1, 1 + 2 + 4}});
}

TEST_CASE("[P4] an increment's own delay and the site's delay come on top of its date") {
    // p: 1 + 0.6 + 0.5 = 2.1, April. q: 1 + 0.5 = 1.5, March. r: 1 + 0.5 + 0.5 = 2, March.
    CHECK(power("2024-04",
                R"("p": {"from": "2024-02", "critical_mw": 1, "delay_months": 0.6},
                   "q": {"from": "2024-02", "critical_mw": 2},
                   "r": {"from": "2024-02", "critical_mw": 4, "delay_months": 0.5})",
                R"(, "delay_months": 0.5)") == Row{{0, 0, 2 + 4, 1 + 2 + 4}});
}

TEST_CASE("[P4] a negative delay brings an increment forward") {
    CHECK(power("2024-03", R"("p": {"from": "2024-03", "critical_mw": 1, "delay_months": -1})") ==
          Row{{0, 1, 1}});
    // 1 - 1.5 < 0: it stands already.
    CHECK(power("2024-02", R"("p": {"from": "2024-02", "critical_mw": 1})",
                R"(, "delay_months": -1.5)") == Row{{1, 1}});
}

TEST_CASE("[P4] what is dated by the start without a delay of its own stands already") {
    CHECK(power("2024-02", R"("p": {"from": "2024-01", "critical_mw": 1},
                              "q": {"from": "2023-06", "critical_mw": 2})",
                R"(, "delay_months": 9)") == Row{{3, 3}});
}

TEST_CASE("[P4] what is dated by the start with a delay of its own stands if due before it") {
    // Site's delay 2. p: 0 + 1 + 2 = 3. q: -3 + 2 + 2 = 1. r: -5 + 2 + 2 = -1, stands already.
    CHECK(power("2024-04",
                R"("p": {"from": "2024-01", "critical_mw": 1, "delay_months": 1},
                   "q": {"from": "2023-10", "critical_mw": 2, "delay_months": 2},
                   "r": {"from": "2023-08", "critical_mw": 4, "delay_months": 2})",
                R"(, "delay_months": 2)") == Row{{4, 4 + 2, 4 + 2, 4 + 2 + 1}});
}

TEST_CASE("[P4] increments may overtake each other") {
    CHECK(power("2024-04",
                R"("first": {"from": "2024-02", "critical_mw": 1, "delay_months": 2},
                   "second": {"from": "2024-03", "critical_mw": 2})") == Row{{0, 0, 2, 2 + 1}});
}

TEST_CASE("[P4] units wait for an increment and are installed when it comes") {
    const auto f =
        forecast(plan("2024-01", "2024-03", purchase("a", within("2024-01", "100")),
                      sites(R"("m": {"power": {"p": {"from": "2024-01-20", "critical_mw": 0.03},
                                 "q": {"from": "2024-03", "critical_mw": 0.05}}})")));
    CHECK(row(f, "installed") == Row{{0, 30, 50}});
    CHECK(row(f, "warehoused") == Row{{100, 70, 20}});
}

TEST_CASE("[P4] in weeks an increment waits for the next week") {
    const auto f = forecast(plan("2024-01", "2024-01-28", purchase("a", within("2024-01", "1")),
                                 sites(R"("m": {"power": {
                                           "p": {"from": "2024-01-09", "critical_mw": 1}}})") +
                                     R"(, "step": "week")"));
    CHECK(row(f, "site", "m", "power_mw") == Row{{0, 0, 1, 1}});
}
