// What a truncation leaves of a distribution.
#pragma once

#include <fleetcast/random/parts.hpp>

namespace fleetcast {

struct Truncation {
    Probability low;  // below: P(X < low end)
    Probability high; // below: P(X <= high end)
    double mass = 0;  // P(low end <= X <= high end); 0 where nothing is left
};

/// The part of the distribution within `bounds`; the mass is taken from the tail that has the
/// digits.
Truncation truncation(const Parts& parts, Bounds bounds);

} // namespace fleetcast
