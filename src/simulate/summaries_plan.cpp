// Rounds grow fourfold, so that brackets from what was seen keep little of what follows, and more
// slowly at the end, where most is kept.
#include "summaries_plan.hpp"

#include <algorithm>
#include <cmath>

namespace fleetcast {

namespace {

constexpr std::uint64_t pilot_trials = 2048;
constexpr std::size_t most_passes = 4;
constexpr std::size_t most_log_passes = 64;
// Counts of a cell in one place: some ten powers of two, and what goes with them. [byte]
constexpr double bytes_of_counts = 12'000;

std::vector<std::uint64_t> round_ends(std::uint64_t pilot, std::uint64_t tasks) {
    std::vector<std::uint64_t> ends{tasks};
    // What is kept at most, in sqrt(trials p q), is 2 reach sqrt(f (1 - 1/f)), f the growth; an end
    // costs a selection among it, which shorter runs cannot earn back.
    const std::uint64_t many = 256;
    std::uint64_t end = tasks;
    if (tasks >= many) {
        ends.push_back(tasks * 3 / 4);
        ends.push_back(tasks / 2);
        end = tasks / 4;
        ends.push_back(end);
    } else if (tasks > 8 * pilot) {
        end = tasks * 2 / 5;
        ends.push_back(end);
    }
    while (end > 8 * pilot) {
        end /= 4;
        ends.push_back(end);
    }
    if (pilot < tasks)
        ends.push_back(pilot);
    std::reverse(ends.begin(), ends.end());
    return ends;
}

/// Values inside a bracket at the most, after one of the rounds.
double most_kept(const SummaryPlan& plan, double share) {
    const auto trials = static_cast<double>(plan.trials);
    double most = 0;
    for (std::size_t i = 1; i < plan.round_ends.size(); ++i) {
        const auto seen = static_cast<double>(trials_before(plan, plan.round_ends[i - 1]));
        const auto end = static_cast<double>(trials_before(plan, plan.round_ends[i]));
        const double variance = share * (1 - share);
        const double sides = bracket_reach * std::sqrt(variance * seen * (1 - seen / trials)) +
                             2 * std::sqrt(variance * seen * seen / trials) +
                             bracket_reach * bracket_reach / 6 + 2;
        most = std::max(most, std::min(2 * sides / seen, 1.) * end);
    }
    return most;
}

/// What one cell takes at most, about [byte]: the values of the pilot or those inside brackets, and
/// what each of some threads knows of it.
double bytes_per_cell(const SummarySettings& settings, const SummaryPlan& plan) {
    const auto pilot = static_cast<double>(8 * plan.pilot_tasks * plan.task_stride);
    double kept = 0;
    for (const double share : settings.quantiles)
        kept += 8 * (most_kept(plan, share) + static_cast<double>(3 * plan.chunk_doubles));
    const auto state = static_cast<double>(700 + 250 * settings.quantiles.size());
    return state + std::max(pilot, plan.round_ends.size() > 1 ? kept : 0);
}

/// What counting takes of one cell, in each replicate and thread [byte].
double log_bytes_per_cell(const SummarySettings& settings) {
    const auto places = static_cast<double>(std::max<std::uint64_t>(settings.replicates, 1) +
                                            std::max(settings.threads, 1U));
    return 700 + bytes_of_counts * places;
}

} // namespace

double memory_needed(const SummarySettings& settings) {
    const auto cells = static_cast<double>(settings.cells);
    const double exact = bytes_per_cell(settings, plan_summaries(settings)) / most_passes;
    return cells * std::min(exact, log_bytes_per_cell(settings) / most_log_passes);
}

SummaryPlan plan_summaries(const SummarySettings& settings) {
    SummaryPlan plan;
    const std::uint64_t replicates = std::max<std::uint64_t>(settings.replicates, 1);
    plan.replicate_trials = settings.trials / replicates;
    plan.trials = plan.replicate_trials * replicates;
    plan.replicate_tasks = (plan.replicate_trials + task_trials - 1) / task_trials;
    plan.tasks = plan.replicate_tasks * replicates;
    const std::uint64_t longest = std::min(plan.replicate_trials, task_trials);
    plan.task_stride = (longest + 7) / 8 * 8;
    plan.pilot_tasks = longest == 0 ? 0 : (pilot_trials + longest - 1) / longest;
    if (2 * plan.trials <= 3 * pilot_trials)
        plan.pilot_tasks = plan.tasks;
    plan.pilot_tasks = std::min(plan.pilot_tasks, plan.tasks);
    plan.round_ends = round_ends(plan.pilot_tasks, plan.tasks);
    const double kept = 10 * std::sqrt(static_cast<double>(plan.trials)); // of a median
    plan.chunk_doubles = kept < 500 ? 127 : kept < 10000 ? 255 : 511;
    const double passes = std::ceil(bytes_per_cell(settings, plan) *
                                    static_cast<double>(settings.cells) / settings.memory);
    if (settings.quantiles.empty() || !(passes > 1))
        plan.passes = 1;
    else if (passes <= most_passes)
        plan.passes = std::min(static_cast<std::size_t>(passes), settings.cells);
    else {
        plan.form = QuantileForm::log_buckets;
        const double all = log_bytes_per_cell(settings) * static_cast<double>(settings.cells);
        plan.passes = static_cast<std::size_t>(
            std::clamp(std::ceil(all / settings.memory), 1.0,
                       static_cast<double>(std::min(most_log_passes, settings.cells))));
    }
    return plan;
}

std::uint64_t trials_before(const SummaryPlan& plan, std::uint64_t task) {
    if (plan.replicate_tasks == 0)
        return 0;
    return task / plan.replicate_tasks * plan.replicate_trials +
           std::min(task % plan.replicate_tasks * task_trials, plan.replicate_trials);
}

} // namespace fleetcast
