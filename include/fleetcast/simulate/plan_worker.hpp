// Runs blocks of one plan and hands on what was asked of it: figures, conditions, waits.
// Interface: PlanWorker, WorkSinks. One for each plan and thread.
#pragma once

#include <fleetcast/simulate/demand_tallies.hpp>
#include <fleetcast/simulate/fold.hpp>
#include <fleetcast/simulate/tallies.hpp>

#include <optional>
#include <vector>

namespace fleetcast {

/// Where the figures of a block go. Cells of outcomes count those of outcomes_of(plan).
struct WorkSinks {
    std::vector<FigureSink*> views;
    FigureSink* outcomes = nullptr;
};

class PlanWorker {
public:
    PlanWorker(const Prepared& prepared, const PlanRun& run, const RunSettings& settings,
               std::uint64_t replicates, std::size_t width);

    /// Runs a block. With `counts` its trials go into the tallies, as those of `replicate`. When
    /// the run must end it returns early, without a failure; ask must_end() before using anything.
    std::optional<TrialFailure> run(const Trials& trials, const WorkSinks& sinks, bool counts,
                                    std::uint64_t replicate);

    /// Adds the tallies of another worker of the same plan.
    void merge(const PlanWorker& other);

    const Block& block() const { return block_; }
    Block& block() { return block_; }
    /// Puts what was counted into the forecast.
    void report(Forecast& forecast, std::uint64_t trials) const;

private:
    const Plan* plan_;
    const Stop* stop_;
    bool keeps_waits_, only_trial_;
    Block block_;
    RowArena arena_;
    std::vector<Fold> folds_;
    std::vector<std::unique_ptr<ConditionCounter>> conditions_;
    WaitCounter waits_;
    CompletionCounter completions_;
    ShortageCounter shortages_;
    std::vector<OutcomeId> outcomes_;
    double* scratch_;
};

/// Lanes of a block of these plans, so that its state stays in the cache, if not the nearest.
std::size_t width_for(std::span<const PlanRun> runs, std::uint64_t trials);

} // namespace fleetcast
