// Hand-computed cases of rule [M9]: what is charged for hardware and sites, what is written off,
// and what is left in the books.
#include "mixed_plan.hpp"
#include "rules.hpp"

#include <numeric>

using namespace fleetcast::testing::rules;

namespace {

/// 10 units at 600 USD, all in January 2024.
std::string ten(const std::string& more) {
    return purchase("a", at_once("2024-01", "10") + R"(, "price_usd": 600)" + more);
}

std::string over(const std::string& months) { return R"(, "depreciation_months": )" + months; }

/// Opening units of 1,500 USD each.
std::string opening(const std::string& vintages, const std::string& more) {
    return installed("a", R"("vintages": {)" + vintages + R"(}, "price_usd": 1000,
                             "system_price_usd": 500)" +
                              more);
}

double sum(const Row& row) { return std::accumulate(row.figures.begin(), row.figures.end(), 0.0); }

} // namespace

TEST_CASE("[M9] a cost is charged evenly from its installation on") {
    const auto f = forecast(plan("2024-01", "2024-08", ten(over("6"))));
    CHECK(row(f, "depreciation_usd") == Row{{1000, 1000, 1000, 1000, 1000, 1000, 0, 0}});
    CHECK(row(f, "book_value_usd") == Row{{5000, 4000, 3000, 2000, 1000, 0, 0, 0}});
    CHECK(row(f, "writeoff_usd") == Row{{0, 0, 0, 0, 0, 0, 0, 0}});
}

TEST_CASE("[M9] the time to charge is 60 months, or that of `finance`, or the source's own") {
    const auto january = [](const std::string& own, const std::string& finance) {
        return forecast(plan("2024-01", "2024-01", ten(own), finance)).total("depreciation_usd", 0);
    };
    const std::string general = R"("finance": {"depreciation_months": 12})";
    CHECK(january("", "") == near(100));
    CHECK(january("", general) == near(500));
    CHECK(january(over("6"), general) == near(1000));
}

TEST_CASE("[M9] the period of installation is charged whole") {
    const auto f = forecast(
        plan("2024-01", "2024-02",
             purchase("a", at_once("2024-01-20", "10") + R"(, "price_usd": 600)" + over("6"))));
    CHECK(row(f, "depreciation_usd") == Row{{1000, 1000}});
}

TEST_CASE("[M9] a time that ends inside a period charges a part of it") {
    CHECK(row(forecast(plan("2024-01", "2024-04", ten(over("2.5")))), "depreciation_usd") ==
          Row{{2400, 2400, 1200, 0}});
    const auto at_once = forecast(plan("2024-01", "2024-02", ten(over("0.5"))));
    CHECK(row(at_once, "depreciation_usd") == Row{{6000, 0}});
    CHECK(row(at_once, "book_value_usd") == Row{{0, 0}});
}

TEST_CASE("[M9] however short the time is, a cost is charged once and whole") {
    for (const char* length : {"1e-6", "1e-12", "1e-17", "1e-300", "4e-324"}) {
        INFO(length);
        const auto bought =
            forecast(plan("2024-01", "2024-04",
                          purchase("a", even("2024-02", "2024-03", "20") + R"(, "price_usd": 200)" +
                                            over(length))));
        CHECK(row(bought, "depreciation_usd") == Row{{0, 2000, 2000, 0}});
        CHECK(row(bought, "book_value_usd") == Row{{0, 0, 0, 0}});
        const auto built =
            forecast(plan("2024-01", "2024-03", ten(""),
                          sites(R"("m": {"power": {"p": {"from": "2024-02", "critical_mw": 2}},
                                "build_usd_per_mw": 50})") +
                              R"(, "finance": {"site_depreciation_months": )" + length + "}"));
        CHECK(row(built, "source", "-", "depreciation_usd") == Row{{0, 100, 0}});
    }
}

TEST_CASE("[M9] every cohort has a time of its own") {
    // 2,000 USD a month for three months, each charged over two.
    const auto f = forecast(plan(
        "2024-01", "2024-05",
        purchase("a", even("2024-01", "2024-03", "30") + R"(, "price_usd": 200)" + over("2"))));
    CHECK(row(f, "depreciation_usd") == Row{{1000, 2000, 2000, 1000, 0}});
    CHECK(row(f, "book_value_usd") == Row{{1000, 1000, 1000, 0, 0}});
}

