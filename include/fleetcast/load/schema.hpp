// The format of a scenario as a JSON Schema (draft 2020-12), for editors and other programs.
// Interface: scenario_schema(). Rules that a schema cannot say are left to validate/.
#pragma once

#include <string>
#include <vector>

namespace fleetcast {

/// The schema as text. `metrics` are the names that milestones and checks may ask for, but for the
/// outcomes, which have forms of their own.
std::string scenario_schema(const std::vector<std::string>& metrics);

} // namespace fleetcast
