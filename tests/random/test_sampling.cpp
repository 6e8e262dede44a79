// Uniforms of trials: Philox, Latin hypercubes and Sobol points, and their replicates.
#include <fleetcast/base/lanes.hpp>
#include <fleetcast/random/sampling.hpp>

#include <boost/random/sobol.hpp>
#include <Random123/philox.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <string>
#include <vector>

#include "support/catch.hpp"

using namespace fleetcast;

namespace {

std::vector<Level> levels() {
    std::vector<Level> result = {Level::baseline};
    for (const Level level : {Level::v3, Level::v4})
        if (level <= best_level())
            result.push_back(level);
    return result;
}

/// All trials of a draw.
std::vector<double> run(const Sampler& sampler, std::size_t draw, std::uint64_t trials) {
    std::vector<double> u(trials);
    sampler.fill(draw, 0, u);
    return u;
}

std::vector<std::uint64_t> streams(std::size_t count) {
    std::vector<std::uint64_t> result;
    for (std::size_t i = 0; i < count; ++i)
        result.push_back(fnv1a64("inputs.x" + std::to_string(i)));
    return result;
}

double mean(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
    const double mean_a = mean(a), mean_b = mean(b);
    double ab = 0, aa = 0, bb = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ab += (a[i] - mean_a) * (b[i] - mean_b);
        aa += (a[i] - mean_a) * (a[i] - mean_a);
        bb += (b[i] - mean_b) * (b[i] - mean_b);
    }
    return ab / std::sqrt(aa * bb);
}

/// Whether the u of each replicate lie in as many equal cells of [0, 1), one in each.
bool one_in_each_cell(const std::vector<double>& u) {
    const std::size_t size = u.size() / stratified_replicates;
    for (std::size_t replicate = 0; replicate < stratified_replicates; ++replicate) {
        std::vector<int> met(size);
        for (std::size_t i = 0; i < size; ++i)
            ++met[static_cast<std::size_t>(u[replicate * size + i] * static_cast<double>(size))];
        if (std::any_of(met.begin(), met.end(), [](int count) { return count != 1; }))
            return false;
    }
    return true;
}

/// Sum of (count - expected)^2/expected; its mean is cells - 1, its variance twice that.
double chi_square(const std::vector<int>& counts) {
    const double expected = static_cast<double>(std::accumulate(counts.begin(), counts.end(), 0)) /
                            static_cast<double>(counts.size());
    double sum = 0;
    for (const int count : counts)
        sum += (count - expected) * (count - expected) / expected;
    return sum;
}

bool near_its_mean(double chi_square, std::size_t cells, double k) {
    const auto degrees = static_cast<double>(cells - 1);
    return chi_square <= degrees + k * std::sqrt(2 * degrees);
}

} // namespace

TEST_CASE("a stream is the FNV-1a hash of its path", "[random][R1]") {
    CHECK(fnv1a64("") == 0xcbf29ce484222325U);
    CHECK(fnv1a64("a") == 0xaf63dc4c8601ec8cU);
    CHECK(fnv1a64("inputs.electricity") == 0x4d4bcc7faba61493U);
}

TEST_CASE("a uniform is made of the words of Philox4x32-10", "[random][R1]") {
    const auto words = r123::Philox4x32()({{0, 0, 0, 0}}, {{0, 0}});
    CHECK(words[0] == 0x6627e8d5U);
    CHECK(words[1] == 0xe169c58dU);
    CHECK(words[2] == 0xbc57ac4cU);
    CHECK(words[3] == 0x9b00dbd8U);
    CHECK(uniform(0, 0, 0) == (static_cast<double>(0xe169c58d6627eU) + 0.5) * 0x1p-52);
}

