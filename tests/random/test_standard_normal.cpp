// The normal quantile and CDF against Boost.Math.
#include <fleetcast/random/standard_normal.hpp>

#include <boost/math/distributions/normal.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

#include "support/catch.hpp"

using namespace fleetcast;

namespace {

const boost::math::normal oracle(0, 1);

std::vector<double> tails_and_middle() {
    std::vector<double> result;
    for (int exponent = 300; exponent >= 1; --exponent)
        for (const double digit : {1.0, 2.5, 7.0})
            result.push_back(digit * std::pow(10, -exponent));
    for (int i = 1; i < 1000; ++i)
        result.push_back(i / 2000.0);
    return result;
}

} // namespace

TEST_CASE("the normal quantile equals Boost's to 2e-15 down to 1e-300, in both tails",
          "[random][R2]") {
    double worst = 0;
    for (const double p : tails_and_middle()) {
        const double expected = quantile(oracle, p);
        // Near 1/2 the quantile is small, and rounding of p alone moves it by 1e-16.
        const double scale = std::max(std::abs(expected), 0.1);
        worst = std::max(worst, std::abs(normal_score({p, 1 - p}) - expected) / scale);
        CHECK(normal_score({1 - p, p}) == -normal_score({p, 1 - p}));
    }
    CHECK(worst <= 2e-15);
}

TEST_CASE("the normal CDF equals Boost's up to the rounding of z", "[random]") {
    double worst = 0;
    for (int i = -800; i <= 800; ++i) {
        const double z = i / 100.0;
        const Probability p = normal_probability(z);
        worst = std::max(worst, std::abs(p.below / cdf(oracle, z) - 1));
        worst = std::max(worst, std::abs(p.above / cdf(complement(oracle, z)) - 1));
    }
    // z / sqrt(2) is rounded, which moves the tail by up to z^2 x 1.1e-16.
    CHECK(worst <= 64 * 1.2e-16);
}

TEST_CASE("the normal quantile is 0 at one half and infinite at 0 and 1", "[random]") {
    CHECK(normal_score({0.5, 0.5}) == 0);
    CHECK(normal_score({0, 1}) == -INFINITY);
    CHECK(normal_score({1, 0}) == INFINITY);
    CHECK(normal_probability(0) == Probability{0.5, 0.5});
    CHECK(normal_probability(-INFINITY) == Probability{0, 1});
}
