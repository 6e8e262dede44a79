// The parts of simulate(): draws that plans share, one trial, many trials.
#pragma once

#include <fleetcast/simulate/block_values.hpp>
#include <fleetcast/simulate/forecast.hpp>

#include <span>
#include <variant>
#include <vector>

namespace fleetcast {

/// The sampler of a run, and what each plan's draws are called in it: by stream, so that plans
/// which share an input share its numbers.
class SharedDraws {
public:
    SharedDraws(std::span<const Prepared> plans, const RunSettings& settings);

    /// Trials of the plan from `first` on; good as long as this lives.
    Trials trials(std::size_t plan, std::uint64_t first, std::size_t count) const {
        return {&sampler_, sampled_as_[plan], first, count};
    }

private:
    SharedDraws(std::span<const Prepared> plans, const RunSettings& settings,
                const std::vector<std::uint64_t>& streams);

    std::vector<std::vector<std::size_t>> sampled_as_; // [plan][draw]
    Sampler sampler_;
};

/// The plan with every input at its median.
std::variant<Forecast, TrialFailure> simulate_one(const PlanRun& run, const RunSettings& settings);

} // namespace fleetcast
