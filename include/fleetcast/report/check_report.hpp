// What a batch of checks found, ready for every form it is told in.
// Interface: CheckReport and a function for each form; checks_table() and the saved result are left
// to tables.hpp and json.hpp.
#pragma once

#include <fleetcast/base/result.hpp>
#include <fleetcast/report/diagnostics.hpp>
#include <fleetcast/report/differences.hpp>
#include <fleetcast/report/forecast_result.hpp>
#include <fleetcast/report/layout.hpp>

#include <optional>
#include <string>
#include <vector>

namespace fleetcast {

/// A check of a scenario, with where it is written.
struct CheckedRow {
    CheckRow row;
    std::string file; // that holds it, as given or as `extends` names it; "--set"
    std::size_t line = 0, column = 0;
    /// Of "too-close": trials that would settle it, if the share stays what it is; nothing where
    /// none would, because the share is what is asked for.
    std::optional<double> settled_by;
    std::optional<CheckRow> before; // of the baseline, where it has a check of that name
    bool operator==(const CheckedRow&) const = default;
};

struct CheckedScenario {
    std::string name;     // as in tables
    std::string file;     // as given
    Exit exit = Exit::ok; // ok, check_failed, or why it could not be checked
    std::vector<CheckedRow> checks;
    std::vector<Finding> problems;  // errors, where it could not be checked, and warnings
    std::vector<Difference> moved;  // since the baseline: of the total, largest first
    std::vector<std::string> notes; // of the baseline: "its seed is 7, here 1: ..."
    bool operator==(const CheckedScenario&) const = default;
};

struct CheckReport {
    std::vector<CheckedScenario> scenarios; // in the order of the command line
    std::string baseline;                   // as given; empty: none
    bool inconclusive_passes = false;       // a check too close to call does not fail
    bool operator==(const CheckReport&) const = default;
};

/// Whether a check counts as failed.
bool is_failure(const CheckRow& row, bool inconclusive_passes);

/// How many scenarios and checks ended how.
struct CheckCounts {
    std::size_t scenarios = 0, passed = 0, failed = 0, broken = 0; // scenarios
    std::size_t checks = 0, pass = 0, fail = 0, too_close = 0, warn = 0;
    bool operator==(const CheckCounts&) const = default;
};
CheckCounts counts_of(const CheckReport& report);

/// "12 scenarios: 10 pass, 1 fails, 1 could not be checked; 40 checks: 38 pass, 1 fails, 1 too
/// close"
std::string summary_of(const CheckReport& report);

/// For a terminal: every scenario that could not be checked, or in which a check does not pass,
/// with those checks; then one line for each other (where there are many: how many), and the
/// summary.
std::string checks_terminal(const CheckReport& report, const TerminalStyle& style);

/// JUnit XML as GitLab and Jenkins read it: a testsuite for each scenario, a testcase for each
/// check (classname: the scenario, name: the check and its condition). A failed check, and one too
/// close unless that passes, is a <failure>; what kept a scenario from being checked an <error>.
/// Characters that XML forbids are shown escaped. No times: the same bytes for the same result.
std::string checks_junit(const CheckReport& report);

/// Annotations of a pull request (github.hpp): errors for what fails, warnings for what warns.
std::string checks_github(const CheckReport& report);

/// A summary for a pull request, at most 60,000 bytes: counts, a table of what does not pass, what
/// moved since the baseline, and the checks that pass folded away.
std::string checks_markdown(const CheckReport& report);

} // namespace fleetcast
