// Values of given ranks among many, without sorting them. Interface: Selector.
#pragma once

#include "summaries_lanes.hpp"

#include <span>
#include <vector>

namespace fleetcast {

class Selector {
public:
    explicit Selector(const SummaryLanes& lanes) : lanes_(&lanes) {}

    /// The values of the ranks (from 0, rising, below values.size()) go to `found`. The values,
    /// without NaN, are lost.
    void select(std::span<double> values, std::span<const std::size_t> ranks, double* found);

private:
    void part(double* values, std::size_t n, double* spare, std::span<const std::size_t> ranks,
              std::size_t first, double* found);
    double pivot(const double* values, std::size_t n, std::size_t rank) const;
    double trimming_pivot(const double* values, std::size_t n, std::span<const std::size_t> ranks,
                          std::size_t first) const;

    const SummaryLanes* lanes_;
    std::vector<double> spare_;
};

} // namespace fleetcast
