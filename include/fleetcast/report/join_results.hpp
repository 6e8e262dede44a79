// Results that were made apart, side by side as one comparison. Interface: join_results().
#pragma once

#include <fleetcast/report/forecast_result.hpp>

#include <string>
#include <vector>

namespace fleetcast {

/// A result and what tells its file apart: the file's name without folder and extension.
struct NamedResult {
    std::string name;
    ForecastResult result;
    bool operator==(const NamedResult&) const = default;
};

struct Joined {
    ForecastResult result;          // as make_comparison() gives it, but for the differences
    std::vector<std::string> notes; // how they were made otherwise, and what is left out
    bool operator==(const Joined&) const = default;
};

/// All scenarios of the results, in their order; the first is the base. One whose name another has
/// is called by its file's name too: "old:plan". The differences are those of the figures, without
/// a band: their one statistic is "mean", or "value" where both are of one trial. They are taken of
/// metrics and groups that both have, in periods with the same days; differences that the results
/// held are dropped. The manifest is that of the first result, but for the scenarios, the most
/// trials and the quantiles that all have. Failure (bad input) for one scenario alone, for no
/// period and for no metric in common.
Joined join_results(std::vector<NamedResult> results);

} // namespace fleetcast
