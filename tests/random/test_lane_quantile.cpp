// Inverses over rows of lanes: closed forms, the scalar functions, tables against the CDF, bytes.
#include <fleetcast/base/lanes.hpp>
#include <fleetcast/random/lane_quantile.hpp>
#include <fleetcast/random/sampling.hpp>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/special_functions/beta.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <limits>
#include <utility>
#include <vector>

#include "random/random_mixtures.hpp"
#include "support/catch.hpp"

using namespace fleetcast;
using fleetcast::testing::RandomMixtures;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<Level> levels() {
    std::vector<Level> result = {Level::baseline};
    for (const Level level : {Level::v3, Level::v4})
        if (level <= best_level())
            result.push_back(level);
    return result;
}

Distribution plain(auto shape) { return {.shape = shape, .truncate = {}, .clamp = {}}; }

Distribution truncated(auto shape, double low, double high) {
    return {.shape = shape, .truncate = Bounds{low, high}, .clamp = {}};
}

Distribution clamped(auto shape, double low, double high) {
    return {.shape = shape, .truncate = {}, .clamp = Bounds{low, high}};
}

std::vector<double> values(const Distribution& distribution, const std::vector<double>& u,
                           Draws draws = Draws::many, Level level = best_level()) {
    std::vector<double> x(u.size());
    LaneQuantile(distribution, draws)(u, x, level);
    return x;
}

double value(const Distribution& distribution, double u) { return values(distribution, {u})[0]; }

/// Trials' uniforms, then both tails down to what a trial can have, and one half.
std::vector<double> uniforms(std::size_t trials) {
    std::vector<double> u;
    for (std::size_t i = 0; i < trials; ++i)
        u.push_back(uniform(1, fnv1a64("inputs.x"), i));
    for (double tail = 0.25; tail >= 0x1p-53; tail /= 2)
        for (const double near : {0.75 * tail, tail}) {
            u.push_back(near);
            u.push_back(1 - near);
        }
    u.push_back(0.5);
    return u;
}

/// One of each form, closed or tabulated.
std::vector<Distribution> all_forms() {
    return {
        plain(Uniform{0.03, 0.1}),
        plain(Triangular{0, 2, 6}),
        plain(Triangular{0, 0, 6}),
        plain(Triangular{-6, 6, 6}),
        plain(Normal{100, 15}),
        plain(Lognormal{65, 0.2}),
        plain(Lognormal{1, 3}),
        plain(Interval{-10, 20, 0.9, IntervalShape::normal}),
        plain(Interval{10, 20, 0.8, IntervalShape::lognormal}),
        plain(Interval{0.01, 0.3, 0.9, IntervalShape::logit_normal}),
        plain(Uniform{7, 7}),
        plain(Discrete{{{5, 0.25}, {1, 0.5}, {3, 0.25}}}),
        plain(Empirical{{3, -1, 4, 1.5, 9, 2.6}}),
        plain(Empirical{{3}}),
        truncated(Uniform{0, 10}, 2, 6),
        truncated(Triangular{0, 2, 6}, 1, infinity),
        truncated(Normal{1, 3}, 0.5, 2.5),
        truncated(Normal{0, 1}, 9, 12),
        truncated(Normal{0, 1}, -12, -9),
        truncated(Lognormal{65, 0.2}, 0, 80),
        truncated(Interval{0.01, 0.3, 0.9, IntervalShape::logit_normal}, 0.02, 0.9),
        truncated(Discrete{{{1, 0.25}, {2, 0.25}, {3, 0.25}, {4, 0.25}}}, 2, 3),
        truncated(Empirical{{1, 2, 2, 2, 10}}, 2, infinity),
        clamped(Normal{0, 1}, -1, 2),
        clamped(Lognormal{65, 0.2}, -infinity, 66),
        clamped(Uniform{0, 1}, 3, 4),
        {.shape = Uniform{0, 10}, .truncate = Bounds{0, 4}, .clamp = Bounds{3, infinity}},
        plain(Pert{0, 2, 6}),
        plain(Pert{0, 0, 1}),
        plain(Pert{-3, 1, 1}),
        plain(Pert{1, 8, 9}),
        truncated(Pert{0, 2, 6}, 1, 3),
        clamped(Pert{0, 2, 6}, 1, 3),
        plain(Mixture{{{Lognormal{3, 0.5}, 0.7}, {Uniform{6, 12}, 0.3}}}),
        plain(Mixture{{{0.0, 0.6}, {Uniform{-1, 1}, 0.4}}}),
        plain(Mixture{{{Normal{0, 1}, 0.5}, {Normal{1000, 2}, 0.5}}}),
        plain(Mixture{{{Pert{0, 2, 6}, 0.5}, {Triangular{1, 2, 30}, 0.5}}}),
        plain(Mixture{{{1.0, 0.25}, {2.0, 0.75}}}),
        truncated(Mixture{{{0.0, 0.6}, {Uniform{-1, 1}, 0.4}}}, 0, infinity),
        truncated(Mixture{{{Normal{0, 1}, 0.5}, {Normal{3, 1}, 0.5}}}, 1, 2.5),
        clamped(Mixture{{{Normal{0, 1}, 0.5}, {Normal{3, 1}, 0.5}}}, 0, 4),
    };
}

