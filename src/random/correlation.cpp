// Cholesky's factorization of a matrix that may be singular, the copula it makes, and Jacobi's
// eigenvalues for messages.
#include <fleetcast/random/correlation.hpp>

#include <fleetcast/random/portable_math.hpp>

#include "lane_quantile_lanes.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace fleetcast {

namespace {

constexpr double pivot_slack = 1e-9; // of rules.md [R3]

} // namespace

double normal_correlation(double rank) { return 2 * portable::sin(std::numbers::pi * rank / 6); }

bool is_positive_semidefinite(const Matrix& matrix) { return cholesky_lower(matrix).has_value(); }

std::optional<Matrix> cholesky_lower(const Matrix& matrix) {
    // What is left of the column below a pivot of 0 must be 0: a 2 x 2 minor has
    // s_ij^2 <= s_ii s_jj. Here s_jj is at most pivot_slack, s_ii at most 1 by the diagonal, and
    // either may be off by pivot_slack.
    const double column_slack = std::sqrt(2 * pivot_slack * (1 + pivot_slack));
    const std::size_t n = matrix.size();
    Matrix lower(n, std::vector<double>(n, 0.0));
    for (std::size_t j = 0; j < n; ++j) {
        const auto left = [&](std::size_t i) { // of matrix[i][j] by the columns before
            double sum = matrix[i][j];
            for (std::size_t k = 0; k < j; ++k)
                sum -= lower[i][k] * lower[j][k];
            return sum;
        };
        const double pivot = left(j);
        if (pivot < -pivot_slack)
            return std::nullopt;
        const bool is_zero = pivot <= pivot_slack;
        lower[j][j] = is_zero ? 0.0 : std::sqrt(pivot);
        for (std::size_t i = j + 1; i < n; ++i) {
            const double rest = left(i);
            if (is_zero && std::fabs(rest) > column_slack)
                return std::nullopt;
            lower[i][j] = is_zero ? 0.0 : rest / lower[j][j];
        }
    }
    return lower;
}

void correlate(const Matrix& lower, std::span<double* const> u, std::size_t n, Level level) {
    const QuantileLoops& loops = quantile_loops(level);
    for (double* const row : u)
        loops.score({}, row, row, n);
    for (std::size_t row = u.size(); row-- > 0;) { // a row needs those above it as they were
        loops.combine(lower[row].data(), u.data(), row, n);
        loops.probability(u[row], n);
    }
}

/// Cyclic Jacobi rotations (Golub and Van Loan, Matrix Computations, 8.5).
double least_eigenvalue(Matrix a) {
    const std::size_t n = a.size();
    for (int sweep = 0; sweep < 50; ++sweep) {
        double off = 0;
        for (std::size_t p = 0; p < n; ++p)
            for (std::size_t q = p + 1; q < n; ++q) {
                off += a[p][q] * a[p][q];
                if (a[p][q] == 0)
                    continue;
                const double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
                const double t =
                    (theta >= 0 ? 1 : -1) / (std::fabs(theta) + std::sqrt(theta * theta + 1));
                const double c = 1 / std::sqrt(t * t + 1), s = t * c;
                for (std::size_t k = 0; k < n; ++k) {
                    const double akp = a[k][p], akq = a[k][q];
                    a[k][p] = c * akp - s * akq;
                    a[k][q] = s * akp + c * akq;
                }
                for (std::size_t k = 0; k < n; ++k) {
                    const double apk = a[p][k], aqk = a[q][k];
                    a[p][k] = c * apk - s * aqk;
                    a[q][k] = s * apk + c * aqk;
                }
            }
        if (off < 1e-24)
            break;
    }
    double least = a[0][0];
    for (std::size_t i = 1; i < n; ++i)
        least = std::min(least, a[i][i]);
    return least;
}

} // namespace fleetcast
