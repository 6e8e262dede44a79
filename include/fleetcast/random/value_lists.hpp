// Discrete and empirical distributions made ready for many draws. Interface: DiscreteList,
// EmpiricalList, discrete_list(), look_up().
#pragma once

#include <fleetcast/random/cut.hpp>
#include <fleetcast/random/distribution.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace fleetcast {

struct DiscreteList {
    std::vector<double> values;
    std::vector<double> sums;               // of the weights, up to and with each value
    std::vector<std::uint32_t> first_value; // [cell of the probability]: the first possible value
};

struct EmpiricalList {
    std::vector<double> values; // two at least
};

/// Of values in ascending order, without zero weights.
DiscreteList discrete_list(const Discrete& discrete);

/// x[i] is the value at probability_of(u[i]), before the ends are applied: the bytes of value_at().
/// The rows may be the same.
void look_up(const DiscreteList& list, const Cut& cut, std::span<const double> u, double* x);
void look_up(const EmpiricalList& list, const Cut& cut, std::span<const double> u, double* x);

} // namespace fleetcast
