// The incomplete beta function and its inverse against Boost.Math.
#include <fleetcast/random/beta.hpp>

#include <boost/math/special_functions/beta.hpp>

#include <algorithm>
#include <cmath>

#include "support/catch.hpp"

using namespace fleetcast;

namespace {

double relative(double found, double expected) { return std::abs(found - expected) / expected; }

/// The largest relative difference to Boost, in the smaller tail.
double worst_difference(double a, double b) {
    double worst = 0;
    for (int i = 1; i < 400; ++i) {
        const double x = i / 400.0;
        const Probability p = beta_probability(a, b, {x, 1 - x});
        const auto below = static_cast<double>(boost::math::ibeta<long double>(a, b, x));
        const auto above = static_cast<double>(boost::math::ibetac<long double>(a, b, x));
        worst =
            std::max(worst, below < above ? relative(p.below, below) : relative(p.above, above));
        CHECK(p.below + p.above == Approx(1).epsilon(1e-15));
    }
    return worst;
}

} // namespace

TEST_CASE("the incomplete beta function equals Boost's to 5e-15 for every PERT", "[random]") {
    for (int i = 0; i <= 16; ++i)
        CHECK(worst_difference(1 + i / 4.0, 5 - i / 4.0) <= 5e-15);
}

TEST_CASE("the incomplete beta function equals Boost's to 4e-14 for other shapes", "[random]") {
    for (const double a : {1.0, 1.3, 4.999, 20.0})
        for (const double b : {1.0, 2.7, 30.0})
            CHECK(worst_difference(a, b) <= 4e-14);
}

TEST_CASE("the beta quantile equals Boost's to 2e-15 for every PERT, in both tails",
          "[random][R2]") {
    double worst = 0;
    for (int i = 0; i <= 16; ++i) {
        const double a = 1 + i / 4.0, b = 6 - a;
        for (int k = 1; k <= 240; ++k) {
            const double u = std::pow(10.0, -k / 20.0) / 2; // 1/2 down to 5e-13
            // In long double: Boost's double version is the less exact one.
            const auto low = static_cast<double>(boost::math::ibeta_inv<long double>(a, b, u));
            const auto high = static_cast<double>(boost::math::ibeta_inv<long double>(b, a, u));
            worst = std::max(worst, relative(beta_value(a, b, {u, 1 - u}).x, low));
            worst = std::max(worst, relative(beta_value(a, b, {1 - u, u}).y, high));
        }
    }
    CHECK(worst <= 2e-15);
}

TEST_CASE("beta quantiles of whole shapes have closed forms", "[random]") {
    for (const double u : {1e-12, 1e-3, 0.3, 0.5}) {
        CHECK(beta_value(1, 5, {u, 1 - u}).x ==
              Approx(-std::expm1(std::log1p(-u) / 5)).epsilon(2e-15).margin(0));
        CHECK(beta_value(5, 1, {u, 1 - u}).x == Approx(std::pow(u, 0.2)).epsilon(2e-15).margin(0));
    }
    CHECK(beta_value(3, 3, {0.5, 0.5}).x == Approx(0.5).epsilon(1e-15));
    CHECK(beta_value(2, 4, {0, 1}).x == 0);
    CHECK(beta_value(2, 4, {1, 0}).y == 0);
}
