// What a truncation leaves of the probabilities of a distribution: plain numbers for loops over
// lanes.
#pragma once

namespace fleetcast {

/// Where the probabilities of a truncated distribution lie: P(X <= x) from `below` to
/// `below` + mass, P(X > x) from `above` to `above` + mass. As it stands: not truncated.
struct Cut {
    double below = 0, above = 0, mass = 1;
    bool operator==(const Cut&) const = default;
};

} // namespace fleetcast
