// Hand-computed cases of rule [T1]: months, days, weeks, hours, series, and dates at an edge.
#include "rules.hpp"

using namespace fleetcast::testing::rules;

namespace {

/// 1,000 units of 1 kW that draw all of it: 1 MW, so energy in MWh is hours.
std::string one_megawatt(const std::string& vintage) {
    return installed("a", R"("vintages": {")" + vintage + R"(": 1000})");
}

/// Energy cost of that megawatt with this price.
fleetcast::testing::Figures priced(const std::string& end, const std::string& electricity) {
    return forecast(plan("2024-01", end, one_megawatt("2023-01"),
                         sites(R"("m": {"pue": 1, "load_share": 1, "electricity_usd_per_mwh": )" +
                               electricity + "}")));
}

const std::string one_megawatt_named_b = installed("b", R"("vintages": {"2023-01": 1000})");
const std::string weekly = R"("step": "week")";

} // namespace

TEST_CASE("[T1] every calendar month has length 1, whatever its days") {
    const auto f =
        forecast(plan("2024-01", "2024-04", purchase("a", even("2024-01", "2024-04", "400"))));
    CHECK(f.periods() == 4);
    CHECK(f.period(1) == "2024-02-01");
    CHECK(row(f, "delivered") == Row{{100, 100, 100, 100}});
}

TEST_CASE("[T1] the days of a date are linear inside their month") {
    // From 15/31 to 3: 78 units over 78/31 months are 31 a month; January has 16/31 of one.
    const auto f =
        forecast(plan("2024-01", "2024-03", purchase("a", even("2024-01-16", "2024-03", "78"))));
    CHECK(row(f, "delivered") == Row{{16, 31, 31}});
}

TEST_CASE("[T1] a day that ends something is counted whole") {
    // From 0 to 1 + 15/29 = 44/29 months: 44 units are 29 a month.
    const auto f =
        forecast(plan("2024-01", "2024-03", purchase("a", even("2024-01", "2024-02-15", "44"))));
    CHECK(row(f, "delivered") == Row{{29, 15, 0}});
}

TEST_CASE("[T1] weeks are runs of 7 days that cross months, the last cut at the end") {
    // 899 = 31 x 29 units a month: 29 a day in January, 31 a day in February 2024.
    const auto f = forecast(
        plan("2024-01", "2024-02", purchase("a", even("2024-01", "2024-02", "1798")), weekly));
    REQUIRE(f.periods() == 9); // 60 days = 8 weeks and 4 days
    CHECK(f.period(4) == "2024-01-29");
    CHECK(f.period(8) == "2024-02-26");
    const double january = 7 * 29, february = 7 * 31;
    CHECK(row(f, "delivered") == Row{{january, january, january, january, 3 * 29 + 4 * 31, february,
                                      february, february, 4 * 31}});
}

TEST_CASE("[T1] with weeks the start may be any day, with months the first of one") {
    // From 28/31 of January to 1 + 11/29: 3/31 + 11/29 = 428/899 months.
    const auto source = purchase("a", even("2024-01-29", "2024-02-11", "428"));
    const auto f = forecast(plan("2024-01-29", "2024-02-11", source, weekly));
    CHECK(row(f, "delivered") == Row{{3 * 29 + 4 * 31, 7 * 31}});
    CHECK_THROWS(forecast(plan("2024-01-29", "2024-02-11", source)));
}

TEST_CASE("[T1] a period has its true calendar hours, leap years included") {
    const auto full = sites(R"("m": {"pue": 1, "load_share": 1})");
    CHECK(row(forecast(plan("2024-01", "2024-03", one_megawatt("2023-01"), full)), "energy_mwh") ==
          Row{{31 * 24, 29 * 24, 31 * 24}});
    CHECK(row(forecast(plan("2023-01", "2023-03", one_megawatt("2022-01"), full)), "energy_mwh") ==
          Row{{31 * 24, 28 * 24, 31 * 24}});
    CHECK(row(forecast(plan("2100-01", "2100-03", one_megawatt("2099-01"), full)), "energy_mwh") ==
          Row{{31 * 24, 28 * 24, 31 * 24}});
    const auto weeks =
        forecast(plan("2024-02", "2024-02", one_megawatt("2023-01"), full + ", " + weekly));
    CHECK(row(weeks, "energy_mwh") == Row{{168, 168, 168, 168, 24}});
}

