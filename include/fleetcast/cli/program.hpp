// The program as a function of its words.
#pragma once

#include <string>
#include <vector>

namespace fleetcast {

/// Runs the command that the words name (the program's own name apart); the exit code. Throws
/// Failure.
int run_program(const std::vector<std::string>& words);

} // namespace fleetcast
