// Truncated and clamped distributions, and their supports.
#include <fleetcast/random/truncation.hpp>

#include <cmath>
#include <limits>

#include "support/catch.hpp"

using namespace fleetcast;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

Distribution truncated(auto shape, double low, double high) {
    return {.shape = shape, .truncate = Bounds{low, high}, .clamp = {}};
}

Distribution clamped(auto shape, double low, double high) {
    return {.shape = shape, .truncate = {}, .clamp = Bounds{low, high}};
}

} // namespace

TEST_CASE("a truncated uniform is the uniform of the range", "[random][R2]") {
    const Distribution d = truncated(Uniform{0, 10}, 2, 6);
    CHECK(quantile(d, 0.25) == Approx(3).epsilon(1e-15));
    CHECK(quantile(d, 0.5) == Approx(4).epsilon(1e-15));
    CHECK(cdf(d, 1) == 0);
    CHECK(cdf(d, 5) == Approx(0.75));
    CHECK(cdf(d, 6) == 1);
    // An end left out
    CHECK(quantile(truncated(Uniform{0, 10}, -infinity, 6), 0.5) == Approx(3).epsilon(1e-15));
    CHECK(quantile(truncated(Uniform{0, 10}, 4, infinity), 0.5) == Approx(7).epsilon(1e-15));
}

TEST_CASE("a truncated normal keeps to its range and its median", "[random][R2]") {
    // Half normal: the median is the normal quantile at 3/4.
    const Distribution half = truncated(Normal{0, 1}, 0, infinity);
    CHECK(quantile(half, 0.5) == Approx(0.67448975019608174).epsilon(1e-15));
    for (int i = 1; i < 200; ++i) {
        const double u = i / 200.0;
        const Distribution d = truncated(Normal{1, 3}, 0.5, 2.5);
        CHECK(quantile(d, u) >= 0.5);
        CHECK(quantile(d, u) <= 2.5);
        CHECK(cdf(d, quantile(d, u)) == Approx(u).epsilon(1e-13));
    }
}

TEST_CASE("a truncation deep in the upper tail mirrors the one in the lower", "[random]") {
    const Distribution high = truncated(Normal{0, 1}, 9, 12);
    const Distribution low = truncated(Normal{0, 1}, -12, -9);
    CHECK(problems_of(high).empty());
    for (const double u : {0.125, 0.5, 0.75}) {
        CHECK(quantile(high, u) == Approx(-quantile(low, 1 - u)).epsilon(1e-14));
        CHECK(cdf(high, quantile(high, u)) == Approx(u).epsilon(1e-12));
    }
}

TEST_CASE("a single value on an end of the range stays in it", "[random][R2]") {
    const Discrete dice{{{1, 0.25}, {2, 0.25}, {3, 0.25}, {4, 0.25}}};
    const Distribution d = truncated(dice, 2, 3);
    CHECK(quantile(d, 0.01) == 2);
    CHECK(quantile(d, 0.5) == 2);
    CHECK(quantile(d, 0.51) == 3);
    CHECK(cdf(d, 1.9) == 0);
    CHECK(cdf(d, 2) == 0.5);
    CHECK(quantile(truncated(dice, 3, 3), 0.7) == 3);
    // 1 2 2 2 10 (type 7): 2 has 1/2, above it 1/4, so from 2 on it has 2/3.
    const Distribution ties = truncated(Empirical{{1, 2, 2, 2, 10}}, 2, infinity);
    CHECK(quantile(ties, 0.66) == 2);
    CHECK(quantile(ties, 0.68) > 2);
    CHECK(cdf(ties, 2) == Approx(2.0 / 3));
    // 60 % no delay, else uniform on [-1, 1]: from 0 on, 0 has 0.6 of 0.8.
    const Distribution mixed = truncated(Mixture{{{0.0, 0.6}, {Uniform{-1, 1}, 0.4}}}, 0, infinity);
    CHECK(quantile(mixed, 0.5) == 0);
    CHECK(quantile(mixed, 0.74) == 0);
    CHECK(quantile(mixed, 0.875) == Approx(0.5).epsilon(1e-14));
}

TEST_CASE("the slack of sums never leaves a truncated range", "[random]") {
    const Distribution d = truncated(Discrete{{{1, 0.5}, {3, 0.5}}}, 2, 5);
    CHECK(quantile(d, 1e-13) == 3); // F(1) = 0.5 lies within 1e-12 of the wanted 0.5 + 5e-14
    CHECK(quantile(d, 1 - 1e-13) == 3);
}

TEST_CASE("clamp moves what is outside to the nearer end", "[random][R2]") {
    const Distribution d = clamped(Uniform{0, 10}, 2, 6);
    CHECK(quantile(d, 0.1) == 2);
    CHECK(quantile(d, 0.5) == 5);
    CHECK(quantile(d, 0.9) == 6);
    CHECK(cdf(d, 1.99) == 0);
    CHECK(cdf(d, 2) == Approx(0.2));
    CHECK(cdf(d, 6) == 1);
}

