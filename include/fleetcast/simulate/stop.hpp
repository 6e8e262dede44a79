// Asking whether a run must end. Interface: must_end(), end_if_needed(), lasting(). What asks
// inside a block of trials returns early and leaves it to its caller, outside all threads, to
// throw.
#pragma once

#include <fleetcast/base/result.hpp>
#include <fleetcast/simulate/settings.hpp>

#include <atomic>
#include <cstddef>

namespace fleetcast {

inline bool must_end(const Stop& stop) { return stop.now && stop.now(); }

/// The same in a loop whose turns are short: asked in some of them only.
inline bool must_end(const Stop& stop, std::size_t turn) {
    constexpr std::size_t turns_between = 64;
    return turn % turns_between == 0 && must_end(stop);
}

/// Failure (refused) with the text of `why` when the run must end.
inline void end_if_needed(const Stop& stop) {
    if (must_end(stop))
        throw Failure(Exit::refused, stop.why);
}

/// A stop like this one, but a yes to one thread is a yes to all from then on. Both arguments must
/// outlive it.
inline Stop lasting(const Stop& stop, std::atomic<bool>& is_over) {
    if (!stop.now)
        return stop;
    return {[&] {
                if (!is_over && stop.now())
                    is_over = true;
                return is_over.load();
            },
            stop.why};
}

} // namespace fleetcast
