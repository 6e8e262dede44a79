// What differs between two scenarios of a result, the largest first.
// Interface: Difference, largest_differences(), asked_of(), differ().
#pragma once

#include <fleetcast/report/forecast_result.hpp>
#include <fleetcast/report/tables.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fleetcast {

/// A figure that two have, where they differ.
struct Difference {
    std::string metric, unit;
    std::string by, group;               // "total" and "total", or a member
    std::string period;                  // ISO first day: that in which they differ most
    std::optional<double> before, after; // nothing: a figure without a meaning
    std::optional<double> relative;      // (after - before) / before; nothing where before is 0
    bool operator==(const Difference&) const = default;
};

/// For each metric and group that both have, the period with the greatest difference, where there
/// is any: those that differ most of their own size, 2|a - b| / (|a| + |b|), first; equal ones in
/// the order of the rows. A period in which only one has a figure counts where no other differs,
/// and then as 2, the most there is. `stat` is what is compared ("value" stands for every statistic
/// of a row of one trial). Periods are matched by their first and last day. The scenarios are names
/// in the two results, which may be one.
std::vector<Difference> largest_differences(const ForecastResult& base, std::string_view base_name,
                                            const ForecastResult& other,
                                            std::string_view other_name, std::string_view stat);

/// What a view asks for of a result: of its metrics the rows of the total and its groups, with no
/// figures but those of its period. The rest is as it was.
ForecastResult asked_of(const ForecastResult& result, const View& view);

/// Whether, in some comparison of the result, any figure of a period that both have, any outcome or
/// the verdict of a check is not that of the base. A statistic or a metric that one lacks is passed
/// over; a group, an outcome or a check is not.
bool differ(const ForecastResult& result);

} // namespace fleetcast
