// Hand-computed cases of rule [P6]: where the opening fleet stands.
#include "rules.hpp"

using namespace fleetcast::testing::rules;

TEST_CASE("[P6] opening units take the sites in order of preference as far as headroom goes") {
    const auto f =
        forecast(plan("2024-01", "2024-01", installed("a", R"("vintages": {"2023-01": 70},
                                                   "sites": ["far", "near"])"),
                      sites(site("near", "0.05") + ", " + site("far", "0.03"))));
    CHECK(f.of("site", "far", "in_service", 0) == near(30));
    CHECK(f.of("site", "near", "in_service", 0) == near(70 - 30));
    CHECK(f.of("site", "near", "headroom_mw", 0) == near(0.05 - 0.04));
}

TEST_CASE("[P6] what no headroom takes stands at the last preferred site all the same") {
    const auto opening = [](const std::string& units) {
        return plan("2024-01", "2024-01",
                    installed("a", R"("vintages": {"2023-01": )" + units + R"(},
                                      "sites": ["far", "near"])"),
                    sites(site("near", "0.05") + ", " + site("far", "0.03")));
    };
    const auto f = forecast(opening("100"));
    CHECK(f.of("site", "far", "in_service", 0) == near(30));
    CHECK(f.of("site", "near", "in_service", 0) == near(100 - 30));
    CHECK(f.of("site", "near", "headroom_mw", 0) == near(0));
    const auto warnings = [](const std::string& scenario) {
        const auto problems = problems_of(scenario);
        return std::count_if(problems.begin(), problems.end(), [](const auto& problem) {
            return problem.severity == fleetcast::Severity::warning;
        });
    };
    CHECK(warnings(opening("100")) == warnings(opening("70")) + 1);
}

TEST_CASE("[P6] opening sources take their sites in file order") {
    const auto f = forecast(plan("2024-01", "2024-01",
                                 installed("a", R"("vintages": {"2023-01": 40})") + ", " +
                                     installed("b", R"("vintages": {"2020-01": 40})"),
                                 sites(site("m", "0.05") + R"(, "n": {"pue": 2})")));
    // a has 40 of the 50 places at m, b the 10 left and the rest at n; 0.75 load share, PUE 1.2, 2.
    CHECK(f.of("source", "a", "facility_mw", 0) == near(0.040 * 0.75 * 1.2));
    CHECK(f.of("source", "b", "facility_mw", 0) == near((0.010 * 1.2 + 0.030 * 2) * 0.75));
    CHECK(f.of("site", "m", "in_service", 0) == near(50));
    CHECK(f.of("site", "n", "in_service", 0) == near(30));
}

TEST_CASE("[P6] vintages take their sites in file order, not by age") {
    // The younger stands first in the file and fills m; the older one, at n, retires at the start.
    const auto f = forecast(plan("2024-01", "2024-01",
                                 installed("a", R"("vintages": {"2023-06": 60, "2022-01": 50},
                                                   "service_life_months": 24)"),
                                 sites(site("m", "0.06") + ", " + site("n", "0.06"))));
    CHECK(f.of("site", "m", "retired", 0) == near(0));
    CHECK(f.of("site", "n", "retired", 0) == near(50));
}

TEST_CASE("[P6] the opening fleet keeps to reserve and provisioning, not to the install rate") {
    // 0.1 MW less a half, at 0.5 of 1 kW each: 100 units fit.
    const auto f =
        forecast(plan("2024-01", "2024-01", installed("a", R"("vintages": {"2023-01": 120})"),
                      sites(site("m", "0.1", R"("reserve_share": 0.5,
                                            "provisioning_share": 0.5,
                                            "install_units_per_month": 1)") +
                            R"(, "n": {})")));
    CHECK(f.of("site", "m", "in_service", 0) == near(100));
    CHECK(f.of("site", "n", "in_service", 0) == near(20));
    CHECK(f.total("installed", 0) == near(0)); // they stand already
}

TEST_CASE("[P6] power that comes later takes no opening unit") {
    const auto f =
        forecast(plan("2024-01", "2024-02", installed("a", R"("vintages": {"2023-01": 100})"),
                      sites(R"("m": {"power": {
                                           "now": {"from": "2024-01", "critical_mw": 0.03},
                                           "later": {"from": "2024-02", "critical_mw": 0.07}}},
                                          "n": {})")));
    CHECK(row(f, "site", "m", "in_service") == Row{{30, 30}});
    CHECK(row(f, "site", "n", "in_service") == Row{{70, 70}});
}
