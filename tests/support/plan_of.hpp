// The plan of a scenario text, which must be valid.
#pragma once

#include <fleetcast/analyse/examine.hpp>
#include <fleetcast/compile/compile.hpp>
#include <fleetcast/load/catalog.hpp>
#include <fleetcast/load/scenario.hpp>

#include <stdexcept>
#include <string>

namespace fleetcast::testing {

inline Plan plan_of(const std::string& scenario) {
    static const Catalog catalog = load_catalog();
    const LoadedScenario loaded = load_scenario({"test.json", scenario});
    const Problems problems = examine(loaded, catalog);
    if (has_errors(problems))
        throw std::runtime_error(format_problem(problems.front(), loaded.sources));
    return compile(loaded.scenario, catalog);
}

} // namespace fleetcast::testing
