// Statistics of many figures over many trials, in bounded memory and the same bytes whatever runs
// them (rules.md, S1 and S2). Interface: Summaries, Collector, Round. Trials are looked at in
// tasks; who draws them, and on which threads, is the caller's.
#pragma once

#include <fleetcast/base/level.hpp>
#include <fleetcast/simulate/settings.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

namespace fleetcast {

/// What is asked of every cell (a figure of one metric, group and period).
struct SummarySettings {
    std::size_t cells = 0;
    std::uint64_t trials = 1;
    std::uint64_t replicates = 1;              // equal runs of trials, one after the other
    std::vector<double> quantiles{.1, .5, .9}; // shares from 0 to 1, in any order
    bool spread = false;                       // sd, se, min, max and the errors of quantiles, too
    double memory = std::numeric_limits<double>::infinity(); // cap [byte]
    unsigned threads = 1;                                    // collectors that are alive at once
    Level level = best_level();
    Stop stop{}; // asked between rounds; after a yes it must not say no
};

/// The statistics of one cell over the trials that have the figure.
struct CellSummary {
    std::uint64_t count = 0; // trials that have it; 0: nothing else has a meaning
    double mean = 0;
    double se = 0, sd = 0, min = 0, max = 0; // with `spread`; se: standard error of the mean
    std::vector<double> quantiles;           // as asked
    std::vector<double> quantile_errors;     // with `spread`
};

enum class QuantileForm { exact, log_buckets };

/// Consecutive trials of a task, but for the last ones of a replicate.
inline constexpr std::uint64_t task_trials = 1024;

/// The trials of a task.
struct TaskSpan {
    std::uint64_t first = 0, count = 0, replicate = 0;
};

/// Tasks to run, for the first time or once more: first_task .. last_task - 1.
struct Round {
    std::uint64_t first_task = 0, last_task = 0;
    friend bool operator==(const Round&, const Round&) = default;
};

/// A figure that was infinite, or too large to be summed, in some trial of a task.
struct NotFinite {
    std::uint64_t task = 0;
    std::size_t cell = 0;
    friend auto operator<=>(const NotFinite&, const NotFinite&) = default;
};

/// What the summaries need at the least, with as many passes as there may be, about. [byte]
double memory_needed(const SummarySettings& settings);

struct SummaryState;
struct SummaryWorker;

/// Takes the values of one thread's tasks. Of each task every wanted cell gets all its values, in
/// the order of trials; cells may come in any order, and those that are not wanted are ignored.
class Collector {
public:
    /// `task` belongs to the round; each is taken by one collector, in any order.
    void begin(std::uint64_t task);
    /// The values of this cell in the next n trials of the task; NaN: the trial has no such figure.
    /// n is a multiple of 8 unless these are the last of the task.
    void add(std::size_t cell, const double* values, std::size_t n);
    void end();

private:
    friend class Summaries;
    explicit Collector(SummaryWorker& worker) : worker_(&worker) {}
    SummaryWorker* worker_;
};

/// One collector() for each thread; while there is a next_round(), its tasks; then finish().
class Summaries {
public:
    explicit Summaries(const SummarySettings& settings);
    Summaries(Summaries&&) noexcept;
    Summaries& operator=(Summaries&&) noexcept;
    ~Summaries();

    /// Closes the round before and says what to run next; nothing when all is known or a figure
    /// was not finite. Failure (refused) when the run must end.
    std::optional<Round> next_round();
    /// For one thread, for all rounds.
    Collector collector();
    /// Whether the cell's values count in this round.
    bool wants(std::size_t cell) const;

    TaskSpan span_of(std::uint64_t task) const;
    std::uint64_t tasks() const;
    QuantileForm form() const;
    /// How many times the trials are run, in each for a part of the cells.
    std::size_t passes() const;
    /// The first task with a figure that was not finite, after its round.
    std::optional<NotFinite> not_finite() const;
    /// For values and counts of them, at most so far [byte]; small change apart.
    std::size_t memory() const;
    /// By cell, after the last round.
    std::vector<CellSummary> finish();

private:
    std::unique_ptr<SummaryState> state_;
};

} // namespace fleetcast
