// The Gaussian copula: correlations of scores and of ranks, sums, singular matrices, bytes.
#include <fleetcast/random/correlation.hpp>
#include <fleetcast/random/lane_quantile.hpp>
#include <fleetcast/random/sampling.hpp>
#include <fleetcast/random/standard_normal.hpp>

#include <boost/math/distributions/normal.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <string>
#include <vector>

#include "support/catch.hpp"

using namespace fleetcast;

namespace {

using Rows = std::vector<std::vector<double>>; // [input][trial]

Rows independent(std::size_t inputs, std::size_t trials) {
    Rows rows(inputs, std::vector<double>(trials));
    for (std::size_t i = 0; i < inputs; ++i)
        for (std::size_t k = 0; k < trials; ++k)
            rows[i][k] = uniform(1, fnv1a64("inputs.x" + std::to_string(i)), k);
    return rows;
}

Rows correlated(const Matrix& matrix, Rows rows, Level level = best_level()) {
    std::vector<double*> pointers;
    for (std::vector<double>& row : rows)
        pointers.push_back(row.data());
    correlate(cholesky_lower(matrix).value(), pointers, rows.front().size(), level);
    return rows;
}

std::vector<double> scores(const std::vector<double>& u) {
    std::vector<double> z;
    for (const double value : u)
        z.push_back(normal_score({value, 1 - value}));
    return z;
}

std::vector<double> ranks(const std::vector<double>& values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<double> result(values.size());
    for (std::size_t rank = 0; rank < order.size(); ++rank)
        result[order[rank]] = static_cast<double>(rank);
    return result;
}

double mean(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double covariance(const std::vector<double>& a, const std::vector<double>& b) {
    const double mean_a = mean(a), mean_b = mean(b);
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += (a[i] - mean_a) * (b[i] - mean_b);
    return sum / static_cast<double>(a.size() - 1);
}

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
    return covariance(a, b) / std::sqrt(covariance(a, a) * covariance(b, b));
}

Matrix of_three(double ab, double ac, double bc) { return {{1, ab, ac}, {ab, 1, bc}, {ac, bc, 1}}; }

std::vector<Level> levels() {
    std::vector<Level> result = {Level::baseline};
    for (const Level level : {Level::v3, Level::v4})
        if (level <= best_level())
            result.push_back(level);
    return result;
}

constexpr std::size_t trials = 40000;

} // namespace

TEST_CASE("scores get the correlations of the matrix [R3]", "[random]") {
    const Matrix matrix = of_three(0.6, -0.3, 0.2);
    const Rows u = correlated(matrix, independent(3, trials));
    for (std::size_t a = 0; a < 3; ++a)
        for (std::size_t b = 0; b < a; ++b) {
            const double r = matrix[a][b];
            // 4 s.e. of a correlation: (1 - r^2)/sqrt(N)
            CHECK(correlation(scores(u[a]), scores(u[b])) ==
                  Approx(r).margin(4 * (1 - r * r) / std::sqrt(trials)));
        }
}

TEST_CASE("ranks get the correlation asked for by rank [R3]", "[random]") {
    for (const double rank : {-0.8, 0.0, 0.5, 0.9}) {
        const double r = normal_correlation(rank);
        const Rows u = correlated({{1, r}, {r, 1}}, independent(2, trials));
        // 4 s.e.; that of a rank correlation is 1/sqrt(N) at most
        CHECK(correlation(ranks(u[0]), ranks(u[1])) == Approx(rank).margin(4 / std::sqrt(trials)));
    }
}

TEST_CASE("correlated inputs stay uniform [R3]", "[random]") {
    const Rows u = correlated(of_three(0.6, -0.3, 0.2), independent(3, trials));
    for (const std::vector<double>& row : u) {
        std::vector<double> sorted = row;
        std::sort(sorted.begin(), sorted.end());
        double distance = 0; // of Kolmogorov and Smirnov; 2.23/sqrt(N) has probability 1e-4
        for (std::size_t i = 0; i < trials; ++i)
            distance =
                std::max(distance, std::abs(sorted[i] - (static_cast<double>(i) + 0.5) / trials));
        CHECK(distance <= 2.23 / std::sqrt(trials));
    }
}