TEST_CASE("truncate comes before clamp", "[random]") {
    // Uniform on [0, 4], then not below 3: three quarters lie on 3.
    const Distribution d = {
        .shape = Uniform{0, 10}, .truncate = Bounds{0, 4}, .clamp = Bounds{3, infinity}};
    CHECK(quantile(d, 0.74) == 3);
    CHECK(quantile(d, 0.875) == Approx(3.5).epsilon(1e-15));
    CHECK(cdf(d, 3) == Approx(0.75));
    CHECK(support(d) == Support{3, 4});
}

TEST_CASE("the support is where values can lie", "[random]") {
    const Support all = {-infinity, infinity, true, true};
    const Support positive = {0, infinity, true, true};
    const auto plain = [](auto shape) {
        return support({.shape = shape, .truncate = {}, .clamp = {}});
    };
    CHECK(plain(Uniform{-1, 2}) == Support{-1, 2});
    CHECK(plain(Triangular{0, 2, 6}) == Support{0, 6});
    CHECK(plain(Pert{0, 2, 6}) == Support{0, 6});
    CHECK(plain(Normal{5, 1}) == all);
    CHECK(plain(Lognormal{5, 1}) == positive);
    CHECK(plain(Interval{1, 2, 0.9, IntervalShape::normal}) == all);
    CHECK(plain(Interval{1, 2, 0.9, IntervalShape::lognormal}) == positive);
    CHECK(plain(Interval{0.1, 0.2, 0.9, IntervalShape::logit_normal}) == Support{0, 1, true, true});
    CHECK(plain(Discrete{{{3, 0.5}, {-1, 0.5}}}) == Support{-1, 3});
    CHECK(plain(Empirical{{3, -1, 2}}) == Support{-1, 3});
    CHECK(plain(Mixture{{{Lognormal{5, 1}, 0.5}, {-2.0, 0.5}}}) ==
          Support{-2, infinity, false, true});
    CHECK(plain(Mixture{{{Lognormal{5, 1}, 0.5}, {0.0, 0.5}}}) ==
          Support{0, infinity, false, true});
    CHECK(plain(Mixture{{{0.0, 0.5}, {Lognormal{5, 1}, 0.5}}}) ==
          Support{0, infinity, false, true});
}

TEST_CASE("truncate and clamp narrow the support", "[random]") {
    CHECK(support(truncated(Normal{5, 1}, 0, infinity)) == Support{0, infinity, false, true});
    CHECK(support(truncated(Lognormal{5, 1}, 0, 9)) == Support{0, 9, true, false});
    CHECK(support(truncated(Discrete{{{-5, 0.2}, {1, 0.4}, {3, 0.4}}}, 0, infinity)) ==
          Support{1, 3});
    CHECK(support(truncated(Mixture{{{-5.0, 0.5}, {Uniform{1, 2}, 0.5}}}, 0, 10)) == Support{1, 2});
    CHECK(support(clamped(Normal{5, 1}, 0, infinity)) == Support{0, infinity, false, true});
    CHECK(support(clamped(Normal{5, 1}, 0, 10)) == Support{0, 10});
    CHECK(support(clamped(Lognormal{5, 1}, 0, 10)) == Support{0, 10, true, false});
    CHECK(support(clamped(Lognormal{5, 1}, -2, -1)) == Support{-1, -1});
    CHECK(support(clamped(Uniform{0, 1}, 3, 4)) == Support{3, 3});
    CHECK(support(clamped(Uniform{0, 1}, -3, 4)) == Support{0, 1});
}

TEST_CASE("a support lies within a range when no value that occurs is outside", "[random]") {
    const Range closed{.low = 0, .high = 1};
    const Range open{.low = 0, .high = 1, .low_open = true, .high_open = true};
    for (const bool low_open : {false, true})
        for (const bool high_open : {false, true}) {
            CAPTURE(low_open, high_open);
            CHECK(lies_within({0, 1, low_open, high_open}, closed));
            CHECK(lies_within({0, 1, low_open, high_open}, open) == (low_open && high_open));
            CHECK(lies_within({0.1, 0.9, low_open, high_open}, open));
            CHECK_FALSE(lies_within({-0.1, 1, low_open, high_open}, closed));
            CHECK_FALSE(lies_within({0, 1.1, low_open, high_open}, closed));
            CHECK_FALSE(lies_within({-0.1, 0.5, low_open, high_open}, open));
            CHECK_FALSE(lies_within({0.5, 1.1, low_open, high_open}, open));
        }
    CHECK(lies_within({-infinity, infinity, true, true}, any_number));
    CHECK_FALSE(lies_within({-infinity, infinity, true, true}, not_negative));
}
