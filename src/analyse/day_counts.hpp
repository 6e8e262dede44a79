// How often something came on each of some days: order statistics of its date (rules.md, S4) and
// the trials in which the date is within limits.
// Interface: DayCounts, quantile_days(), trials_where(), share_where().
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace fleetcast {

/// In the trials that are not counted it did not come: that is later than every day.
struct DayCounts {
    std::vector<std::chrono::sys_days> days;        // ascending
    std::vector<std::vector<std::uint64_t>> counts; // [replicate][day] trials
    std::uint64_t trials = 1;                       // all replicates together
};

/// The least day by which at least that share of the trials had it (type 1), for each share;
/// nothing where that is later than every day.
std::vector<std::optional<std::chrono::sys_days>> quantile_days(const DayCounts& dated,
                                                                const std::vector<double>& shares);

using AcceptsDay = std::function<bool(std::chrono::sys_days)>;

/// [replicate] the trials in which its day is accepted; `never`: and those in which it does not
/// come.
std::vector<std::uint64_t> trials_where(const DayCounts& dated, const AcceptsDay& accepts,
                                        bool never);

/// The same over all replicates, as a share of the trials.
double share_where(const DayCounts& dated, const AcceptsDay& accepts, bool never);

} // namespace fleetcast
