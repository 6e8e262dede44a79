// Hand-computed cases of rule [P4]: what is installed where, in which order, how fast.
#include "rules.hpp"

using namespace fleetcast::testing::rules;

TEST_CASE("[P4] units are installed as far as power goes, the rest waits in the warehouse") {
    const auto f =
        forecast(plan("2024-01", "2024-03", purchase("a", even("2024-01", "2024-03", "300")),
                      sites(site("m", "0.15"))));
    CHECK(row(f, "installed") == Row{{100, 50, 0}});
    CHECK(row(f, "warehoused") == Row{{0, 50, 150}});
}

TEST_CASE("[P4] sources are installed in file order, in every period anew") {
    // January: 150 places. February: 20 more; 10 new units of a go before the 50 of b that wait.
    const auto f = forecast(
        plan("2024-01", "2024-02",
             purchase("a", R"("deliveries": {"schedule": {"2024-01": 100, "2024-02": 10}})") +
                 ", " + purchase("b", within("2024-01", "100")),
             sites(R"("m": {"power": {"p": {"from": "2024-01", "critical_mw": 0.15},
                                 "q": {"from": "2024-02", "critical_mw": 0.02}}})")));
    CHECK(row(f, "source", "a", "installed") == Row{{100, 10}});
    CHECK(row(f, "source", "b", "installed") == Row{{50, 10}});
}

TEST_CASE("[P4] a source takes its sites in its own order, or in file order") {
    const auto f = forecast(
        plan("2024-01", "2024-01",
             purchase("a", within("2024-01", "100") + R"(, "sites": ["second", "first"])") + ", " +
                 purchase("b", within("2024-01", "30")),
             sites(site("first", "0.05") + ", " + site("second", "0.06") + R"(, "third": {})")));
    // a: 60 at second, 40 at first. b: the 10 left at first, then 20 at third.
    CHECK(f.of("site", "second", "installed", 0) == near(60));
    CHECK(f.of("site", "first", "installed", 0) == near(40 + 10));
    CHECK(f.of("site", "third", "installed", 0) == near(20));
}

