// The steps of quantile() in distribution.cpp, taken apart into what is done once and what is done
// for each value.
#include <fleetcast/random/exact_quantile.hpp>

#include <fleetcast/random/truncation.hpp>

#include <algorithm>

namespace fleetcast {

ExactQuantile exact_quantile(const Distribution& distribution) {
    ExactQuantile exact;
    exact.parts = parts_of(distribution);
    exact.knots = knots_of(exact.parts);
    if (distribution.truncate) {
        const Truncation cut = truncation(exact.parts, *distribution.truncate);
        exact.cut = {cut.low.below, cut.high.above, cut.mass};
        if (const auto range = support_within(exact.parts, *distribution.truncate))
            exact.ends = {range->low, range->high};
    }
    if (distribution.clamp) { // one clamp after the other is a clamp to the ends clamped
        const auto [low, high] = *distribution.clamp;
        exact.ends = {std::clamp(exact.ends.low, low, high),
                      std::clamp(exact.ends.high, low, high)};
    }
    return exact;
}

Probability probability_of(const Cut& cut, double u) {
    return {cut.below + u * cut.mass, cut.above + (1 - u) * cut.mass};
}

double value_at(const ExactQuantile& exact, double u) {
    const double value = value_at(exact.parts, exact.knots, probability_of(exact.cut, u));
    return std::clamp(value, exact.ends.low, exact.ends.high);
}

} // namespace fleetcast
