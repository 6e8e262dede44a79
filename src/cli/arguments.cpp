// CLI11 splits, and only that: its own checks of numbers accept nan and 0x10, it suggests nothing,
// and its exit codes are not ours.
#include <fleetcast/cli/arguments.hpp>

#include <fleetcast/base/result.hpp>
#include <fleetcast/base/suggest.hpp>
#include <fleetcast/cli/values.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace fleetcast {
namespace {

/// Options that later versions bring.
constexpr auto later_options =
    std::to_array<std::string_view>({"--shard", "--csv-dialect", "--beside"});

[[noreturn]] void refuse(const std::string& text) { throw Failure(Exit::usage, text); }

/// "--seed" of "--seed=7", "-o" of "-oplan.csv"; empty of a word that is no option, as "-".
std::string option_of(const std::string& word) {
    if (word.size() < 2 || word[0] != '-')
        return "";
    return word[1] == '-' ? word.substr(0, word.find('=')) : word.substr(0, 2);
}

bool is_later(const std::string& name) {
    return std::ranges::find(later_options, name) != later_options.end();
}

const Option* find_option(const std::string& name, const Command& command) {
    if (!name.empty())
        for (const Option& option : command.options)
            if (name == option.name || name == option.short_name)
                return &option;
    return nullptr;
}

[[noreturn]] void refuse_unknown(const std::string& word, const Command& command) {
    const std::string name = word.substr(0, word.find('='));
    if (is_later(name))
        refuse(fmt::format("the option {} is not yet supported", name));
    std::vector<std::string> known{"--help"};
    for (const Option& option : command.options)
        known.emplace_back(option.name);
    std::string hint = did_you_mean(name, known);
    if (hint.empty())
        hint = fmt::format("see `fleetcast {} --help`", command.name);
    refuse(fmt::format("unknown option {}: {}", shown(name), hint));
}

[[noreturn]] void refuse_missing(const Option& option) {
    refuse(fmt::format("{} needs a value: {} {}", option.name, option.name, option.value));
}

/// Refuses what CLI11 would take wrongly or not explain; `words` end before a "--".
void check_words(const std::vector<std::string>& words, const Command& command) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string name = option_of(words[i]);
        if (name.empty())
            continue;
        const Option* option = find_option(name, command);
        if (option == nullptr)
            refuse_unknown(words[i], command);
        std::string_view value = std::string_view(words[i]).substr(name.size());
        if (option->value.empty()) {
            if (!value.empty())
                refuse(fmt::format("{} takes no value", option->name));
        } else if (value.empty()) { // the next word, which may be "-" or "-1", but no option
            const std::string next = ++i < words.size() ? words[i] : "";
            if (next.empty() || is_later(option_of(next)) || find_option(option_of(next), command))
                refuse_missing(*option);
        } else if (value[0] == '=' && (value.size() == 1 || name.size() == 2)) {
            refuse_missing(*option); // "--seed=" would take the next word, "-o=x" the file "=x"
        }
    }
}

} // namespace

Arguments split_arguments(const std::vector<std::string>& words, const Command& command) {
    const auto mark = std::ranges::find(words, "--");
    const std::vector<std::string> before(words.begin(), mark);
    check_words(before, command);
    CLI::App app;
    app.set_help_flag();
    app.allow_extras(); // a positional of CLI11 would split a file named "[a,b]"
    std::vector<CLI::Option*> splitters;
    for (const Option& option : command.options) {
        std::string names(option.name);
        if (!option.short_name.empty())
            names.append(",").append(option.short_name);
        splitters.push_back(option.value.empty() ? app.add_flag(names) : app.add_option(names));
        splitters.back()->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    }
    try {
        app.parse(std::vector<std::string>(before.rbegin(), before.rend()));
    } catch (const CLI::ParseError& error) {
        refuse(shown(error.what()));
    }
    Arguments arguments{app.remaining(), {}};
    if (mark != words.end())
        arguments.names.insert(arguments.names.end(), mark + 1, words.end());
    for (std::size_t i = 0; i < splitters.size(); ++i)
        if (splitters[i]->results().size() > 1 && !command.options[i].repeatable)
            refuse(fmt::format("{} is given twice", command.options[i].name));
    std::vector<std::size_t> taken(splitters.size());   // results of each
    for (const CLI::Option* each : app.parse_order()) { // once for each time it is given
        const auto i =
            static_cast<std::size_t>(std::ranges::find(splitters, each) - splitters.begin());
        const Option& option = command.options.at(i);
        arguments.options.emplace_back(option.name,
                                       option.value.empty() ? "" : each->results()[taken[i]++]);
    }
    return arguments;
}

} // namespace fleetcast