TEST_CASE("a sum of correlated normals has the variance of the closed form [R3]", "[random]") {
    const Matrix matrix = of_three(0.6, -0.3, 0.2);
    const double sd[3] = {1, 2, 5};
    const Rows u = correlated(matrix, independent(3, trials));
    std::vector<double> sum(trials), x(trials);
    double expected = 0;
    for (std::size_t a = 0; a < 3; ++a) {
        LaneQuantile({.shape = Normal{10, sd[a]}, .truncate = {}, .clamp = {}})(u[a], x,
                                                                                best_level());
        for (std::size_t i = 0; i < trials; ++i)
            sum[i] += x[i];
        for (std::size_t b = 0; b < 3; ++b)
            expected += matrix[a][b] * sd[a] * sd[b];
    }
    // 4 s.e.: of a variance, sqrt(2/N) of it; of a mean, sd/sqrt(N)
    CHECK(covariance(sum, sum) == Approx(expected).epsilon(4 * std::sqrt(2.0 / trials)));
    CHECK(mean(sum) == Approx(30).margin(4 * std::sqrt(expected / trials)));
}

TEST_CASE("perfect correlation gives equal scores, or opposite ones [R3]", "[random]") {
    const Rows equal = correlated(of_three(1, 0.5, 0.5), independent(3, 1000));
    CHECK(equal[1] == equal[0]);
    CHECK(equal[2] != equal[0]);
    const Rows opposite = correlated({{1, -1}, {-1, 1}}, independent(2, 1000));
    for (std::size_t i = 0; i < 1000; ++i)
        CHECK(opposite[0][i] + opposite[1][i] == Approx(1).epsilon(1e-15));
    // By rank 1, whose sine may be a little off 1.
    const double r = normal_correlation(1);
    const Rows ranked = correlated({{1, r}, {r, 1}}, independent(2, 1000));
    for (std::size_t i = 0; i < 1000; ++i)
        CHECK(ranked[1][i] == Approx(ranked[0][i]).epsilon(1e-14));
}

TEST_CASE("inputs without correlation keep their own u, to 1e-15 [R3]", "[random]") {
    const Rows before = independent(2, 2000), after = correlated({{1, 0}, {0, 1}}, before);
    double worst = 0;
    for (std::size_t row = 0; row < 2; ++row)
        for (std::size_t i = 0; i < 2000; ++i)
            worst = std::max(worst, std::abs(after[row][i] - before[row][i]));
    CHECK(worst <= 1e-15);
    CHECK(correlated({{1}}, {{0.5}})[0][0] == 0.5);
}

TEST_CASE("the normal probability over lanes equals Boost's, in both tails", "[random]") {
    // A factor of s makes w = s z of the score z.
    const boost::math::normal_distribution<long double> normal;
    double worst_absolute = 0, worst_tail = 0;
    for (const double s : {0.01, 1.0, 4.0})
        for (int i = 1; i < 4000; ++i) {
            const double u = i / 4000.0;
            double found = u;
            double* const row = &found;
            correlate({{s}}, std::span(&row, 1), 1, best_level());
            double z = u; // the score of these lanes itself, by a normal input
            LaneQuantile({.shape = Normal{0, 1}, .truncate = {}, .clamp = {}})(
                std::span(&z, 1), std::span(&z, 1), best_level());
            const long double expected = cdf(normal, static_cast<long double>(s * z));
            const double error = static_cast<double>(std::abs(found - expected));
            worst_absolute = std::max(worst_absolute, error);
            worst_tail = std::max(worst_tail, static_cast<double>(error / expected));
        }
    CHECK(worst_absolute <= 2.3e-16);
    CHECK(worst_tail <= 1e-15);
}

TEST_CASE("u stays strictly between 0 and 1 however far a score lies", "[random]") {
    Rows u = {{0x1p-53, 1 - 0x1p-53, 0.5, 1e-300}};
    double* const row = u[0].data();
    correlate({{20}}, std::span(&row, 1), 4, best_level());
    for (const double value : u[0]) {
        CHECK(value > 0);
        CHECK(value < 1);
    }
    CHECK(u[0][2] == 0.5);
}

TEST_CASE("correlated u are the same bytes at every level and in any rows [R7]", "[random]") {
    const Matrix matrix = of_three(0.6, -0.3, 0.2);
    const Rows before = independent(3, 1000);
    const Rows expected = correlated(matrix, before, Level::baseline);
    for (const Level level : levels()) {
        CHECK(correlated(matrix, before, level) == expected);
        Rows in_parts = before;
        for (std::size_t first = 0; first < 1000; first += 9) {
            const std::vector<double*> rows = {&in_parts[0][first], &in_parts[1][first],
                                               &in_parts[2][first]};
            correlate(cholesky_lower(matrix).value(), rows, std::min<std::size_t>(9, 1000 - first),
                      level);
        }
        CHECK(in_parts == expected);
    }
}
