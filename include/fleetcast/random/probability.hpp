// A probability with its complement, and which side of a value it counts.
#pragma once

namespace fleetcast {

/// P(X <= x) and P(X > x). Both are kept: near 1, the small one has the digits.
struct Probability {
    double below = 0, above = 1;
    bool operator==(const Probability&) const = default;
};

/// Whether P(X < x) or P(X <= x) is asked; they differ where a single value has weight.
enum class Edge { below, at_or_below };

} // namespace fleetcast
