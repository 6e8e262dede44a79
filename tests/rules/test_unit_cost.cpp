// Hand-computed cases of rule [M6]: what a unit costs.
#include "rules.hpp"

using namespace fleetcast::testing::rules;

namespace {

/// Hardware bought by quarter's end 2024-03, by period.
Row capex(const std::string& fields) {
    return row(forecast(plan("2024-01", "2024-03", purchase("a", fields))), "capex_usd");
}

/// Prices by points joined by lines.
std::string rising(const std::string& points) {
    return R"(, "price_usd": {"points": {)" + points + R"(}, "between": "linear"})";
}

const std::string steps = R"(, "price_usd": {"points": {"2023-11": 50, "2024-01": 100,
                                                        "2024-02": 200}},
                               "system_price_usd": {"points": {"2023-11": 5, "2024-01": 10}})";

} // namespace

TEST_CASE("[M6] a delivered unit costs the price at the start of the period") {
    CHECK(capex(even("2024-01", "2024-03", "30") + rising(R"("2024-01": 100, "2024-03": 300)")) ==
          Row{{10 * 100, 10 * 200, 10 * 300}});
}

TEST_CASE("[M6] the system price is added") {
    // 100 + 10, then 200 + 10 from February on.
    CHECK(capex(even("2024-01", "2024-03", "30") + steps) == Row{{10 * 110, 10 * 210, 10 * 210}});
}

TEST_CASE("[M6] slipping does not change the price agreed") {
    CHECK(capex(even("2024-01", "2024-03", "30") + R"(, "delay_months": 1)" +
                rising(R"("2024-01": 100, "2024-03": 300)")) == Row{{0, 10 * 100, 10 * 200}});
    // A month early: January brings two months' units at the price of 0 + 1.
    CHECK(capex(even("2024-01", "2024-03", "30") + R"(, "delay_months": -1)" +
                rising(R"("2024-01": 100, "2024-03": 300)")) == Row{{20 * 200, 10 * 300, 0}});
}

TEST_CASE("[M6] a delivery's price is not taken before the start") {
    // Ten a month from -2, two months late: priced at -2, -1 and 0, that is at 0.
    CHECK(capex(even("2023-11", "2024-01", "30") + R"(, "delay_months": 2)" +
                rising(R"("2023-11": 0, "2024-01": 200, "2024-03": 400)")) ==
          Row{{10 * 200, 10 * 200, 10 * 200}});
}

TEST_CASE("[M6] a delivery's price is not taken after the end") {
    // Due in June (5), four months early: February, priced at 1 + 4 = 5, that is at the end, 3.
    CHECK(capex(within("2024-06", "10") + R"(, "delay_months": -4)" +
                rising(R"("2024-01": 100, "2024-06": 600)")) == Row{{0, 10 * 400, 0}});
}

TEST_CASE("[M6] an ordered unit costs the price at `ordered`, even before the start") {
    // Ordered at 50 + 5; due at -2 + 2, and a month late.
    CHECK(capex(R"("orders": {"po": {"ordered": "2023-11", "units": 10, "lead_time_months": 2}},
                   "delay_months": 1)" +
                steps) == Row{{0, 10 * 55, 0}});
}

TEST_CASE("[M6] an order without `ordered` costs the price at `arrives`, even before the start") {
    // 200 + 10 at 1 February, though it slips to March; 50 + 5 in December.
    CHECK(capex(at_once("2024-02", "10") + R"(, "delay_months": 1)" + steps) ==
          Row{{0, 0, 10 * 210}});
    CHECK(capex(at_once("2023-12", "10") + steps) == Row{{10 * 55, 0, 0}});
}

TEST_CASE("[M6] an order's own price stands for the price, the system price of then is added") {
    CHECK(capex(R"("orders": {
                       "a": {"ordered": "2023-11", "units": 10, "lead_time_months": 2.5,
                             "price_usd": 70},
                       "b": {"ordered": "2024-01", "units": 4, "lead_time_months": 0}})" +
                steps) == Row{{5 * (70 + 5) + 4 * (100 + 10), 5 * (70 + 5), 0}});
}

TEST_CASE("[M6] the warehouse holds a source's units at moving average cost") {
    // January: 10 at 100, 5 of them installed. February: 5 at 100 and 10 at 200 average
    // 2,500 / 15; 5 of those are installed. A month's maintenance is 0.12 / 12 of the cost.
    const auto f =
        forecast(plan("2024-01", "2024-02",
                      purchase("a", even("2024-01", "2024-02", "20") +
                                        R"(, "maintenance_share_per_year": 0.12,
                             "price_usd": {"points": {"2024-01": 100, "2024-02": 200}})"),
                      sites(R"("m": {"power": {"p": {"from": "2024-01", "critical_mw": 0.005},
                                 "q": {"from": "2024-02", "critical_mw": 0.005}}})")));
    CHECK(row(f, "maintenance_usd") == Row{{5 * 100 * 0.01, (5 * 100 + 5 * 2500.0 / 15) * 0.01}});
}

TEST_CASE("[M6] every source has a warehouse and an average of its own") {
    const auto bought = [](const std::string& name, const std::string& price) {
        return purchase(name, within("2024-01", "10") + R"(, "maintenance_share_per_year": 0.12,
                                                           "price_usd": )" +
                                  price);
    };
    const auto f =
        forecast(plan("2024-01", "2024-01", bought("a", "100") + ", " + bought("b", "300"),
                      sites(site("m", "0.015"))));
    CHECK(f.of("source", "a", "maintenance_usd", 0) == near(10 * 100 * 0.01));
    CHECK(f.of("source", "b", "maintenance_usd", 0) == near(5 * 300 * 0.01));
}

TEST_CASE("[M6] opening units cost price and system price at the start") {
    const auto f = forecast(plan("2024-01", "2024-02",
                                 installed("a", R"("vintages": {"2023-11": 10},
                                                   "maintenance_share_per_year": 0.12)" +
                                                    steps)));
    CHECK(row(f, "maintenance_usd") == Row{{10 * 110 * 0.01, 10 * 110 * 0.01}});
    CHECK(row(f, "capex_usd") == Row{{0, 0}}); // paid long ago
    CHECK(row(forecast(plan("2024-01", "2024-01", installed("a", R"("vintages": {"2023-11": 10},
                                              "maintenance_share_per_year": 0.12)"))),
              "maintenance_usd") == Row{{0}});
}
