// Which statistics stand for a figure of many trials when it is read, and what they are called.
// Interface: quantile_stat(), stat_title(), Spread, spread_of(), Estimate, estimate_of().
#pragma once

#include <fleetcast/report/forecast_result.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace fleetcast {

/// The name of a quantile among the statistics: 10 is "p10", 2.5 is "p2_5". [percent]
std::string quantile_stat(double percent);

/// What a reader calls a statistic: "p2_5" is "P2.5", others keep their name.
std::string stat_title(std::string_view stat);

/// The statistic shown first and those of the ends of its band; no ends: no band.
struct Spread {
    std::string center = "mean", low, high;
    double share = 0; // of the trials that lie in the band
    bool operator==(const Spread&) const = default;
};

/// P50 with P10 and P90. Where P50 was not asked for, the only quantile or else the mean; where P10
/// or P90 was not, the lowest and the highest quantile.
Spread spread_of(const Manifest& manifest);

/// "P50 (P10-P90)": how the figures of a table are to be read.
std::string title_of(const Spread& spread, bool unicode);

/// A figure with its band; the ends are empty where there is no band.
struct Estimate {
    std::optional<double> center, low, high;
    bool operator==(const Estimate&) const = default;
};

/// The estimate of a row in a period, for one trial its value; nothing where the row is nullptr.
Estimate estimate_of(const SeriesRow* row, const Spread& spread, std::size_t period);

} // namespace fleetcast
