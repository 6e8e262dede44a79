// What a command is: its words for the user, its options and its function. One command_<name>.cpp
// each; commands() is the table. Splitting the command line is left to arguments.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fleetcast {

/// An option of a command; one without `value` is a switch.
struct Option {
    std::string_view name;  // "--output"
    std::string_view value; // "FILE"; empty for a switch
    std::string_view doc;
    std::string_view short_name; // "-o", or empty
    bool repeatable = false;
};

/// A command line, split; every value is still text.
struct Arguments {
    std::vector<std::string> names; // what is no option, in order
    // Long name and value ("" of a switch), in the order of the command line.
    std::vector<std::pair<std::string, std::string>> options;

    bool has(std::string_view option) const;
    std::optional<std::string> value(std::string_view option) const;
    std::vector<std::string> values(std::string_view option) const;
};

struct Command {
    std::string_view name;
    std::string_view synopsis; // "SCENARIO... [options]"
    std::string_view summary;  // one line, for the list of commands
    std::string_view about;    // paragraphs, empty lines between them
    std::vector<Option> options;
    std::vector<std::string_view> examples; // whole command lines
    int (*run)(const Arguments& arguments); // the exit code; throws Failure
};

const std::vector<Command>& commands();

/// The command of that name, or nullptr.
const Command* command_named(std::string_view name);

/// Names of commands that later versions bring, for "not yet supported".
std::vector<std::string> later_commands();

// The rows of the table.
Command forecast_command();
Command compare_command();
Command check_command();
Command sweep_command();
Command validate_command();
Command catalog_command();
Command schema_command();
Command init_command();
Command help_command();

} // namespace fleetcast
