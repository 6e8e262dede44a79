// A distribution made ready for its exact inverse: nothing is sorted or added up again for each
// value. Interface: ExactQuantile, exact_quantile(), value_at().
#pragma once

#include <fleetcast/random/cut.hpp>
#include <fleetcast/random/distribution.hpp>
#include <fleetcast/random/parts.hpp>
#include <fleetcast/random/probability.hpp>

#include <vector>

namespace fleetcast {

struct ExactQuantile {
    Parts parts;
    std::vector<double> knots; // of the parts
    Cut cut;
    Bounds ends; // that truncate and clamp set to the values
};

/// Expects a distribution without problems.
ExactQuantile exact_quantile(const Distribution& distribution);

/// The probability of the parts at which the value of `u` lies.
Probability probability_of(const Cut& cut, double u);

/// The bytes of quantile() at `u`.
double value_at(const ExactQuantile& exact, double u);

} // namespace fleetcast
