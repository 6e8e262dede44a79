// Checks scenario files, many at a time, each by itself: one that is broken, or takes too long,
// does not keep the others from being checked. Interface: CheckRequest, CheckedFile, check_file(),
// check_files(). What is told of them is left to report/.
#pragma once

#include <fleetcast/cli/progress.hpp>
#include <fleetcast/cli/scenarios.hpp>
#include <fleetcast/report/check_report.hpp>
#include <fleetcast/report/make_result.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace fleetcast {

struct CheckRequest {
    ReadRequest read;
    RunOptions run;
    std::optional<double> timeout; // of each scenario [s]
    bool variants = false;         // check each variant of a file, too
    bool keeps_results = false;    // CheckedFile::results
    bool keeps_series = false;     // in them
    bool inconclusive_passes = false;
    const ForecastResult* baseline = nullptr;
    std::optional<Date> at;           // the one period of the tables
    std::vector<std::string> targets; // of all outputs: none may be a file that is read
    bool only_one = false; // there is one scenario: it is the baseline's, whatever its name
};

/// What became of a file: of the scenario itself, and of its variants where they are asked for.
struct CheckedFile {
    std::vector<CheckedScenario> scenarios;
    std::vector<ForecastResult> results; // of those that ran
    std::string said;                    // problems with their lines, for stderr
    std::string period;                  // that of `at`: its ISO first day
};

/// Never fails for what is wrong with the file. Failure (usage) for patches that cannot be applied,
/// for `at` outside the horizon, for a target that is a base of the scenario.
CheckedFile check_file(const GivenFile& file, const Catalog& catalog, const CheckRequest& request);

/// Checks all files over several threads and hands on what became of each, in order.
void check_files(const std::vector<GivenFile>& files, const Catalog& catalog,
                 const CheckRequest& request,
                 const std::function<void(std::size_t done, CheckedFile)>& take);

} // namespace fleetcast
