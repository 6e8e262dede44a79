// Splits a command line into names and options. Interface: split_arguments().
// What a value means is left to values.hpp and the commands.
#pragma once

#include <fleetcast/cli/command.hpp>

namespace fleetcast {

/// The words behind the command's name. Failure (usage): an unknown option (with a suggestion), one
/// of a later version, a missing value, a value for a switch, an option given twice.
Arguments split_arguments(const std::vector<std::string>& words, const Command& command);

} // namespace fleetcast
