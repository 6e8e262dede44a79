// One finding in words. Interface: said_of(), annotation_of().
#pragma once

#include <fleetcast/report/diagnostics.hpp>
#include <fleetcast/report/github.hpp>

namespace fleetcast {

/// "plan.json:4:31: sources.h100.units: must be at least 0, got -3"; the hint is left out.
std::string said_of(const Finding& finding);

/// The path is the title, the hint a line of its own.
Annotation annotation_of(const Finding& finding);

} // namespace fleetcast