TEST_CASE("the uniforms printed in the rules are met", "[random][R1]") {
    const std::uint64_t electricity = fnv1a64("inputs.electricity");
    CHECK(uniform(1, electricity, 0) == 0.8596699316873132);
    CHECK(uniform(1, electricity, 1) == 0.7044163323034051);
    CHECK(uniform((std::uint64_t{1} << 40) + 1, fnv1a64("sources.h100-2024.delay_months"), 7) ==
          0.17935719399235872);
}

TEST_CASE("a row of trials has the bytes of single uniforms at every level", "[random][R1][R7]") {
    const std::uint64_t big = std::uint64_t{1} << 32;
    const std::vector<std::uint64_t> some = {0,   1,    fnv1a64("inputs.electricity"),
                                             big, ~big, ~std::uint64_t{0}};
    for (const Level level : levels())
        for (const std::uint64_t seed :
             {std::uint64_t{0}, std::uint64_t{1}, big + 1, ~std::uint64_t{0}}) {
            const Sampler sampler(Sampling::random, seed, 1000, some, level);
            // The carry from the low to the high word of the trial lies inside these rows.
            for (const std::uint64_t first :
                 {std::uint64_t{0}, big - 3, 7 * big - 100, ~std::uint64_t{0} - 200})
                for (const std::size_t count : {1U, 5U, 128U, 200U})
                    for (std::size_t draw = 0; draw < some.size(); ++draw) {
                        std::vector<double> u(count);
                        sampler.fill(draw, first, u);
                        std::size_t equal = 0;
                        for (std::size_t i = 0; i < count; ++i)
                            equal += u[i] == uniform(seed, some[draw], first + i) ? 1 : 0;
                        CHECK(equal == count);
                    }
        }
}

TEST_CASE("stratified runs have whole replicates", "[random][R6]") {
    CHECK(trials_of_run(Sampling::random, 10001) == 10001);
    CHECK(trials_of_run(Sampling::lhs, 10000) == 10000);
    CHECK(trials_of_run(Sampling::lhs, 10001) == 10016);
    CHECK(trials_of_run(Sampling::sobol, 1) == 16);
}

TEST_CASE("each replicate of a Latin hypercube has one trial in each stratum", "[random][R6]") {
    for (const std::uint64_t size :
         {1U, 2U, 3U, 4U, 5U, 6U, 7U, 31U, 64U, 129U, 1000U, 4099U, 7919U}) {
        CAPTURE(size);
        const std::uint64_t trials = size * stratified_replicates;
        const Sampler sampler(Sampling::lhs, 11, trials, streams(2));
        for (const std::size_t draw : {0U, 1U}) {
            const std::vector<double> u = run(sampler, draw, trials);
            CHECK(one_in_each_cell(u));
            CHECK(std::all_of(u.begin(), u.end(), [](double v) { return v > 0 && v < 1; }));
        }
    }
}

TEST_CASE("strata are exact in the last trials of the largest runs", "[random][R6]") {
    // 1e9 trials: no table would fit, and stratum + jitter just fits into a double.
    const std::uint64_t trials = 1000000000, size = trials / stratified_replicates;
    const Sampler sampler(Sampling::lhs, 3, trials, streams(1));
    std::vector<double> u(100000);
    sampler.fill(0, trials - u.size(), u);
    std::vector<std::uint64_t> strata;
    for (const double v : u)
        strata.push_back(static_cast<std::uint64_t>(v * static_cast<double>(size)));
    std::sort(strata.begin(), strata.end());
    CHECK(std::adjacent_find(strata.begin(), strata.end()) == strata.end());
    CHECK(strata.back() < size);
    CHECK(mean(u) == Approx(0.5).margin(4 * std::sqrt(1.0 / 12 / 100000))); // 4 s.e.
}

