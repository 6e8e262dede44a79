#include "day_counts.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace fleetcast {

namespace {

/// The order statistic that is a quantile of type 1, counted from 1.
double rank_of(double share, std::uint64_t trials) {
    constexpr double rounding = 1e-14; // 0.55 of 100 is the 55th, though the product is above 55
    return std::max(1.0, std::ceil(static_cast<double>(trials) * share * (1 - rounding)));
}

} // namespace

std::vector<std::optional<std::chrono::sys_days>> quantile_days(const DayCounts& dated,
                                                                const std::vector<double>& shares) {
    std::vector<std::uint64_t> by_day(dated.days.size()); // trials, that day included
    std::uint64_t so_far = 0;
    for (std::size_t d = 0; d < by_day.size(); ++d) {
        for (const auto& replicate : dated.counts)
            so_far += replicate[d];
        by_day[d] = so_far;
    }
    std::vector<std::optional<std::chrono::sys_days>> quantiles;
    for (const double share : shares) {
        const double rank = rank_of(share, dated.trials);
        const auto found = std::ranges::find_if(
            by_day, [&](std::uint64_t count) { return static_cast<double>(count) >= rank; });
        quantiles.push_back(
            found == by_day.end()
                ? std::nullopt
                : std::optional(dated.days[static_cast<std::size_t>(found - by_day.begin())]));
    }
    return quantiles;
}

std::vector<std::uint64_t> trials_where(const DayCounts& dated, const AcceptsDay& accepts,
                                        bool never) {
    std::vector<std::uint64_t> held;
    for (const auto& replicate : dated.counts) {
        std::uint64_t accepted = 0, came = 0;
        for (std::size_t d = 0; d < replicate.size(); ++d) {
            came += replicate[d];
            if (accepts(dated.days[d]))
                accepted += replicate[d];
        }
        const std::uint64_t all = dated.trials / dated.counts.size();
        held.push_back(accepted + (never ? all - came : 0));
    }
    return held;
}

double share_where(const DayCounts& dated, const AcceptsDay& accepts, bool never) {
    const auto held = trials_where(dated, accepts, never);
    return static_cast<double>(std::accumulate(held.begin(), held.end(), std::uint64_t{0})) /
           static_cast<double>(dated.trials);
}

} // namespace fleetcast
