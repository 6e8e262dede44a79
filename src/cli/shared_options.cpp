#include <fleetcast/cli/shared_options.hpp>

#include <fleetcast/base/printable.hpp>
#include <fleetcast/cli/values.hpp>
#include <fleetcast/report/formats.hpp>
#include <fleetcast/report/write.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <limits>

namespace fleetcast {
namespace {

struct LaterFormat {
    std::string_view name, extension;
};

constexpr LaterFormat later_formats[] = {
    {"xlsx", ".xlsx"}, {"sqlite", ".sqlite"}, {"markdown", ".md"}, {"html", ".html"}};

void refuse_later_formats(const std::vector<std::string>& targets,
                          const std::optional<std::string>& format) {
    for (const LaterFormat& later : later_formats)
        if (format == later.name || std::ranges::any_of(targets, [&](const std::string& target) {
                return target.ends_with(later.extension);
            }))
            throw Failure(Exit::usage,
                          fmt::format("the format {} is not yet supported", later.name));
}

constexpr std::uint64_t default_trials = 10'000;

/// Half of the memory that is free now. [byte]
double half_of_free_memory() {
    std::ifstream memory("/proc/meminfo");
    std::string key;
    double kibibytes = 0;
    while (memory >> key) {
        if (key == "MemAvailable:" && memory >> kibibytes)
            return kibibytes * 1024 / 2;
        memory.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
    }
    return std::numeric_limits<double>::infinity(); // a system that does not say
}

} // namespace

std::vector<Option> talk_options() {
    return {{"--quiet", "", "no notes and no warnings on stderr", "", false},
            {"--verbose", "", "say on stderr what is read and written", "", false}};
}

Talk talk_of(const Arguments& arguments) {
    if (arguments.has("--quiet") && arguments.has("--verbose"))
        throw Failure(Exit::usage, "--quiet and --verbose exclude each other");
    return arguments.has("--quiet")     ? Talk::quiet
           : arguments.has("--verbose") ? Talk::verbose
                                        : Talk::normal;
}

std::vector<Option> looks_options() {
    return {{"--width", "COLUMNS", "width of the terminal format; that of the terminal by default",
             "", false},
            {"--no-color", "", "no colours, as with NO_COLOR set", "", false},
            {"--ascii", "", "ASCII characters only, apart from names", "", false}};
}

Looks looks_of(const Arguments& arguments) {
    Looks looks;
    if (const auto width = arguments.value("--width"))
        looks.width = width_of(*width);
    looks.no_color = arguments.has("--no-color");
    looks.ascii = arguments.has("--ascii");
    return looks;
}

std::vector<Option> output_options() {
    return {{"--format", "NAME", "terminal (default), csv or json", "", false},
            {"--output", "FILE",
             "write to FILE, in the format of its extension (.csv, .json), instead of stdout; - "
             "is stdout; may be given several times",
             "-o", true},
            {"--no-clobber", "", "never replace a file", "", false}};
}

std::vector<Option> trial_options() {
    return {{"--trials", "N",
             "how many trials, as 50000 or 1e6, up to 1e9; 10,000 by default where an input is "
             "uncertain, else 1; 1 takes every input at its median",
             "", false},
            {"--seed", "N", "seed of the random numbers, 1 by default", "", false},
            {"--sampling", "NAME",
             "random (default); lhs (Latin hypercube) or sobol, whose errors are smaller: the "
             "number of trials is rounded up to a multiple of 16",
             "", false},
            {"--quantiles", "A,B",
             "which quantiles to report, in percent from 0 to 100, as 2.5,50,97.5; 10,50,90 by "
             "default",
             "", false},
            {"--threads", "N", "0 (default) for all cores; the results are the same", "", false},
            {"--memory", "SIZE",
             "cap for what is kept of the trials, in bytes or as 500M, 2GiB (K, M, G and T count "
             "by 1024), 1MiB at least; half of what is free by default; above it quantiles are "
             "within 0.5 % of the exact ones",
             "", false},
            {"--timeout", "SECONDS",
             "end a scenario that is not finished after so many seconds, with exit code 5", "",
             false}};
}

RunSettings settings_of(const Arguments& arguments) {
    RunSettings settings;
    settings.trials = default_trials;
    if (const auto trials = arguments.value("--trials"))
        settings.trials = trials_of(*trials);
    if (const auto seed = arguments.value("--seed"))
        settings.seed = seed_of(*seed);
    if (const auto sampling = arguments.value("--sampling"))
        settings.sampling = sampling_of(*sampling);
    if (const auto quantiles = arguments.value("--quantiles"))
        settings.quantiles = quantiles_of(*quantiles);
    if (const auto threads = arguments.value("--threads"))
        settings.threads = threads_of(*threads);
    const auto memory = arguments.value("--memory");
    settings.memory = memory ? memory_of(*memory) : half_of_free_memory();
    settings.stop =
        stop_after(timeout_given(arguments), fmt::format("{}", fmt::join(arguments.names, ", ")));
    return settings;
}

std::optional<double> timeout_given(const Arguments& arguments) {
    const auto text = arguments.value("--timeout");
    return text ? std::optional(timeout_of(*text)) : std::nullopt;
}

Stop stop_after(std::optional<double> seconds, std::string_view file) {
    if (!seconds)
        return {};
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                        std::chrono::duration<double>(*seconds));
    return {[end] { return Clock::now() >= end; },
            fmt::format("{}: not finished within {} s (--timeout)", printable(file), *seconds)};
}

RunSettings side_by_side(RunSettings settings, std::size_t runs, unsigned threads) {
    if (runs > 1)
        settings.threads = 1;
    settings.memory /= threads;
    return settings;
}

std::vector<Option> joined(std::vector<std::vector<Option>> lists) {
    std::vector<Option> all;
    for (const auto& list : lists)
        all.insert(all.end(), list.begin(), list.end());
    return all;
}

bool writes_to_stdout(const std::string& target) {
    return target == "-" || target == "/dev/stdout";
}

TerminalStyle style_for(const Destination& destination, TerminalStyle of_stdout) {
    of_stdout.color = of_stdout.color && writes_to_stdout(destination.target);
    return of_stdout;
}

std::vector<Destination> destinations_of(const Arguments& arguments,
                                         const std::vector<std::string>& inputs) {
    std::vector<std::string> targets = arguments.values("--output");
    if (targets.empty())
        targets = {"-"};
    const auto format = arguments.value("--format");
    refuse_later_formats(targets, format);
    if (format)
        format_named(*format);
    std::vector<Destination> destinations;
    for (const std::string& target : targets)
        destinations.push_back({target, format_for(target, format).name});
    const auto has_it = [&](const Destination& each) { return each.format == *format; };
    if (format && std::ranges::none_of(destinations, has_it))
        throw Failure(Exit::usage,
                      fmt::format("--format {}, but {} is {} by its extension", *format,
                                  printable(targets.front()), destinations.front().format));
    check_targets(targets, inputs, arguments.has("--no-clobber"));
    return destinations;
}

} // namespace fleetcast
