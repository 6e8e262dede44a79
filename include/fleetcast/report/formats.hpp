// The table of output formats: a format is a function from a result to bytes and a row here.
#pragma once

#include <fleetcast/report/layout.hpp>
#include <fleetcast/report/tables.hpp>

#include <span>

namespace fleetcast {

struct Format {
    std::string_view name;
    std::string_view extension; // with its dot; empty for the terminal
    std::string (*render)(const ForecastResult& result, const View& view,
                          const TerminalStyle& style);
    std::string_view doc;
};

std::span<const Format> formats();

/// The format of that name, or Failure (usage) with a suggestion and the list.
const Format& format_named(std::string_view name);

/// The format for an output: by its extension (in any case), else by `name` (--format), else for
/// standard output the terminal's. Failure (usage) when none of them tells.
const Format& format_for(const std::string& target, const std::optional<std::string>& name);

} // namespace fleetcast
