// Discrete and empirical: distributions given by a list of values, here in ascending order.
#include <fleetcast/random/component.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <vector>

namespace fleetcast {

namespace {

constexpr double slack = 1e-12; // rules.md [R2]: what rounding may take from a sum of weights

} // namespace

double value_at(const Discrete& shape, Probability p) {
    double sum = 0;
    for (const auto& [value, weight] : shape.values) {
        sum += weight;
        if (sum >= p.below - slack)
            return value;
    }
    return shape.values.back().first;
}

Probability probability_at(const Discrete& shape, double x, Edge edge) {
    double sum = 0;
    bool all = true;
    for (const auto& [value, weight] : shape.values) {
        all = edge == Edge::below ? value < x : value <= x;
        if (!all)
            break;
        sum += weight;
    }
    if (all)
        return {1, 0};
    return {std::min(sum, 1.0), std::max(1 - sum, 0.0)};
}

double value_at(const Empirical& shape, Probability p) {
    const std::vector<double>& values = shape.values;
    if (values.size() == 1)
        return values.front();
    const double position = static_cast<double>(values.size() - 1) * p.below;
    const std::size_t before = std::min(static_cast<std::size_t>(position), values.size() - 2);
    const double low = values[before], high = values[before + 1];
    return std::min(low + (position - static_cast<double>(before)) * (high - low), high);
}

Probability probability_at(const Empirical& shape, double x, Edge edge) {
    const std::vector<double>& values = shape.values;
    const auto next = edge == Edge::below ? std::lower_bound(values.begin(), values.end(), x)
                                          : std::upper_bound(values.begin(), values.end(), x);
    if (next == values.begin())
        return {0, 1};
    if (next == values.end())
        return {1, 0};
    const double last = static_cast<double>(values.size() - 1);
    const double low = *std::prev(next);
    const double position =
        static_cast<double>(next - values.begin() - 1) + (x - low) / (*next - low);
    return {position / last, (last - position) / last};
}

} // namespace fleetcast
