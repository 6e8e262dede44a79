// Hand-computed cases of rule [M11]: what keeps units waiting, and what bound.
#include "rules.hpp"

using namespace fleetcast::testing::rules;

namespace {

/// bound_power, bound_install, bound_supply, bound_none of the whole fleet in a period.
Row bound(const fleetcast::testing::Figures& f, std::size_t period) {
    return {{f.total("bound_power", period), f.total("bound_install", period),
             f.total("bound_supply", period), f.total("bound_none", period)}};
}

Row bound(const fleetcast::testing::Figures& f, const std::string& source, std::size_t period) {
    return {{f.of("source", source, "bound_power", period),
             f.of("source", source, "bound_install", period),
             f.of("source", source, "bound_supply", period),
             f.of("source", source, "bound_none", period)}};
}

const Row by_power{{1, 0, 0, 0}}, by_install{{0, 1, 0, 0}}, by_supply{{0, 0, 1, 0}},
    by_nothing{{0, 0, 0, 1}};

} // namespace

TEST_CASE("[M11] units without headroom wait for power, so much of it") {
    // 40 units of 2 kW, set aside at half: 1 kW each.
    const auto f = forecast(plan("2024-01", "2024-01", big_purchase("a", within("2024-01", "100")),
                                 sites(site("m", "0.06", R"("provisioning_share": 0.5)"))));
    CHECK(f.total("waiting_power", 0) == near(40));
    CHECK(f.total("waiting_install", 0) == near(0));
    CHECK(f.total("power_short_mw", 0) == near(40 * 2 * 0.5 / 1000));
    CHECK(bound(f, 0) == by_power);
}

TEST_CASE("[M11] units that only the install rate stopped wait for installation") {
    const auto f = forecast(plan("2024-01", "2024-04", purchase("a", within("2024-01", "100")),
                                 sites(R"("m": {"install_units_per_month": 30})")));
    CHECK(row(f, "waiting_install") == Row{{70, 40, 10, 0}});
    CHECK(row(f, "waiting_power") == Row{{0, 0, 0, 0}});
    CHECK(row(f, "power_short_mw") == Row{{0, 0, 0, 0}});
    CHECK(bound(f, 2) == by_install);
    CHECK(bound(f, 3) == by_nothing);
}

TEST_CASE("[M11] where power runs out before the install rate does, it is power that bound") {
    // January: 30 of 50 places, stopped by the rate. February: the 20 places left.
    const auto f = forecast(plan("2024-01", "2024-02", purchase("a", within("2024-01", "70")),
                                 sites(site("m", "0.05", R"("install_units_per_month": 30)"))));
    CHECK(bound(f, 1) == by_power);
    CHECK(f.total("waiting_power", 1) == near(20));
    CHECK(f.total("waiting_install", 1) == near(0));
}

TEST_CASE("[M11] units with a site where only the rate stopped them wait there, not for power") {
    const auto f = forecast(
        plan("2024-01", "2024-01",
             purchase("a", within("2024-01", "100") + R"(, "sites": ["full", "slow", "slower"])"),
             sites(R"("slower": {"install_units_per_month": 5},
                                          "slow": {"install_units_per_month": 20}, )" +
                   site("full", "0.01"))));
    CHECK(f.of("site", "slow", "waiting_install", 0) == near(100 - 10 - 20 - 5));
    CHECK(f.of("site", "slower", "waiting_install", 0) == near(0));
    CHECK(f.of("site", "full", "waiting_power", 0) == near(0));
    CHECK(bound(f, 0) == by_install);
}

TEST_CASE("[M11] units that wait for power are counted at the first of their sites") {
    const auto f = forecast(
        plan("2024-01", "2024-01",
             big_purchase("a", within("2024-01", "100") + R"(, "sites": ["first", "second"])"),
             sites(site("second", "0.02") + ", " +
                   site("first", "0.015", R"("provisioning_share": 0.75)"))));
    // 10 places of 1.5 kW at first, 10 of 2 kW at second: 80 wait, for 1.5 kW each.
    CHECK(f.of("site", "first", "waiting_power", 0) == near(80));
    CHECK(f.of("site", "second", "waiting_power", 0) == near(0));
    CHECK(f.of("site", "first", "power_short_mw", 0) == near(80 * 1.5 / 1000));
    CHECK(f.of("source", "a", "power_short_mw", 0) == near(80 * 1.5 / 1000));
}

