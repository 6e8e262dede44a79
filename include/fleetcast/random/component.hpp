// One simple distribution: value at a probability, probability of a value, where its values lie.
// Interface: component_value(), component_probability(), support_within(), constant_of().
// Mixtures are left to parts.hpp; lists (discrete, empirical) are expected sorted, without
// zero weights.
#pragma once

#include <fleetcast/random/distribution.hpp>
#include <fleetcast/random/probability.hpp>

#include <optional>

namespace fleetcast {

/// The value of a distribution without spread: min = max, sd 0, sigma 0.
std::optional<double> constant_of(const Component& component);

/// The least x with P(X <= x) >= p.
double component_value(const Component& component, Probability p);

/// P(X <= x) or P(X < x); x may be infinite.
Probability component_probability(const Component& component, double x, Edge edge);

/// Where values lie that are within `bounds`; nothing where none can.
std::optional<Support> support_within(const Component& component, Bounds bounds);

// By shape, for shapes with spread and finite x; one file per family.
double value_at(const Uniform& shape, Probability p);
double value_at(const Triangular& shape, Probability p);
double value_at(const Pert& shape, Probability p);
double value_at(const Normal& shape, Probability p);
double value_at(const Lognormal& shape, Probability p);
double value_at(const Interval& shape, Probability p);
double value_at(const Discrete& shape, Probability p);
double value_at(const Empirical& shape, Probability p);

Probability probability_at(const Uniform& shape, double x, Edge edge);
Probability probability_at(const Triangular& shape, double x, Edge edge);
Probability probability_at(const Pert& shape, double x, Edge edge);
Probability probability_at(const Normal& shape, double x, Edge edge);
Probability probability_at(const Lognormal& shape, double x, Edge edge);
Probability probability_at(const Interval& shape, double x, Edge edge);
Probability probability_at(const Discrete& shape, double x, Edge edge);
Probability probability_at(const Empirical& shape, double x, Edge edge);

/// sd of an interval (of the logarithm or the logit, where that is normal); may be infinite.
double spread_of(const Interval& shape);

// What an interval of each shape stands for; of a logit-normal one, the distribution of its logit.
Normal as_normal(const Interval& shape);
Lognormal as_lognormal(const Interval& shape);
Normal logit_of(const Interval& shape);

} // namespace fleetcast
