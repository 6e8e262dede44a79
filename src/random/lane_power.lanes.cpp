#include "lane_math.hpp"

namespace fleetcast::FLEETCAST_LEVEL {

void power(const double* base, double exponent, double* out, std::size_t n);

/// Of positive, normal bases; others are left to the caller.
void power(const double* base, double exponent, double* out, std::size_t n) {
#pragma GCC ivdep
    for (std::size_t i = 0; i < n; ++i)
        out[i] = exponential(exponent * logarithm(base[i]));
}

} // namespace fleetcast::FLEETCAST_LEVEL