TEST_CASE("[T1] the last month is cut at the end") {
    const auto f =
        forecast(plan("2024-01", "2024-02-15",
                      purchase("a", even("2024-01", "2024-02", "58")) + ", " + one_megawatt_named_b,
                      sites(R"("m": {"pue": 1, "load_share": 1})")));
    CHECK(row(f, "source", "a", "delivered") == Row{{29, 29.0 * 15 / 29}});
    CHECK(f.outcome("pending.a") == near(14));
    CHECK(f.of("source", "b", "energy_mwh", 1) == near(15 * 24));
}

TEST_CASE("[T1] a series of steps is evaluated at the first moment of a period") {
    // The price of 15 February holds from March on; before the first point its value holds.
    const auto f = priced("2024-04", R"({"points": {"2024-02": 100, "2024-02-15": 200}})");
    CHECK(row(f, "energy_usd") == Row{{744 * 100, 696 * 100, 744 * 200, 720 * 200}});
}

TEST_CASE("[T1] a linear series is evaluated at the first moment of a period") {
    const auto f =
        priced("2024-04", R"({"points": {"2024-01": 100, "2024-03": 300}, "between": "linear"})");
    CHECK(row(f, "energy_usd") == Row{{744 * 100, 696 * 200, 744 * 300, 720 * 300}});
}

TEST_CASE("[T1] a series grows by its yearly rate from the start, or from its base") {
    const auto f = priced("2025-01", R"({"start": 100, "growth_per_year": 0.21})");
    CHECK(f.total("energy_usd", 0) == near(744 * 100));
    CHECK(f.total("energy_usd", 6) == near(744 * 100 * 1.1)); // 1.21^(6/12)
    CHECK(f.total("energy_usd", 12) == near(744 * 100 * 1.21));
    const auto based =
        priced("2024-01", R"({"start": 100, "growth_per_year": 0.21, "base": "2023-01"})");
    CHECK(based.total("energy_usd", 0) == near(744 * 100 * 1.21));
}

TEST_CASE("[T1] a date used as an end belongs to the period whose last moment it is") {
    const auto f = forecast(plan("2024-01", "2024-03", one_megawatt("2023-01"),
                                 R"("costs": {"last-of-january": {"usd": 1, "at": "2024-01-31"},
                                              "first-of-february": {"usd": 10, "at": "2024-02-01"},
                                              "february": {"usd": 100, "at": "2024-02"}})"));
    CHECK(row(f, "other_usd") == Row{{1, 110, 0}});
}

TEST_CASE("[T1] times closer than 1e-9 months are equal") {
    // Both are due within 1e-10 of 1 February: one a little before, one a little after.
    const auto f =
        forecast(plan("2024-01", "2024-02",
                      purchase("a", at_once("2024-01", "10") + R"(, "delay_months": 0.9999999999)"),
                      sites(R"("m": {"power": {"p": {"from": "2024-01", "critical_mw": 5,
                                       "delay_months": 1.0000000001}}})")));
    CHECK(row(f, "delivered") == Row{{0, 10}});
    CHECK(row(f, "site", "m", "power_mw") == Row{{0, 5}});
}

TEST_CASE("[T1] a date on the first day of a week belongs to that week") {
    const auto f =
        forecast(plan("2024-01", "2024-02-11", purchase("a", at_once("2024-02-05", "10")),
                      sites(R"("m": {"power": {"p": {"from": "2024-02-05", "critical_mw": 5}}})") +
                          ", " + weekly));
    CHECK(row(f, "delivered") == Row{{0, 0, 0, 0, 0, 10}});
    CHECK(row(f, "site", "m", "power_mw") == Row{{0, 0, 0, 0, 0, 5}});
}
