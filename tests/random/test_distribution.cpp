// Quantiles and CDFs of the simple shapes: closed forms, Boost.Math, round trips, bytes.
#include <fleetcast/random/distribution.hpp>

#include <boost/math/distributions/lognormal.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/triangular.hpp>
#include <boost/math/special_functions/beta.hpp>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "support/catch.hpp"

using namespace fleetcast;

namespace {

const std::vector<double> probabilities = {1e-12, 1e-9,  1e-6,     1e-3,     0.01,     0.1,
                                           0.25,  0.375, 0.5,      0.625,    0.75,     0.9,
                                           0.99,  0.999, 1 - 1e-6, 1 - 1e-9, 1 - 1e-12};

Distribution plain(auto shape) { return {.shape = shape, .truncate = {}, .clamp = {}}; }

auto near(double value, double epsilon = 4e-15) { return Approx(value).epsilon(epsilon).margin(0); }

Interval interval(double low, double high, IntervalShape shape, double confidence = 0.9) {
    return {low, high, confidence, shape};
}

} // namespace

TEST_CASE("uniform, triangular and lognormal medians by hand", "[random][R4]") {
    CHECK(quantile(plain(Uniform{0.03, 0.1}), 0.5) == near(0.065));
    // 6 - sqrt(1/2 x 6 x 4): the mode 2 lies below the median.
    CHECK(quantile(plain(Triangular{0, 2, 6}), 0.5) == near(6 - std::sqrt(12.0)));
    // 0 + sqrt(1/2 x 6 x 4): the mode 4 lies above it.
    CHECK(quantile(plain(Triangular{0, 4, 6}), 0.5) == near(std::sqrt(12.0)));
    CHECK(quantile(plain(Lognormal{65, 0.2}), 0.5) == 65);
    CHECK(quantile(plain(Normal{-3, 2}), 0.5) == -3);
    CHECK(quantile(plain(Pert{0, 3, 6}), 0.5) == near(3));
    CHECK(quantile(plain(interval(10, 20, IntervalShape::normal)), 0.5) == near(15));
    CHECK(quantile(plain(interval(4, 9, IntervalShape::lognormal)), 0.5) == near(6));
    // odds 1/4 and 4: the middle of the logits is 0
    CHECK(quantile(plain(interval(0.2, 0.8, IntervalShape::logit_normal)), 0.5) == near(0.5));
}

TEST_CASE("quantiles equal Boost's from 1e-12 to 1 - 1e-12", "[random][R2]") {
    const boost::math::normal normal(100, 15);
    const boost::math::lognormal lognormal(std::log(65.0), 0.4);
    const boost::math::triangular triangular(2, 3, 7);
    for (const double u : probabilities) {
        CHECK(quantile(plain(Normal{100, 15}), u) == near(quantile(normal, u)));
        CHECK(quantile(plain(Lognormal{65, 0.4}), u) == near(quantile(lognormal, u), 1e-14));
        CHECK(quantile(plain(Triangular{2, 3, 7}), u) == near(quantile(triangular, u)));
    }
}

TEST_CASE("pert is the beta distribution with shape 4", "[random][R2]") {
    // [10, 12, 30]: alpha = 1 + 4 x 2/20 = 1.4, beta = 1 + 4 x 18/20 = 4.6
    for (const double u : probabilities) {
        const auto expected = 10 + 20 * boost::math::ibeta_inv<long double>(1.4, 4.6, u);
        CHECK(quantile(plain(Pert{10, 12, 30}), u) == near(static_cast<double>(expected)));
    }
    // The mean of a PERT is (min + 4 mode + max)/6: (10 + 48 + 30)/6; midpoint rule on Q.
    double sum = 0;
    const int steps = 4000;
    for (int i = 0; i < steps; ++i)
        sum += quantile(plain(Pert{10, 12, 30}), (i + 0.5) / steps);
    CHECK(sum / steps == Approx(88.0 / 6).epsilon(1e-5));
    // Mode on an end: 1 - (1 - u)^(1/5).
    CHECK(quantile(plain(Pert{0, 0, 1}), 0.5) == near(1 - std::pow(0.5, 0.2)));
    CHECK(quantile(plain(Pert{0, 1, 1}), 0.5) == near(std::pow(0.5, 0.2)));
}