TEST_CASE("[M9] a week is charged by its length") {
    // 31 USD a day of January: four weeks and three days.
    const auto f = forecast(
        plan("2024-01-01", "2024-02-04",
             purchase("a", at_once("2024-01-01", "1") + R"(, "price_usd": 961)" + over("1")),
             R"("step": "week")"));
    CHECK(row(f, "depreciation_usd") == Row{{217, 217, 217, 217, 93}});
}

TEST_CASE("[M9] opening vintages are charged from their month on") {
    // Of 150,000: a half charged by the start; all but one month; all.
    const auto half =
        forecast(plan("2024-01", "2024-02", opening(R"("2023-07": 100)", over("12"))));
    CHECK(row(half, "depreciation_usd") == Row{{12500, 12500}});
    CHECK(row(half, "book_value_usd") == Row{{62500, 50000}});
    const auto rest =
        forecast(plan("2024-01", "2024-02", opening(R"("2023-02": 100)", over("12"))));
    CHECK(row(rest, "depreciation_usd") == Row{{12500, 0}});
    const auto none =
        forecast(plan("2024-01", "2024-02", opening(R"("2023-01": 100)", over("12"))));
    CHECK(row(none, "depreciation_usd") == Row{{0, 0}});
    CHECK(row(none, "book_value_usd") == Row{{0, 0}});
}

TEST_CASE("[M9] vintages may stand in any order") {
    // Per month 1,500 x 12 / 12 each: 2023-03 ends with February, 2023-01 is done.
    const auto f = forecast(
        plan("2024-01", "2024-03",
             opening(R"("2023-12": 12, "2023-01": 12, "2023-03": 12, "2023-02": 12)", over("12"))));
    CHECK(row(f, "depreciation_usd") == Row{{3 * 1500, 2 * 1500, 1500}});
    CHECK(row(f, "book_value_usd") == Row{{(10 + 1 + 0) * 1500, 9 * 1500, 8 * 1500}});
}

TEST_CASE("[M9] what retires before it is charged to the end is written off") {
    // Installed at -11, gone at 1: 12 of 24 months are charged.
    const auto f =
        forecast(plan("2024-01", "2024-03",
                      opening(R"("2023-02": 100)", R"(, "service_life_months": 12)" + over("24"))));
    CHECK(row(f, "depreciation_usd") == Row{{150000 / 24.0, 0, 0}});
    CHECK(row(f, "writeoff_usd") == Row{{0, 75000, 0}});
    CHECK(row(f, "book_value_usd") == Row{{75000, 0, 0}});
}

TEST_CASE("[M9] what retires after it is charged to the end has no book value") {
    const auto f =
        forecast(plan("2024-01", "2024-04", ten(R"(, "service_life_months": 3)" + over("2"))));
    CHECK(row(f, "retired") == Row{{0, 0, 0, 10}});
    CHECK(row(f, "depreciation_usd") == Row{{3000, 3000, 0, 0}});
    CHECK(row(f, "writeoff_usd") == Row{{0, 0, 0, 0}});
}

TEST_CASE("[M9] of several cohorts the one that retires is written off") {
    // 2,000 a month, charged over 4, gone after 3: April, May and June write off a quarter of one.
    const auto f =
        forecast(plan("2024-01", "2024-07",
                      purchase("a", even("2024-01", "2024-03", "30") + R"(, "price_usd": 200,
                                                                "service_life_months": 3)" +
                                        over("4"))));
    CHECK(row(f, "writeoff_usd") == Row{{0, 0, 0, 500, 500, 500, 0}});
    CHECK(row(f, "depreciation_usd") == Row{{500, 1000, 1500, 1000, 500, 0, 0}});
    CHECK(row(f, "book_value_usd") == Row{{1500, 2500, 3000, 1500, 500, 0, 0}});
}

TEST_CASE("[M9] what attrition takes is written off at its book value at the first moment") {
    // 15,000 over 10 months, one of them gone by the start.
    const double kept = std::pow(0.25, 1.0 / 12);
    const auto f = forecast(
        plan("2024-01", "2024-02",
             opening(R"("2023-12": 10)", R"(, "annual_attrition_share": 0.75)" + over("10"))));
    CHECK(row(f, "writeoff_usd") == Row{{13500 * (1 - kept), 12000 * kept * (1 - kept)}});
    CHECK(row(f, "depreciation_usd") == Row{{1500 * kept, 1500 * kept * kept}});
    CHECK(row(f, "book_value_usd") == Row{{12000 * kept, 10500 * kept * kept}});
}

