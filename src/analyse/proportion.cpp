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

double share_of(const std::vector<std::uint64_t>& held, std::uint64_t trials) {
    return static_cast<double>(std::accumulate(held.begin(), held.end(), std::uint64_t{0})) /
           static_cast<double>(trials);
}

/// The binomial error, or that of the mean of replicates.
double error_of(const std::vector<std::uint64_t>& held, double trials, double share) {
    return held.size() > 1 ? error_of_mean(held, trials / static_cast<double>(held.size()), share)
                           : std::sqrt(share * (1 - share) / trials);
}

/// Random trials that know the share as well.
double trials_behind(const std::vector<std::uint64_t>& held, double trials, double share) {
    return held.size() > 1 ? effective_trials(share, error_of(held, trials, share), trials)
                           : trials;
}

/// The least number of two digits that is more.
double rounded_up(double value) {
    const double beyond = value * (1 + 1e-9); // a share's rounding errors are not to settle it
    double unit = 1;
    while (unit * 100 <= beyond)
        unit *= 10;
    return (std::floor(beyond / unit) + 1) * unit;
}

} // namespace

Proportion proportion_of(const std::vector<std::uint64_t>& held, std::uint64_t trials) {
    const auto all = static_cast<double>(trials);
    const double share = share_of(held, trials);
    if (trials == 1)
        return {share, 0, share, share};
    const double se = error_of(held, all, share);
    const double n = trials_behind(held, all, share);
    const double middle = (share + z * z / (2 * n)) / (1 + z * z / n);
    const double half =
        z / (1 + z * z / n) * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    return {share, se, share == 0 ? 0 : std::max(0.0, middle - half),
            share == 1 ? 1 : std::min(1.0, middle + half)};
}

std::optional<double> trials_to_settle(const std::vector<std::uint64_t>& held, std::uint64_t trials,
                                       double probability) {
    const auto all = static_cast<double>(trials);
    const double share = share_of(held, trials);
    const double off = share - probability;
    if (off == 0)
        return std::nullopt;
    const double needed = z * z * probability * (1 - probability) / (off * off);
    return rounded_up(needed * all / trials_behind(held, all, share));
}

} // namespace fleetcast
