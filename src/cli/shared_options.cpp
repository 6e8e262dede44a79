#include <fleetcast/cli/shared_options.hpp>

#include <fleetcast/base/printable.hpp>
#include <fleetcast/cli/values.hpp>
#include <fleetcast/report/formats.hpp>
#include <fleetcast/report/write.hpp>

#include <fmt/format.h>

#include <algorithm>

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

std::vector<Option> joined(std::vector<std::vector<Option>> lists) {
    std::vector<Option> all;
    for (const auto& list : lists)
        all.insert(all.end(), list.begin(), list.end());
    return all;
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
