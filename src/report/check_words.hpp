// Checks and what moved in words, for every form of a CheckReport. Interface: the functions below.
// Texts may hold anything the user wrote: each form escapes them.
#pragma once

#include <fleetcast/report/check_report.hpp>

#include <span>

namespace fleetcast {

/// "10,000"
std::string shown_count(std::size_t count);

/// "3 checks", "1 check"; "10,000 scenarios".
std::string counted(std::size_t count, std::string_view what);

/// "1 fails", "2 fail": the word without and with its s.
std::string ended(std::size_t count, std::string_view verb);

/// "h100s: owned of nvidia-h100-sxm at 2024-12 at_least 350000"
std::string condition_of(const CheckRow& row);

/// "holds in 35.0 % of trials (34.0 to 35.9 %), asked 80 %"; of one trial "does not hold".
std::string found_of(const CheckRow& row);

/// found_of(), what would settle it where it is too close to call, and the baseline's verdict.
std::string told_of(const CheckedRow& row);

/// "about 43,000 trials would settle it (--trials 43000)"
std::string settled_words(const std::optional<double>& settled_by);

/// "pass, 85 %"; of one trial "pass".
std::string verdict_before(const CheckRow& row);

bool is_broken(const CheckedScenario& scenario);

/// Whether it is told in full: it could not be checked, or a check of it does not pass.
bool needs_telling(const CheckedScenario& scenario);

/// The errors that kept a scenario from being checked; where there are none, all its problems.
std::vector<Finding> reasons_of(const CheckedScenario& scenario);

/// A difference, ready to show.
struct ToldDifference {
    std::string metric;                // "owned", with the group where it is not the total
    std::string period;                // "2024-12"
    std::string before, after, change; // "350 k units"; "no figure"; the change may be empty
    std::string relative;              // "-20 %"; may be empty
};

/// "350 k units -> 280 k units, -20 %"
std::string said_of(const ToldDifference& told, std::string_view arrow);

/// The first `most` of them.
std::vector<ToldDifference> told_differences(std::span<const Difference> moved, std::size_t most);

} // namespace fleetcast
