// Which figure of which plan is which cell of the summaries, differences between plans included.
// Interface: CellPlan, plan_cells(), CellSinks, forecasts_of().
#pragma once

#include <fleetcast/simulate/plan_worker.hpp>
#include <fleetcast/simulate/run.hpp>

#include <memory>
#include <vector>

namespace fleetcast {

constexpr std::size_t no_cell = static_cast<std::size_t>(-1);

/// Figures of a view of a later plan, each beside the same one of the first plan.
struct PairedView {
    std::size_t first_cell = 0;    // of the differences
    Figures shape;                 // metrics, groups and periods that both have
    std::vector<std::size_t> base; // [own figure] that of the base; no_cell: it has none
    std::vector<std::size_t> to;   // [own figure] the difference; no_cell: there is none
};

struct PlanCells {
    std::vector<std::size_t> views; // first cell of each
    std::vector<Figures> shapes;    // of each view
    std::size_t outcomes = 0;       // first cell
    std::vector<PairedView> pairs;  // of a later plan, by view
};

struct CellPlan {
    std::size_t count = 0;
    std::uint64_t replicates = 1;
    std::vector<PlanCells> plans;
};

CellPlan plan_cells(std::span<const PlanRun> runs, const RunSettings& settings);

/// The figures of two plans that can be set side by side: the same metrics, groups of one name and
/// periods of the same days.
PairedView pair_views(const Figures& base, const Plan& base_plan, const Figures& other,
                      const Plan& other_plan);

/// Hands the figures of one thread's blocks to its collector.
class CellSinks {
public:
    CellSinks(const CellPlan& cells, Summaries& summaries, std::size_t width);

    void begin(std::uint64_t task) {
        if (!muted_)
            collector_.begin(task);
    }
    void begin_block(std::size_t count);
    void end() {
        if (!muted_)
            collector_.end();
    }
    /// A trial failed, and with it the run: figures are dropped from now on.
    void mute() {
        muted_ = true;
        count_ = 0;
    }

    const WorkSinks& of(std::size_t plan) const { return works_[plan]; }

private:
    class Direct;
    class Base;
    class Paired;

    Collector collector_;
    RowArena arena_;
    bool muted_ = false;
    std::size_t count_ = 0, lanes_ = 8;
    std::vector<std::vector<double*>> base_rows_; // [view][figure] of the first plan, when paired
    std::vector<std::vector<bool>> base_known_;   // in this block
    std::vector<std::unique_ptr<FigureSink>> sinks_;
    std::vector<WorkSinks> works_;
};

/// What the summaries say, plan by plan.
std::vector<Forecast> forecasts_of(const CellPlan& cells, std::span<const PlanRun> runs,
                                   const RunSettings& settings,
                                   const std::vector<CellSummary>& summaries);

/// One trial of each, and the differences.
std::variant<std::vector<Forecast>, TrialFailure> simulate_medians(std::span<const PlanRun> runs,
                                                                   const RunSettings& settings);

} // namespace fleetcast