TEST_CASE("shuffles take every order of few strata about equally often", "[random][R6]") {
    // 4 strata: 24 orders; 16 replicates of 600 streams. A chi square with 23 degrees, k = 5.
    const Sampler sampler(Sampling::lhs, 5, 64, streams(600));
    std::vector<std::array<int, 4>> orders;
    for (std::array<int, 4> order = {0, 1, 2, 3};;) {
        orders.push_back(order);
        if (!std::next_permutation(order.begin(), order.end()))
            break;
    }
    std::vector<int> counts(orders.size());
    for (std::size_t draw = 0; draw < 600; ++draw) {
        const std::vector<double> u = run(sampler, draw, 64);
        for (std::size_t replicate = 0; replicate < 16; ++replicate) {
            std::array<int, 4> order;
            for (std::size_t i = 0; i < 4; ++i)
                order[i] = static_cast<int>(4 * u[4 * replicate + i]);
            ++counts[static_cast<std::size_t>(std::find(orders.begin(), orders.end(), order) -
                                              orders.begin())];
        }
    }
    CHECK(near_its_mean(chi_square(counts), counts.size(), 5));
}

TEST_CASE("a trial falls into every stratum equally often, whatever its neighbour does",
          "[random][R6]") {
    // Strata of the trials 10 and 11 of 100, over 16 replicates of 2000 streams; k = 5.
    const Sampler sampler(Sampling::lhs, 6, 1600, streams(2000));
    std::vector<int> one(100), both(100);
    for (std::size_t draw = 0; draw < 2000; ++draw)
        for (std::uint64_t replicate = 0; replicate < 16; ++replicate) {
            std::array<double, 2> u;
            sampler.fill(draw, replicate * 100 + 10, u);
            ++one[static_cast<std::size_t>(100 * u[0])];
            ++both[10 * static_cast<std::size_t>(10 * u[0]) + static_cast<std::size_t>(10 * u[1])];
        }
    CHECK(near_its_mean(chi_square(one), 100, 5));
    // Two of the same tenth are a little rarer: 9 of 99 strata are left, not 10 of 100.
    double sum = 0;
    for (std::size_t cell = 0; cell < 100; ++cell) {
        const double expected = 32000 * 0.1 * (cell / 10 == cell % 10 ? 9 : 10) / 99.0;
        sum += (both[cell] - expected) * (both[cell] - expected) / expected;
    }
    CHECK(near_its_mean(sum, 100, 5));
}

TEST_CASE("each replicate of 2^k Sobol points has one in each of 2^k cells", "[random][R6]") {
    for (const std::uint64_t size : {1U, 2U, 16U, 128U, 256U, 4096U}) {
        CAPTURE(size);
        const std::uint64_t trials = size * stratified_replicates;
        const Sampler sampler(Sampling::sobol, 7, trials, streams(40));
        for (std::size_t draw = 0; draw < 40; ++draw)
            CHECK(one_in_each_cell(run(sampler, draw, trials)));
    }
}

TEST_CASE("the first two Sobol dimensions have one point in each box of area 2^-8",
          "[random][R6]") {
    const std::uint64_t size = 256, trials = size * stratified_replicates;
    const Sampler sampler(Sampling::sobol, 8, trials, {900, 3, 40000}); // ranks 1, 0, 2
    const std::vector<double> x = run(sampler, 1, trials), y = run(sampler, 0, trials);
    for (int k = 0; k <= 8; ++k)
        for (std::size_t replicate = 0; replicate < stratified_replicates; ++replicate) {
            std::vector<int> met(size);
            const double columns = std::pow(2.0, k), rows = std::pow(2.0, 8 - k);
            for (std::size_t i = replicate * size; i < (replicate + 1) * size; ++i)
                ++met[static_cast<std::size_t>(x[i] * columns) * static_cast<std::size_t>(rows) +
                      static_cast<std::size_t>(y[i] * rows)];
            CHECK(std::all_of(met.begin(), met.end(), [](int count) { return count == 1; }));
        }
}

