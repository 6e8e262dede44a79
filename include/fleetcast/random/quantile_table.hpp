// The inverse of a distribution as polynomials, where the exact one is slow (PERT, mixtures).
// Interface: QuantileTable, tabulated(), look_up().
#pragma once

#include <fleetcast/random/exact_quantile.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace fleetcast {

/// Part of x(z), z the normal score of P(X <= x), as x0 + (z - z0) q(t), t = scale (z - middle); it
/// holds from the end of the piece before it up to `end`, which it leaves out.
struct QuantilePiece {
    double end = 0;
    double z0 = 0, x0 = 0, middle = 0, scale = 0;
    double low = 0, high = 0;     // values that can occur
    std::array<double, 8> q = {}; // coefficients of t^0, t^1, ...
    bool is_exact = false;        // no polynomial: value_at() is asked
};

/// |F(x) - u| stays within 1e-13 wherever the exact inverse is as good as that; x is exact at the
/// median, and in the tails beyond 1e-7.
struct QuantileTable {
    std::vector<QuantilePiece> pieces; // the last one ends at infinity
    // Cells of equal width: the first piece that can hold scores of a cell.
    std::vector<std::uint32_t> first_piece;
    double low = 0, cells_per_unit = 0;
};

/// The table of a distribution, before its ends are applied; takes about as long as 1000 to 4000
/// values of its CDF. Where polynomials do not come near enough, its pieces are exact.
QuantileTable tabulated(const ExactQuantile& exact);

/// The values of `u`, before the ends are applied, given its scores, z[i] = normal score of
/// probability_of(u[i]), at whose place they are left.
void look_up(const QuantileTable& table, const ExactQuantile& exact, std::span<const double> u,
             double* z);

} // namespace fleetcast
