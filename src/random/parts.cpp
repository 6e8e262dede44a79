// Sums of simple distributions, and the inverse of their CDF by bisection over the doubles.
#include <fleetcast/random/parts.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <numeric>
#include <type_traits>

namespace fleetcast {

namespace {

constexpr double slack = 1e-12; // rules.md [R2]

Component sorted(Component component) {
    if (auto* discrete = std::get_if<Discrete>(&component)) {
        std::erase_if(discrete->values, [](const auto& entry) { return !(entry.second > 0); });
        std::sort(discrete->values.begin(), discrete->values.end());
    } else if (auto* empirical = std::get_if<Empirical>(&component)) {
        std::sort(empirical->values.begin(), empirical->values.end());
    }
    return component;
}

/// Whole numbers in the order of the doubles, neighbours for neighbours; -0 is 0.
std::int64_t rank_of(double x) {
    const auto bits = std::bit_cast<std::int64_t>(x);
    return bits < 0 ? std::numeric_limits<std::int64_t>::min() - bits : bits;
}

double of_rank(std::int64_t rank) {
    return std::bit_cast<double>(rank < 0 ? std::numeric_limits<std::int64_t>::min() - rank : rank);
}

/// The least double of [low, high] for which `holds`, which is taken to hold at high; at most 64
/// questions whatever the range.
template <class Predicate> double least_double(double low, double high, Predicate holds) {
    std::int64_t first = rank_of(low), last = rank_of(high);
    while (first < last) {
        const std::int64_t middle = std::midpoint(first, last);
        if (holds(of_rank(middle)))
            last = middle;
        else
            first = middle + 1;
    }
    return of_rank(last);
}

} // namespace

Parts parts_of(const Distribution& distribution) {
    Parts result;
    std::visit(
        [&](const auto& shape) {
            if constexpr (std::is_same_v<std::decay_t<decltype(shape)>, Mixture>) {
                double sum = 0;
                for (const auto& entry : shape.components)
                    sum += entry.second;
                for (const auto& [component, weight] : shape.components)
                    if (weight > 0)
                        result.parts.emplace_back(sorted(component), weight / sum);
            } else {
                result.parts.emplace_back(sorted(shape), 1.0);
            }
        },
        distribution.shape);
    return result;
}

std::vector<double> knots_of(const Parts& parts) {
    std::vector<double> knots;
    if (parts.parts.size() == 1)
        return knots;
    for (const auto& [component, weight] : parts.parts) {
        if (const auto* discrete = std::get_if<Discrete>(&component)) {
            for (const auto& entry : discrete->values)
                knots.push_back(entry.first);
        } else if (const auto* empirical = std::get_if<Empirical>(&component)) {
            const std::vector<double>& values = empirical->values;
            for (std::size_t i = 0; i + 1 < values.size(); ++i)
                if (values[i] == values[i + 1])
                    knots.push_back(values[i]);
            knots.push_back(values.back());
        } else if (const auto support = support_within(component, Bounds{});
                   support && !support->high_open) {
            knots.push_back(support->high);
        }
    }
    std::sort(knots.begin(), knots.end());
    knots.erase(std::unique(knots.begin(), knots.end()), knots.end());
    return knots;
}

Probability probability_at(const Parts& parts, double x, Edge edge) {
    if (parts.parts.size() == 1)
        return component_probability(parts.parts.front().first, x, edge);
    Probability sum{0, 0};
    for (const auto& [component, weight] : parts.parts) {
        const Probability p = component_probability(component, x, edge);
        sum.below += weight * p.below;
        sum.above += weight * p.above;
    }
    return sum;
}

double value_at(const Parts& parts, Probability p) { return value_at(parts, knots_of(parts), p); }

double value_at(const Parts& parts, const std::vector<double>& knots, Probability p) {
    if (parts.parts.size() == 1)
        return component_value(parts.parts.front().first, p);

    // The value lies between the least and the greatest of the components' own at p.
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (const auto& [component, weight] : parts.parts) {
        const double value = component_value(component, p);
        low = std::min(low, value);
        high = std::max(high, value);
    }

    const auto knot = std::partition_point(knots.begin(), knots.end(), [&](double x) {
        return probability_at(parts, x, Edge::at_or_below).below < p.below - slack;
    });
    if (knot != knots.end()) {
        if (probability_at(parts, *knot, Edge::below).below <= p.below)
            return *knot;
        high = std::min(high, *knot);
    }
    if (knot != knots.begin())
        low = std::max(low, *std::prev(knot));
    return least_double(low, std::max(low, high), [&](double x) {
        const Probability found = probability_at(parts, x, Edge::at_or_below);
        return p.below <= p.above ? found.below >= p.below : found.above <= p.above;
    });
}

std::optional<Support> support_within(const Parts& parts, Bounds bounds) {
    std::optional<Support> result;
    for (const auto& [component, weight] : parts.parts) {
        const auto support = support_within(component, bounds);
        if (!support)
            continue;
        if (!result) {
            result = support;
            continue;
        }
        if (support->low <= result->low) {
            result->low_open =
                support->low_open && (support->low < result->low || result->low_open);
            result->low = support->low;
        }
        if (support->high >= result->high) {
            result->high_open =
                support->high_open && (support->high > result->high || result->high_open);
            result->high = support->high;
        }
    }
    return result;
}

} // namespace fleetcast
