// Hand-computed cases of rule [G1]: rows that belong to no member, empty figures, longer periods.
#include "rules.hpp"

using namespace fleetcast::testing::rules;

namespace {

/// Hardware, a lease, build, colocation, other costs and a chip's design, in one month.
const std::string money = plan(
    "2024-01", "2024-01",
    R"("a": {"kind": "purchase", "accelerator": "nvidia-h100-sxm", "h100e": 1, "kw_per_unit": 1,
             "price_usd": 7, )" +
        within("2024-01", "100") + "}, " +
        source("in-house", "chip", within("2024-01", "10") + R"(, "price_usd": 3,
            "nre_usd": 11, "nre_from": "2024-01", "nre_to": "2024-01")") +
        ", " + lease("rented", R"("units": 5, "from": "2024-01", "to": "2024-12",
                           "rate_usd_per_hour": 1)"),
    sites(R"("m": {"build_usd_per_mw": 1000, "colocation_usd_per_kw_month": 2, "power": {
                 "p": {"from": "2023-12", "critical_mw": 0.03, "delay_months": 1},
                 "q": {"from": "2024-01", "critical_mw": 0.05}}})") +
        R"(, "costs": {"setup": {"usd": 13, "at": "2024-01"}})");

/// 100 units opening, 30 a month bought; 744, 696, 744, 720, ... hours a month.
std::string growing(const std::string& rest = R"("step": "month")") {
    return plan("2024-02", "2024-12",
                installed("a", R"("vintages": {"2023-01": 100}, "annual_failure_rate": 12)") +
                    ", " + purchase("b", even("2024-02", "2024-12", "330")),
                rest);
}

} // namespace

TEST_CASE("[G1] build, colocation and other costs belong to no source and no accelerator") {
    const auto f = forecast(money);
    for (const char* by : {"source", "accelerator"}) {
        CHECK(f.of(by, "-", "colocation_usd", 0) == near(2 * 80));
        CHECK(f.of(by, "-", "other_usd", 0) == near(13));
    }
    CHECK(f.of("source", "-", "capex_usd", 0) == near(0.03 * 1000));
    CHECK(f.of("source", "-", "cost_usd", 0) == near(0.03 * 1000 + 2 * 80 + 13));
    CHECK(f.of("source", "a", "capex_usd", 0) == near(100 * 7));
    CHECK(f.of("source", "chip", "capex_usd", 0) == near(10 * 3));
    CHECK(f.total("capex_usd", 0) == near(0.03 * 1000 + 100 * 7 + 10 * 3));
}

TEST_CASE("[G1] leases, warehouse, deliveries, hardware, design and other costs have no site") {
    const auto f = forecast(money); // 80 kW: 80 of a find power, 20 of a and 10 chips do not
    CHECK(f.of("site", "-", "in_service", 0) == near(5));
    CHECK(f.of("site", "-", "warehoused", 0) == near(20 + 10));
    CHECK(f.of("site", "-", "delivered", 0) == near(100 + 10));
    CHECK(f.of("site", "-", "capex_usd", 0) == near(100 * 7 + 10 * 3));
    CHECK(f.of("site", "-", "nre_usd", 0) == near(11));
    CHECK(f.of("site", "-", "other_usd", 0) == near(13));
    CHECK(f.of("site", "-", "lease_usd", 0) == near(5 * 744));
    CHECK(f.of("site", "m", "in_service", 0) == near(80));
    CHECK(f.of("site", "m", "capex_usd", 0) == near(0.03 * 1000));
    CHECK(f.of("site", "m", "colocation_usd", 0) == near(2 * 80));
}

TEST_CASE("[G1] sources without an accelerator are in the row `-` of the accelerators") {
    const auto f = forecast(money);
    CHECK(f.of("accelerator", "nvidia-h100-sxm", "acquired", 0) == near(100));
    CHECK(f.of("accelerator", "-", "acquired", 0) == near(10));
    CHECK(f.of("accelerator", "-", "in_service", 0) == near(5));
    CHECK(f.of("accelerator", "-", "nre_usd", 0) == near(11));
    CHECK(f.of("accelerator", "-", "capex_usd", 0) == near(0.03 * 1000 + 10 * 3));
}

TEST_CASE("[G1] an accelerator's row is all sources of it") {
    const auto of_one = [](const std::string& name, const std::string& units) {
        return purchase(name, R"("accelerator": "amd-mi300x", )" + within("2024-01", units));
    };
    const auto f = forecast(plan("2024-01", "2024-01", of_one("a", "3") + ", " + of_one("b", "4")));
    CHECK(f.of("accelerator", "amd-mi300x", "owned", 0) == near(3 + 4));
}

TEST_CASE("[G1] an additive metric is 0 where nothing happens") {
    const auto f = forecast(money);
    CHECK(f.of("source", "rented", "delivered", 0) == near(0));
    CHECK(f.of("source", "rented", "energy_mwh", 0) == near(0));
    CHECK(f.of("site", "m", "retired", 0) == near(0));
    CHECK(f.of("source", "a", "nre_usd", 0) == near(0));
}

