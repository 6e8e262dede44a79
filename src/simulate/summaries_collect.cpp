// The path of every value: into sums, and into the counts and lists of brackets.
#include "summaries_state.hpp"

#include <fleetcast/simulate/stop.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

namespace fleetcast {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

void start_task(CellLanes& cell) {
    std::fill(std::begin(cell.sums.sum), std::end(cell.sums.sum), 0.);
    std::fill(std::begin(cell.sums.squares), std::end(cell.sums.squares), 0.);
    cell.sums.shift = missing;
    cell.sums.missing = 0;
    cell.values = cell.constants = 0;
}

} // namespace

void SummaryWorker::begin_round() {
    const std::size_t slots = state->cell_of.size(), quantiles = state->settings.quantiles.size();
    const bool logs_only = state->kind == RoundKind::logs;
    const std::size_t all = logs_only ? 0 : slots * quantiles;
    cells.assign(slots, {});
    brackets.assign(all, {});
    lists.assign(all, {});
    counts.assign(all * state->replicates, {});
    if (logs_only)
        logs.resize(slots);
    replicate.reset();
    for (std::size_t slot = 0; slot < slots; ++slot) {
        CellLanes& cell = cells[slot];
        start_task(cell);
        std::fill(std::begin(cell.sums.least), std::end(cell.sums.least),
                  std::numeric_limits<double>::infinity());
        std::fill(std::begin(cell.sums.most), std::end(cell.sums.most),
                  -std::numeric_limits<double>::infinity());
        if (state->kind == RoundKind::middle || state->kind == RoundKind::last)
            cell.constant = state->constant[slot];
    }
    for (std::size_t i = 0; i < std::min(all, state->brackets.size()); ++i) {
        const Bracket& from = state->brackets[i];
        brackets[i].lo = from.lo;
        brackets[i].hi = from.hi;
        brackets[i].kind = from.kind;
    }
}

void SummaryWorker::begin(std::uint64_t number) {
    task = number;
    span = span_of(state->plan, number);
    if (replicate == span.replicate)
        return;
    if (replicate)
        flush();
    replicate = span.replicate;
    if (state->replicates > 1) {
        const double mark = replicate_mark(*replicate);
        for (std::size_t i = 0; i < brackets.size(); ++i)
            if (brackets[i].kind == BracketKind::open || brackets[i].kind == BracketKind::closed)
                append(i, std::span(&mark, 1));
    }
}

void SummaryWorker::flush(std::size_t slot) {
    if (!replicate || brackets.empty())
        return;
    const std::size_t quantiles = state->settings.quantiles.size();
    const std::uint64_t at_constant = std::exchange(cells[slot].at_constant, 0);
    for (std::size_t i = slot * quantiles; i < (slot + 1) * quantiles; ++i) {
        BracketCounts& to = counts[i * state->replicates + *replicate];
        to.below += std::exchange(brackets[i].below, 0);
        to.at_lo += std::exchange(brackets[i].at_lo, 0) + at_constant;
        to.at_hi += std::exchange(brackets[i].at_hi, 0);
        lists[i].at = brackets[i].at;
    }
}

void SummaryWorker::flush() {
    for (std::size_t slot = 0; slot < cells.size(); ++slot)
        flush(slot);
    if (state->kind != RoundKind::logs || !replicate)
        return;
    const std::lock_guard lock(state->mutex);
    for (std::size_t slot = 0; slot < cells.size(); ++slot)
        state->logs[slot * state->replicates + *replicate].take(logs[slot]);
}

void SummaryWorker::append(std::size_t i, std::span<const double> values) {
    lists[i].at = brackets[i].at;
    cache.append(lists[i], values);
    brackets[i].at = lists[i].at;
    brackets[i].end = lists[i].end;
}

