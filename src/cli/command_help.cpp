// fleetcast help: of a command, or on a topic.
#include <fleetcast/base/result.hpp>
#include <fleetcast/base/suggest.hpp>
#include <fleetcast/cli/console.hpp>
#include <fleetcast/cli/help.hpp>
#include <fleetcast/cli/values.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace fleetcast {
namespace {

[[noreturn]] void refuse(const std::string& name) {
    std::vector<std::string> names;
    for (const Topic& topic : topics())
        names.emplace_back(topic.name);
    for (const Command& command : commands())
        names.emplace_back(command.name);
    const std::vector<std::string> later = later_commands();
    if (std::ranges::find(later, name) != later.end())
        throw Failure(Exit::usage, fmt::format("the command {} is not yet supported", name));
    const std::string hint = did_you_mean(name, names);
    throw Failure(Exit::usage, fmt::format("unknown topic {}: {}{}there are {}", shown(name), hint,
                                           hint.empty() ? "" : " ", fmt::join(names, ", ")));
}

int run(const Arguments& arguments) {
    if (arguments.names.empty()) {
        print(program_help());
        return 0;
    }
    if (arguments.names.size() > 1)
        throw Failure(Exit::usage, fmt::format("help takes one topic, but {} is a second",
                                               shown(arguments.names[1])));
    const std::string& name = arguments.names.front();
    const auto topic = std::ranges::find(topics(), name, &Topic::name);
    const Command* command = command_named(name);
    if (topic == topics().end() && command == nullptr)
        refuse(name);
    print(command != nullptr ? command_help(*command) : topic->text());
    return 0;
}

} // namespace

const std::vector<Topic>& topics() {
    static const std::vector<Topic> table = {
        {"scenario", "what a scenario file may hold", scenario_topic},
        {"metrics", "what a forecast can report", metrics_topic},
        {"rules", "how a period is simulated", rules_topic},
        {"exit-codes", "how the program ends", exit_codes_topic},
    };
    return table;
}

Command help_command() {
    return {
        .name = "help",
        .synopsis = "[TOPIC]",
        .summary = "help on a command or a topic",
        .about = "Explains a command, or a topic: scenario, metrics, rules or exit-codes.",
        .options = {},
        .examples = {"fleetcast help scenario", "fleetcast help forecast"},
        .run = run,
    };
}

} // namespace fleetcast