/// How far u lies outside [P(X < x), P(X <= x)] of the truncated distribution.
double miss(const ExactQuantile& exact, double x, double u) {
    const Probability p = probability_of(exact.cut, u);
    const Probability below = probability_at(exact.parts, x, Edge::below);
    const Probability up_to = probability_at(exact.parts, x, Edge::at_or_below);
    const bool lower = p.below <= p.above;
    const double over = lower ? below.below - p.below : p.above - below.above;
    const double under = lower ? p.below - up_to.below : up_to.above - p.above;
    return std::max({over, under, 0.0}) / exact.cut.mass;
}

} // namespace

TEST_CASE("rows of uniforms, normals and lognormals are their closed forms", "[random][R2]") {
    const boost::math::normal_distribution<long double> normal;
    const std::vector<double> u = uniforms(2000);
    const auto from_uniform = values(plain(Uniform{2, 6}), u);
    const auto from_normal = values(plain(Normal{100, 15}), u);
    const auto from_lognormal = values(plain(Lognormal{65, 0.4}), u);
    const auto from_share = values(plain(Interval{0.2, 0.8, 0.5, IntervalShape::logit_normal}), u);
    const long double spread = std::log(4.0L) / quantile(normal, 0.75L); // of the logits
    double worst = 0;
    const auto compare = [&](double found, long double expected) {
        worst = std::max(worst, static_cast<double>(std::abs(found / expected - 1)));
    };
    for (std::size_t i = 0; i < u.size(); ++i) {
        const long double p = u[i], z = p < 0.5L ? quantile(normal, p) : -quantile(normal, 1 - p);
        compare(from_uniform[i], 2 + 4 * p);
        if (z > -6) // the value is 0 at -6.7
            compare(from_normal[i], 100 + 15 * z);
        compare(from_lognormal[i], 65 * std::exp(0.4L * z));
        compare(from_share[i], 1 / (1 + std::exp(-spread * z)));
    }
    CHECK(worst <= 8e-15); // a lognormal of z has 0.4 z, a logit-normal 2 z times the error of z
}

TEST_CASE("rows of triangular values are their closed form", "[random][R2]") {
    const std::vector<double> u = uniforms(2000);
    const auto found = values(plain(Triangular{2, 3, 7}), u);
    for (std::size_t i = 0; i < u.size(); ++i) {
        const double expected =
            u[i] <= 0.2 ? 2 + std::sqrt(u[i] * 5) : 7 - std::sqrt((1 - u[i]) * 20);
        CHECK(found[i] == Approx(expected).epsilon(1e-15));
    }
}

TEST_CASE("rows of PERT values are Boost's beta quantiles", "[random][R2]") {
    const std::vector<double> u = uniforms(300);
    const auto found = values(plain(Pert{10, 12, 30}), u);
    double worst = 0;
    for (std::size_t i = 0; i < u.size(); ++i) {
        const auto expected = 10 + 20 * boost::math::ibeta_inv<long double>(1.4L, 4.6L, u[i]);
        worst = std::max(worst, static_cast<double>(std::abs(found[i] / expected - 1)));
    }
    CHECK(worst <= 1e-11);
}

TEST_CASE("rows have the values of quantile(), to the last bits", "[random][R2]") {
    const std::vector<double> u = uniforms(2000);
    for (const Distribution& d : all_forms()) {
        INFO(describe(d));
        const std::vector<double> x = values(d, u);
        const double width = quantile(d, 0.9) - quantile(d, 0.1);
        double worst = 0;
        for (std::size_t i = 0; i < u.size(); ++i) {
            const double expected = quantile(d, u[i]);
            // Near 0 a value has the rounding of those around it.
            const double scale = std::max(std::abs(expected), 0.1 * width);
            worst = std::max(worst, x[i] == expected ? 0 : std::abs(x[i] - expected) / scale);
        }
        const bool is_table =
            std::holds_alternative<Pert>(d.shape) || std::holds_alternative<Mixture>(d.shape);
        CHECK(worst <= (is_table ? 1e-10 : 4e-15));
    }
}

