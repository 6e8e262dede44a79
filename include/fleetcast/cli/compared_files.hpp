// What `compare` compares: scenarios, saved results, or the variants of one scenario.
// Interface: ComparedFile, ComparedFiles, read_compared(), read_variants().
#pragma once

#include <fleetcast/cli/scenarios.hpp>
#include <fleetcast/report/forecast_result.hpp>

#include <variant>

namespace fleetcast {

/// A scenario, or what was saved of some.
struct ComparedFile {
    GivenFile file;
    std::variant<Examined, ForecastResult> content;
};

struct ComparedFiles {
    std::vector<ComparedFile> files; // those that could be read, in the order of the command line
    Exit exit = Exit::ok;            // the most severe of what happened
};

/// Reads every file once and tells what is wrong with it, as read_scenarios() does.
ComparedFiles read_compared(const std::vector<std::string>& paths, const Catalog& catalog,
                            const ReadRequest& request);

/// The scenario of the file and behind it each of its variants, named file@variant. Failure (usage)
/// when it has none, otherwise as read_scenario().
ComparedFiles read_variants(const std::string& path, const Catalog& catalog,
                            const ReadRequest& request);

} // namespace fleetcast
