// Annotations that GitHub shows beside the lines of a pull request: workflow commands.
// Interface: Annotation, github_annotations().
#pragma once

#include <fleetcast/base/problem.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace fleetcast {

/// GitHub keeps so many annotations of a kind of one step, and drops the rest in silence.
inline constexpr std::size_t annotations_of_a_kind = 10;

struct Annotation {
    Severity kind = Severity::error;  // error, warning, notice
    std::string file;                 // as given on the command line; empty: of no file
    std::size_t line = 0, column = 0; // 0: of the whole file
    std::string title;
    std::string message; // lines end in LF
    bool operator==(const Annotation&) const = default;
};

/// A line `::error file=...,line=...,col=...,title=...::message` for each, errors first, within the
/// limits of GitHub:
/// of a kind with more than annotations_of_a_kind the last line says how many more there are, and
/// where they stand. What GitHub would read as syntax is escaped, control characters are shown as
/// \x1b.
std::string github_annotations(const std::vector<Annotation>& annotations,
                               std::string_view where_all_stand = "see the job's log");

} // namespace fleetcast
