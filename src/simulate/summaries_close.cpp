// The end of a round: what the workers found is put together, cell by cell.
#include "summaries_state.hpp"

#include <fleetcast/simulate/stop.hpp>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <exception>
#include <system_error>
#include <thread>
#include <utility>

namespace fleetcast {

namespace {

constexpr std::size_t slots_at_once = 8;
constexpr std::size_t slots_worth_a_thread = 64;

} // namespace

/// work(closer, slot) for all slots, by the threads there may be.
template <class Work> void SummaryState::for_slots(const Work& work) {
    std::atomic<std::size_t> next = 0;
    std::exception_ptr error;
    const auto run = [&] {
        try {
            BracketCloser closer(lanes, pool, replicates);
            for (;;) {
                const std::size_t first = next.fetch_add(slots_at_once);
                for (std::size_t i = first; i < first + slots_at_once; ++i)
                    if (i < cell_of.size() && !must_end(settings.stop))
                        work(closer, i);
                if (first >= cell_of.size())
                    break;
            }
        } catch (...) {
            const std::lock_guard lock(mutex);
            error = std::current_exception();
        }
    };
    const std::size_t useful =
        std::min<std::size_t>(settings.threads, cell_of.size() / slots_worth_a_thread);
    std::vector<std::jthread> threads;
    try {
        for (std::size_t i = 1; i < useful; ++i)
            threads.emplace_back(run);
    } catch (const std::system_error&) { // those that there are do all the work
    }
    run();
    threads.clear();
    if (error)
        std::rethrow_exception(error);
    end_if_needed(settings.stop);
}

std::vector<QuantileQuestion> SummaryState::questions(std::vector<double> in) const {
    std::vector<QuantileQuestion> all;
    for (const double share : settings.quantiles)
        all.push_back({.share = share, .error = settings.spread, .present = in});
    return all;
}

std::vector<double> SummaryState::present_in(std::size_t cell) const {
    std::vector<double> counts;
    for (std::uint64_t r = 0; r < replicates; ++r)
        counts.push_back(tree->whole(r, cell - pass_cell).count);
    return counts;
}

std::vector<Segment> SummaryState::pilot_segments(std::size_t slot) const {
    std::vector<Segment> segments;
    for (std::uint64_t task = 0; task < plan.pilot_tasks; ++task)
        segments.push_back({task / plan.replicate_tasks,
                            {pilot.get() + (slot * plan.pilot_tasks + task) * plan.task_stride,
                             plan.task_stride}});
    return segments;
}

void SummaryState::take_answer(std::size_t cell, std::size_t quantile,
                               const QuantileAnswer& answer) {
    CellSummary& result = results[cell];
    if (answer.known) {
        result.quantiles[quantile] = answer.value;
        if (settings.spread)
            result.quantile_errors[quantile] = answer.error;
        return;
    }
    const std::lock_guard lock(mutex);
    missed.push_back({cell, quantile, answer.lo, answer.hi, answer.between});
}

/// All of a cell but its quantiles.
void SummaryState::sum_up(std::size_t slot) {
    std::vector<Moments> parts;
    for (std::uint64_t r = 0; r < replicates; ++r)
        parts.push_back(tree->whole(r, slot));
    const Moments all = merge_all(parts);
    CellSummary& result = results[cell_of[slot]];
    result.count = static_cast<std::uint64_t>(all.count);
    result.mean = all.mean;
    result.quantiles.assign(settings.quantiles.size(), 0);
    if (!settings.spread)
        return;
    result.quantile_errors.assign(settings.quantiles.size(), 0);
    if (all.count > 0) {
        result.min = least[slot] + 0.; // no negative zero
        result.max = most[slot] + 0.;
    }
    const auto deviation = [](const Moments& m) {
        return m.count > 1 ? std::sqrt(m.squares / (m.count - 1)) : 0;
    };
    result.sd = deviation(all);
    if (replicates == 1) {
        result.se = all.count > 0 ? result.sd / std::sqrt(all.count) : 0;
        return;
    }
    Moments means;
    for (const Moments& part : parts)
        if (part.count > 0)
            means = merge(means, {.count = 1, .mean = part.mean});
    result.se = means.count > 0 ? deviation(means) / std::sqrt(means.count) : 0;
}

void SummaryState::close_pilot(BracketCloser& closer, std::size_t slot) {
    const std::vector<Segment> segments = pilot_segments(slot);
    if (settings.quantiles.empty())
        return;
    std::vector<Bracket> found = closer.first_brackets(segments, questions({}), done());
    // A cell that never varied, so far, and is known in every trial.
    const double first = found.front().lo;
    bool always = present[slot] == trials_before(plan, plan.pilot_tasks);
    for (const Bracket& bracket : found)
        always = always && bracket.kind == BracketKind::point && bracket.lo == first;
    for (const Segment& segment : segments) {
        const std::uint64_t count =
            span_of(plan, static_cast<std::uint64_t>(&segment - segments.data())).count;
        for (std::size_t i = 0; always && i < count; ++i)
            always = segment.values[i] == first;
    }
    if (always)
        constant[slot] = first;
    std::move(found.begin(), found.end(),
              brackets.begin() + static_cast<std::ptrdiff_t>(slot * found.size()));
}

void SummaryState::close_middle(BracketCloser& closer, std::size_t slot) {
    const std::size_t quantiles = settings.quantiles.size();
    std::vector<ChunkList> lists;
    for (std::size_t q = 0; q < quantiles; ++q) {
        const std::size_t i = slot * quantiles + q;
        lists.clear();
        for (const auto& worker : workers)
            lists.push_back(worker->lists[i]);
        closer.narrow(brackets[i], lists,
                      {.share = settings.quantiles[q], .error = settings.spread}, present[slot],
                      done());
    }
}

void SummaryState::close_last(BracketCloser& closer, std::size_t slot) {
    if (kind != RoundKind::rerun)
        sum_up(slot);
    const std::size_t cell = cell_of[slot], quantiles = settings.quantiles.size();
    if (results[cell].count == 0)
        return;
    const std::vector<QuantileQuestion> asked = questions(present_in(cell));
    std::vector<ChunkList> lists;
    for (std::size_t q = 0; q < quantiles; ++q) {
        const std::size_t i = slot * quantiles + q;
        if (kind == RoundKind::pilot) {
            take_answer(cell, q, closer.answer(pilot_segments(slot), asked[q]));
            continue;
        }
        if (brackets[i].kind == BracketKind::idle)
            continue;
        lists.clear();
        for (const auto& worker : workers)
            lists.push_back(worker->lists[i]);
        take_answer(cell, q, closer.answer(brackets[i], lists, asked[q]));
    }
}

void SummaryState::close_logs(std::size_t slot) {
    sum_up(slot);
    const std::size_t cell = cell_of[slot];
    if (results[cell].count == 0)
        return;
    const std::vector<QuantileQuestion> asked = questions(present_in(cell));
    const LogQuantiles all({logs.data() + slot * replicates, replicates});
    for (std::size_t q = 0; q < asked.size(); ++q)
        take_answer(cell, q, all.answer(asked[q], least[slot], most[slot]));
}

void SummaryState::close_round() {
    if (kind == RoundKind::logs)
        for (const auto& worker : workers)
            worker->flush();
    if (not_finite) { // the run must end
        kind = RoundKind::none;
        return;
    }
    const bool last = kind == RoundKind::rerun || plan.round_ends[round] == plan.tasks;
    note_memory();
    for_slots([&](BracketCloser& closer, std::size_t slot) {
        for (const auto& worker : workers) {
            worker->flush(slot);
            const CellLanes& cell = worker->cells[slot];
            if (sums()) {
                present[slot] += cell.present;
                least[slot] = std::min(
                    least[slot], *std::min_element(cell.sums.least, std::end(cell.sums.least)));
                most[slot] = std::max(most[slot],
                                      *std::max_element(cell.sums.most, std::end(cell.sums.most)));
            }
            const std::size_t per_slot = settings.quantiles.size() * replicates;
            for (std::size_t i = 0; i < per_slot && !worker->counts.empty(); ++i) {
                const std::size_t at = slot * per_slot + i;
                if (kind == RoundKind::pilot || brackets[at / replicates].counts.empty())
                    continue;
                const BracketCounts& from = worker->counts[at];
                BracketCounts& to = brackets[at / replicates].counts[at % replicates];
                to.below += from.below;
                to.at_lo += from.at_lo;
                to.at_hi += from.at_hi;
            }
        }
        if (kind == RoundKind::logs)
            close_logs(slot);
        else if (last)
            close_last(closer, slot);
        else if (kind == RoundKind::pilot)
            close_pilot(closer, slot);
        else
            close_middle(closer, slot);
    });
    note_memory();
    pilot.reset();
    std::sort(missed.begin(), missed.end());
    kind = last || kind == RoundKind::logs ? RoundKind::none : kind;
}

} // namespace fleetcast
