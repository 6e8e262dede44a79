// SLEEF's scalar functions in plain C without fused multiply-add ("cinz"): no dispatch by
// processor, no libm. The bytes are the same in SLEEF 3.5.1 (Debian 12) and 3.6.1 (Debian 13).
#include <fleetcast/random/portable_math.hpp>

#include <sleef.h>

#include <cmath>

namespace fleetcast::portable {

double exp(double x) { return Sleef_cinz_expd1_u10purec(x); }

double log(double x) { return Sleef_cinz_logd1_u10purec(x); }

double log1p(double x) {
    if (x > 0x1p100) // SLEEF's overflows above 1e307; here 1 + x is x
        return log(x);
    return Sleef_cinz_log1pd1_u10purec(x);
}

double pow(double x, double y) { return Sleef_cinz_powd1_u10purec(x, y); }

double sqrt(double x) { return std::sqrt(x); }

double sin(double x) { return Sleef_cinz_sind1_u10purec(x); }

double erfc(double x) { return Sleef_cinz_erfcd1_u15purec(x); }

double tgamma(double x) { return Sleef_cinz_tgammad1_u10purec(x); }

} // namespace fleetcast::portable