TEST_CASE("[G1] the figures of a site's limits are empty by source and accelerator") {
    const auto f = forecast(money);
    for (const char* metric : {"power_mw", "contracted_mw", "headroom_mw"}) {
        CHECK(f.empty("source", "a", metric, 0));
        CHECK(f.empty("accelerator", "nvidia-h100-sxm", metric, 0));
        CHECK_FALSE(f.empty("site", "m", metric, 0));
    }
}

TEST_CASE("[G1] a site is bound by power or by its install rate, never by supply") {
    const auto f = forecast(plan(
        "2024-01", "2024-01",
        purchase("a", within("2024-01", "10") + R"(, "sites": ["dark"])") + ", " +
            purchase("b", within("2024-01", "10") + R"(, "sites": ["slow"])") + ", " +
            purchase("c", within("2024-02", "10") + R"(, "sites": ["free"])"),
        sites(R"("dark": {"power": {}}, "slow": {"install_units_per_month": 2}, "free": {})")));
    const auto power = [&](const char* site) { return f.of("site", site, "bound_power", 0); };
    const auto rate = [&](const char* site) { return f.of("site", site, "bound_install", 0); };
    CHECK(power("dark") == near(1));
    CHECK(rate("dark") == near(0));
    CHECK(power("slow") == near(0));
    CHECK(rate("slow") == near(1));
    CHECK(power("free") + rate("free") == near(0));
    for (const char* site : {"dark", "slow", "free"}) {
        CHECK(f.empty("site", site, "bound_supply", 0));
        CHECK(f.empty("site", site, "bound_none", 0));
    }
}

TEST_CASE("[G1] a quarter takes stocks at its end and sums flows, named by its first period") {
    const auto f = forecast(growing(), "quarter");
    REQUIRE(f.periods() == 4);
    CHECK(f.period(0) == "2024-02-01"); // the horizon begins within the quarter
    CHECK(f.period(1) == "2024-04-01");
    CHECK(f.period(3) == "2024-10-01");
    CHECK(row(f, "delivered") == Row{{2 * 30, 3 * 30, 3 * 30, 3 * 30}});
    CHECK(row(f, "in_service") == Row{{160, 250, 340, 430}});
    CHECK(row(f, "source", "b", "acquired") == Row{{60, 150, 240, 330}});
}

TEST_CASE("[G1] a ratio over a quarter is the ratio of the sums") {
    // 100 units fail 100 times a month: 1,440 hours over 200 failures.
    const auto f = forecast(growing(), "quarter");
    CHECK(f.of("source", "a", "hours_between_failures", 0) == near((696 + 744) / 200.0));
}

TEST_CASE("[G1] a ratio is formed in each group") {
    // As many again in c: twice the failures in all.
    const auto f = forecast(plan("2024-01", "2024-01",
                                 installed("a", R"("vintages": {"2023-01": 100},
                                                   "annual_failure_rate": 12)") +
                                     ", " + installed("c", R"("vintages": {"2023-01": 100},
                                                       "annual_failure_rate": 12)")));
    CHECK(f.of("source", "a", "hours_between_failures", 0) == near(744 / 100.0));
    CHECK(f.total("hours_between_failures", 0) == near(744 / 200.0));
}

TEST_CASE("[G1] shares are averaged over the hours of a quarter") {
    // 60 kW wait in January and February for 100 kW that come in March.
    const auto f = forecast(
        plan("2024-01", "2024-03", purchase("a", within("2024-01", "60")), sites(R"("m": {"power": {
                                           "p": {"from": "2024-03", "critical_mw": 0.1}}})")),
        "quarter");
    const double hours = 744 + 696 + 744;
    CHECK(f.total("bound_power", 0) == near((744 + 696) / hours));
    CHECK(f.total("bound_none", 0) == near(744 / hours));
    CHECK(f.total("waiting_power", 0) == near(0)); // a stock, at the end
}

TEST_CASE("[G1] a year is a calendar year, or a financial year from the month it starts in") {
    const auto calendar = forecast(growing(), "year");
    CHECK(calendar.periods() == 1);
    CHECK(calendar.total("delivered", 0) == near(330));
    const auto financial = forecast(growing(R"("finance": {"year_starts": "07"})"), "year");
    REQUIRE(financial.periods() == 2);
    CHECK(financial.period(0) == "2024-02-01");
    CHECK(financial.period(1) == "2024-07-01");
    CHECK(row(financial, "delivered") == Row{{5 * 30, 6 * 30}});
    CHECK(row(financial, "in_service") == Row{{250, 430}});
}

TEST_CASE("[G1] a week belongs to the quarter in which it begins") {
    // Weeks from 3 January; the 13th, from 27 March to 2 April, is of the first quarter.
    const auto f = forecast(plan("2024-01-03", "2024-04-16",
                                 purchase("a", at_once("2024-04-01", "10")), R"("step": "week")"),
                            "quarter");
    REQUIRE(f.periods() == 2);
    CHECK(f.period(0) == "2024-01-03");
    CHECK(f.period(1) == "2024-04-03");
    CHECK(row(f, "delivered") == Row{{10, 0}});
}
