// How many trials to run, from which numbers, and what to say of them. Interface: RunSettings,
// Stop.
#pragma once

#include <fleetcast/base/level.hpp>
#include <fleetcast/random/sampling.hpp>

#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace fleetcast {

/// When a run must end before it is done. `now` is asked often, from any thread, and must be cheap;
/// once it says yes the run ends in Failure (refused) with the text of `why`.
struct Stop {
    std::function<bool()> now; // none: never
    std::string why;           // "not finished within 5 s (--timeout)"
};

struct RunSettings {
    std::uint64_t trials = 1; // 1: every input at its median (R4)
    std::uint64_t seed = 1;
    Sampling sampling = Sampling::random;
    std::vector<double> quantiles{0.1, 0.5, 0.9}; // shares
    bool spread = false;                          // sd, min, max and the errors of quantiles, too
    bool waits = true;                            // Forecast::waits
    unsigned threads = 0;                         // 0: all cores
    double memory = std::numeric_limits<double>::infinity(); // cap for what is kept [byte]
    Level level = best_level();
    /// Called with the trials done so far, seldom, from one thread at a time.
    std::function<void(std::uint64_t)> progress;
    Stop stop{};
};

} // namespace fleetcast
