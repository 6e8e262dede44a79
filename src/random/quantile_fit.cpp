// A polynomial interpolates z(x), inverted, between the even samples of a stretch and is judged at
// the odd ones; a stretch on which it is not good enough is parted.
#include "quantile_fit.hpp"

#include <fleetcast/random/portable_math.hpp>
#include <fleetcast/random/standard_normal.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>

namespace fleetcast::quantile_fit {

namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();
constexpr std::size_t most_samples = 100000;

constexpr std::size_t last_sample = 2 * degrees;
using Fractions = std::array<double, last_sample + 1>;

using Samples = std::array<Sample, last_sample + 1>;

/// Chebyshev's points, (1 - cos(pi k/n))/2.
Fractions fractions() {
    Fractions result;
    for (std::size_t k = 0; k <= last_sample; ++k) {
        const double sine = portable::sin(std::numbers::pi * static_cast<double>(k) /
                                          static_cast<double>(2 * last_sample));
        result[k] = sine * sine;
    }
    return result;
}

Samples samples_of(const Stretch& stretch, const Parts& parts, const Fractions& at) {
    Samples result;
    for (std::size_t k = 0; k <= last_sample; ++k)
        result[k] = sample(parts, stretch.first.x + (stretch.last.x - stretch.first.x) * at[k],
                           Edge::at_or_below);
    result.front() = stretch.first;
    result.back() = stretch.last;
    return result;
}

/// Through the even samples, by Newton's divided differences.
QuantilePiece interpolation(const Samples& samples) {
    QuantilePiece piece;
    piece.z0 = samples.front().z;
    piece.x0 = piece.low = samples.front().x;
    piece.high = samples.back().x;
    piece.end = samples.back().z;
    piece.middle = 0.5 * (piece.z0 + piece.end);
    piece.scale = 2 / (piece.end - piece.z0);
    std::array<double, degrees> t, difference;
    for (std::size_t i = 0; i < degrees; ++i) {
        const Sample& node = samples[2 * i + 2];
        t[i] = (node.z - piece.middle) * piece.scale;
        difference[i] = (node.x - piece.x0) / (node.z - piece.z0);
    }
    for (std::size_t order = 1; order < degrees; ++order)
        for (std::size_t i = degrees - 1; i >= order; --i)
            difference[i] = (difference[i] - difference[i - 1]) / (t[i] - t[i - order]);
    for (std::size_t i = degrees; i-- > 0;) { // q = difference[i] + (t - t[i]) q
        for (std::size_t k = degrees - 1; k > 0; --k)
            piece.q[k] = piece.q[k - 1] - t[i] * piece.q[k];
        piece.q[0] = difference[i] - t[i] * piece.q[0];
    }
    return piece;
}

/// By how much a score may miss so that u misses by 4e-14 at most, and a tail by about 1e-10 of it.
double score_slack(double z, const Cut& cut) {
    const double density = portable::exp(-0.5 * z * z) / std::sqrt(2 * std::numbers::pi);
    return std::clamp(4e-14 * cut.mass / density, epsilon * (1 + std::abs(z)), 1e-11);
}

bool is_good(const QuantilePiece& piece, const Samples& samples, const Cut& cut) {
    const double rounding = 4 * epsilon * std::max(std::abs(piece.low), std::abs(piece.high));
    for (std::size_t k = 1; k < last_sample; k += 2) {
        const Sample &before = samples[k - 1], &here = samples[k], &after = samples[k + 1];
        const double slope = (after.x - before.x) / (after.z - before.z);
        const double miss = std::abs(polynomial(piece, here.z) - here.x);
        if (!(miss <= std::max(slope * score_slack(here.z, cut), rounding)))
            return false;
    }
    return true;
}

/// A polynomial for the stretch; nothing where it does not come near enough.
std::optional<QuantilePiece> fitted(const Samples& samples, const Cut& cut) {
    for (std::size_t k = 1; k <= last_sample; ++k)
        if (!(samples[k].z > samples[k - 1].z))
            return std::nullopt;
    const QuantilePiece piece = interpolation(samples);
    return is_good(piece, samples, cut) ? std::optional(piece) : std::nullopt;
}

/// The inner sample nearest to the middle of the scores.
std::size_t middle_of(const Samples& samples) {
    const double middle = 0.5 * (samples.front().z + samples.back().z);
    std::size_t best = last_sample / 2;
    for (std::size_t k = 1; k < last_sample; ++k)
        if (std::abs(samples[k].z - middle) < std::abs(samples[best].z - middle))
            best = k;
    return best;
}

} // namespace

Sample sample(const Parts& parts, double x, Edge edge) {
    const Probability p = probability_at(parts, x, edge);
    return {x, normal_score(p), p};
}

Stretch stretch(const Sample& first, const Sample& last, const Cut& cut) {
    const double mass =
        first.p.below <= 0.5 ? last.p.below - first.p.below : first.p.above - last.p.above;
    return {first, last, mass / cut.mass};
}

void fit(std::vector<Stretch> stretches, const ExactQuantile& exact, std::vector<Placed>& pieces) {
    const Fractions at = fractions();
    std::make_heap(stretches.begin(), stretches.end());
    for (std::size_t made = 0; !stretches.empty() && made < most_samples; made += last_sample) {
        std::pop_heap(stretches.begin(), stretches.end());
        const Stretch whole = stretches.back();
        stretches.pop_back();
        const Samples samples = samples_of(whole, exact.parts, at);
        if (const auto piece = fitted(samples, exact.cut)) {
            pieces.push_back({piece->z0, *piece});
            continue;
        }
        const Sample& middle = samples[middle_of(samples)];
        for (const Stretch& part :
             {stretch(whole.first, middle, exact.cut), stretch(middle, whole.last, exact.cut)})
            if (part.mass > exact_mass && part.first.x < part.last.x &&
                part.first.z < part.last.z) {
                stretches.push_back(part);
                std::push_heap(stretches.begin(), stretches.end());
            }
    }
}

} // namespace fleetcast::quantile_fit
