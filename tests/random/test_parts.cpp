// Mixtures: the inverse of a sum of distributions, with and without single values.
#include <fleetcast/random/distribution.hpp>
#include <fleetcast/random/parts.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <utility>
#include <vector>

#include "random/random_mixtures.hpp"
#include "support/catch.hpp"

using namespace fleetcast;
using fleetcast::testing::RandomMixtures;

namespace {

Distribution mixture(std::vector<std::pair<Component, double>> components) {
    return {.shape = Mixture{std::move(components)}, .truncate = {}, .clamp = {}};
}

/// How far u lies outside [P(X < x), P(X <= x)]: 0 for an exact inverse.
double miss(const Distribution& distribution, double x, double u) {
    const Parts parts = parts_of(distribution);
    return std::max({probability_at(parts, x, Edge::below).below - u,
                     u - probability_at(parts, x, Edge::at_or_below).below, 0.0});
}

} // namespace

TEST_CASE("a mixture of numbers is a discrete distribution", "[random][R2]") {
    const Distribution numbers = mixture({{5.0, 0.2}, {1.0, 0.1}, {3.0, 0.7}});
    const Distribution discrete = {
        .shape = Discrete{{{5, 0.2}, {1, 0.1}, {3, 0.7}}}, .truncate = {}, .clamp = {}};
    for (int i = 1; i < 1000; ++i)
        CHECK(quantile(numbers, i / 1000.0) == quantile(discrete, i / 1000.0));
    // 0.1 + 0.7 < 0.8 as doubles; both forgive it.
    CHECK(quantile(numbers, 0.8) == 3);
    CHECK(cdf(numbers, 3) == Approx(0.8));
}

TEST_CASE("a mixture of two uniforms side by side by hand", "[random][R2]") {
    const Distribution d = mixture({{Uniform{0, 1}, 0.25}, {Uniform{1, 4}, 0.75}});
    CHECK(quantile(d, 0.125) == Approx(0.5).epsilon(1e-15));
    CHECK(quantile(d, 0.25) == 1);
    CHECK(quantile(d, 0.5) == Approx(2).epsilon(1e-15));
}

TEST_CASE("the quantile of a gap is its lower end, whatever rounding does", "[random][R2]") {
    const Distribution even = mixture({{Uniform{0, 1}, 0.5}, {Uniform{2, 3}, 0.5}});
    CHECK(quantile(even, 0.5) == 1);
    CHECK(quantile(even, 0.5 + 1e-9) == Approx(2).epsilon(1e-8));
    // 0.1 + 0.7 < 0.8 as doubles: without slack the value would be 8.
    const Distribution rounded =
        mixture({{Uniform{0, 1}, 0.1}, {Uniform{0, 2}, 0.7}, {Uniform{8, 9}, 0.2}});
    CHECK(quantile(rounded, 0.8) == 2);
}

TEST_CASE("a number in a mixture keeps its whole weight", "[random][R2]") {
    // 60 % no delay, else uniform on [-1, 1]: below 0 lies 0.2, up to 0 lies 0.8.
    const Distribution d = mixture({{0.0, 0.6}, {Uniform{-1, 1}, 0.4}});
    CHECK(quantile(d, 0.1) == Approx(-0.5).epsilon(1e-14));
    CHECK(quantile(d, 0.19) < 0);
    CHECK(quantile(d, 0.2 + 1e-13) == 0);
    CHECK(quantile(d, 0.5) == 0);
    CHECK(quantile(d, 0.8) == 0);
    CHECK(quantile(d, 0.9) == Approx(0.5).epsilon(1e-14));
    CHECK(cdf(d, -1e-300) == Approx(0.2));
    CHECK(cdf(d, 0) == Approx(0.8));
}

TEST_CASE("weights a little off 1 are taken in proportion", "[random]") {
    const Distribution d = mixture({{Normal{0, 1}, 0.5}, {Normal{1, 1}, 0.5 - 9e-10}});
    REQUIRE(problems_of(d).empty());
    CHECK(cdf(d, INFINITY) == 1);
    for (const double u : {0.5, 1 - 5e-10, 1 - 1e-10})
        CHECK(miss(d, quantile(d, u), u) <= 1e-12);
}

TEST_CASE("the far tails of a mixture are those of its widest component", "[random][R2]") {
    const Distribution d = mixture({{Normal{0, 1}, 0.5}, {Normal{0, 2}, 0.5}, {3.0, 0.0}});
    for (const double u : {1e-12, 1e-9, 1e-6}) {
        // By symmetry; in the upper tail u itself is rounded to 1e-16.
        CHECK(quantile(d, 1 - u) == Approx(-quantile(d, u)).epsilon(1e-5));
        const Distribution wide = {.shape = Normal{0, 2}, .truncate = {}, .clamp = {}};
        CHECK(quantile(d, u) == Approx(quantile(wide, 2 * u)).epsilon(1e-4));
    }
}

TEST_CASE("the quantile inverts the CDF of random mixtures to 1e-12 and rises", "[random][R2]") {
    RandomMixtures random(20240131);
    std::size_t atoms_met = 0;
    for (int round = 0; round < 300; ++round) {
        const Distribution d = mixture(random.mixture(1, 5).components);
        REQUIRE(problems_of(d).empty());
        double before = -INFINITY;
        for (int i = 0; i < 60; ++i) {
            const double u = (i + random.number(0, 1)) / 60;
            const double x = quantile(d, u);
            CHECK(miss(d, x, u) <= 1e-12);
            CHECK(x >= before);
            const Parts parts = parts_of(d);
            if (probability_at(parts, x, Edge::below).below + 1e-6 <
                probability_at(parts, x, Edge::at_or_below).below)
                ++atoms_met;
            before = x;
        }
    }
    CHECK(atoms_met > 1000);
}
