// Hand-computed cases of rule [M10]: what an hour of an accelerator costs.
#include "rules.hpp"

using namespace fleetcast::testing::rules;

namespace {

/// A site whose power costs nothing.
const std::string free_power = sites(R"("m": {"electricity_usd_per_mwh": 0})");

/// 100 opening units of 1,200 USD each, charged over 12 months: 10,000 a month.
std::string hundred(const std::string& more) {
    return installed("a", R"("vintages": {"2023-12": 100}, "price_usd": 1200,
                             "depreciation_months": 12)" +
                              more);
}

double january(const std::string& sources, const std::string& metric = "tco_usd_per_gpu_hour") {
    return forecast(plan("2024-01", "2024-01", sources, free_power)).total(metric, 0);
}

} // namespace

TEST_CASE("[M10] an hour costs what is charged over the hours available") {
    const auto f = forecast(plan("2024-01", "2024-02", hundred(""), free_power));
    CHECK(row(f, "tco_usd_per_gpu_hour") == Row{{10000.0 / 74400, 10000.0 / 69600}});
}

TEST_CASE("[M10] spares and repair give no hours") {
    CHECK(january(hundred(R"(, "spares_share": 0.2)")) == near(10000.0 / (80 * 744)));
    // A failure a year, a quarter of a year each: 1 / 1.25.
    CHECK(january(hundred(R"(, "annual_failure_rate": 1, "repair_days": 91.3125)")) ==
          near(10000.0 / (80 * 744)));
}

TEST_CASE("[M10] hours are those of the mean of beginning and end") {
    const double kept = std::pow(0.25, 1.0 / 12);
    // 120,000 at -1: 110,000 in the books, of which attrition takes a share.
    CHECK(january(hundred(R"(, "annual_attrition_share": 0.75)")) ==
          near((10000 * kept + 110000 * (1 - kept)) / ((100 + 100 * kept) / 2 * 744)));
    // Installed in the period: half of its hours.
    CHECK(january(purchase("a", at_once("2024-01", "10") + R"(, "price_usd": 600)")) ==
          near(100 / (5.0 * 744)));
}

TEST_CASE("[M10] what reaches its life at the first moment gives no hours") {
    // Installed at -12, gone at 0: half of the cost is written off.
    const auto f = forecast(plan("2024-01", "2024-01",
                                 installed("a", R"("vintages": {"2023-01": 50}, "price_usd": 1200,
                               "depreciation_months": 24, "service_life_months": 12)") +
                                     ", " + installed("b", R"("vintages": {"2023-12": 10})"),
                                 free_power));
    CHECK(f.total("tco_usd_per_gpu_hour", 0) == near(30000.0 / (10 * 744)));
    CHECK(f.empty("source", "a", "tco_usd_per_gpu_hour", 0));
    CHECK(f.of("source", "b", "tco_usd_per_gpu_hour", 0) == near(0));
}

TEST_CASE("[M10] the same cohorts are accepted at the beginning and at the end") {
    // 10 a month, accepted a month later: none in January, January's from February on. Charged
    // over 60 months: 100 a month each.
    const double kept = std::pow(0.25, 1.0 / 12);
    const auto f =
        forecast(plan("2024-01", "2024-03", purchase("a", even("2024-01", "2024-02", "20") + R"(,
                                     "acceptance_months": 1, "price_usd": 600,
                                     "annual_attrition_share": 0.75)"),
                      free_power));
    CHECK(f.empty("total", "total", "tco_usd_per_gpu_hour", 0));
    const double lost_1 = 5900 * (1 - kept);
    CHECK(f.total("tco_usd_per_gpu_hour", 1) ==
          near((100 * kept + 100 + lost_1) / ((10 + 10 * kept) / 2 * 696)));
    const double begin = 10 * kept + 10, end = begin * kept;
    const double lost_2 = (5800 * kept + 5900) * (1 - kept);
    CHECK(f.total("tco_usd_per_gpu_hour", 2) ==
          near((100 * (kept + 1) * kept + lost_2) / ((begin + end) / 2 * 744)));
}

TEST_CASE("[M10] write-offs and opex are part of it, resale is not") {
    // 6 of 12 months charged: 60,000 written off, a tenth of 120,000 resold; 7 for other things.
    const auto f =
        forecast(plan("2024-01", "2024-01",
                      installed("a", R"("vintages": {"2023-07": 100}, "price_usd": 1200,
                               "depreciation_months": 12, "service_life_months": 6,
                               "resale_share": 0.1)") +
                          ", " + installed("b", R"("vintages": {"2023-12": 10}, "price_usd": 600,
                                          "depreciation_months": 10,
                                          "maintenance_share_per_year": 0.12)"),
                      free_power + R"(, "costs": {"once": {"usd": 7, "at": "2024-01"}})"));
    CHECK(f.total("tco_usd_per_gpu_hour", 0) ==
          near((60000 - 12000 + 600 + 60 + 7) / (10 * 744.0)));
}

TEST_CASE("[M10] a lease's hours are its own") {
    // The last 14 days of February's 29, then all of March.
    const auto f = forecast(plan("2024-01", "2024-04",
                                 lease("rented", R"("units": 100, "from": "2024-02-16",
                                               "to": "2024-03", "rate_usd_per_hour": 2)") +
                                     ", " + hundred(""),
                                 free_power));
    CHECK(f.empty("source", "rented", "tco_usd_per_gpu_hour", 0));
    CHECK(f.of("source", "rented", "tco_usd_per_gpu_hour", 1) == near(2));
    CHECK(f.total("tco_usd_per_gpu_hour", 1) ==
          near((100 * 2 * 14 * 24 + 10000) / (100.0 * 14 * 24 + 100 * 696)));
    CHECK(f.empty("source", "rented", "tco_usd_per_gpu_hour", 3));
}

TEST_CASE("[M10] an hour of an H100 equivalent") {
    const std::string twice = R"("a": {"kind": "installed", "h100e": 2, "kw_per_unit": 1,
        "vintages": {"2023-12": 100}, "price_usd": 1200, "depreciation_months": 12})";
    CHECK(january(twice, "tco_usd_per_h100e_hour") == near(10000.0 / (2 * 74400)));
    CHECK(january(twice) == near(10000.0 / 74400));
    const auto leased =
        forecast(plan("2024-01", "2024-01", R"("a": {"kind": "lease", "h100e": 0.5, "units": 100,
            "from": "2024-01", "to": "2024-06", "rate_usd_per_hour": 2})",
                      free_power));
    CHECK(leased.total("tco_usd_per_h100e_hour", 0) == near(4));
}

TEST_CASE("[M10] with capital the charge on the book value is added") {
    // 110,000 in the books at the start, 21 % a year.
    const double charge = 110000 * (std::pow(1.21, 1.0 / 12) - 1);
    const auto f = forecast(plan("2024-01", "2024-01", hundred(""),
                                 free_power + R"(, "finance": {"discount_rate_share": 0.21})"));
    CHECK(f.total("tco_usd_per_gpu_hour", 0) == near(10000.0 / 74400));
    CHECK(f.total("tco_with_capital_usd_per_gpu_hour", 0) == near((10000 + charge) / 74400));
    CHECK(f.total("tco_with_capital_usd_per_h100e_hour", 0) == near((10000 + charge) / 74400));
}
