// The binomial and the replicates' error, and Wilson's interval.
#include <fleetcast/analyse/proportion.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace fleetcast {

namespace {

constexpr double z = 2;
constexpr double least_effective = 16;  // replicates that all differ are as good as 15 trials
constexpr double most_effective = 1e18; // beyond, n + z^2 is n

/// Of the mean of replicates of `size` trials: their sd / sqrt(their number).
double error_of_mean(const std::vector<std::uint64_t>& held, double size, double mean) {
    const auto count = static_cast<double>(held.size());
    double squares = 0;
    for (const std::uint64_t each : held) {
        const double off = static_cast<double>(each) / size - mean;
        squares += off * off;
    }
    return std::sqrt(squares / (count - 1) / count);
}

double effective_trials(double share, double se, double trials) {
    const double variance = share * (1 - share);
    if (se <= 0 || variance <= 0)
        return trials;
    return std::clamp(variance / (se * se), least_effective, most_effective);
}

} // namespace

Proportion proportion_of(const std::vector<std::uint64_t>& held, std::uint64_t trials) {
    const auto all = static_cast<double>(trials);
    const std::uint64_t held_in = std::accumulate(held.begin(), held.end(), std::uint64_t{0});
    const double share = static_cast<double>(held_in) / all;
    if (trials == 1)
        return {share, 0, share, share};
    const bool replicated = held.size() > 1;
    const double se = replicated
                          ? error_of_mean(held, all / static_cast<double>(held.size()), share)
                          : std::sqrt(share * (1 - share) / all);
    const double n = replicated ? effective_trials(share, se, all) : all;
    const double middle = (share + z * z / (2 * n)) / (1 + z * z / n);
    const double half =
        z / (1 + z * z / n) * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    return {share, se, held_in == 0 ? 0 : std::max(0.0, middle - half),
            held_in == trials ? 1 : std::min(1.0, middle + half)};
}

} // namespace fleetcast