TEST_CASE("an interval's ends are its quantiles at (1 -+ confidence)/2", "[random][R2]") {
    for (const IntervalShape shape :
         {IntervalShape::normal, IntervalShape::lognormal, IntervalShape::logit_normal})
        for (const double confidence : {0.5, 0.8, 0.9, 0.99}) {
            const Distribution d = plain(interval(0.2, 0.65, shape, confidence));
            CHECK(quantile(d, 0.5 - confidence / 2) == near(0.2));
            CHECK(quantile(d, 0.5 + confidence / 2) == near(0.65));
            CHECK(cdf(d, 0.2) == near(0.5 - confidence / 2));
            CHECK(cdf(d, 0.65) == near(0.5 + confidence / 2));
        }
    CHECK(quantile(plain(Interval{10, 20, 0.9, IntervalShape::normal}), 0.05) == near(10));
}

TEST_CASE("the CDF undoes the quantile, which rises with u", "[random][R2]") {
    const std::vector<Distribution> all = {
        plain(Uniform{-2, 5}),
        plain(Triangular{0, 2, 6}),
        plain(Triangular{0, 0, 6}),
        plain(Triangular{0, 6, 6}),
        plain(Pert{1, 2, 9}),
        plain(Pert{-9, -2, -1}),
        plain(Normal{100, 15}),
        plain(Lognormal{65, 0.2}),
        plain(interval(-10, 20, IntervalShape::normal)),
        plain(interval(10, 20, IntervalShape::lognormal)),
        plain(interval(0.01, 0.3, IntervalShape::logit_normal)),
        plain(Empirical{{3, -1, 4, 1.5, 9, 2.6}}),
    };
    for (const Distribution& d : all) {
        INFO(describe(d));
        double before = -INFINITY;
        for (int i = 1; i < 2000; ++i) {
            const double u = i / 2000.0;
            const double x = quantile(d, u);
            CHECK(std::abs(cdf(d, x) - u) <= 1e-13);
            CHECK(x > before);
            before = x;
        }
        CHECK(cdf(d, -INFINITY) == 0);
        CHECK(cdf(d, INFINITY) == 1);
    }
}

TEST_CASE("lognormal and logit-normal values stay inside their open range", "[random]") {
    const double most = std::nextafter(1.0, 2.0) - 1; // u as near to 0 and 1 as doubles allow
    CHECK(quantile(plain(Lognormal{1e-300, 50}), most / 2) > 0);
    const Distribution share = plain(interval(0.001, 0.999, IntervalShape::logit_normal, 0.01));
    CHECK(quantile(share, 1e-9) > 0);
    CHECK(quantile(share, 1 - 1e-9) < 1);
    CHECK(std::isinf(quantile(plain(Lognormal{1e300, 50}), 1 - 1e-9)));
}

TEST_CASE("a distribution without spread is its constant", "[random][R2]") {
    const std::vector<Distribution> all = {
        plain(Uniform{7, 7}),
        plain(Triangular{7, 7, 7}),
        plain(Pert{7, 7, 7}),
        plain(Normal{7, 0}),
        plain(Lognormal{7, 0}),
        plain(interval(7, 7, IntervalShape::lognormal)),
        plain(Discrete{{{7, 1}}}),
        plain(Empirical{{7}}),
        plain(Empirical{{7, 7, 7}}),
        plain(Mixture{{{7.0, 1.0}}}),
        plain(Mixture{{{7.0, 0.5}, {Normal{7, 0}, 0.5}}}),
    };
    for (const Distribution& d : all) {
        INFO(describe(d));
        CHECK(problems_of(d).empty());
        for (const double u : probabilities)
            CHECK(quantile(d, u) == 7);
        CHECK(cdf(d, std::nextafter(7.0, 0.0)) == 0);
        CHECK(cdf(d, 7) == 1);
        CHECK(support(d) == Support{7, 7});
    }
}

TEST_CASE("discrete takes the least value whose probability reaches u, within 1e-12",
          "[random][R2]") {
    const Distribution d = plain(Discrete{{{5, 0.25}, {1, 0.5}, {3, 0.25}}}); // not sorted
    CHECK(quantile(d, 1e-12) == 1);
    CHECK(quantile(d, 0.5) == 1);
    CHECK(quantile(d, 0.5 + 0.9e-12) == 1);
    CHECK(quantile(d, 0.5 + 1.1e-12) == 3);
    CHECK(quantile(d, 0.75) == 3);
    CHECK(quantile(d, 0.76) == 5);
    CHECK(quantile(d, 1 - 1e-12) == 5);
    CHECK(cdf(d, 0.9) == 0);
    CHECK(cdf(d, 1) == 0.5);
    CHECK(cdf(d, 4) == 0.75);
    CHECK(cdf(d, 5) == 1);
}

