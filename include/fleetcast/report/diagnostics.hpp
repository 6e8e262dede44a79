// What is wrong with scenario files, for other programs. Interface: Finding, findings_of(), and a
// function for each form.
#pragma once

#include <fleetcast/base/problem.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace fleetcast {

/// A problem with its position worked out; it needs no text any more.
struct Finding {
    Severity severity = Severity::error;
    std::string file;                 // as given; "--set" for a value of the command line
    std::size_t line = 0, column = 0; // from 1; 0: of the whole file
    std::string path;                 // dotted; may be empty
    std::string message;
    std::string hint; // may be empty
    bool operator==(const Finding&) const = default;
};

/// The problems of one scenario; those without a place are of its first text.
std::vector<Finding> findings_of(const Problems& problems, const Sources& sources);

/// An object: `{"fleetcast_diagnostics":1,"diagnostics":[{"severity","file","line","column","path",
/// "message","hint"}]}`; line and column are null where there is none.
std::string diagnostics_json(const std::vector<Finding>& findings);

/// Annotations of a pull request (github.hpp).
std::string diagnostics_github(const std::vector<Finding>& findings);

/// SARIF 2.1.0 with one run; of more than 5,000 findings the first 4,999, and one result that says
/// how many more there are.
std::string diagnostics_sarif(const std::vector<Finding>& findings);

/// The findings as "json", "github" or "sarif".
std::string diagnostics_document(const std::vector<Finding>& findings, std::string_view form);

} // namespace fleetcast
