// What is worked out of a plan once, before any trial, and shared by all threads.
// Interface: Prepared, prepare().
#pragma once

#include <fleetcast/plan/plan.hpp>
#include <fleetcast/random/lane_quantile.hpp>
#include <fleetcast/simulate/settings.hpp>
#include <fleetcast/simulate/trial_failure.hpp>

#include <cstdint>
#include <variant>
#include <vector>

namespace fleetcast {

struct PreparedDraw {
    Index slot = 0;
    std::uint64_t stream = 0; // of random numbers, by its path
    LaneQuantile quantile;
};

struct Prepared {
    const Plan* plan = nullptr;
    std::vector<PreparedDraw> draws;
    std::vector<std::size_t> correlated; // draws, by row of the plan's correlation
    std::vector<bool> varies;            // [slot] from trial to trial
    std::vector<bool> series_varies;     // [series] from trial to trial
    std::vector<bool> in_time;           // [series] from moment to moment
    std::vector<double> medians;         // [slot] with every input at its median
};

/// Makes a plan, which must outlive the result, ready for its trials. A failure is that of the
/// median inputs. Throws Failure (refused) when the run must end before it is done.
std::variant<Prepared, TrialFailure> prepare(const Plan& plan, Draws draws = Draws::many,
                                             const Stop& stop = {});

} // namespace fleetcast
