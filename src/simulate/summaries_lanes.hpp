// The loops over values of the summaries: sums, counts around brackets, parts of a selection.
// Interface: SummaryLanes, one table for each Level, summary_lanes(). Every function does the same
// comparisons and the same additions in the same order at every level. Values may be NaN (no
// figure) where it is said, and need no alignment.
#pragma once

#include <fleetcast/base/level.hpp>

#include <cstddef>
#include <cstdint>

namespace fleetcast {

/// Sums of the values of one cell over one task, in eight parts: value i goes to part i mod 8.
struct alignas(64) LaneSums {
    double sum[8] = {};     // of value - shift
    double squares[8] = {}; // of (value - shift)^2
    double least[8] = {}, most[8] = {};
    double shift = 0;          // a value near the others
    std::uint64_t missing = 0; // values that are NaN
};

/// What is known of the values around a bracket and what is kept of them.
enum class BracketKind : std::uint8_t {
    idle,   // nothing is wanted of it
    open,   // values up to `lo` are below, those at `hi` and above are forgotten
    closed, // values that equal `lo` or `hi` are counted apart: masses of equal values
    point   // lo = hi
};

struct LaneBracket {
    double lo = 0, hi = 0;
    std::uint64_t below = 0; // values < lo; of an open bracket <= lo
    std::uint64_t at_lo = 0, at_hi = 0;
    double *at = nullptr, *end = nullptr; // where the next value is kept, end of the room
    std::uint32_t spilled = 0; // values kept elsewhere for want of room, by the last call
    BracketKind kind = BracketKind::idle;
    bool dense = false; // much is likely to be inside: a matter of speed alone
};

/// Brackets that values are compared with in one go.
inline constexpr std::size_t lane_brackets = 3;

/// n is a multiple of 8 unless it is said otherwise.
struct SummaryLanes {
    /// Adds values to sums; with `spread` squares and extremes too.
    void (*add)(LaneSums&, const double* values, std::size_t n, bool spread);
    /// Counts values around up to `lane_brackets` brackets and keeps those strictly inside: at
    /// `at`, or where they do not fit those of bracket i at spill + i n. Returns whether some were
    /// spilled.
    bool (*keep)(LaneBracket* brackets, std::size_t count, const double* values, std::size_t n,
                 double* spill);
    /// Whether all values equal x.
    bool (*all_equal)(const double* values, std::size_t n, double x);
    /// Moves the values below the pivot (or equal to it, if `with_equal`) to `less`, which has room
    /// for n, and the others to the front; returns the number of the former. Any n, no NaN.
    std::size_t (*split)(double* values, std::size_t n, double pivot, bool with_equal,
                         double* less);
    /// The values of some ranks, from 0, among n <= 64 values (any n > 0, no NaN).
    void (*nth)(const double* values, std::size_t n, const std::size_t* ranks, std::size_t count,
                double* found);
};

/// The table of a level that this processor can run.
const SummaryLanes& summary_lanes(Level level);

} // namespace fleetcast