TEST_CASE("[M9] the books hold however little attrition leaves") {
    // A millionth is left after three years.
    const auto f = forecast(
        plan("2024-01", "2027-12", purchase("a", at_once("2024-01", "10") + R"(, "price_usd": 1e14,
                                                 "annual_attrition_share": 0.99)")));
    for (const int month : {0, 12, 36, 40, 47}) {
        INFO("month " << month);
        const double left = 1e15 * std::pow(0.01, month / 12.0);
        const auto period = static_cast<std::size_t>(month);
        CHECK(f.total("depreciation_usd", period) == near(left / 60));
        CHECK(f.total("book_value_usd", period) == near(left * (59 - month) / 60));
    }
}

TEST_CASE("[M9] what gives way to a refresh is written off at its book value") {
    // b needs 60 kW of the full 100: 60 of a's units leave, 11 of 24 months charged.
    const auto f = forecast(
        plan("2024-01", "2024-02",
             opening(R"("2023-02": 100)", over("24")) + ", " +
                 big_purchase("b", within("2024-01", "30") + R"(, "replaces": {"source": "a"})"),
             sites(site("m", "0.1"))));
    CHECK(row(f, "writeoff_usd") == Row{{90000 * 13 / 24.0, 0}});
    CHECK(row(f, "depreciation_usd") == Row{{60000 / 24.0, 60000 / 24.0}});
    CHECK(row(f, "book_value_usd") == Row{{60000 * 12 / 24.0, 60000 * 11 / 24.0}});
}

TEST_CASE("[M9] units that a refresh takes in their first period are written off whole") {
    const auto f = forecast(plan(
        "2024-01", "2024-01",
        purchase("a", at_once("2024-01", "100") + R"(, "price_usd": 100)" + over("24")) + ", " +
            big_purchase("b", within("2024-01", "30") + R"(, "replaces": {"source": "a"})"),
        sites(site("m", "0.1"))));
    CHECK(f.total("writeoff_usd", 0) == near(6000));
    CHECK(f.total("depreciation_usd", 0) == near(4000 / 24.0));
    CHECK(f.total("book_value_usd", 0) == near(4000 * 23 / 24.0));
}

TEST_CASE("[M9] the warehouse is in the books and is not charged") {
    // Delivered in January, powered in February.
    const std::string fields = R"(, "price_usd": 600)" + over("6");
    const auto f =
        forecast(plan("2024-01", "2024-03", purchase("a", at_once("2024-01", "10") + fields),
                      sites(R"("m": {"power": {"p": {"from": "2024-02",
                                                                "critical_mw": 1}}})")));
    CHECK(row(f, "depreciation_usd") == Row{{0, 1000, 1000}});
    CHECK(row(f, "book_value_usd") == Row{{6000, 5000, 4000}});
    CHECK(f.of("site", "m", "book_value_usd", 0) == near(0));
    CHECK(f.of("site", "-", "book_value_usd", 0) == near(6000));
}

TEST_CASE("[M9] a cohort takes its share of the warehouse at moving average cost") {
    // January: 10 at 100, 5 installed. February: 5 at 100 and 10 at 200 average 2,500 / 15.
    const auto f =
        forecast(plan("2024-01", "2024-02",
                      purchase("a", even("2024-01", "2024-02", "20") + over("10") +
                                        R"(, "price_usd": {"points": {"2024-01": 100,
                                                                      "2024-02": 200}})"),
                      sites(R"("m": {"power": {"p": {"from": "2024-01", "critical_mw": 0.005},
                                 "q": {"from": "2024-02", "critical_mw": 0.005}}})")));
    const double second = 5 * 2500.0 / 15;
    CHECK(row(f, "depreciation_usd") == Row{{50, 50 + second / 10}});
    CHECK(row(f, "book_value_usd") == Row{{450 + 500, 400 + second * 0.9 + 2500 * 10.0 / 15}});
}

