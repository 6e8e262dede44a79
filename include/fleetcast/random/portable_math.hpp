// Elementary functions whose results are the same bytes on every x86-64.
// Interface: namespace fleetcast::portable, named as in <cmath>, on SLEEF's scalar functions
// without fused multiply-add (the C library picks its own by processor).
#pragma once

namespace fleetcast::portable {

// Within 1 ulp of the true value (erfc 1.5 ulp); infinities, zeros and NaN as ISO C, Annex F.

double exp(double x);
double log(double x);   ///< log(0) is -inf, of a negative number NaN
double log1p(double x); ///< log1p(-1) is -inf
/// pow(x, 0) and pow(1, y) are 1; a negative base takes whole exponents only, else NaN.
double pow(double x, double y);
double sqrt(double x); ///< exactly rounded, as IEEE 754 asks
double sin(double x);
double erfc(double x);
double tgamma(double x); ///< gamma(x)

} // namespace fleetcast::portable
