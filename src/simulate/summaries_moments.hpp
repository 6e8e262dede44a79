// Means and sums of squares of tasks, merged as a binary tree over the numbers of tasks: the same
// bytes in whatever order tasks end, and O(log tasks) nodes at a time. Interface: Moments, merge(),
// moments_of(), MomentTree.
#pragma once

#include "summaries_lanes.hpp"

#include <cstdint>
#include <map>
#include <mutex>
#include <tuple>
#include <vector>

namespace fleetcast {

/// Of one cell over some trials.
struct Moments {
    double count = 0; // trials that have the figure
    double mean = 0;
    double squares = 0; // sum of (value - mean)^2; with `spread` only
};

/// Chan, Golub and LeVeque 1979: exact where both means are equal.
Moments merge(const Moments& first, const Moments& second);

/// Of a task; `values` is how many the sums were given, missing ones included.
Moments moments_of(const LaneSums& sums, std::uint64_t values);

/// Pairwise, by position.
Moments merge_all(const std::vector<Moments>& parts);

class MomentTree {
public:
    /// Replicates of so many tasks each.
    explicit MomentTree(std::uint64_t tasks) : tasks_(tasks) {}

    /// The moments of all cells over one task, numbered within its replicate.
    void add(std::uint64_t replicate, std::uint64_t task, std::vector<Moments> cells);
    /// Of a cell over a replicate, all of whose tasks were added.
    const Moments& whole(std::uint64_t replicate, std::size_t cell) const;
    std::size_t nodes() const { return nodes_.size(); }

private:
    using Place = std::tuple<std::uint64_t, unsigned, std::uint64_t>; // replicate, level, index

    std::uint64_t tasks_;
    std::mutex mutex_;
    std::map<Place, std::vector<Moments>> nodes_;
};

} // namespace fleetcast
