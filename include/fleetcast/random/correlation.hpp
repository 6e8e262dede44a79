// Correlation matrices of normal scores, and the Gaussian copula they make (rules.md [R3]).
// Interface: Matrix, normal_correlation(), is_positive_semidefinite(), least_eigenvalue(),
// cholesky_lower(), correlate().
#pragma once

#include <fleetcast/base/level.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace fleetcast {

using Matrix = std::vector<std::vector<double>>; // [row][column], square and symmetric

/// The correlation of two normal scores whose ranks have the correlation `rank`, -1 to 1:
/// 2 sin(pi rank / 6) (Pearson 1907).
double normal_correlation(double rank);

/// Whether a correlation matrix, with ones on its diagonal, can hold: whether Cholesky's
/// factorization goes through, a pivot within 1e-9 of 0 being 0.
bool is_positive_semidefinite(const Matrix& matrix);

/// L with L L^T = matrix, zeros above its diagonal, by the same factorization; the column of a
/// pivot of 0 is 0. Nothing where the matrix cannot hold.
std::optional<Matrix> cholesky_lower(const Matrix& matrix);

/// Gives independent uniforms, u[input][lane] of n lanes, the correlations of L L^T, in place:
/// u = Phi(w), w = L z, z = Phi^-1(u). Every u stays strictly between 0 and 1; the bytes depend
/// neither on the level nor on which lanes stand beside each other.
void correlate(const Matrix& lower, std::span<double* const> u, std::size_t n, Level level);

/// Of a symmetric matrix that has a row at least.
double least_eigenvalue(Matrix matrix);

} // namespace fleetcast
