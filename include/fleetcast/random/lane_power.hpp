// Powers over a row of lanes, the same bytes at every level. Interface: lane_power().
#pragma once

#include <fleetcast/base/level.hpp>

#include <cstddef>

namespace fleetcast {

/// out[i] = base[i]^exponent, to a few ulp for results near 1 and about 1e-14 relative for large
/// ones; a base of 0 or below as pow() has it. Rows of n lanes, which may be the same.
void lane_power(const double* base, double exponent, double* out, std::size_t n, Level level);

} // namespace fleetcast
