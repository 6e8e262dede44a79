// A table is made forwards: x is chosen, F(x) evaluated, and z(x) inverted by interpolation, so
// that no equation is solved. Between the points where the CDF jumps or bends it is smooth, and so
// is the map from normal scores to values: quantile_fit.hpp finds polynomials for it.
#include <fleetcast/random/quantile_table.hpp>

#include <fleetcast/random/standard_normal.hpp>

#include "lane_quantile_lanes.hpp"
#include "quantile_fit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <tuple>
#include <utility>

namespace fleetcast {

using namespace quantile_fit;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double knot_slack = 1e-12; // rules.md [R2]
constexpr std::size_t cells = 256;

/// Where the CDF may jump or bend.
void add_turns(const Component& component, std::vector<double>& turns) {
    if (const auto* triangular = std::get_if<Triangular>(&component))
        turns.push_back(triangular->mode);
    if (const auto* discrete = std::get_if<Discrete>(&component))
        for (const auto& entry : discrete->values)
            turns.push_back(entry.first);
    if (const auto* empirical = std::get_if<Empirical>(&component))
        turns.insert(turns.end(), empirical->values.begin(), empirical->values.end());
    if (const auto support = support_within(component, Bounds{})) {
        turns.push_back(support->low);
        turns.push_back(support->high);
    }
}

/// As the loops over lanes compute it, so that u = 1/2 is met to the last bit.
double median_score(const Cut& cut) {
    const double u = 0.5;
    double z = 0;
    quantile_loops(Level::baseline).score(cut, &u, &z, 1);
    return z;
}

Placed constant_piece(double begin, double end, double x) {
    QuantilePiece piece;
    piece.end = end;
    piece.x0 = piece.low = piece.high = x;
    return {begin, piece};
}

/// In ascending order and without gaps: where no piece holds, an exact one does.
std::vector<QuantilePiece> joined(std::vector<Placed> placed) {
    std::sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) {
        return std::tuple(a.begin, a.piece.end) < std::tuple(b.begin, b.piece.end);
    });
    QuantilePiece exact;
    exact.is_exact = true;
    std::vector<QuantilePiece> result;
    double end = -infinity;
    for (const Placed& next : placed) {
        if (next.begin > end) {
            exact.end = next.begin;
            result.push_back(exact);
        }
        if (next.piece.end > end)
            result.push_back(next.piece);
        end = result.empty() ? end : result.back().end;
    }
    if (end < infinity) {
        exact.end = infinity;
        result.push_back(exact);
    }
    return result;
}

void add_cells(QuantileTable& table) {
    table.first_piece.assign(cells, 0);
    std::vector<double> ends;
    for (const QuantilePiece& piece : table.pieces)
        if (std::isfinite(piece.end))
            ends.push_back(piece.end);
    if (ends.size() < 2)
        return;
    table.low = ends.front();
    table.cells_per_unit = cells / (ends.back() - ends.front());
    std::uint32_t piece = 0;
    for (std::size_t cell = 1; cell < cells; ++cell) {
        // A little lower than the cell begins, for the rounding of a score's cell.
        const double begin = table.low + (static_cast<double>(cell) - 1e-6) / table.cells_per_unit;
        while (table.pieces[piece].end <= begin)
            ++piece;
        table.first_piece[cell] = piece;
    }
}

} // namespace

QuantileTable tabulated(const ExactQuantile& exact) {
    const auto value_of = [&](double u) {
        return value_at(exact.parts, exact.knots, probability_of(exact.cut, u));
    };
    const double low = value_of(exact_mass), median = value_of(0.5),
                 high = value_of(1 - exact_mass);
    std::vector<double> turns = {low, median, high};
    for (const auto& [component, weight] : exact.parts.parts)
        add_turns(component, turns);
    std::erase_if(turns, [&](double x) { return !(x >= low && x <= high); });
    std::sort(turns.begin(), turns.end());
    turns.erase(std::unique(turns.begin(), turns.end()), turns.end());

    std::vector<Placed> pieces;
    std::vector<Stretch> stretches;
    std::optional<Sample> before;
    for (const double x : turns) {
        Sample below = sample(exact.parts, x, Edge::below);
        Sample up_to = sample(exact.parts, x, Edge::at_or_below);
        if (std::binary_search(exact.knots.begin(), exact.knots.end(), x)) {
            const Probability p = {up_to.p.below + knot_slack,
                                   std::max(up_to.p.above - knot_slack, 0.0)};
            pieces.push_back(constant_piece(below.z, normal_score(p), x));
        } else if (x == median) {
            below.z = up_to.z = median_score(exact.cut);
        }
        if (before) {
            const Stretch between = stretch(*before, below, exact.cut);
            if (between.mass > exact_mass && before->z < below.z)
                stretches.push_back(between);
        }
        before = up_to;
    }
    fit(std::move(stretches), exact, pieces);

    QuantileTable table;
    table.pieces = joined(std::move(pieces));
    add_cells(table);
    return table;
}

void look_up(const QuantileTable& table, const ExactQuantile& exact, std::span<const double> u,
             double* z) {
    constexpr double last_cell = cells - 1;
    const QuantilePiece* const pieces = table.pieces.data();
    for (std::size_t i = 0; i < u.size(); ++i) {
        const double cell = std::clamp((z[i] - table.low) * table.cells_per_unit, 0.0, last_cell);
        std::size_t at = table.first_piece[static_cast<std::size_t>(cell)];
        while (z[i] >= pieces[at].end && pieces[at].end < infinity)
            ++at;
        const QuantilePiece& piece = pieces[at];
        if (piece.is_exact) [[unlikely]]
            z[i] = value_at(exact, u[i]);
        else
            z[i] = std::clamp(polynomial(piece, z[i]), piece.low, piece.high);
    }
}

} // namespace fleetcast
