// Wichura's PPND16 for the quantile; the complementary error function for the probability.
#include <fleetcast/random/standard_normal.hpp>

#include <fleetcast/random/portable_math.hpp>

#include "as241.hpp"

#include <cmath>
#include <limits>
#include <numbers>

namespace fleetcast {

namespace {

double polynomial(const double (&coefficients)[8], double r) {
    double sum = 0;
    for (int i = 7; i >= 0; --i)
        sum = sum * r + coefficients[i];
    return sum;
}

} // namespace

double normal_score(Probability p) {
    const bool lower = p.below < p.above;
    const double tail = lower ? p.below : p.above;
    const double q = lower ? p.below - 0.5 : 0.5 - p.above;
    if (std::abs(q) <= 0.425) {
        const double r = 0.180625 - q * q;
        return q * polynomial(as241::middle.above, r) / polynomial(as241::middle.below, r);
    }
    const double sign = lower ? -1.0 : 1.0;
    if (!(tail > 0))
        return sign * std::numeric_limits<double>::infinity();
    const double r = portable::sqrt(-portable::log(tail));
    const as241::Ratio& tails = r <= 5 ? as241::near_tail : as241::far_tail;
    const double shifted = r <= 5 ? r - 1.6 : r - 5;
    return sign * polynomial(tails.above, shifted) / polynomial(tails.below, shifted);
}

Probability normal_probability(double z) {
    const double scaled = z / std::numbers::sqrt2;
    return {0.5 * portable::erfc(-scaled), 0.5 * portable::erfc(scaled)};
}

} // namespace fleetcast
