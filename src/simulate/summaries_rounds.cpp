// From round to round: which cells and tasks come next, and with which brackets.
#include "summaries_state.hpp"

#include <fleetcast/simulate/stop.hpp>

#include <algorithm>
#include <utility>

namespace fleetcast {

namespace {

constexpr double rerun_bytes = 256e6; // for values of brackets that missed, at a time

} // namespace

SummaryState::SummaryState(const SummarySettings& wanted)
    : settings(wanted), plan(plan_summaries(wanted)), lanes(summary_lanes(wanted.level)),
      replicates(std::max<std::uint64_t>(wanted.replicates, 1)), pool(plan.chunk_doubles),
      slot_of(wanted.cells, no_slot), results(wanted.cells) {}

TaskSpan span_of(const SummaryPlan& plan, std::uint64_t task) {
    const std::uint64_t first = trials_before(plan, task);
    return {.first = first,
            .count = trials_before(plan, task + 1) - first,
            .replicate = task / plan.replicate_tasks};
}

double SummaryState::done() const {
    return static_cast<double>(trials_before(plan, plan.round_ends[round])) /
           static_cast<double>(plan.trials);
}

void SummaryState::note_memory() {
    std::size_t bytes = pool.bytes();
    if (pilot)
        bytes += cell_of.size() * plan.pilot_tasks * plan.task_stride * sizeof(double);
    for (const LogCounts& counts : logs)
        bytes += counts.bytes();
    for (const auto& worker : workers)
        for (const LogCounts& counts : worker->logs)
            bytes += counts.bytes();
    most_bytes = std::max(most_bytes, bytes);
}

void SummaryState::open_slots(std::vector<std::size_t> cells) {
    std::fill(slot_of.begin(), slot_of.end(), no_slot);
    cell_of = std::move(cells);
    for (std::size_t slot = 0; slot < cell_of.size(); ++slot)
        slot_of[cell_of[slot]] = slot;
    brackets.clear();
    brackets.resize(cell_of.size() * settings.quantiles.size());
    constant.assign(cell_of.size(), std::numeric_limits<double>::quiet_NaN());
    present.assign(cell_of.size(), 0);
    least.assign(cell_of.size(), std::numeric_limits<double>::infinity());
    most.assign(cell_of.size(), -std::numeric_limits<double>::infinity());
}

void SummaryState::open_pass() {
    pass_cell = next_pass * settings.cells / plan.passes;
    const std::size_t behind = ++next_pass * settings.cells / plan.passes;
    std::vector<std::size_t> cells;
    for (std::size_t cell = pass_cell; cell < behind; ++cell)
        cells.push_back(cell);
    open_slots(std::move(cells));
    tree.emplace(plan.replicate_tasks);
    round = 0;
}

/// As many of the cells that missed as fit, each bracket storing all there is between what is sure.
void SummaryState::open_rerun() {
    std::vector<std::size_t> cells;
    double bytes = 0;
    auto behind = missed.begin();
    for (; behind != missed.end(); ++behind) {
        bytes += static_cast<double>(8 * behind->between);
        if (!cells.empty() && cells.back() != behind->cell &&
            bytes > std::min(rerun_bytes, settings.memory))
            break;
        if (cells.empty() || cells.back() != behind->cell)
            cells.push_back(behind->cell);
    }
    const std::vector<Missed> now(missed.begin(), behind);
    missed.erase(missed.begin(), behind);
    open_slots(std::move(cells));
    for (const Missed& miss : now) {
        Bracket& bracket = brackets[slot_of[miss.cell] * settings.quantiles.size() + miss.quantile];
        bracket.lo = miss.lo;
        bracket.hi = miss.hi;
        bracket.kind = BracketKind::closed;
        bracket.counts.resize(replicates);
    }
}

Round SummaryState::started(Round tasks) {
    for (const auto& worker : workers) {
        end_if_needed(settings.stop);
        worker->begin_round();
    }
    end_if_needed(settings.stop);
    return tasks;
}

std::optional<Round> SummaryState::next_round() {
    if (kind != RoundKind::none)
        close_round();
    if (not_finite || plan.tasks == 0 || settings.cells == 0)
        return std::nullopt;
    if (kind != RoundKind::none) { // the pass goes on
        kind = plan.round_ends[++round] == plan.tasks ? RoundKind::last : RoundKind::middle;
        return started({plan.round_ends[round - 1], plan.round_ends[round]});
    }
    if (!missed.empty()) {
        open_rerun();
        kind = RoundKind::rerun;
        return started({0, plan.tasks});
    }
    if (next_pass == plan.passes)
        return std::nullopt;
    open_pass();
    if (plan.form == QuantileForm::log_buckets) {
        kind = RoundKind::logs;
        logs.clear(); // of the pass before
        logs.resize(cell_of.size() * replicates);
        for (const auto& worker : workers)
            worker->logs.clear();
        return started({0, plan.tasks});
    }
    kind = RoundKind::pilot;
    pilot = std::make_unique_for_overwrite<double[]>(cell_of.size() * plan.pilot_tasks *
                                                     plan.task_stride);
    return started({0, plan.pilot_tasks});
}

SummaryState::~SummaryState() = default;

SummaryWorker& SummaryState::new_worker() {
    const std::lock_guard lock(mutex);
    workers.push_back(std::make_unique<SummaryWorker>(*this));
    if (kind != RoundKind::none)
        workers.back()->begin_round();
    return *workers.back();
}

} // namespace fleetcast
