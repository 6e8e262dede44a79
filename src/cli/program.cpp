#include <fleetcast/cli/program.hpp>

#include <fleetcast/base/result.hpp>
#include <fleetcast/base/suggest.hpp>
#include <fleetcast/cli/arguments.hpp>
#include <fleetcast/cli/console.hpp>
#include <fleetcast/cli/help.hpp>
#include <fleetcast/cli/values.hpp>
#include <fleetcast/load/catalog.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace fleetcast {
namespace {

bool asks_for_help(const std::vector<std::string>& words) {
    for (const std::string& word : words) {
        if (word == "--")
            return false;
        if (word == "--help" || word == "-h")
            return true;
    }
    return false;
}

[[noreturn]] void refuse(const std::string& name) {
    const std::vector<std::string> global{"--version", "--help"};
    if (name.starts_with('-') && !nearest_name(name, global).empty())
        throw Failure(Exit::usage, fmt::format("unknown option {}: {}", shown(name),
                                               did_you_mean(name, global)));
    if (name.starts_with('-') && name.size() > 1)
        throw Failure(Exit::usage, fmt::format("{}: options stand behind a command, as in "
                                               "`fleetcast forecast plan.json --every year`",
                                               shown(name)));
    const std::vector<std::string> later = later_commands();
    if (std::ranges::find(later, name) != later.end())
        throw Failure(Exit::usage, fmt::format("the command {} is not yet supported", name));
    std::vector<std::string> names;
    for (const Command& command : commands())
        names.emplace_back(command.name);
    std::string hint = did_you_mean(name, names);
    if (hint.empty())
        hint = fmt::format("there are {}", fmt::join(names, ", "));
    throw Failure(Exit::usage, fmt::format("unknown command {}: {}", shown(name), hint));
}

} // namespace

int run_program(const std::vector<std::string>& words) {
    if (words.empty()) {
        say(short_help());
        return static_cast<int>(Exit::usage);
    }
    const std::string& name = words.front();
    if (name == "--version") {
        print(
            fmt::format("fleetcast {}\ncatalogue {}\n", FLEETCAST_VERSION, load_catalog().version));
        return 0;
    }
    if (name == "--help" || name == "-h") {
        print(program_help());
        return 0;
    }
    const Command* command = command_named(name);
    if (command == nullptr)
        refuse(name);
    const std::vector<std::string> rest(words.begin() + 1, words.end());
    if (asks_for_help(rest)) {
        print(command_help(*command));
        return 0;
    }
    return command->run(split_arguments(rest, *command));
}

} // namespace fleetcast
