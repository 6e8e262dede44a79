// Elementary functions for loops over lanes: plain arithmetic and selects, so that a loop around
// them vectorises and a lane's result depends on nothing but its own argument. For *.lanes.cpp
// only; portable_math.hpp has the general ones.
#pragma once

#include <fleetcast/base/lanes.hpp>

#include "as241.hpp"

#include <cstdint>

namespace fleetcast::FLEETCAST_LEVEL {

FLEETCAST_INLINE std::uint64_t bits_of(double x) { return __builtin_bit_cast(std::uint64_t, x); }
FLEETCAST_INLINE double of_bits(std::uint64_t bits) { return __builtin_bit_cast(double, bits); }

FLEETCAST_INLINE double lesser(double x, double y) { return y < x ? y : x; }
FLEETCAST_INLINE double greater(double x, double y) { return x < y ? y : x; }

FLEETCAST_INLINE double magnitude(double x) { return of_bits(bits_of(x) & 0x7fffffffffffffffU); }

/// A whole number below 2^52 as a double.
FLEETCAST_INLINE double whole(std::uint64_t n) { return of_bits(n | 0x4330000000000000U) - 0x1p52; }

// ln 2 in two parts, the first with trailing zeros, so that small multiples of it are exact.
inline constexpr double ln2_head = 6.93147180369123816490e-01;
inline constexpr double ln2_rest = 1.90821492927058770002e-10;

/// log(x) within 1 ulp for normal x > 0, by the series of fdlibm's e_log.c (Sun Microsystems, 1993)
/// in s = f/(2 + f), x = 2^k (1 + f), sqrt(1/2) <= 1 + f < sqrt(2).
FLEETCAST_INLINE double logarithm(double x) {
    constexpr std::uint64_t one = 0x3ff0000000000000U, root_half = 0x3fe6a09e00000000U;
    const std::uint64_t shifted = bits_of(x) + (one - root_half);
    const double k = whole(shifted >> 52) - 1023;
    const double f = of_bits((shifted & 0x000fffffffffffffU) + root_half) - 1;
    const double s = f / (2 + f);
    const double z = s * s;
    double series = 1.479819860511658591e-01;
    series = series * z + 1.531383769920937332e-01;
    series = series * z + 1.818357216161805012e-01;
    series = series * z + 2.222219843214978396e-01;
    series = series * z + 2.857142874366239149e-01;
    series = series * z + 3.999999999940941908e-01;
    series = series * z + 6.666666666666735130e-01;
    series = series * z;
    const double half_square = 0.5 * f * f;
    return k * ln2_head - ((half_square - (s * (half_square + series) + k * ln2_rest)) - f);
}

/// exp(x + rest) within 1 ulp, |rest| < 1e-3; 0 and infinity where a double ends.
FLEETCAST_INLINE double exponential(double x, double rest = 0) {
    constexpr double round = 0x1.8p52; // x + round - round is the whole number next to x
    x = lesser(greater(x, -746), 710);
    const double n = x * 1.44269504088896338700e+00 + round - round;
    const double r = ((x - n * ln2_head) - n * ln2_rest) + rest;
    double sum = 1 / 6227020800.0; // 1/13!, |r| <= 0.35: the rest of the series is below 1e-17
    sum = sum * r + 1 / 479001600.0;
    sum = sum * r + 1 / 39916800.0;
    sum = sum * r + 1 / 3628800.0;
    sum = sum * r + 1 / 362880.0;
    sum = sum * r + 1 / 40320.0;
    sum = sum * r + 1 / 5040.0;
    sum = sum * r + 1 / 720.0;
    sum = sum * r + 1 / 120.0;
    sum = sum * r + 1 / 24.0;
    sum = sum * r + 1 / 6.0;
    sum = sum * r + 0.5;
    sum = 1 + (r + r * r * sum);
    // 2^n in two steps, for it may be more than a double holds, or less.
    const double half = 0.5 * n + round - round;
    const double first = of_bits((bits_of(half + round) << 52) + 0x3ff0000000000000U);
    const double second = of_bits((bits_of(n - half + round) << 52) + 0x3ff0000000000000U);
    return sum * first * second;
}

FLEETCAST_INLINE double polynomial(const double (&coefficients)[8], double r) {
    double sum = coefficients[7];
#pragma GCC unroll 7
    for (int i = 6; i >= 0; --i)
        sum = sum * r + coefficients[i];
    return sum;
}

// normal_score() in three parts, of the distance q from 1/2 or of the smaller tail: AS 241.

inline constexpr double middle_ends = 0.425;                   // of |q|
inline constexpr double far_tail_ends = 1.388794386496402e-11; // exp(-25)

FLEETCAST_INLINE double middle_score(double q) {
    const double r = 0.180625 - q * q;
    return q * polynomial(as241::middle.above, r) / polynomial(as241::middle.below, r);
}

/// The size of the score; `tail` must be a normal number.
FLEETCAST_INLINE double near_tail_score(double tail) {
    const double r = __builtin_sqrt(-logarithm(tail)) - 1.6;
    return polynomial(as241::near_tail.above, r) / polynomial(as241::near_tail.below, r);
}

/// The size of the score; infinite at 0.
FLEETCAST_INLINE double far_tail_score(double tail) {
    const bool tiny = tail < 0x1p-1000; // subnormal, perhaps; 60 ln 2 below
    const double log = tiny ? logarithm(tail * 0x1p60) - 41.588830833596715 : logarithm(tail);
    const double r = __builtin_sqrt(-log) - 5;
    const double score =
        polynomial(as241::far_tail.above, r) / polynomial(as241::far_tail.below, r);
    return tail > 0 ? score : __builtin_inf();
}

/// P(Z <= w), within 1e-16 and, down to 1e-300, some 1e-15 relative: exp(-w^2/2) times Mills'
/// ratio, of which (1 + y) R(y), y = |w|, is a polynomial in (y - 4)/(y + 4) (Chebyshev series
/// from 40-digit arithmetic, cut at 1e-16; the form is that of M. M. Shepherd and
/// J. G. Laframboise, Mathematics of Computation 36 (1981) 249-253).
FLEETCAST_INLINE double normal_below(double w) {
    constexpr double coefficients[23] = {
        0.47205320650984467,     -0.09670347732652537,    0.013999634724430079,
        0.028600364053505894,    -0.032197837428343264,   0.017936097481039324,
        -0.005002378585404055,   -0.0002856231167159992,  0.0006948970401931862,
        -9.443011548018516e-05,  -8.785274947955092e-05,  2.12494552279694e-05,
        1.3625025193974047e-05,  -3.4306982771660744e-06, -2.607839079804581e-06,
        4.0242748101432243e-07,  5.430039920605985e-07,   2.3513362577996063e-09,
        -1.0104644569536361e-07, -1.8538542083563312e-08, 1.1400867865785583e-08,
        4.2378542227893796e-09,  1.5513438905918424e-10};
    const double y = lesser(magnitude(w), 39); // beyond, the tail is 0
    const double t = (y - 4) / (y + 4);
    double sum = coefficients[22];
#pragma GCC unroll 22
    for (int i = 21; i >= 0; --i)
        sum = sum * t + coefficients[i];
    // y^2/2 in two parts: the square of the head, of 26 bits, is exact.
    const double head = of_bits(bits_of(y) & 0xfffffffff8000000U);
    const double tail =
        sum / (1 + y) * exponential(-0.5 * head * head, -0.5 * (y - head) * (y + head));
    return w < 0 ? tail : 1 - tail;
}

} // namespace fleetcast::FLEETCAST_LEVEL
