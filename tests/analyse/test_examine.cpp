// Examining a scenario includes a run, which must be able to end early.
#include "support/catch.hpp"

#include <fleetcast/analyse/examine.hpp>
#include <fleetcast/base/result.hpp>
#include <fleetcast/load/catalog.hpp>
#include <fleetcast/load/scenario.hpp>

#include <string>

using namespace fleetcast;

namespace {

LoadedScenario scenario_until(const std::string& end) {
    return load_scenario(
        {"plan.json",
         R"({"start":"2024-01","end":")" + end +
             R"(","sources":{"s":{"kind":"purchase","accelerator":"nvidia-h100-sxm","price_usd":1000,
                 "deliveries":{"units":5,"from":"2024-01","to":"2024-02"}}}})"});
}

} // namespace

TEST_CASE("examining ends when its run at the medians must, and not before there is one") {
    const Catalog catalog = load_catalog();
    const Stop at_once{[] { return true; }, "plan.json: not finished"};
    try {
        examine(scenario_until("2024-03"), catalog, at_once);
        FAIL("it was finished");
    } catch (const Failure& failure) {
        CHECK(failure.code == Exit::refused);
        CHECK(std::string(failure.what()) == "plan.json: not finished");
    }
    const LoadedScenario wrong = scenario_until("2023-03"); // ends before it starts
    CHECK(examine(wrong, catalog, at_once) == examine(wrong, catalog));
    const LoadedScenario right = scenario_until("2024-03");
    CHECK(examine(right, catalog, {[] { return false; }, ""}) == examine(right, catalog));
}
