// Options that several commands share: their rows and what they mean.
#pragma once

#include <fleetcast/cli/command.hpp>
#include <fleetcast/cli/console.hpp>
#include <fleetcast/cli/scenarios.hpp>
#include <fleetcast/simulate/settings.hpp>

#include <optional>
#include <string_view>

namespace fleetcast {

/// --quiet and --verbose.
std::vector<Option> talk_options();
Talk talk_of(const Arguments& arguments);

/// --no-color, --ascii and --width.
std::vector<Option> looks_options();
Looks looks_of(const Arguments& arguments);

/// --format, --output and --no-clobber.
std::vector<Option> output_options();

/// --trials, --seed, --sampling, --quantiles, --threads, --memory and --timeout.
std::vector<Option> trial_options();
/// Without --trials 10,000 of them, without --memory half of what is free now. The time of
/// --timeout runs from now on, for all scenarios together: see stop_after().
RunSettings settings_of(const Arguments& arguments);

/// --timeout. [s]
std::optional<double> timeout_given(const Arguments& arguments);
/// A stop after so many seconds from now, which says so of the file; without them never.
Stop stop_after(std::optional<double> seconds, std::string_view file);

/// The settings of one of so many runs that these threads do side by side: the threads share the
/// runs, not their trials.
RunSettings side_by_side(RunSettings settings, std::size_t runs, unsigned threads);

/// The lists, one behind the other.
std::vector<Option> joined(std::vector<std::vector<Option>> lists);

/// An output and the name of its format.
struct Destination {
    std::string target; // path, or "-"
    std::string_view format;
};

bool writes_to_stdout(const std::string& target);

/// The style of an output: colours are for standard output alone.
TerminalStyle style_for(const Destination& destination, TerminalStyle of_stdout);

/// Where the output goes: standard output unless --output says otherwise. Failure (usage) when a
/// format cannot be told, or --format is given and no output has it; Failure (usage or io) for
/// targets that could not be written (see check_targets).
std::vector<Destination> destinations_of(const Arguments& arguments,
                                         const std::vector<std::string>& inputs);

} // namespace fleetcast
