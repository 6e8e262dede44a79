// Incomplete beta by continued fraction; its inverse by Newton steps on the logarithms, kept
// inside a bracket.
#include <fleetcast/random/beta.hpp>

#include <fleetcast/random/portable_math.hpp>

#include <cmath>
#include <limits>

namespace fleetcast {

namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

double complete_beta(double a, double b) {
    return portable::tgamma(a) * portable::tgamma(b) / portable::tgamma(a + b);
}

/// 1 / (1 + d1/(1 + d2/(1 + ...))) of DLMF 8.17.22, by Lentz's method as modified by Thompson
/// and Barnett (J. Comput. Phys. 64, 1986). Needs x < (a + 1)/(a + b + 2) to converge quickly.
double continued_fraction(double a, double b, double x) {
    constexpr double tiny = 1e-300; // stands for a denominator of 0
    constexpr int most_terms = 500; // about 40 are enough for a + b = 6
    double value = 1, numerator = 1, denominator = 0;
    for (int n = 1; n <= most_terms; ++n) {
        const int m = n / 2;
        const double d = n % 2 == 0 ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
                                    : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        denominator = 1 + d * denominator;
        numerator = 1 + d / numerator;
        if (denominator == 0)
            denominator = tiny;
        if (numerator == 0)
            numerator = tiny;
        denominator = 1 / denominator;
        const double change = numerator * denominator;
        value *= change;
        if (std::abs(change - 1) <= epsilon)
            break;
    }
    return 1 / value;
}

/// I_x(a, b) by the fraction, for points on its quick side.
double lower_tail(double a, double b, BetaPoint point) {
    return portable::pow(point.x, a) * portable::pow(point.y, b) *
           continued_fraction(a, b, point.x) / (a * complete_beta(a, b));
}

/// x with I_x(a, b) = p, p <= 1/2: Newton on log I against log x, which is nearly straight in the
/// tail; where a step leaves the bracket, the bracket is halved.
double solve_tail(double a, double b, double p) {
    const double scale = complete_beta(a, b);
    double low = 0, high = 1;
    double x = portable::pow(p * a * scale, 1 / a); // exact as p goes to 0
    if (!(x < 1))
        x = a / (a + b);
    for (int step = 0; step < 200 && x > low && x < high; ++step) {
        const double found = beta_probability(a, b, {x, 1 - x}).below;
        if (found == p)
            break;
        (found > p ? high : low) = x;
        const double density = portable::pow(x, a - 1) * portable::pow(1 - x, b - 1) / scale;
        double next = x * portable::exp(-portable::log1p((found - p) / p) * found / (x * density));
        if (!(next > low && next < high))
            next = low + 0.5 * (high - low);
        const bool settled = std::abs(next - x) <= epsilon * x;
        x = next;
        if (settled)
            break;
    }
    return x;
}

} // namespace

Probability beta_probability(double a, double b, BetaPoint point) {
    if (!(point.x > 0))
        return {0, 1};
    if (!(point.y > 0))
        return {1, 0};
    if (point.x < (a + 1) / (a + b + 2)) {
        const double below = lower_tail(a, b, point);
        return {below, 1 - below};
    }
    const double above = lower_tail(b, a, {point.y, point.x});
    return {1 - above, above};
}

BetaPoint beta_value(double a, double b, Probability p) {
    if (!(p.below > 0))
        return {0, 1};
    if (!(p.above > 0))
        return {1, 0};
    if (p.below <= p.above) {
        const double x = solve_tail(a, b, p.below);
        return {x, 1 - x};
    }
    const double y = solve_tail(b, a, p.above);
    return {1 - y, y};
}

} // namespace fleetcast
