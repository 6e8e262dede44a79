// Counts over trials of what workloads come to, which merge exactly in any order: when trainings
// are done, who is short. Interface: CompletionCounter, ShortageCounter; each worker has its own.
#pragma once

#include <fleetcast/simulate/block.hpp>
#include <fleetcast/simulate/forecast.hpp>

#include <vector>

namespace fleetcast {

class CompletionCounter {
public:
    CompletionCounter(const Plan& plan, std::uint64_t replicates);

    /// Counts the first `count` lanes of a finished block.
    void finish(const Block& block, std::size_t count, std::uint64_t replicate);
    void merge(const CompletionCounter& other);
    const std::vector<CompletionTally>& tallies() const { return tallies_; }

private:
    const Plan* plan_;
    std::vector<CompletionTally> tallies_; // of each training
};

/// Workloads and teams that get less than they ask for.
class ShortageCounter {
public:
    ShortageCounter(const Plan& plan, std::size_t width);

    void start(const Block& block);
    /// Counts the first `count` lanes of the block's last period.
    void add(const Block& block, std::size_t period, std::size_t count, bool only_trial);
    /// The block has run to its end.
    void finish(std::size_t count);
    void merge(const ShortageCounter& other);

    /// Those that are short in some trial, teams first.
    std::vector<Shortage> shortages(std::uint64_t trials) const;

private:
    struct Count {
        std::uint64_t trials = 0;
        double h100e = 0; // a sum that is exact: see grain in tallies.hpp
    };
    struct Claimant { // a workload, or a team
        GroupBy by = GroupBy::workload;
        std::optional<Index> member;
        std::vector<Index> workloads;
        double* missing = nullptr; // [H100e] in this period
        double* ever = nullptr;    // 1 where it was short in this block
        std::uint64_t trials = 0;  // in which it was
        std::vector<Count> periods;
    };

    RowArena arena_;
    std::vector<Claimant> claimants_;
};

} // namespace fleetcast