TEST_CASE("discrete forgives the rounding of a sum of weights", "[random][R2]") {
    // 0.1 + 0.7 is 0.7999999999999999 as doubles: u = 0.8 still takes the second value.
    const Distribution d = plain(Discrete{{{1, 0.1}, {2, 0.7}, {3, 0.2}}});
    REQUIRE(0.1 + 0.7 < 0.8);
    CHECK(quantile(d, 0.8) == 2);
    // A sum below 1 by no more than 1e-9 gives what is missing to the greatest value.
    const Distribution short_sum = plain(Discrete{{{1, 0.5}, {2, 0.5 - 9e-10}}});
    CHECK(problems_of(short_sum).empty());
    CHECK(quantile(short_sum, 1 - 1e-10) == 2);
    CHECK(cdf(short_sum, 2) == 1);
}

TEST_CASE("discrete joins equal values and ignores those without weight", "[random]") {
    const Distribution d = plain(Discrete{{{0, 0.0}, {2, 0.3}, {4, 0.4}, {2, 0.3}, {9, 0.0}}});
    CHECK(quantile(d, 1e-13) == 2);
    CHECK(quantile(d, 0.6) == 2);
    CHECK(quantile(d, 0.61) == 4);
    CHECK(quantile(d, 1 - 1e-13) == 4);
    CHECK(support(d) == Support{2, 4});
}

TEST_CASE("empirical is type 7", "[random][R2]") {
    // Sorted 1 2 4 8 16; position 4 u: 0.1 -> 0.4, 0.5 -> 2, 0.9 -> 3.6.
    const Distribution d = plain(Empirical{{16, 1, 8, 2, 4}});
    CHECK(quantile(d, 0.1) == near(1.4));
    CHECK(quantile(d, 0.25) == 2);
    CHECK(quantile(d, 0.5) == 4);
    CHECK(quantile(d, 0.9) == near(12.8));
    CHECK(cdf(d, 1) == 0);
    CHECK(cdf(d, 3) == near(0.375));
    CHECK(cdf(d, 16) == 1);
    // 1 2 2 2 10: flat from 1/4 to 3/4.
    const Distribution ties = plain(Empirical{{2, 10, 2, 1, 2}});
    CHECK(quantile(ties, 0.25) == 2);
    CHECK(quantile(ties, 0.6) == 2);
    CHECK(quantile(ties, 0.875) == 6);
    CHECK(cdf(ties, std::nextafter(2.0, 0.0)) == near(0.25));
    CHECK(cdf(ties, 2) == 0.75);
}

TEST_CASE("quantiles are the same bytes on every x86-64", "[random][R7]") {
    // Expected bytes: computed once, each within 2 ulp of 40-digit arithmetic.
    struct Known {
        Distribution distribution;
        double u, value;
    };
    const std::vector<Known> all = {
        {plain(Normal{0, 1}), 0.975, 0x1.f5c0331eeff82p+0},      // 1.9599639845400536
        {plain(Normal{0, 1}), 1e-9, -0x1.7fdc11f44b5a7p+2},      // -5.9978070150076865
        {plain(Lognormal{65, 0.2}), 0.9, 0x1.4ff5bf0323686p+6},  // 83.989986466442218
        {plain(Triangular{0, 2, 6}), 0.3, 0x1.e5b9d136c6d96p+0}, // 1.8973665961010275
        {plain(Pert{0, 2, 6}), 0.5, 0x1.209fbed1080a6p+1},       // 2.2548750420247243
        {plain(Pert{1, 8, 9}), 0.05, 0x1.1fd2d4ca0b798p+2},      // 4.497243115720174
        {plain(Interval{10, 20, 0.9, IntervalShape::lognormal}), 0.4,
         0x1.ad0642109ce08p+3}, // 13.407013924071194
        {plain(Interval{0.1, 0.3, 0.8, IntervalShape::logit_normal}), 0.7,
         0x1.c97beb846da3p-3}, // 0.22338088987244609
        {plain(Mixture{{{Normal{0, 1}, 0.5}, {Lognormal{2, 0.5}, 0.5}}}), 0.8,
         0x1.26a0e2099297fp+1}, // 2.3017847582570421
    };
    for (const Known& known : all) {
        INFO(describe(known.distribution));
        CHECK(quantile(known.distribution, known.u) == known.value);
    }
}
