// P(X < low) is taken, not P(X <= low), so that a single value on the low end stays in.
#include <fleetcast/random/truncation.hpp>

namespace fleetcast {

Truncation truncation(const Parts& parts, Bounds bounds) {
    const Probability low = probability_at(parts, bounds.low, Edge::below);
    const Probability high = probability_at(parts, bounds.high, Edge::at_or_below);
    const double mass = low.below <= 0.5 ? high.below - low.below : low.above - high.above;
    return {low, high, mass};
}

} // namespace fleetcast
