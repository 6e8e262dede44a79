// The plan of a scenario text that is read without a mistake; rules over several fields are not
// asked.
#pragma once

#include "support/catch.hpp"

#include <fleetcast/compile/compile.hpp>
#include <fleetcast/load/catalog.hpp>
#include <fleetcast/load/scenario.hpp>

#include <string>

namespace fleetcast::testing {

inline Plan compiled(const std::string& scenario) {
    const LoadedScenario loaded = load_scenario({"test.json", scenario});
    REQUIRE(loaded.problems.empty());
    return compile(loaded.scenario, load_catalog());
}

} // namespace fleetcast::testing