/// For brackets first .. behind - 1.
void SummaryWorker::keep(std::size_t first, std::size_t behind, const double* values,
                         std::size_t n) {
    for (std::size_t i = first; i < behind; i += lane_brackets) {
        const std::size_t count = std::min(lane_brackets, behind - i);
        if (!state->lanes.keep(&brackets[i], count, values, n, spill.data()))
            continue;
        for (std::size_t k = 0; k < count; ++k)
            append(i + k, std::span(spill.data() + k * n, brackets[i + k].spilled));
    }
}

/// Rows that hold nothing but what the cell always was: they add nothing to sums around it.
bool SummaryWorker::add_constant(CellLanes& cell, const double* values, std::size_t n) const {
    if (std::isnan(cell.constant) || !state->lanes.all_equal(values, n, cell.constant))
        return false;
    if (std::isnan(cell.sums.shift))
        cell.sums.shift = cell.constant;
    if (cell.sums.shift != cell.constant)
        return false;
    cell.values += n;
    cell.constants += n;
    return true;
}

void SummaryWorker::copy_to_pilot(std::size_t slot, const double* values, std::size_t n) {
    const SummaryPlan& plan = state->plan;
    double* const to = state->pilot.get() + (slot * plan.pilot_tasks + task) * plan.task_stride;
    std::copy_n(values, n, to + cells[slot].values);
}

void SummaryWorker::add(std::size_t index, const double* values, std::size_t n) {
    const std::size_t slot = state->slot_of[index];
    if (slot == SummaryState::no_slot)
        return;
    if (n % 8 != 0) {
        const std::size_t whole = (n + 7) / 8 * 8;
        std::copy_n(values, n, row.begin());
        std::fill(row.begin() + static_cast<std::ptrdiff_t>(n),
                  row.begin() + static_cast<std::ptrdiff_t>(whole), missing);
        values = row.data();
        n = whole;
    }
    CellLanes& cell = cells[slot];
    if (state->sums()) {
        if (add_constant(cell, values, n))
            return;
        if (state->kind == RoundKind::pilot)
            copy_to_pilot(slot, values, n);
        if (state->kind == RoundKind::logs)
            logs[slot].add(values, n);
        for (std::size_t i = 0; std::isnan(cell.sums.shift) && i < n; ++i)
            cell.sums.shift = values[i];
        cell.values += n;
        if (std::isnan(cell.sums.shift))
            cell.sums.missing += n;
        else
            state->lanes.add(cell.sums, values, n, state->extremes());
    }
    if (brackets.empty() || state->kind == RoundKind::pilot)
        return;
    const std::size_t quantiles = state->settings.quantiles.size();
    keep(slot * quantiles, (slot + 1) * quantiles, values, n);
}

void SummaryWorker::end() {
    if (!state->sums())
        return;
    std::vector<Moments> moments(cells.size());
    for (std::size_t slot = 0; slot < cells.size(); ++slot) {
        if (must_end(state->settings.stop, slot))
            return;
        CellLanes& cell = cells[slot];
        if (state->kind == RoundKind::pilot) {
            const std::vector<double> rest(state->plan.task_stride - cell.values, missing);
            copy_to_pilot(slot, rest.data(), rest.size());
        }
        if (cell.constants > 0) {
            cell.at_constant += cell.constants;
            cell.sums.least[0] = std::min(cell.sums.least[0], cell.constant);
            cell.sums.most[0] = std::max(cell.sums.most[0], cell.constant);
        }
        moments[slot] = moments_of(cell.sums, cell.values);
        cell.present += cell.values - cell.sums.missing;
        if (!std::isfinite(moments[slot].mean)) {
            const NotFinite found{.task = task, .cell = state->cell_of[slot]};
            const std::lock_guard lock(state->mutex);
            state->not_finite = std::min(state->not_finite.value_or(found), found);
        }
        start_task(cell);
    }
    state->tree->add(span.replicate, task % state->plan.replicate_tasks, std::move(moments));
}

void Collector::begin(std::uint64_t task) { worker_->begin(task); }
void Collector::add(std::size_t cell, const double* values, std::size_t n) {
    worker_->add(cell, values, n);
}
void Collector::end() { worker_->end(); }

} // namespace fleetcast
