// What all simple distributions share: constants, infinite arguments, ranges.
#include <fleetcast/random/component.hpp>

#include <cmath>
#include <limits>
#include <type_traits>

namespace fleetcast {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr Support real_line = {-infinity, infinity, true, true};

std::optional<double> constant(double number) { return number; }
std::optional<double> constant_if(bool is_constant, double value) {
    return is_constant ? std::optional(value) : std::nullopt;
}
std::optional<double> constant(const Uniform& s) { return constant_if(s.low == s.high, s.low); }
std::optional<double> constant(const Triangular& s) { return constant_if(s.min == s.max, s.min); }
std::optional<double> constant(const Pert& s) { return constant_if(s.min == s.max, s.min); }
std::optional<double> constant(const Normal& s) { return constant_if(s.sd == 0, s.mean); }
std::optional<double> constant(const Lognormal& s) { return constant_if(s.sigma == 0, s.median); }
std::optional<double> constant(const Interval& s) { return constant_if(s.low == s.high, s.low); }
std::optional<double> constant(const Discrete&) { return std::nullopt; }
std::optional<double> constant(const Empirical&) { return std::nullopt; }

Support range(const Uniform& s) { return {s.low, s.high}; }
Support range(const Triangular& s) { return {s.min, s.max}; }
Support range(const Pert& s) { return {s.min, s.max}; }
Support range(const Normal&) { return real_line; }
Support range(const Lognormal&) { return {0, infinity, true, true}; }
/// An empty list is refused by problems_of(); what uses it has nothing to add to that.
Support range(const Empirical& s) {
    return s.values.empty() ? Support{1, 1} : Support{s.values.front(), s.values.back()};
}
Support range(double number) { return {number, number}; }
Support range(const Interval& s) {
    switch (s.shape) {
    case IntervalShape::normal:
        return real_line;
    case IntervalShape::lognormal:
        return {0, infinity, true, true};
    case IntervalShape::logit_normal:
        break;
    }
    return {0, 1, true, true};
}

std::optional<Support> intersection(Support support, Bounds bounds) {
    if (bounds.low > support.low) {
        support.low = bounds.low;
        support.low_open = false;
    }
    if (bounds.high < support.high) {
        support.high = bounds.high;
        support.high_open = false;
    }
    const bool open = support.low_open || support.high_open;
    if (support.low > support.high || (support.low == support.high && open))
        return std::nullopt;
    return support;
}

/// From the least to the greatest of the values that are left.
std::optional<Support> values_within(const Discrete& discrete, Bounds bounds) {
    std::optional<Support> support;
    for (const auto& [value, weight] : discrete.values)
        if (value >= bounds.low && value <= bounds.high)
            support = Support{support ? support->low : value, value};
    return support;
}

} // namespace

std::optional<double> constant_of(const Component& component) {
    return std::visit([](const auto& shape) { return constant(shape); }, component);
}

double component_value(const Component& component, Probability p) {
    if (const auto value = constant_of(component))
        return *value;
    return std::visit(
        [&](const auto& shape) -> double {
            if constexpr (std::is_same_v<std::decay_t<decltype(shape)>, double>)
                return shape;
            else
                return value_at(shape, p);
        },
        component);
}

Probability component_probability(const Component& component, double x, Edge edge) {
    if (std::isinf(x))
        return x < 0 ? Probability{0, 1} : Probability{1, 0};
    if (const auto value = constant_of(component)) {
        const bool counts = edge == Edge::below ? *value < x : *value <= x;
        return counts ? Probability{1, 0} : Probability{0, 1};
    }
    return std::visit(
        [&](const auto& shape) -> Probability {
            if constexpr (std::is_same_v<std::decay_t<decltype(shape)>, double>)
                return {0, 1}; // a constant, answered above
            else
                return probability_at(shape, x, edge);
        },
        component);
}

std::optional<Support> support_within(const Component& component, Bounds bounds) {
    if (const auto value = constant_of(component))
        return intersection({*value, *value}, bounds);
    return std::visit(
        [&](const auto& shape) {
            if constexpr (std::is_same_v<std::decay_t<decltype(shape)>, Discrete>)
                return values_within(shape, bounds);
            else
                return intersection(range(shape), bounds);
        },
        component);
}

} // namespace fleetcast
