// A distribution, without its truncate and clamp, as a weighted sum of simple ones; what is not
// a mixture is a sum of one. Interface: Parts, parts_of(), knots_of(), value_at(),
// probability_at(), support_within().
#pragma once

#include <fleetcast/random/component.hpp>

#include <utility>
#include <vector>

namespace fleetcast {

struct Parts {
    std::vector<std::pair<Component, double>> parts; // (component, weight > 0), sum 1
};

/// Lists sorted, zero weights dropped, weights of a mixture scaled to a sum of exactly 1.
Parts parts_of(const Distribution& distribution);

/// The least x with P(X <= x) >= p; a single value, or the end of a stretch, is also taken when
/// P falls short of p by no more than 1e-12 (rules.md [R2]).
double value_at(const Parts& parts, Probability p);

/// Where the CDF of a sum jumps or can become flat, in ascending order: single values, and the
/// upper ends of ranges. None for a sum of one.
std::vector<double> knots_of(const Parts& parts);

/// The same, for many calls: with the knots of `parts`.
double value_at(const Parts& parts, const std::vector<double>& knots, Probability p);

Probability probability_at(const Parts& parts, double x, Edge edge);

std::optional<Support> support_within(const Parts& parts, Bounds bounds);

} // namespace fleetcast
