// Hand-computed cases of rule [P5]: new units take the power of those they replace.
#include "rules.hpp"

using namespace fleetcast::testing::rules;

namespace {

/// The opening fleet that is to be replaced: 1 kW a unit.
std::string old_units(const std::string& count) {
    return installed("old", R"("vintages": {"2023-01": )" + count + "}");
}

/// Units of 2 kW that replace it, with further fields.
std::string new_units(const std::string& supply, const std::string& more = "") {
    return big_purchase("new", supply + R"(, "replaces": {"source": "old"})" + more);
}

} // namespace

TEST_CASE("[P5] a refresh begins in the first period that begins at or after its `from`") {
    // 30 x 2 kW need the 60 kW of 60 old units; 15 February is after the start of February.
    const auto f = forecast(plan(
        "2024-01", "2024-03",
        old_units("100") + ", " +
            big_purchase("new", within("2024-01", "30") +
                                    R"(, "replaces": {"source": "old", "from": "2024-02-15"})"),
        sites(site("m", "0.1"))));
    CHECK(row(f, "source", "old", "retired") == Row{{0, 0, 60}});
    CHECK(row(f, "source", "new", "installed") == Row{{0, 0, 30}});
    CHECK(row(f, "source", "new", "warehoused") == Row{{30, 30, 0}});
    CHECK(row(f, "source", "old", "in_service") == Row{{100, 100, 40}});
}

TEST_CASE("[P5] headroom is used before old units are retired") {
    // 20 kW are free: 10 new units go there, the other 20 need the power of 40 old ones.
    const auto f = forecast(plan("2024-01", "2024-01",
                                 old_units("100") + ", " + new_units(within("2024-01", "30")),
                                 sites(site("m", "0.12"))));
    CHECK(f.total("retired", 0) == near(40));
    CHECK(f.total("installed", 0) == near(30));
    CHECK(f.of("site", "m", "headroom_mw", 0) == near(0));
}

TEST_CASE("[P5] no more is retired than there is, and no more installed than it powered") {
    const auto f = forecast(plan("2024-01", "2024-01",
                                 old_units("100") + ", " + new_units(within("2024-01", "80")),
                                 sites(site("m", "0.1"))));
    CHECK(f.total("retired", 0) == near(100));
    CHECK(f.total("installed", 0) == near(100.0 / 2));
    CHECK(f.total("warehoused", 0) == near(80 - 50));
}

TEST_CASE("[P5] only units of the replaced source make room") {
    const auto f = forecast(plan("2024-01", "2024-01",
                                 installed("kept", R"("vintages": {"2023-01": 70})") + ", " +
                                     old_units("30") + ", " + new_units(within("2024-01", "80")),
                                 sites(site("m", "0.1"))));
    CHECK(f.of("source", "kept", "retired", 0) == near(0));
    CHECK(f.of("source", "old", "retired", 0) == near(30));
    CHECK(f.total("installed", 0) == near(15));
}

TEST_CASE("[P5] both kilowatts count with the site's provisioning") {
    // 80 kW hold 100 old units at 0.8 kW. 30 new ones need 30 x 1.6 = 48 kW: 60 old units.
    const auto f = forecast(plan("2024-01", "2024-01",
                                 old_units("100") + ", " + new_units(within("2024-01", "30")),
                                 sites(site("m", "0.08", R"("provisioning_share": 0.8)"))));
    CHECK(f.total("retired", 0) == near(60));
    CHECK(f.total("installed", 0) == near(30));
}

TEST_CASE("[P5] a refresh keeps to the install rate") {
    const auto f = forecast(plan("2024-01", "2024-02",
                                 old_units("100") + ", " + new_units(within("2024-01", "30")),
                                 sites(site("m", "0.1", R"("install_units_per_month": 20)"))));
    CHECK(row(f, "retired") == Row{{2 * 20, 2 * 10}});
    CHECK(row(f, "installed") == Row{{20, 10}});
}

TEST_CASE("[P5] a refresh has what step 4 left of the install rate") {
    // 10 kW free: 5 units in step 4, then 15 of the rate of 20.
    const auto f = forecast(plan("2024-01", "2024-02",
                                 old_units("100") + ", " + new_units(within("2024-01", "30")),
                                 sites(site("m", "0.11", R"("install_units_per_month": 20)"))));
    CHECK(row(f, "installed") == Row{{5 + 15, 10}});
    CHECK(row(f, "retired") == Row{{2 * 15, 2 * 10}});
}

