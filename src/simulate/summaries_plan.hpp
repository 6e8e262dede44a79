// What is decided before the first trial, from the settings alone: tasks, rounds, passes and the
// form of quantiles. Interface: SummaryPlan, plan_summaries().
#pragma once

#include <fleetcast/simulate/summaries.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace fleetcast {

struct SummaryPlan {
    std::uint64_t trials = 0; // of all replicates together
    std::uint64_t replicate_trials = 0;
    std::uint64_t replicate_tasks = 0; // of each replicate; the last may be short
    std::uint64_t tasks = 0;
    std::uint64_t pilot_tasks = 0;         // whose values are all stored
    std::size_t task_stride = 0;           // values of a task in the pilot's store, a multiple of 8
    std::vector<std::uint64_t> round_ends; // [task]; the first is pilot_tasks, the last tasks
    QuantileForm form = QuantileForm::exact;
    std::size_t passes = 1;
    std::size_t chunk_doubles = 0; // of the lists of values inside brackets
};

/// Standard errors of a rank that a bracket reaches to either side: missed once in 3e7.
inline constexpr double bracket_reach = 5.5;

SummaryPlan plan_summaries(const SummarySettings& settings);

/// Trials before a task.
std::uint64_t trials_before(const SummaryPlan& plan, std::uint64_t task);

} // namespace fleetcast