TEST_CASE("[P4] headroom is power less the reserve, and a unit takes its provisioned power") {
    // 200 kW x (1 - 0.25) = 150 kW; a unit is set aside 2 kW x 0.75 = 1.5 kW.
    const auto f = forecast(plan("2024-01", "2024-01", big_purchase("a", within("2024-01", "150")),
                                 sites(site("m", "0.2", R"("reserve_share": 0.25,
                                                           "provisioning_share": 0.75)"))));
    CHECK(f.total("installed", 0) == near(100));
    CHECK(f.total("warehoused", 0) == near(50));
}

TEST_CASE("[P4] an overfull site has no headroom, and no less than none") {
    // 150 stand on 100 kW. Of the increment's 80 kW, 50 make up for them.
    const auto f =
        forecast(plan("2024-01", "2024-02",
                      installed("old", R"("vintages": {"2023-01": 150})") + ", " +
                          purchase("a", within("2024-01", "100")),
                      sites(R"("m": {"power": {"p": {"from": "2024-01", "critical_mw": 0.1},
                                 "q": {"from": "2024-02", "critical_mw": 0.08}}})")));
    CHECK(row(f, "site", "m", "headroom_mw") == Row{{0, 0}});
    CHECK(row(f, "installed") == Row{{0, 180 - 150}});
}

TEST_CASE("[P4] a site without increments has no power, a site without `power` no limit") {
    const auto bought = purchase("a", within("2024-01", "100"));
    CHECK(forecast(plan("2024-01", "2024-01", bought, sites(R"("m": {"power": {}})")))
              .total("installed", 0) == near(0));
    CHECK(forecast(plan("2024-01", "2024-01", bought, sites(R"("m": {})"))).total("installed", 0) ==
          near(100));
}

TEST_CASE("[P4] a site installs no more than its rate, and the unused rate does not add up") {
    const auto rate = sites(R"("m": {"install_units_per_month": 100})");
    CHECK(row(forecast(plan("2024-01", "2024-03", purchase("a", within("2024-01", "250")), rate)),
              "installed") == Row{{100, 100, 50}});
    CHECK(row(forecast(plan("2024-01", "2024-03", purchase("a", within("2024-02", "250")), rate)),
              "installed") == Row{{0, 100, 100}});
}

TEST_CASE("[P4] the sources share a site's install rate in file order") {
    const auto f = forecast(
        plan("2024-01", "2024-02",
             purchase("a", within("2024-01", "60")) + ", " + purchase("b", within("2024-01", "60")),
             sites(R"("m": {"install_units_per_month": 100})")));
    CHECK(row(f, "source", "a", "installed") == Row{{60, 0}});
    CHECK(row(f, "source", "b", "installed") == Row{{40, 20}});
}

TEST_CASE("[P4] every site has an install rate of its own") {
    const auto f = forecast(plan("2024-01", "2024-02", purchase("a", within("2024-01", "260")),
                                 sites(R"("m": {"install_units_per_month": 100},
                                          "n": {"install_units_per_month": 50})")));
    CHECK(row(f, "site", "m", "installed") == Row{{100, 100}});
    CHECK(row(f, "site", "n", "installed") == Row{{50, 10}});
}

TEST_CASE("[P4] the install rate of a period is by its length in months") {
    // 899 = 31 x 29 a month: 29 a day in January, 31 in February 2024; the last week has 4 days.
    const auto f =
        forecast(plan("2024-01", "2024-02", purchase("a", at_once("2024-01", "5000")),
                      sites(R"("m": {"install_units_per_month": 899})") + R"(, "step": "week")"));
    CHECK(row(f, "installed") == Row{{203, 203, 203, 203, 3 * 29 + 4 * 31, 217, 217, 217, 4 * 31}});
}

TEST_CASE("[P4] a delivered unit can be powered after its commissioning") {
    // C(x1 - 0.5), 100 a month from 0 to 2: 50, 150, 200.
    const auto f = forecast(plan(
        "2024-01", "2024-03",
        purchase("a", even("2024-01", "2024-02", "200") + R"(, "commissioning_months": 0.5)")));
    CHECK(row(f, "delivered") == Row{{100, 100, 0}});
    CHECK(row(f, "installed") == Row{{50, 100, 50}});
    CHECK(row(f, "warehoused") == Row{{50, 50, 0}});
}

TEST_CASE("[P4] commissioning comes on top of delay, and counts before the start") {
    const auto late = forecast(plan("2024-01", "2024-03",
                                    purchase("a", within("2024-01", "100") +
                                                      R"(, "commissioning_months": 1,
                                                         "delay_months": 1)")));
    CHECK(row(late, "delivered") == Row{{0, 100, 0}});
    CHECK(row(late, "installed") == Row{{0, 0, 100}});
    // Due at -1, ready at 0: before the end of January.
    const auto due =
        forecast(plan("2024-01", "2024-02",
                      purchase("a", at_once("2023-12", "100") + R"(, "commissioning_months": 1)")));
    CHECK(row(due, "installed") == Row{{100, 0}});
}

TEST_CASE("[P4] a unit ready at the first moment of a period is installed in that period") {
    const auto f =
        forecast(plan("2024-01", "2024-02",
                      purchase("a", at_once("2024-01", "100") + R"(, "commissioning_months": 1)")));
    CHECK(row(f, "installed") == Row{{0, 100}});
}

TEST_CASE("[P4] each step goes over all sources: what a later source retires gives room") {
    // February 2023 is -11: its 12 months end at 1.
    const auto f = forecast(plan("2024-01", "2024-02",
                                 purchase("a", within("2024-01", "50")) + ", " +
                                     installed("old", R"("vintages": {"2023-02": 100},
                                                         "service_life_months": 12)"),
                                 sites(site("m", "0.1"))));
    CHECK(row(f, "source", "a", "installed") == Row{{0, 50}});
}

TEST_CASE("[P4] what attrition takes gives room in the same period") {
    const auto f = forecast(plan("2024-01", "2024-01",
                                 purchase("a", within("2024-01", "50")) + ", " +
                                     installed("old", R"("vintages": {"2023-02": 100},
                                                         "annual_attrition_share": 0.75)"),
                                 sites(site("m", "0.1"))));
    CHECK(f.of("source", "a", "installed", 0) == near(100 * (1 - std::pow(0.25, 1.0 / 12))));
}

TEST_CASE("[P4] a site that lists accelerators takes no other, and no source without one") {
    const auto f = forecast(
        plan("2024-01", "2024-01",
             R"("amd": {"kind": "purchase", "accelerator": "amd-mi300x", "kw_per_unit": 1, )" +
                 within("2024-01", "10") +
                 R"(}, "nvidia": {"kind": "purchase", "accelerator": "nvidia-h100-sxm", )" +
                 within("2024-01", "20") + "}, " + purchase("nameless", within("2024-01", "40")),
             sites(R"("choosy": {"accelerators": ["nvidia-h100-sxm"]}, "any": {})")));
    CHECK(f.of("site", "choosy", "installed", 0) == near(20));
    CHECK(f.of("site", "any", "installed", 0) == near(10 + 40));
}

TEST_CASE("[P4] what rounding leaves of a delivery is not installed at the next site") {
    // Commissioned units less those installed are 0 but for their last digits; site n has room.
    for (int tenths = 1; tenths < 30; ++tenths) {
        INFO(tenths);
        const auto f = forecast(plan("2027-01", "2028-06",
                                     purchase("a", even("2027-01-05", "2028-12", "869") +
                                                       R"(, "commissioning_months": 0.5,
                           "annual_attrition_share": 0.03, "delay_months": )" +
                                                       std::to_string(tenths / 10.0)),
                                     sites(R"("m": {}, "n": {"pue": 1.1})")));
        for (std::size_t period = 0; period < f.periods(); ++period)
            CHECK(f.of("site", "n", "in_service", period) == 0);
    }
}
