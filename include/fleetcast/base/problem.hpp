// What is wrong with what the user wrote: problems are values, collected and
// printed once. Interface: Problem, Sources, Position, format_problem().
// Reading files and deciding exit codes is left to load/ and cli/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fleetcast {

/// A byte in one of the texts of a run; `file` indexes Sources::texts.
struct Place {
    static constexpr std::uint32_t nowhere = UINT32_MAX;
    std::uint32_t file = nowhere;
    std::size_t offset = 0; // [byte]
    bool operator==(const Place&) const = default;
};

/// A text as it was read: every position in a message points into one of these.
struct SourceText {
    std::string name; // as the user gave it: "plan.json", "-", "--set"
    std::string text;
    bool operator==(const SourceText&) const = default;
};

struct Sources {
    std::vector<SourceText> texts;
    bool operator==(const Sources&) const = default;
};

/// Line and column as people count them.
struct Position {
    std::size_t line = 1;
    std::size_t column = 1; // [code points]
    bool operator==(const Position&) const = default;
};

/// Where a byte stands: lines end in LF, CRLF or CR; a byte order mark has no column. An offset
/// past the end is the end.
Position position_of(std::string_view text, std::size_t offset);

enum class Severity { error, warning, note };

/// One mistake, with the way out.
struct Problem {
    Severity severity = Severity::error;
    Place place;         // nowhere: no position is printed
    std::string path;    // dotted, "sources.h100.deliveries.units"; may be empty
    std::string message; // "must be at least 0, got -3"
    std::string hint;    // "did you mean critical_mw?"; may be empty
    bool operator==(const Problem&) const = default;
};

using Problems = std::vector<Problem>;

/// `file:line:col: error: path: message`, the line, a caret, a hint; ends in a newline.
/// Lines and columns count from 1, columns in code points. Control characters are shown escaped.
std::string format_problem(const Problem& problem, const Sources& sources);

/// Problems in order of file and offset; those without a place come last, in their order.
Problems in_file_order(Problems problems);

bool has_errors(const Problems& problems);

} // namespace fleetcast
