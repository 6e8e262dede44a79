// The last gate before a file: a number as exact text, or the end of the run.
#pragma once

#include <string>

namespace fleetcast {

/// Shortest decimal that reads back as the same double; Failure (internal) when it is not finite.
std::string figure_text(double value);

} // namespace fleetcast
