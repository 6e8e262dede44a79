#include <fleetcast/cli/help.hpp>

#include <fleetcast/base/text.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace fleetcast {
namespace {

constexpr int help_width = 80;    // [columns], whatever the terminal: help is also read in files
constexpr std::size_t indent = 2; // [columns]
constexpr std::size_t longest_name = 28; // a longer one stands on a line of its own

std::string spaces(std::size_t count) { return std::string(count, ' '); }

std::string option_name(const Option& option) {
    std::string name;
    if (!option.short_name.empty())
        name = fmt::format("{}, ", option.short_name);
    name += option.name;
    return option.value.empty() ? name : fmt::format("{} {}", name, option.value);
}

std::string command_list() {
    std::vector<Entry> list;
    for (const Command& command : commands())
        list.push_back({std::string(command.name), std::string(command.summary)});
    return entries(list);
}

} // namespace

std::string entries(const std::vector<Entry>& list) {
    std::size_t column = 0;
    for (const Entry& entry : list)
        if (entry.name.size() <= longest_name)
            column = std::max(column, entry.name.size());
    column += 2 * indent;
    std::string text;
    for (const Entry& entry : list) {
        std::string line = spaces(indent) + entry.name;
        if (entry.name.size() > longest_name) {
            text += line + '\n';
            line.clear();
        }
        for (const std::string& part : wrap(entry.text, help_width - static_cast<int>(column))) {
            line.resize(column, ' ');
            text += line + part + '\n';
            line.clear();
        }
        if (!line.empty())
            text += line + '\n';
    }
    return text;
}

std::string paragraphs(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find("\n\n"), text.size());
        for (const std::string& line : wrap(text.substr(0, end), help_width))
            result += line + '\n';
        text.remove_prefix(std::min(end + 2, text.size()));
        if (!text.empty())
            result += '\n';
    }
    return result;
}

std::string program_help() {
    std::vector<Entry> topic_list;
    for (const Topic& topic : topics())
        topic_list.push_back({std::string(topic.name), std::string(topic.summary)});
    return "Usage: fleetcast COMMAND ...\n\n" +
           paragraphs(
               "Plans the supply, power and cost of a fleet of accelerators: what is owned, "
               "what is ordered, where it can be powered, and what follows, month by month.") +
           "\nCommands:\n\n" + command_list() + "\nTopics of `fleetcast help TOPIC`:\n\n" +
           entries(topic_list) + "\nOptions:\n\n" +
           entries({{"-h, --help", "help, also of a command: `fleetcast forecast --help`"},
                    {"--version", "the version, and that of the catalogue"}}) +
           "\nTo start:\n\n"
           "  fleetcast init first-order\n  fleetcast forecast first-order/scenario.json\n";
}

std::string short_help() {
    return "fleetcast: no command. To start:\n\n" +
           entries({{"fleetcast init first-order", "write a small scenario into first-order/"},
                    {"fleetcast validate FILE", "find every mistake of a scenario"},
                    {"fleetcast forecast FILE", "what runs when, what it costs"}}) +
           "\n`fleetcast --help` lists everything.\n";
}

std::string command_help(const Command& command) {
    std::string text = fmt::format("Usage: fleetcast {} {}\n\n", command.name, command.synopsis) +
                       paragraphs(command.about) + "\nOptions:\n\n";
    std::vector<Entry> list;
    for (const Option& option : command.options)
        list.push_back({option_name(option), std::string(option.doc)});
    list.push_back({"-h, --help", "this text"});
    text += entries(list) + "\nExamples:\n\n";
    for (const std::string_view example : command.examples)
        text += fmt::format("  {}\n", example);
    return text;
}

} // namespace fleetcast
