// The table of commands, in the order in which help lists them.
#include <fleetcast/cli/command.hpp>

#include <algorithm>

namespace fleetcast {

const std::vector<Command>& commands() {
    static const std::vector<Command> table = {
        forecast_command(), check_command(),    compare_command(),
        sweep_command(),    validate_command(), catalog_command(),
        schema_command(),   init_command(),     help_command(),
    };
    return table;
}

const Command* command_named(std::string_view name) {
    const auto found = std::ranges::find(commands(), name, &Command::name);
    return found == commands().end() ? nullptr : &*found;
}

std::vector<std::string> later_commands() {
    return {"render", "merge",       "fleets", "completion", "explain",
            "bridge", "sensitivity", "plan",   "backtest"};
}

bool Arguments::has(std::string_view option) const { return value(option).has_value(); }

std::optional<std::string> Arguments::value(std::string_view option) const {
    for (const auto& [name, text] : options)
        if (name == option)
            return text;
    return std::nullopt;
}

std::vector<std::string> Arguments::values(std::string_view option) const {
    std::vector<std::string> found;
    for (const auto& [name, text] : options)
        if (name == option)
            found.push_back(text);
    return found;
}

} // namespace fleetcast
