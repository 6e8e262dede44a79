// Polynomials for stretches of an inverse, for quantile_table.cpp.
// Interface: namespace quantile_fit: Sample, Stretch, Placed, sample(), stretch(), fit(),
// polynomial().
#pragma once

#include <fleetcast/random/quantile_table.hpp>

#include <cstddef>
#include <tuple>
#include <vector>

namespace fleetcast::quantile_fit {

inline constexpr double exact_mass = 1e-7; // a tail or stretch this unlikely needs no polynomial

inline constexpr std::size_t degrees = std::tuple_size_v<decltype(QuantilePiece::q)>;

/// A value, its probability and the normal score of that.
struct Sample {
    double x = 0, z = 0;
    Probability p;
};

/// Values between two neighbouring points where F jumps or bends, or part of that.
struct Stretch {
    Sample first, last; // P(X <= first), P(X < last)
    double mass = 0;    // of u
    bool operator<(const Stretch& other) const { return mass < other.mass; }
};

/// A piece with the score where it begins.
struct Placed {
    double begin = 0;
    QuantilePiece piece;
};

Sample sample(const Parts& parts, double x, Edge edge);

Stretch stretch(const Sample& first, const Sample& last, const Cut& cut);

/// Adds polynomials for as much of the stretches as is worth it, the likeliest first.
void fit(std::vector<Stretch> stretches, const ExactQuantile& exact, std::vector<Placed>& pieces);

/// x at the score z.
inline double polynomial(const QuantilePiece& piece, double z) {
    const double t = (z - piece.middle) * piece.scale;
    double sum = piece.q.back();
    for (std::size_t k = degrees - 1; k-- > 0;)
        sum = sum * t + piece.q[k];
    return piece.x0 + (z - piece.z0) * sum;
}

} // namespace fleetcast::quantile_fit
