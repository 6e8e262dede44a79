// The same semantics as value_at() in lists.cpp, with cells of the probability instead of a search.
#include <fleetcast/random/value_lists.hpp>

#include <algorithm>
#include <bit>

namespace fleetcast {

namespace {

constexpr double slack = 1e-12; // rules.md [R2]
constexpr std::size_t most_cells = 65536;

} // namespace

DiscreteList discrete_list(const Discrete& discrete) {
    DiscreteList list;
    double sum = 0;
    for (const auto& [value, weight] : discrete.values) {
        list.values.push_back(value);
        list.sums.push_back(sum += weight);
    }
    // A power of two, so that the cell of a probability is exact.
    const std::size_t cells = std::min(std::bit_ceil(4 * list.values.size()), most_cells);
    const auto last = static_cast<std::uint32_t>(list.values.size() - 1);
    std::uint32_t first = 0;
    for (std::size_t cell = 0; cell <= cells; ++cell) {
        const double least = static_cast<double>(cell) / static_cast<double>(cells);
        while (first < last && !(list.sums[first] >= least - slack))
            ++first;
        list.first_value.push_back(first);
    }
    return list;
}

void look_up(const DiscreteList& list, const Cut& cut, std::span<const double> u, double* x) {
    const auto cells = static_cast<double>(list.first_value.size() - 1);
    const std::size_t last = list.values.size() - 1;
    for (std::size_t i = 0; i < u.size(); ++i) {
        const double p = cut.below + u[i] * cut.mass;
        std::size_t at = list.first_value[static_cast<std::size_t>(std::min(p, 1.0) * cells)];
        while (at < last && !(list.sums[at] >= p - slack))
            ++at;
        x[i] = list.values[at];
    }
}

void look_up(const EmpiricalList& list, const Cut& cut, std::span<const double> u, double* x) {
    const std::size_t last = list.values.size() - 1;
    for (std::size_t i = 0; i < u.size(); ++i) {
        const double position = static_cast<double>(last) * (cut.below + u[i] * cut.mass);
        const std::size_t before = std::min(static_cast<std::size_t>(position), last - 1);
        const double low = list.values[before], high = list.values[before + 1];
        x[i] = std::min(low + (position - static_cast<double>(before)) * (high - low), high);
    }
}

} // namespace fleetcast