TEST_CASE("Sobol points share their leading digits as those of Joe and Kuo do", "[random][R6]") {
    // A nested scramble keeps how many leading digits two points share; Boost's points come in
    // another order, in which point g of ours is its point i, g the Gray code of i.
    constexpr std::size_t dimensions = 60, size = 128;
    boost::random::sobol_engine<std::uint32_t, 32> engine(dimensions);
    std::vector<std::vector<std::uint32_t>> points(dimensions, std::vector<std::uint32_t>(size));
    for (std::size_t i = 1; i < size; ++i)
        for (std::size_t dimension = 0; dimension < dimensions; ++dimension)
            points[dimension][i ^ (i >> 1)] = engine();
    std::vector<std::uint64_t> ascending(dimensions);
    std::iota(ascending.begin(), ascending.end(), 1000U);
    const Sampler sampler(Sampling::sobol, 9, size * stratified_replicates, ascending);
    const auto shared = [](std::uint32_t a, std::uint32_t b) { return std::countl_zero(a ^ b); };
    for (std::size_t dimension = 0; dimension < dimensions; ++dimension) {
        const std::vector<double> u = run(sampler, dimension, size * stratified_replicates);
        std::size_t equal = 0;
        for (std::size_t i = 0; i + 1 < size; ++i)
            for (const std::size_t j : {i + 1, (i * 37) % size}) {
                const auto digits = [&](std::size_t k) {
                    return static_cast<std::uint32_t>(u[5 * size + k] * 0x1p32);
                };
                equal += shared(digits(i), digits(j)) ==
                                 shared(points[dimension][i], points[dimension][j])
                             ? 1
                             : 0;
            }
        CHECK(equal == 2 * (size - 1));
    }
}

TEST_CASE("scrambles send a pair of points to every pair of cells they may take equally often",
          "[random][R6]") {
    // Points 0 and 1 differ in their first digit, for the rest they are independent: 8 x 4 cells of
    // eighths, the second in the other half. 16 replicates of 1000 streams, all in dimension 0; k
    // = 5.
    std::vector<int> counts(32);
    for (std::size_t stream = 0; stream < 1000; ++stream) {
        const Sampler sampler(Sampling::sobol, 10, 64, {stream * 7919});
        for (std::uint64_t replicate = 0; replicate < 16; ++replicate) {
            std::array<double, 2> u;
            sampler.fill(0, replicate * 4, u);
            const auto first = static_cast<std::size_t>(8 * u[0]);
            const auto second = static_cast<std::size_t>(8 * u[1]);
            REQUIRE(first / 4 != second / 4);
            ++counts[4 * first + second % 4];
        }
    }
    CHECK(near_its_mean(chi_square(counts), counts.size(), 5));
}

TEST_CASE("uniforms depend on neither how they are asked for nor the level", "[random][R6][R7]") {
    for (const Sampling sampling : {Sampling::random, Sampling::lhs, Sampling::sobol})
        for (const std::uint64_t trials : {16U, 48U, 1600U, 4096U, 16016U}) {
            CAPTURE(trials);
            const Sampler baseline(sampling, 4, trials, streams(3), Level::baseline);
            const std::vector<double> u = run(baseline, 2, trials);
            for (const Level level : levels()) {
                const Sampler sampler(sampling, 4, trials, streams(3), level);
                for (const std::size_t step : {1U, 7U, 128U, 300U}) {
                    std::vector<double> found(trials);
                    for (std::size_t first = 0; first < trials; first += step)
                        sampler.fill(2, first,
                                     std::span(found).subspan(
                                         first, std::min<std::size_t>(step, trials - first)));
                    CHECK(found == u);
                }
            }
        }
}

TEST_CASE("uniforms follow the stream, not the place it is named at", "[random][R6]") {
    const std::vector<std::uint64_t> some = streams(5);
    const std::vector<std::uint64_t> reversed(some.rbegin(), some.rend());
    for (const Sampling sampling : {Sampling::random, Sampling::lhs, Sampling::sobol}) {
        const Sampler forward(sampling, 2, 1600, some), backward(sampling, 2, 1600, reversed);
        for (std::size_t draw = 0; draw < some.size(); ++draw)
            CHECK(run(forward, draw, 1600) == run(backward, 4 - draw, 1600));
    }
}

