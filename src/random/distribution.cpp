// Truncate and clamp around the shapes; the public questions.
#include <fleetcast/random/distribution.hpp>

#include <fleetcast/random/parts.hpp>
#include <fleetcast/random/truncation.hpp>

#include <algorithm>

namespace fleetcast {

double quantile(const Distribution& distribution, double u) {
    const Parts parts = parts_of(distribution);
    double value = 0;
    if (distribution.truncate) {
        const Truncation cut = truncation(parts, *distribution.truncate);
        value =
            value_at(parts, {cut.low.below + u * cut.mass, cut.high.above + (1 - u) * cut.mass});
        // The slack of value_at() and rounding may step over an end.
        if (const auto range = support_within(parts, *distribution.truncate))
            value = std::clamp(value, range->low, range->high);
    } else {
        value = value_at(parts, {u, 1 - u});
    }
    if (distribution.clamp)
        value = std::clamp(value, distribution.clamp->low, distribution.clamp->high);
    return value;
}

double cdf(const Distribution& distribution, double x) {
    if (distribution.clamp && x < distribution.clamp->low)
        return 0;
    if (distribution.clamp && x >= distribution.clamp->high)
        return 1;
    const Parts parts = parts_of(distribution);
    const Probability p = probability_at(parts, x, Edge::at_or_below);
    if (!distribution.truncate)
        return p.below;
    if (x < distribution.truncate->low)
        return 0;
    if (x >= distribution.truncate->high)
        return 1;
    const Truncation cut = truncation(parts, *distribution.truncate);
    const double inside = cut.low.below <= 0.5 ? p.below - cut.low.below : cut.low.above - p.above;
    return std::clamp(inside / cut.mass, 0.0, 1.0);
}

Support support(const Distribution& distribution) {
    const Bounds bounds = distribution.truncate.value_or(Bounds{});
    Support result = support_within(parts_of(distribution), bounds).value_or(Support{});
    if (!distribution.clamp)
        return result;
    const auto [low, high] = *distribution.clamp;
    if (low > result.low || high <= result.low) {
        result.low = std::min(std::max(low, result.low), high);
        result.low_open = false;
    }
    if (high < result.high || low >= result.high) {
        result.high = std::max(std::min(high, result.high), low);
        result.high_open = false;
    }
    return result;
}

bool lies_within(const Support& support, const Range& range) {
    // An end that both leave out, or both reach, may be the same.
    const bool low =
        range.low_open && !support.low_open ? support.low > range.low : support.low >= range.low;
    const bool high = range.high_open && !support.high_open ? support.high < range.high
                                                            : support.high <= range.high;
    return low && high;
}

} // namespace fleetcast