TEST_CASE("[M9] build cost is charged over `site_depreciation_months`") {
    // p stands; q comes in February, slips within it and is charged from its first moment on.
    const auto f =
        forecast(plan("2024-01", "2024-04", installed("a", R"("vintages": {"2023-01": 1})"),
                      sites(R"("m": {"build_usd_per_mw": 1000, "power": {
                          "p": {"from": "2024-01", "critical_mw": 9},
                          "q": {"from": "2024-02", "critical_mw": 0.5}}})") +
                          R"(, "finance": {"site_depreciation_months": 2.5})"));
    CHECK(row(f, "capex_usd") == Row{{0, 500, 0, 0}});
    CHECK(row(f, "depreciation_usd") == Row{{0, 200, 200, 100}});
    CHECK(row(f, "book_value_usd") == Row{{0, 300, 100, 0}});
    CHECK(f.of("site", "m", "depreciation_usd", 1) == near(200));
    CHECK(f.of("source", "-", "depreciation_usd", 1) == near(200));
}

TEST_CASE("[M9] build cost is charged over 240 months unless it is said") {
    const auto f =
        forecast(plan("2024-01", "2024-03", installed("a", R"("vintages": {"2023-01": 1})"),
                      sites(R"("m": {"build_usd_per_mw": 1000, "power": {
                                     "q": {"from": "2024-02", "critical_mw": 0.6}}})")));
    CHECK(row(f, "depreciation_usd") == Row{{0, 2.5, 2.5}});
}

TEST_CASE("[M9] capital is charged on what is in the books at the first moment") {
    // 21 % a year; nothing on what is delivered or built in the period itself.
    const double month = std::pow(1.21, 1.0 / 12) - 1;
    const auto f = forecast(
        plan("2024-01", "2024-04",
             opening(R"("2023-07": 10)", over("12")) + ", " +
                 purchase("b", at_once("2024-02", "5") + R"(, "price_usd": 100, "sites": ["n"])"),
             sites(R"("m": {"build_usd_per_mw": 1000, "power": {
                          "q": {"from": "2024-02", "critical_mw": 1}}},
                      "n": {"power": {}})") +
                 R"(, "finance": {"discount_rate_share": 0.21, "site_depreciation_months": 10})"));
    CHECK(
        row(f, "capital_charge_usd") ==
        Row{{7500 * month, 6250 * month, (5000 + 500 + 900) * month, (3750 + 500 + 800) * month}});
    CHECK(f.of("source", "b", "capital_charge_usd", 2) == near(500 * month));
    CHECK(f.of("site", "-", "capital_charge_usd", 2) == near(500 * month));
    CHECK(f.of("source", "-", "capital_charge_usd", 2) == near(900 * month));
}

TEST_CASE("[M9] capital costs nothing without a discount rate") {
    CHECK(row(forecast(plan("2024-01", "2024-02", ten(""))), "capital_charge_usd") == Row{{0, 0}});
}

TEST_CASE("[M9] the capital charge of a week goes by its length") {
    const auto f =
        forecast(plan("2024-01-01", "2024-01-14", opening(R"("2023-07": 10)", over("12")),
                      R"("step": "week", "finance": {"discount_rate_share": 0.21})"));
    CHECK(f.total("capital_charge_usd", 0) == near(7500 * (std::pow(1.21, 7.0 / 31 / 12) - 1)));
}

TEST_CASE("[M9] a source without a price is nothing in the books") {
    const auto f = forecast(plan("2024-01", "2024-02", purchase("a", at_once("2024-01", "10"))));
    for (const auto* metric : {"depreciation_usd", "writeoff_usd", "book_value_usd"})
        CHECK(row(f, metric) == Row{{0, 0}});
}

TEST_CASE("[M9] cost at delivery and opening book value are charged, written off or in the books") {
    const auto f = forecast(mixed_plan(R"("finance": {"depreciation_months": 14,
                                                      "site_depreciation_months": 4})"));
    // base: 60 at -11 and 90 at -7, of 100 USD.
    const double before = 60 * 100 * 3 / 14.0 + 90 * 100 * 7 / 14.0;
    const double charged = sum(row(f, "depreciation_usd")), lost = sum(row(f, "writeoff_usd"));
    CHECK(lost > 0);
    CHECK(charged > 0);
    CHECK(before + sum(row(f, "capex_usd")) ==
          near(f.total("book_value_usd", f.periods() - 1) + charged + lost));
}
