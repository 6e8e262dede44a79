// Defaults that had an effect: what the planner did not say and the figures rest on.
#pragma once

#include <fleetcast/model/scenario.hpp>

#include <string>
#include <vector>

namespace fleetcast {

/// Each default once, with who took it: "pue 1.2 (sites: main)".
std::vector<std::string> defaults_in_effect(const Scenario& scenario, const Catalog& catalog);

} // namespace fleetcast
