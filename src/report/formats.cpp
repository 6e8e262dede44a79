// Rows in the order in which help and errors list them.
#include <fleetcast/report/formats.hpp>

#include <fleetcast/base/printable.hpp>
#include <fleetcast/base/result.hpp>
#include <fleetcast/base/suggest.hpp>
#include <fleetcast/base/text.hpp>
#include <fleetcast/report/csv.hpp>
#include <fleetcast/report/json.hpp>
#include <fleetcast/report/terminal.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace fleetcast {
namespace {

std::string csv_of(const ForecastResult& result, const View& view, const TerminalStyle&) {
    return to_csv(view_table(result, view));
}

std::string json_of(const ForecastResult& result, const View&, const TerminalStyle&) {
    return to_json(result);
}

constexpr Format all_formats[] = {
    {"terminal", "", render_terminal, "tables, a chart and lists to read"},
    {"csv", ".csv", csv_of, "one table, RFC 4180"},
    {"json", ".json", json_of, "the saved result, from which every format can be rendered"},
};

bool ends_with_extension(std::string_view target, std::string_view extension) {
    if (extension.empty() || target.size() <= extension.size())
        return false;
    const std::string_view end = target.substr(target.size() - extension.size());
    return std::equal(end.begin(), end.end(), extension.begin(), [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
    });
}

} // namespace

std::span<const Format> formats() { return all_formats; }

const Format& format_named(std::string_view name) {
    std::vector<std::string> names;
    for (const Format& format : all_formats) {
        if (format.name == name)
            return format;
        names.emplace_back(format.name);
    }
    const std::string hint = did_you_mean(name, names);
    throw Failure(Exit::usage,
                  fmt::format("unknown format \"{}\": {}{}there are {}", printable(name), hint,
                              hint.empty() ? "" : " ", joined(names, ", ")));
}

const Format& format_for(const std::string& target, const std::optional<std::string>& name) {
    for (const Format& format : all_formats)
        if (ends_with_extension(target, format.extension))
            return format;
    if (name)
        return format_named(*name);
    if (target == "-" || target == "/dev/stdout")
        return format_named("terminal");
    std::vector<std::string> extensions;
    for (const Format& format : all_formats)
        if (!format.extension.empty())
            extensions.emplace_back(format.extension);
    throw Failure(Exit::usage, fmt::format("no format follows from the name {}: end it in {}, or "
                                           "give --format",
                                           printable(target), joined(extensions, " or ")));
}

} // namespace fleetcast
