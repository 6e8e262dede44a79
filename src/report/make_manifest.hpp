// The manifest of a result: what was run, how many trials, from which numbers.
#pragma once

#include <fleetcast/report/make_result.hpp>

#include <vector>

namespace fleetcast {

/// Of the runs in their order. The trials are the most that any had; one: at the medians.
Manifest manifest_of(const std::vector<FinishedRun>& runs, const Catalog& catalog,
                     const RunSettings& settings);

/// OTHER-BASE, with more hyphens where the manifest has that name.
std::string difference_name(const std::string& other, const std::string& base,
                            const Manifest& manifest);

/// 2.5 for 0.025, as it was asked: without the error of the product. [percent]
double percent_of(double share);

} // namespace fleetcast
