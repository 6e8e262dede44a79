// The standard normal distribution. Interface: phi(), phi_inverse().
#pragma once

namespace fleetcast::oracle {

/// P(Z <= z).
double phi(double z);

/// The z with phi(z) = u, for u in (0, 1); by bisection, to the last bits.
double phi_inverse(double u);

} // namespace fleetcast::oracle