TEST_CASE("streams beyond the dimensions of Sobol are random", "[random][R6]") {
    constexpr std::size_t dimensions = boost::random::default_sobol_table::max_dimension;
    std::vector<std::uint64_t> many(dimensions + 2);
    std::iota(many.begin(), many.end(), 1U);
    const Sampler sampler(Sampling::sobol, 1, 256, many);
    CHECK(one_in_each_cell(run(sampler, dimensions - 1, 256)));
    for (std::size_t draw = dimensions; draw < many.size(); ++draw)
        CHECK(run(sampler, draw, 256)[77] == uniform(1, many[draw], 77));
}

TEST_CASE("two streams, seeds or replicates are not correlated", "[random][R6]") {
    constexpr std::uint64_t trials = 16 * 1000;
    for (const Sampling sampling : {Sampling::random, Sampling::lhs, Sampling::sobol}) {
        const Sampler sampler(sampling, 1, trials, streams(12)),
            other(sampling, 2, trials, streams(12));
        std::vector<std::vector<double>> u;
        for (std::size_t draw = 0; draw < 12; ++draw)
            u.push_back(run(sampler, draw, trials));
        double worst = 0;
        for (std::size_t a = 0; a < u.size(); ++a) {
            for (std::size_t b = 0; b < a; ++b)
                worst = std::max(worst, std::abs(correlation(u[a], u[b])));
            if (sampling == Sampling::sobol)
                continue; // two scrambles of one point set share its order
            // One stream, where the replicate or the seed differs.
            const std::vector<double> early(u[a].begin(), u[a].end() - 1000);
            const std::vector<double> late(u[a].begin() + 1000, u[a].end());
            worst = std::max(worst, std::abs(correlation(early, late)));
            worst = std::max(worst, std::abs(correlation(u[a], run(other, a, trials))));
        }
        CHECK(worst <= 5 / std::sqrt(trials)); // 5 s.e., 90 pairs
    }
}

TEST_CASE("the spread of replicates tells how far a stratified mean is off", "[random][R6]") {
    // f = product of 1 + (u_j - 1/2), j = 1 .. 5: its mean is 1. Of 200 seeds, the t interval with
    // 15 degrees of freedom (2.131) must hold it in 95 %, here with 4 s.e. = 6.2 % of 200 to spare.
    constexpr std::uint64_t trials = 2048, size = trials / stratified_replicates;
    for (const Sampling sampling : {Sampling::lhs, Sampling::sobol}) {
        int held = 0;
        double square_error = 0;
        for (std::uint64_t seed = 1; seed <= 200; ++seed) {
            const Sampler sampler(sampling, seed, trials, streams(5));
            std::vector<double> f(trials, 1.0);
            for (std::size_t draw = 0; draw < 5; ++draw) {
                const std::vector<double> u = run(sampler, draw, trials);
                for (std::size_t i = 0; i < trials; ++i)
                    f[i] *= 0.5 + u[i];
            }
            std::vector<double> means;
            for (std::size_t replicate = 0; replicate < stratified_replicates; ++replicate) {
                const auto first = f.begin() + static_cast<std::ptrdiff_t>(replicate * size);
                means.push_back(mean({first, first + size}));
            }
            const double center = mean(means);
            double variance = 0;
            for (const double value : means)
                variance += (value - center) * (value - center) / 15;
            held += std::abs(center - 1) <= 2.131 * std::sqrt(variance / 16) ? 1 : 0;
            square_error += (center - 1) * (center - 1) / 200;
        }
        CHECK(held >= 190 - 12);
        // Random sampling: variance of f is (13/12)^5 - 1, so the mean of 2048 is off by 0.0155.
        const double random_error = std::sqrt((std::pow(13.0 / 12, 5) - 1) / trials);
        CHECK(std::sqrt(square_error) < random_error / (sampling == Sampling::lhs ? 2 : 10));
    }
}
