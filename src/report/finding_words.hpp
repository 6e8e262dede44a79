// One finding in words. Interface: said_of(), is_of_a_file(), annotation_of().
#pragma once

#include <fleetcast/report/diagnostics.hpp>
#include <fleetcast/report/github.hpp>

namespace fleetcast {

/// "plan.json:4:31: sources.h100.units: must be at least 0, got -3"; the hint is left out.
std::string said_of(const Finding& finding);

/// Whether it is of a file, not of the command line or of standard input.
bool is_of_a_file(const Finding& finding);

/// The path is the title, the hint a line of its own; of no file the message says of what.
Annotation annotation_of(const Finding& finding);

} // namespace fleetcast
