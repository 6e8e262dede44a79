// A scenario text that is read without a mistake.
#pragma once

#include "support/catch.hpp"

#include <fleetcast/load/scenario.hpp>

#include <string>
#include <utility>

namespace fleetcast::testing {

inline Scenario read_scenario(const std::string& text) {
    LoadedScenario loaded = load_scenario({"test.json", text});
    REQUIRE(loaded.problems.empty());
    return std::move(loaded.scenario);
}

} // namespace fleetcast::testing