TEST_CASE("[P5] a refresh takes all cohorts of the replaced source in proportion") {
    // 25 x 2 kW replace 50 of 60 + 40: 30 and 20 stay, and retire at -18 + 24 and -12 + 24.
    const auto f = forecast(plan("2024-01", "2025-01",
                                 installed("old", R"("vintages": {"2022-07": 60, "2023-01": 40},
                            "service_life_months": 24)") +
                                     ", " + new_units(within("2024-01", "25")),
                                 sites(site("m", "0.1"))));
    CHECK(row(f, "source", "old", "retired") == Row{{50, 0, 0, 0, 0, 0, 30, 0, 0, 0, 0, 0, 20}});
}

TEST_CASE("[P5] a refresh goes over its sites in order of preference") {
    // 50 old units at each. At n all 50 go for 25 new ones; the other 15 take 30 at m.
    const auto f = forecast(plan("2024-01", "2024-01",
                                 old_units("100") + ", " +
                                     new_units(within("2024-01", "40"), R"(, "sites": ["n", "m"])"),
                                 sites(site("m", "0.05") + ", " + site("n", "0.05"))));
    CHECK(f.of("site", "n", "retired", 0) == near(50));
    CHECK(f.of("site", "n", "installed", 0) == near(25));
    CHECK(f.of("site", "m", "retired", 0) == near(30));
    CHECK(f.of("site", "m", "installed", 0) == near(15));
}

TEST_CASE("[P5] sources that replace the same one do so in file order") {
    const auto f = forecast(plan(
        "2024-01", "2024-01",
        old_units("100") + ", " + new_units(within("2024-01", "30")) + ", " +
            big_purchase("newer", within("2024-01", "30") + R"(, "replaces": {"source": "old"})"),
        sites(site("m", "0.1"))));
    CHECK(f.of("source", "new", "installed", 0) == near(30));
    CHECK(f.of("source", "newer", "installed", 0) == near((100.0 - 60) / 2));
    CHECK(f.of("source", "old", "in_service", 0) == near(0));
}

TEST_CASE("[P5] units that are not commissioned yet replace nothing") {
    const auto f =
        forecast(plan("2024-01", "2024-02",
                      old_units("100") + ", " +
                          new_units(within("2024-01", "30"), R"(, "commissioning_months": 1)"),
                      sites(site("m", "0.1"))));
    CHECK(row(f, "retired") == Row{{0, 60}});
}

TEST_CASE("[P5] what a refresh retires is what attrition left") {
    // 80 x 2 kW would need 160 old units; 100 x 0.25^(1/12) are there after step 2. Step 4 used
    // the room that attrition left.
    const double left = 100 * std::pow(0.25, 1.0 / 12);
    const auto f = forecast(plan("2024-01", "2024-01",
                                 installed("old", R"("vintages": {"2023-01": 100},
                                                     "annual_attrition_share": 0.75)") +
                                     ", " + new_units(within("2024-01", "80")),
                                 sites(site("m", "0.1"))));
    CHECK(f.total("lost", 0) == near(100 - left));
    CHECK(f.total("retired", 0) == near(left));
    CHECK(f.total("installed", 0) == near(100.0 / 2));
}

TEST_CASE("[P5] a lease cannot be replaced, and circles are refused") {
    const auto replacing = [](const std::string& name, const std::string& other) {
        return purchase(name,
                        within("2024-01", "1") + R"(, "replaces": {"source": ")" + other + R"("})");
    };
    const auto errors = [](const std::string& sources) {
        return fleetcast::has_errors(problems_of(plan("2024-01", "2024-01", sources)));
    };
    const auto plain = purchase("b", within("2024-01", "1"));
    const auto rented = lease("b", R"("units": 1, "rate_usd_per_hour": 1, "from": "2024-01",
                                      "to": "2024-02")");
    CHECK_FALSE(errors(replacing("a", "b") + ", " + plain));
    CHECK(errors(replacing("a", "b") + ", " + rented));
    CHECK(errors(replacing("a", "a")));
    CHECK(errors(replacing("a", "b") + ", " + replacing("b", "a")));
    CHECK(errors(replacing("a", "b") + ", " + replacing("b", "c") + ", " + replacing("c", "a")));
}
