// The beta distribution on [0, 1] and its inverse, for shapes a, b >= 1 with a + b <= 100
// (`pert` has a + b = 6).
#pragma once

#include <fleetcast/random/probability.hpp>

namespace fleetcast {

/// A point of [0, 1] with its distance to 1, which has the digits near that end.
struct BetaPoint {
    double x = 0, y = 1; // x + y = 1
};

/// The regularised incomplete beta function I_x(a, b) and its complement, by the continued
/// fraction of the NIST Digital Library of Mathematical Functions, 8.17.22.
Probability beta_probability(double a, double b, BetaPoint point);

/// The point where I_x(a, b) is p, to about 1e-15 relative in the smaller tail.
BetaPoint beta_value(double a, double b, Probability p);

} // namespace fleetcast
