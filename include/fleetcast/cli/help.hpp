// Texts of help. Interface: the functions below; each gives whole lines of at most 80 columns.
#pragma once

#include <fleetcast/cli/command.hpp>

#include <string>

namespace fleetcast {

/// What `fleetcast --help` prints.
std::string program_help();
/// What stands on stderr when no command is given.
std::string short_help();
/// What `fleetcast COMMAND --help` prints.
std::string command_help(const Command& command);

struct Topic {
    std::string_view name;
    std::string_view summary;
    std::string (*text)();
};

/// The topics of `fleetcast help`, commands apart.
const std::vector<Topic>& topics();

// The texts of the topics.
std::string exit_codes_topic();
std::string scenario_topic();
std::string metrics_topic();
std::string rules_topic();

/// Entries with their texts aligned behind them, wrapped.
struct Entry {
    std::string name;
    std::string text;
};
std::string entries(const std::vector<Entry>& list);

/// Paragraphs between empty lines, each wrapped.
std::string paragraphs(std::string_view text);

} // namespace fleetcast
