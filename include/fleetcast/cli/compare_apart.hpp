// A comparison of results that were made apart: saved ones, and scenarios that are run beside them.
// Interface: compare_apart().
#pragma once

#include <fleetcast/cli/compared_files.hpp>
#include <fleetcast/cli/forecast_request.hpp>

namespace fleetcast {

/// Runs the scenarios among the files each by itself, with what a saved result holds, and joins all
/// results in their order; notes are told. What of it is to be shown is put into the request's
/// view. Failure (usage) for options that cannot be met: patches or trials where all is saved,
/// other periods than the saved ones, a day that is in none; else as join_results() and
/// run_scenario().
ForecastResult compare_apart(const std::vector<ComparedFile>& files, const Catalog& catalog,
                             const Arguments& arguments, ForecastRequest& request);

} // namespace fleetcast
