// Sharing pools out among claimants, by priority and in proportion to what they ask, where each may
// use some of the pools only (rules.md, M12). Interface: Claimant, Allocation. What is asked, and
// what comes of it, is left to Demand.
#pragma once

#include <fleetcast/base/level.hpp>
#include <fleetcast/plan/plan.hpp>
#include <fleetcast/simulate/rows.hpp>

#include <memory>
#include <span>
#include <vector>

namespace fleetcast {

/// Who takes part: 1 is served first; the pools that may be used, ascending.
struct Claimant {
    int priority = 1;
    std::vector<Index> pools;
};

class Allocation {
public:
    /// Up to so many sets of claimants that can be short together are looked through one by one;
    /// where there are more, they are found by cuts, which is slower until there are many more.
    static constexpr std::size_t usual_sets = 1024;

    Allocation(std::vector<Claimant> claimants, std::size_t pool_count, RowArena& arena,
               Level level, std::size_t most_sets = usual_sets);
    Allocation(const Allocation&) = delete;
    Allocation& operator=(const Allocation&) = delete;
    ~Allocation();

    /// Shares out. `asks`: by claimant, not below 0, nullptr: nothing. `capacity`: by pool,
    /// nullptr: nothing. Over `n` lanes, a multiple of 8.
    void share(std::span<const double* const> asks, std::span<const double* const> capacity,
               std::size_t n);

    /// What a claimant got, over lanes; 0 for one that asked for nothing.
    const double* served(std::size_t claimant) const { return served_[claimant]; }

    /// What a claimant could get on top, in one lane, were it alone to ask for more than it did:
    /// those of higher and equal priority keep what they got, the others yield. 0 for one that
    /// asked for nothing. The rows that were shared out must still be there.
    double more(std::size_t claimant, std::size_t lane);

private:
    struct Group; // claimants and pools that hang together
    void make_group(std::size_t index, RowArena& arena);

    std::vector<Claimant> claimants_;
    std::vector<std::unique_ptr<Group>> groups_;
    std::vector<std::size_t> group_of_; // [claimant]; groups_.size(): it may use nothing
    std::vector<double*> served_;       // [claimant]
    std::vector<bool> asks_;            // [claimant] in the last period
    Level level_;
    std::size_t width_;
};

} // namespace fleetcast
