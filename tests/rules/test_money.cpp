// Hand-computed cases of rule [M7]: what is spent, and on what.
#include "rules.hpp"

using namespace fleetcast::testing::rules;

namespace {

/// 1 MW at 1 MWh an hour, 50 USD a MWh.
const std::string megawatt = installed("a", R"("vintages": {"2023-01": 1000})");
const std::string full_load = R"("pue": 1, "load_share": 1, "electricity_usd_per_mwh": 50)";

/// 100 opening units at 1,000 + 500 USD; until 1 February when `life` is 12.
std::string valued(const std::string& life, const std::string& more) {
    return installed("a", R"("vintages": {"2023-02": 100}, "price_usd": 1000,
                             "system_price_usd": 500, "service_life_months": )" +
                              life + more);
}

Row rent(const std::string& to, const std::string& rate, const std::string& more = "") {
    return row(forecast(plan("2024-01", "2024-04",
                             lease("a", R"("units": 100, "from": "2024-02", "to": ")" + to +
                                            R"(", "rate_usd_per_hour": )" + rate + more))),
               "lease_usd");
}

} // namespace

TEST_CASE("[M7] capex is the cost of units delivered, installed or not") {
    const auto f = forecast(plan("2024-01", "2024-02",
                                 purchase("a", within("2024-01", "10") + R"(, "price_usd": 7)"),
                                 sites(R"("m": {"power": {}})")));
    CHECK(row(f, "capex_usd") == Row{{10 * 7, 0}});
}

TEST_CASE("[M7] build cost falls due when an increment comes into effect") {
    // p stands by the start, q is due at 1 - 3 < 0: sunk. r has a delay of its own and is due at
    // -1 + 1 = 0, the first moment: January. s comes in February, t in March at a cost of its own.
    const auto f = forecast(
        plan("2024-01", "2024-04", megawatt, sites(R"("m": {"build_usd_per_mw": 100, "power": {
                                     "p": {"from": "2024-01", "critical_mw": 9},
                                     "q": {"from": "2024-02", "critical_mw": 9, "delay_months": -3},
                                     "r": {"from": "2023-12", "critical_mw": 0.1,
                                           "delay_months": 1},
                                     "s": {"from": "2024-02", "critical_mw": 0.5},
                                     "t": {"from": "2024-02-10", "critical_mw": 0.5,
                                           "build_usd_per_mw": 400},
                                     "u": {"from": "2024-05", "critical_mw": 9}}})")));
    CHECK(row(f, "capex_usd") == Row{{0.1 * 100, 0.5 * 100, 0.5 * 400, 0}});
}