TEST_CASE("forms of plain arithmetic have the bytes of quantile()", "[random][R2]") {
    const std::vector<double> u = uniforms(2000);
    for (const Distribution& d : all_forms()) {
        if (!std::holds_alternative<Uniform>(d.shape) &&
            !std::holds_alternative<Triangular>(d.shape) &&
            !std::holds_alternative<Discrete>(d.shape) &&
            !std::holds_alternative<Empirical>(d.shape))
            continue;
        INFO(describe(d));
        const std::vector<double> x = values(d, u);
        std::size_t equal = 0;
        for (std::size_t i = 0; i < u.size(); ++i)
            equal += x[i] == quantile(d, u[i]) ? 1 : 0;
        CHECK(equal == u.size());
    }
}

TEST_CASE("the median of a row has the bytes of quantile()", "[random][R4]") {
    for (const Distribution& d : all_forms()) {
        INFO(describe(d));
        CHECK(value(d, 0.5) == quantile(d, 0.5));
    }
}

TEST_CASE("few draws of PERT and mixtures have the bytes of quantile()", "[random][R2]") {
    const std::vector<double> u = uniforms(20);
    for (const Distribution& d : all_forms())
        if (std::holds_alternative<Pert>(d.shape) || std::holds_alternative<Mixture>(d.shape)) {
            INFO(describe(d));
            const std::vector<double> x = values(d, u, Draws::few);
            for (std::size_t i = 0; i < u.size(); ++i)
                CHECK(x[i] == quantile(d, u[i]));
        }
}

TEST_CASE("the CDF of a row's values is u within 1e-12", "[random][R2]") {
    const std::vector<double> u = uniforms(4000);
    for (Distribution d : all_forms()) {
        d.clamp.reset(); // a clamped value has no u of its own
        INFO(describe(d));
        const ExactQuantile exact = exact_quantile(d);
        const std::vector<double> x = values(d, u);
        double worst = 0;
        for (std::size_t i = 0; i < u.size(); ++i)
            worst = std::max(worst, miss(exact, x[i], u[i]));
        CHECK(worst <= 1e-12);
    }
}

TEST_CASE("tables of random mixtures keep u within 1e-12 and rise", "[random][R2]") {
    RandomMixtures random(20240202);
    double worst = 0;
    for (int round = 0; round < 80; ++round) {
        Distribution d = plain(random.mixture(2, 5));
        if (round % 2 == 1)
            d.truncate = Bounds{quantile(d, 0.15), quantile(d, 0.9)};
        REQUIRE(problems_of(d).empty());
        INFO(describe(d) << ", round " << round);
        std::vector<double> u;
        for (int i = 0; i < 1000; ++i)
            u.push_back((i + random.number(0, 1)) / 1000);
        const std::vector<double> x = values(d, u);
        const ExactQuantile exact = exact_quantile(d);
        // A part that is narrow beside its place has few doubles to choose from.
        for (std::size_t i = 0; i < u.size(); ++i)
            worst = std::max(worst, miss(exact, x[i], u[i]));
        CHECK(std::is_sorted(x.begin(), x.end()));
    }
    CHECK(worst <= 1e-12);
}

TEST_CASE("values of a row rise with u, to rounding", "[random][R2]") {
    std::vector<double> u = uniforms(20000);
    std::sort(u.begin(), u.end());
    u.erase(std::unique(u.begin(), u.end()), u.end());
    for (const Distribution& d : all_forms()) {
        INFO(describe(d));
        const std::vector<double> x = values(d, u);
        std::size_t falls = 0;
        for (std::size_t k = 1; k < x.size(); ++k)
            falls += x[k] < x[k - 1] - 4e-16 * std::abs(x[k]) ? 1 : 0;
        CHECK(falls == 0);
    }
}

TEST_CASE("a table knows single values, gaps and the slack of 1e-12", "[random][R2]") {
    const auto even = plain(Mixture{{{Uniform{0, 1}, 0.5}, {Uniform{2, 3}, 0.5}}});
    CHECK(value(even, 0.5) == 1);
    CHECK(value(even, 0.5 + 0.9e-12) == 1);
    CHECK(value(even, 0.5 + 1.1e-12) == Approx(2));
    CHECK(value(even, 0.25) == Approx(0.5).epsilon(1e-12));
    const auto delayed = plain(Mixture{{{0.0, 0.6}, {Uniform{-1, 1}, 0.4}}});
    CHECK(value(delayed, 0.2 + 1e-13) == 0);
    CHECK(value(delayed, 0.8) == 0);
    CHECK(value(delayed, 0.1) == Approx(-0.5).epsilon(1e-12));
    CHECK(value(delayed, 0.9) == Approx(0.5).epsilon(1e-12));
    const auto numbers = plain(Mixture{{{1.0, 0.1}, {2.0, 0.7}, {3.0, 0.2}}});
    CHECK(value(numbers, 0.8) == 2); // 0.1 + 0.7 < 0.8 as doubles
    CHECK(value(numbers, 0.8 + 1.1e-12) == 3);
    CHECK(value(numbers, 1e-13) == 1);
    CHECK(value(numbers, 1 - 1e-13) == 3);
}

