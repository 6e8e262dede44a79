// Which correlation matrices can hold, their factors and least eigenvalues.
#include <fleetcast/random/correlation.hpp>

#include <cmath>

#include "support/catch.hpp"

using namespace fleetcast;

namespace {

Matrix of_three(double ab, double ac, double bc) { return {{1, ab, ac}, {ab, 1, bc}, {ac, bc, 1}}; }

/// n inputs, every pair correlated by r.
Matrix all_at(std::size_t n, double r) {
    Matrix matrix(n, std::vector<double>(n, r));
    for (std::size_t i = 0; i < n; ++i)
        matrix[i][i] = 1;
    return matrix;
}

} // namespace

TEST_CASE("a rank correlation becomes that of normal scores [R3]", "[random]") {
    CHECK(normal_correlation(0) == 0);
    CHECK(normal_correlation(1) == Approx(1).epsilon(1e-15));
    CHECK(normal_correlation(-1) == Approx(-1).epsilon(1e-15));
    CHECK(normal_correlation(0.5) == Approx(0.5176380902050415).epsilon(1e-15)); // 2 sin 15 deg
}

TEST_CASE("equal correlations hold down to -1/(n - 1)", "[random]") {
    for (const std::size_t n : {2U, 3U, 5U, 20U}) {
        CAPTURE(n);
        const double least = -1.0 / static_cast<double>(n - 1);
        CHECK(is_positive_semidefinite(all_at(n, 0)));
        CHECK(is_positive_semidefinite(all_at(n, 0.7)));
        CHECK(is_positive_semidefinite(all_at(n, 1))); // of rank 1
        CHECK(is_positive_semidefinite(all_at(n, least)));
        CHECK_FALSE(is_positive_semidefinite(all_at(n, least - 1e-6)));
        // The least of the eigenvalues 1 - r and 1 + (n - 1) r.
        CHECK(least_eigenvalue(all_at(n, 0.7)) == Approx(0.3));
        CHECK(least_eigenvalue(all_at(n, least)) == Approx(0).margin(1e-12));
        CHECK(least_eigenvalue(all_at(n, -0.9)) ==
              Approx(1 - 0.9 * static_cast<double>(n - 1)).margin(1e-12));
    }
}

TEST_CASE("what is the same as another cannot correlate otherwise with a third", "[random]") {
    // The second pivot is 0, and what is left of its column is not.
    CHECK(is_positive_semidefinite(of_three(1, 0.3, 0.3)));
    CHECK_FALSE(is_positive_semidefinite(of_three(1, 0.3, 0.4)));
    CHECK_FALSE(is_positive_semidefinite(of_three(1, 0, 1)));
    CHECK_FALSE(is_positive_semidefinite(of_three(-1, 0.3, 0.3)));
    CHECK(is_positive_semidefinite(of_three(-1, 0.3, -0.3)));
    CHECK_FALSE(is_positive_semidefinite(of_three(1, 0.3, 0.3001)));
    CHECK_FALSE(is_positive_semidefinite(of_three(0.9, 0.9, -0.9)));
}

TEST_CASE("a pivot within 1e-9 of 0 is 0 [R3]", "[random]") {
    // The pivot of two inputs is 1 - r^2. 1 - 4e-10 squared leaves 8e-10.
    const double nearly = 1 - 4e-10;
    CHECK(is_positive_semidefinite(all_at(2, nearly)));
    CHECK(is_positive_semidefinite(all_at(2, 1 + 4e-10)));
    CHECK_FALSE(is_positive_semidefinite(all_at(2, 1 + 6e-10)));
    // A sound matrix stays sound where its pivot counts as 0: what is left of the column is the
    // root of that at most. Here the third is the difference of the first two.
    const double difference = std::sqrt((1 - nearly) / 2);
    CHECK(is_positive_semidefinite(of_three(nearly, difference, -difference)));
    CHECK_FALSE(is_positive_semidefinite(of_three(nearly, 0.3 + 1e-4, 0.3)));
}

TEST_CASE("rounding of singular matrices is no reason to refuse them", "[random]") {
    // Gram matrices of n unit vectors in the plane are of rank 2.
    for (const std::size_t n : {3U, 10U, 50U}) {
        CAPTURE(n);
        Matrix matrix(n, std::vector<double>(n));
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j)
                matrix[i][j] = std::cos(static_cast<double>(i) - static_cast<double>(j));
        CHECK(is_positive_semidefinite(matrix));
        CHECK(least_eigenvalue(matrix) == Approx(0).margin(1e-12));
    }
}

TEST_CASE("the Cholesky factor times its transpose is the matrix [R3]", "[random]") {
    const Matrix rank_two = of_three(std::cos(1.0), std::cos(2.0), std::cos(1.0));
    const std::vector<Matrix> all = {
        {{1}},        all_at(2, 0.7),           all_at(5, -0.25),        all_at(20, 0.9),
        all_at(3, 1), of_three(0.6, 0.3, -0.2), of_three(-1, 0.3, -0.3), rank_two};
    for (const Matrix& matrix : all) {
        const std::optional<Matrix> lower = cholesky_lower(matrix);
        REQUIRE(lower.has_value());
        const std::size_t n = matrix.size();
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j) {
                double product = 0;
                for (std::size_t k = 0; k < n; ++k)
                    product += (*lower)[i][k] * (*lower)[j][k];
                CHECK(product == Approx(matrix[i][j]).margin(1e-9));
                if (j > i)
                    CHECK((*lower)[i][j] == 0);
            }
    }
}

TEST_CASE("a factor by hand, and none for a matrix that cannot hold [R3]", "[random]") {
    const Matrix lower = cholesky_lower(of_three(0.6, 0.8, 0.0)).value();
    CHECK(lower[1][0] == Approx(0.6));
    CHECK(lower[1][1] == Approx(0.8));
    CHECK(lower[2][1] == Approx(-0.6)); // (0 - 0.6 x 0.8)/0.8
    CHECK(lower[2][2] == 0);            // 1 - 0.64 - 0.36
    // A pivot of 0 with its column: the third depends on the first alone.
    CHECK(cholesky_lower(of_three(1, 0.6, 0.6)).value() ==
          Matrix{{1, 0, 0}, {1, 0, 0}, {0.6, 0, 0.8}});
    CHECK_FALSE(cholesky_lower(of_three(0.9, 0.9, -0.9)).has_value());
}
