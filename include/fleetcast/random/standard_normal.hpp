// The standard normal distribution and its inverse.
#pragma once

#include <fleetcast/random/probability.hpp>

namespace fleetcast {

/// z with P(Z <= z) = p, to about 1e-16 relative: M. J. Wichura, Algorithm AS 241 (PPND16),
/// Applied Statistics 37 (1988) 477-484. Infinite where a side of `p` is 0.
double normal_score(Probability p);

/// P(Z <= z) and P(Z > z), each to a few ulp in its own tail.
Probability normal_probability(double z);

} // namespace fleetcast