TEST_CASE("a long list of values is found by its cell as by its sums", "[random][R2]") {
    Discrete discrete;
    Empirical empirical;
    double sum = 0;
    for (std::size_t i = 0; i < 3000; ++i) {
        const double draw = uniform(2, 2, i);
        empirical.values.push_back(draw);
        discrete.values.emplace_back(draw, draw * draw * draw);
        sum += discrete.values.back().second;
    }
    for (auto& entry : discrete.values)
        entry.second /= sum;
    const std::vector<double> u = uniforms(1000);
    for (const Distribution& d : {plain(discrete), plain(empirical)}) {
        REQUIRE(problems_of(d).empty());
        const std::vector<double> x = values(d, u);
        std::size_t equal = 0;
        for (std::size_t i = 0; i < u.size(); ++i)
            equal += x[i] == quantile(d, u[i]) ? 1 : 0;
        CHECK(equal == u.size());
    }
}

TEST_CASE("far tails of a row are those of the scalar functions", "[random]") {
    std::vector<double> u;
    for (int exponent = 20; exponent <= 1074; exponent += 17)
        u.push_back(std::ldexp(1.0, -exponent));
    for (const Distribution& d :
         {plain(Normal{0, 1}), plain(Lognormal{1e-300, 50}), plain(Lognormal{1e300, 50}),
          plain(Interval{0.001, 0.999, 0.01, IntervalShape::logit_normal}), plain(Pert{1, 2, 9}),
          plain(Mixture{{{Normal{0, 1}, 0.5}, {Normal{1, 2}, 0.5}}})}) {
        INFO(describe(d));
        std::vector<double> both = u;
        for (const double tail : u)
            if (tail >= 0x1p-53)
                both.push_back(1 - tail);
        const std::vector<double> x = values(d, both);
        for (std::size_t i = 0; i < both.size(); ++i) {
            const double expected = quantile(d, both[i]);
            // exp(50 z) has 50 z times the relative error of z.
            if (std::isinf(expected))
                CHECK(x[i] == expected);
            else
                CHECK(x[i] == Approx(expected).epsilon(1e-11).margin(1e-320));
        }
    }
}

TEST_CASE("values are the same bytes at every level and beside any neighbours", "[random][R7]") {
    const std::vector<double> u = uniforms(3000);
    for (const Distribution& d : all_forms()) {
        INFO(describe(d));
        const LaneQuantile inverse(d);
        std::vector<double> expected(u.size());
        inverse(u, expected, Level::baseline);
        for (const Level level : levels()) {
            std::vector<double> in_place = u;
            inverse(in_place, in_place, level);
            CHECK(in_place == expected);
            std::vector<double> odd_rows(u.size());
            for (std::size_t first = 0; first < u.size(); first += 13) {
                const std::size_t count = std::min<std::size_t>(13, u.size() - first);
                inverse(std::span(u).subspan(first, count),
                        std::span(odd_rows).subspan(first, count), level);
            }
            CHECK(odd_rows == expected);
        }
    }
}

TEST_CASE("known values of rows are the same bytes on every x86-64", "[random][R7]") {
    // Computed once; beside each, 40-digit arithmetic: 2 ulp off at most, tables 1e-14.
    struct Known {
        Distribution distribution;
        double u, value;
    };
    const std::vector<Known> all = {
        {plain(Normal{0, 1}), 0.975, 0x1.f5c0331eeff82p+0},     // 1.9599639845400538
        {plain(Normal{0, 1}), 1e-9, -0x1.7fdc11f44b5a7p+2},     // -5.9978070150076869
        {plain(Lognormal{65, 0.2}), 0.9, 0x1.4ff5bf0323686p+6}, // 83.989986466442225
        {plain(Interval{0.1, 0.3, 0.8, IntervalShape::logit_normal}), 0.7,
         0x1.c97beb846da3p-3},                             // 0.22338088987244610
        {plain(Pert{0, 2, 6}), 0.3, 0x1.a3dd242c66486p+0}, // 1.6400930984876015
        {plain(Mixture{{{Normal{0, 1}, 0.5}, {Lognormal{2, 0.5}, 0.5}}}), 0.8,
         0x1.26a0e20992963p+1}, // 2.3017847582570420
    };
    for (const Known& known : all) {
        INFO(describe(known.distribution));
        CHECK(value(known.distribution, known.u) == known.value);
    }
}
