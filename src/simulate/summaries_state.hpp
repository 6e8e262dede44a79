// What Summaries and Collector are made of. Interface: SummaryState, SummaryWorker. Cells that are
// looked at in a round have slots; brackets are numbered [slot][quantile].
#pragma once

#include "summaries_brackets.hpp"
#include "summaries_log.hpp"
#include "summaries_moments.hpp"
#include "summaries_plan.hpp"

#include <fleetcast/simulate/summaries.hpp>

#include <array>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace fleetcast {

/// What one worker knows of a cell.
struct CellLanes {
    LaneSums sums;
    double constant =
        std::numeric_limits<double>::quiet_NaN(); // what it was so far, if always that
    std::uint64_t values = 0;                     // in this task, missing ones included
    std::uint64_t constants = 0;                  // of these, not seen by the brackets
    std::uint64_t at_constant = 0;                // like them, since the last flush
    std::uint64_t present = 0;                    // in the tasks of this round that ended
};

/// A bracket that missed: the values it asks for lie between its ends.
struct Missed {
    std::size_t cell = 0, quantile = 0;
    double lo = 0, hi = 0;
    std::uint64_t between = 0; // values
    friend auto operator<=>(const Missed&, const Missed&) = default;
};

enum class RoundKind { none, pilot, middle, last, rerun, logs };

struct SummaryState {
    static constexpr std::size_t no_slot = static_cast<std::size_t>(-1);

    explicit SummaryState(const SummarySettings& settings);

    std::optional<Round> next_round();
    SummaryWorker& new_worker();
    ~SummaryState();

    SummarySettings settings;
    SummaryPlan plan;
    const SummaryLanes& lanes;
    std::uint64_t replicates;
    ChunkPool pool;

    RoundKind kind = RoundKind::none;
    std::size_t next_pass = 0;          // 0 .. passes
    std::size_t round = 0;              // of the pass
    std::size_t pass_cell = 0;          // first cell of the pass
    std::vector<std::size_t> slot_of;   // [cell]
    std::vector<std::size_t> cell_of;   // [slot]
    std::vector<Bracket> brackets;      // [slot][quantile]
    std::vector<double> constant;       // [slot], NaN: none
    std::vector<std::uint64_t> present; // [slot] so far in this pass
    std::vector<double> least, most;    // [slot]
    std::unique_ptr<double[]> pilot;    // [slot][task][trial]
    std::optional<MomentTree> tree;     // of the pass
    std::vector<LogCounts> logs;        // [slot][replicate]
    std::vector<Missed> missed;
    std::vector<CellSummary> results; // [cell]
    std::optional<NotFinite> not_finite;
    std::size_t most_bytes = 0;
    std::mutex mutex; // guards logs, missed and not_finite while several threads run
    std::vector<std::unique_ptr<SummaryWorker>> workers;

    bool sums() const { return kind != RoundKind::rerun; } // whether moments are taken
    bool extremes() const { return settings.spread || plan.form == QuantileForm::log_buckets; }

private:
    template <class Work> void for_slots(const Work& work);
    void close_round();
    void close_pilot(BracketCloser& closer, std::size_t slot);
    void close_middle(BracketCloser& closer, std::size_t slot);
    void close_last(BracketCloser& closer, std::size_t slot);
    void close_logs(std::size_t slot);
    void take_answer(std::size_t cell, std::size_t quantile, const QuantileAnswer& answer);
    void sum_up(std::size_t slot);
    std::vector<double> present_in(std::size_t cell) const;
    std::vector<Segment> pilot_segments(std::size_t slot) const;
    std::vector<QuantileQuestion> questions(std::vector<double> present) const;
    double done() const;
    void open_pass();
    void open_rerun();
    void open_slots(std::vector<std::size_t> cells);
    Round started(Round round);
    void note_memory();
};

/// One thread's part. Its brackets have the ends of the state's and counts and values of their own.
struct SummaryWorker {
    explicit SummaryWorker(SummaryState& owner) : state(&owner), cache(owner.pool) {}

    void begin_round();
    void begin(std::uint64_t task);
    void add(std::size_t cell, const double* values, std::size_t n);
    void end();
    /// Hands over what is counted by replicate; those of the logs to the state.
    void flush();
    void flush(std::size_t slot);

    SummaryState* state;
    ChunkCache cache;
    std::vector<CellLanes> cells;      // [slot]
    std::vector<LaneBracket> brackets; // [slot][quantile]
    std::vector<ChunkList> lists;      // [slot][quantile]; `at` is behind that of the bracket
    std::vector<BracketCounts> counts; // [slot][quantile][replicate]
    std::vector<LogCounts> logs;       // [slot]
    std::uint64_t task = 0;
    TaskSpan span;
    std::optional<std::uint64_t> replicate; // of what was counted since the last flush
    alignas(64) std::array<double, task_trials> row{};
    alignas(64) std::array<double, lane_brackets * task_trials> spill{};

private:
    bool add_constant(CellLanes& cell, const double* values, std::size_t n) const;
    void keep(std::size_t first, std::size_t behind, const double* values, std::size_t n);
    void append(std::size_t bracket, std::span<const double> values);
    void copy_to_pilot(std::size_t slot, const double* values, std::size_t n);
};

TaskSpan span_of(const SummaryPlan& plan, std::uint64_t task);

} // namespace fleetcast
