// Correlation matrices of normal scores (rules.md [R3]).
// Interface: Matrix, normal_correlation(), is_positive_semidefinite(), least_eigenvalue().
#pragma once

#include <vector>

namespace fleetcast {

using Matrix = std::vector<std::vector<double>>; // [row][column], square and symmetric

/// The correlation of two normal scores whose ranks have the correlation `rank`, -1 to 1:
/// 2 sin(pi rank / 6) (Pearson 1907).
double normal_correlation(double rank);

/// Whether a correlation matrix, with ones on its diagonal, can hold: whether Cholesky's
/// factorization goes through, a pivot within 1e-9 of 0 being 0.
bool is_positive_semidefinite(const Matrix& matrix);

/// Of a symmetric matrix that has a row at least.
double least_eigenvalue(Matrix matrix);

} // namespace fleetcast
