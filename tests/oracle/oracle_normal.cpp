// erfc and bisection. The upper half is the lower one turned over: erfc has all its digits only in
// the lower tail.
#include "oracle/oracle_normal.hpp"

#include <cmath>

namespace fleetcast::oracle {

double phi(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }

double phi_inverse(double u) {
    if (u == 0.5)
        return 0;
    if (u > 0.5)
        return -phi_inverse(1 - u);
    double low = -40;
    double high = 0;
    for (;;) {
        const double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high)
            return high;
        (phi(middle) >= u ? high : low) = middle;
    }
}

} // namespace fleetcast::oracle
