// Counts over trials, which merge exactly in any order: conditions that held, units that waited.
// Interface: ConditionCounter, WaitCounter. Each worker has its own; merge() adds them up.
#pragma once

#include <fleetcast/simulate/fold.hpp>

#include <cmath>
#include <optional>
#include <vector>

namespace fleetcast {

/// Of several trials units and MW are summed in multiples of this: such sums are exact, so that
/// they do not depend on their order.
inline constexpr double grain = 1.0 / 64;

inline double in_grains(double value) { return std::nearbyint(value / grain) * grain; }

class ConditionCounter : FigureSink {
public:
    ConditionCounter(const Plan& plan, const Condition& condition, const Block& block,
                     std::size_t width, std::uint64_t replicates);

    void start(const Block& block);
    /// Looks at the block's last period.
    std::optional<TrialFailure> add(const Block& block);
    /// Counts the first `count` lanes of a finished block. `scratch`: a row.
    void finish(const Block& block, std::size_t count, std::uint64_t replicate, double* scratch);

    void merge(const ConditionCounter& other);
    const ConditionTally& tally() const { return tally_; }

private:
    void take(std::size_t cell, const double* row) override;

    Condition condition_;
    RowArena arena_;
    std::optional<Fold> fold_; // of a condition on a metric
    ConditionTally tally_;
    double* state_;     // first: the period, or -1; any, all: whether it holds
    double* was_empty_; // the first period looked at without a figure, or -1
    std::size_t lanes_ = 8;
};

/// Units that wait, by pool and period.
class WaitCounter {
public:
    /// All that may take long throws Failure (refused) when the run must end.
    WaitCounter(const Plan& plan, const Block& block, const Stop& stop);

    /// Counts the first `count` lanes of the block's last period.
    void add(const Block& block, std::size_t period, std::size_t count, bool only_trial);
    void merge(const WaitCounter& other, const Stop& stop);

    /// Consecutive periods in which units waited in at least 1 % of the trials.
    std::vector<Wait> waits(std::uint64_t trials, const Stop& stop) const;

private:
    struct Count {
        std::uint64_t trials = 0;
        double units = 0, mw = 0; // sums that are exact: see grain
    };
    Count& at(Bound bound, std::size_t pool, std::size_t period);
    const Count& at(Bound bound, std::size_t pool, std::size_t period) const;

    std::size_t periods_, pools_;
    std::vector<std::pair<Index, Index>> places_; // [pool] source, site
    std::vector<Count> counts_;                   // [power, install][pool][period]
};

} // namespace fleetcast
