// The loops over lanes of demand (rules.md, M12), for one level of x86-64. Interface: DemandLanes,
// demand_lanes(), and the plain arrays they work on. Rows are aligned to 64 bytes; `n` is a
// multiple of 8. Rows that are written overlap no other row of the call.
#pragma once

#include <fleetcast/base/level.hpp>

#include <cstddef>
#include <cstdint>

namespace fleetcast {

/// Lanes that are shared out together at most.
inline constexpr std::size_t sharing_width = 8;
/// Numbers of scratch for each set of a group.
inline constexpr std::size_t sharing_scratch = 8 * sharing_width;

/// A claimant that asks for something.
struct SharingItem {
    const double* ask;
    double* served;
    std::uint32_t place; // its class
};

/// Entries of a flat list of numbers.
struct SharingRun {
    std::uint32_t first = 0, count = 0;
};

/// A set that holds classes whose turn it is.
struct SharingTerm {
    std::uint32_t set;
    SharingRun classes; // those of them that have a claimant of this turn
};

/// The claimants of one priority.
struct SharingTurn {
    const SharingItem* items;
    std::size_t item_count;
    const std::uint32_t* places; // the classes of the items, each once
    std::size_t place_count;
    const SharingTerm* terms;
    std::size_t term_count;
    const std::uint32_t* classes; // what the runs of the terms stand in
};

/// A group: claimants that hang together by the pools they may use. There are no fewer sets than
/// classes.
struct Sharing {
    const double* const* kinds; // [kind of pools] capacity
    const SharingRun* sets;     // [set] the kinds that its classes may use
    const std::uint32_t* set_kinds;
    std::size_t set_count;
    const SharingTurn* turns; // by priority
    std::size_t turn_count;
    double* scratch; // [set][sharing_scratch], aligned to 64 bytes
};

struct DemandLanes {
    /// Serves every item of every turn.
    void (*share)(const Sharing& sharing, std::size_t n);
    /// ask = tokens x factor x part, million = tokens x days / 1e6.
    void (*ask_inference)(double* ask, double* million, const double* tokens, const double* factor,
                          double part, double days, std::size_t n);
    /// million x served / demand, 0 where the demand is 0.
    void (*answer)(double* million, const double* served, const double* demand, std::size_t n);
    /// ask = min(most x part, backlog / (rate x seconds)); rate: FLOP/s of one H100e.
    void (*ask_training)(double* ask, const double* backlog, const double* rate, const double* most,
                         double part, double seconds, std::size_t n);
    /// backlog -= served x rate x seconds, 0 where less than `crumb` x flop is left: in `done`
    /// where it was not 0 before. Whether some backlog is left.
    bool (*train)(double* backlog, double* done, const double* served, const double* rate,
                  const double* flop, double seconds, double crumb, std::size_t n);
};

/// The table of a level that this processor can run.
const DemandLanes& demand_lanes(Level level);

} // namespace fleetcast