TEST_CASE("[M7] energy costs its site's price, 70 USD a MWh when nothing is said") {
    const auto priced =
        forecast(plan("2024-01", "2024-02", megawatt, sites(R"("m": {"pue": 1, "load_share": 1,
                                                     "electricity_usd_per_mwh": {"points": {
                                                         "2024-01": 50, "2024-02": -10}}})")));
    CHECK(row(priced, "energy_usd") == Row{{744 * 50, 696 * -10}});
    const auto usual = forecast(
        plan("2024-01", "2024-01", megawatt, sites(R"("m": {"pue": 1, "load_share": 1})")));
    CHECK(usual.total("energy_usd", 0) == near(744 * 70));
}

TEST_CASE("[M7] maintenance is a month's share of the cost of the units in service at the end") {
    const auto f = forecast(
        plan("2024-01", "2024-02", valued("12", R"(, "maintenance_share_per_year": 0.12)")));
    CHECK(row(f, "maintenance_usd") == Row{{0.01 * 100 * 1500, 0}}); // retired in February
    const auto lossy =
        forecast(plan("2024-01", "2024-01", valued("99", R"(, "maintenance_share_per_year": 0.12,
                                                       "annual_attrition_share": 0.75)")));
    CHECK(lossy.total("maintenance_usd", 0) == near(0.01 * 100 * 1500 * std::pow(0.25, 1.0 / 12)));
    const auto weeks = forecast(plan("2024-01-01", "2024-01-14",
                                     valued("99", R"(, "maintenance_share_per_year": 0.12)"),
                                     R"("step": "week")"));
    CHECK(weeks.total("maintenance_usd", 0) == near(0.01 * 100 * 1500 * 7 / 31));
}

TEST_CASE("[M7] colocation is paid on the power in effect, used or not") {
    const std::string increments = R"("power": {"p": {"from": "2024-01", "critical_mw": 2},
                                                "q": {"from": "2024-02", "critical_mw": 1}})";
    const auto f = forecast(plan(
        "2024-01", "2024-02-15", megawatt,
        sites(R"("m": {"colocation_usd_per_kw_month": 10, )" + increments + R"(}, "free": {})")));
    CHECK(row(f, "colocation_usd") == Row{{10 * 2000, 10 * 3000 * 15.0 / 29}});
    CHECK(f.of("site", "free", "colocation_usd", 0) == near(0));
}

TEST_CASE("[M7] a lease costs its rate in every calendar hour of it") {
    // The whole of February, then 15 days of March, though it is not in service at the end of it.
    CHECK(rent("2024-03-15", "2") == Row{{0, 100 * 2 * 696, 100 * 2 * 15 * 24, 0}});
    CHECK(rent("2024-03", R"({"points": {"2024-02": 2, "2024-03": 3}})") ==
          Row{{0, 100 * 2 * 696, 100 * 3 * 744, 0}});
    // From 1.5 to 2.5: half of February, half of March.
    CHECK(rent("2024-02", "2", R"(, "delay_months": 0.5)") ==
          Row{{0, 100 * 2 * 348, 100 * 2 * 372, 0}});
}

TEST_CASE("[M7] the cost of a design is even from `nre_from` to `nre_to`, whatever the delay") {
    const auto f = forecast(plan("2024-01", "2024-04",
                                 source("in-house", "chip",
                                        within("2024-01", "1") +
                                            R"(, "delay_months": 2, "nre_usd": 300,
                                               "nre_from": "2024-02", "nre_to": "2024-04")")));
    CHECK(row(f, "nre_usd") == Row{{0, 100, 100, 100}});
}

TEST_CASE("[M7] other costs: a sum in the period that holds its date, a month's share by length") {
    // 31 a month from 15/31: 16 in January; 29 a month until 15/29 of February: 15.
    const auto f = forecast(plan("2024-01", "2024-03", megawatt,
                                 R"("costs": {
                                     "once": {"usd": 500, "at": "2024-03-10"},
                                     "late": {"usd_per_month": 31, "from": "2024-01-16"},
                                     "early": {"usd_per_month": 29, "to": "2024-02-15"},
                                     "steps": {"usd_per_month": {"points": {
                                         "2024-01": 1000, "2024-02": 2000}}}})"));
    CHECK(row(f, "other_usd") == Row{{16 + 29 + 1000, 31 + 15 + 2000, 31 + 2000 + 500}});
}

TEST_CASE("[M7] resale is a share of the cost of the units retired") {
    CHECK(row(forecast(plan("2024-01", "2024-02", valued("12", R"(, "resale_share": 0.1)"))),
              "resale_usd") == Row{{0, 0.1 * 100 * 1500}});
    // Of what attrition left.
    CHECK(row(forecast(plan("2024-01", "2024-02", valued("12", R"(, "resale_share": 0.1,
                                             "annual_attrition_share": 0.75)"))),
              "resale_usd") == Row{{0, 0.1 * 100 * 1500 * std::pow(0.25, 1.0 / 12)}});
}

TEST_CASE("[M7] units that a refresh retires are resold") {
    const auto f = forecast(
        plan("2024-01", "2024-01",
             valued("99", R"(, "resale_share": 0.1)") + ", " +
                 big_purchase("b", within("2024-01", "30") + R"(, "replaces": {"source": "a"})"),
             sites(site("m", "0.1"))));
    CHECK(f.total("resale_usd", 0) == near(0.1 * 60 * 1500));
}

TEST_CASE("[M7] opex is the sum of its six parts, cost is capex and opex less resale") {
    const auto f = forecast(
        plan("2024-01", "2024-02",
             valued("12", R"(, "resale_share": 0.1, "maintenance_share_per_year": 0.12)") + ", " +
                 lease("rented", R"("units": 1, "from": "2024-01", "to": "2024-02",
                               "rate_usd_per_hour": 2)") +
                 ", " + source("in-house", "chip", within("2024-02", "10") + R"(, "price_usd": 30,
                "nre_usd": 600, "nre_from": "2024-01", "nre_to": "2024-02")"),
             sites(R"("m": {"colocation_usd_per_kw_month": 5, "power": {
                     "p": {"from": "2024-01", "critical_mw": 0.2}}, )" +
                   full_load + "}") +
                 R"(, "costs": {"setup": {"usd": 7, "at": "2024-01"}})"));
    // Energy: 0.1 MW in January; in February the old are gone and 0 to 10 units stand, 5 kW.
    const double january = 0.1 * 744 * 50 + 0.01 * 100 * 1500 + 5 * 200 + 2 * 744 + 300 + 7;
    const double february = 0.005 * 696 * 50 + 0 + 5 * 200 + 2 * 696 + 300 + 0;
    CHECK(row(f, "opex_usd") == Row{{january, february}});
    const double bought = 10 * 30, resold = 0.1 * 100 * 1500;
    CHECK(row(f, "cost_usd") == Row{{january, bought + february - resold}});
    CHECK(row(f, "cum_cost_usd") == Row{{january, january + bought + february - resold}});
}