TEST_CASE("[M11] what is to be delivered or commissioned yet is supply, even after the end") {
    const auto f =
        forecast(plan("2024-01", "2024-02", purchase("a", even("2024-01", "2024-02", "100"))));
    CHECK(bound(f, 0) == by_supply);
    CHECK(bound(f, 1) == by_nothing);
    const auto after =
        forecast(plan("2024-01", "2024-02", purchase("a", even("2024-01", "2024-03", "90"))));
    CHECK(bound(after, 1) == by_supply);
    const auto racked =
        forecast(plan("2024-01", "2024-03",
                      purchase("a", within("2024-01", "90") + R"(, "commissioning_months": 1)")));
    CHECK(racked.total("waiting_power", 0) == near(0)); // not commissioned: it does not wait
    CHECK(racked.total("waiting_install", 0) == near(0));
    CHECK(bound(racked, 0) == by_supply);
    CHECK(bound(racked, 1) == by_nothing);
}

TEST_CASE("[M11] power goes before the install rate, and that before supply") {
    const auto stuck = purchase("stuck", within("2024-01", "10") + R"(, "sites": ["dark"])");
    const auto slow = purchase("slow", within("2024-01", "10") + R"(, "sites": ["slow"])");
    const auto late = purchase("late", within("2024-02", "10") + R"(, "sites": ["slow"])");
    const auto places = sites(R"("dark": {"power": {}}, "slow": {"install_units_per_month": 2})");
    CHECK(bound(forecast(plan("2024-01", "2024-02", stuck + ", " + slow + ", " + late, places)),
                0) == by_power);
    CHECK(bound(forecast(plan("2024-01", "2024-02", slow + ", " + late, places)), 0) == by_install);
}

TEST_CASE("[M11] every source has what bound it alone") {
    const auto f = forecast(plan(
        "2024-01", "2024-02",
        purchase("done", within("2024-01", "10")) + ", " +
            purchase("late", within("2024-02", "10")) + ", " +
            purchase("stuck", within("2024-01", "10") + R"(, "sites": ["dark"])") + ", " +
            purchase("slow", within("2024-01", "10") + R"(, "sites": ["slow"])"),
        sites(R"("free": {}, "dark": {"power": {}}, "slow": {"install_units_per_month": 2})")));
    CHECK(bound(f, "done", 0) == by_nothing);
    CHECK(bound(f, "late", 0) == by_supply);
    CHECK(bound(f, "stuck", 0) == by_power);
    CHECK(bound(f, "slow", 0) == by_install);
    CHECK(f.of("source", "stuck", "waiting_power", 0) == near(10));
    CHECK(f.of("source", "slow", "waiting_install", 0) == near(8));
}

TEST_CASE("[M11] a millionth of a unit does not wait") {
    const auto scenario = [](const std::string& units) {
        return forecast(plan("2024-01", "2024-01", purchase("a", within("2024-01", units)),
                             sites(site("m", "0.1"))));
    };
    CHECK(bound(scenario("100.0000005"), 0) == by_nothing);
    CHECK(bound(scenario("100.00001"), 0) == by_power);
}

TEST_CASE("[M11] what a refresh installs does not wait") {
    // All 100 old units go for 50 of the 80 new ones; 30 wait for power.
    const auto f = forecast(plan(
        "2024-01", "2024-01",
        installed("old", R"("vintages": {"2023-01": 100})") + ", " +
            big_purchase("new", within("2024-01", "80") + R"(, "replaces": {"source": "old"})"),
        sites(site("m", "0.1"))));
    CHECK(f.total("waiting_power", 0) == near(80 - 50));
    CHECK(f.total("power_short_mw", 0) == near(30 * 2.0 / 1000));
}
