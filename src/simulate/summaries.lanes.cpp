// The loops of SummaryLanes at one level.
#include "summaries_lanes.hpp"

#include "summaries_pack.hpp"

namespace fleetcast::FLEETCAST_LEVEL {

namespace {

FLEETCAST_INLINE Pack known(Pack x) { return where(equal(x, x), x); }

/// With `check` no value is looked at for NaN: a NaN then shows in the sum, nothing is written and
/// the result is false. Without figures the difference counts as zero, so that both agree.
FLEETCAST_INLINE bool add_all(LaneSums& s, const double* values, std::size_t n, bool spread,
                              bool check) {
    const Pack shift = splat(s.shift);
    Pack sum = load(s.sum), squares = load(s.squares);
    Pack lowest = load(s.least), highest = load(s.most);
    Tally present = none();
    for (std::size_t i = 0; i < n; i += 8) {
        const Pack x = load(values + i);
        Pack d = sub(x, shift);
        if (!check) {
            const Flags there = equal(x, x);
            tally(present, there);
            d = where(there, d);
        }
        sum = add(sum, d);
        if (spread) {
            squares = add(squares, mul(d, d));
            lowest = least(x, lowest);
            highest = most(x, highest);
        }
    }
    if (check && bits(equal(sum, sum)) != 0xff)
        return false;
    if (!check)
        s.missing += n - total(present);
    store(s.sum, sum);
    if (spread) {
        store(s.squares, squares);
        store(s.least, lowest);
        store(s.most, highest);
    }
    return true;
}

void add_values(LaneSums& s, const double* values, std::size_t n, bool spread) {
    if (spread) {
        if (!add_all(s, values, n, true, true))
            add_all(s, values, n, true, false);
    } else {
        if (!add_all(s, values, n, false, true))
            add_all(s, values, n, false, false);
    }
}

/// Values inside a row from which it is faster to write after every group than to ask whether.
constexpr std::size_t dense_part = 25;

FLEETCAST_INLINE bool has_room(const LaneBracket& b, std::size_t n) {
    return static_cast<std::size_t>(b.end - b.at) >= n;
}

/// The values kept end at `end`, having begun at b.at or, without room for n, at `spill`.
FLEETCAST_INLINE bool keep_end(LaneBracket& b, double* end, std::size_t n, double* spill) {
    const bool room = has_room(b, n);
    const auto kept = static_cast<std::size_t>(end - (room ? b.at : spill));
    b.dense = kept * dense_part > n;
    b.spilled = 0;
    if (room) {
        b.at = end;
    } else if (has_room(b, kept)) {
        for (std::size_t i = 0; i < kept; ++i)
            b.at[i] = spill[i];
        b.at += kept;
    } else {
        b.spilled = static_cast<std::uint32_t>(kept);
    }
    return b.spilled > 0;
}

/// `brackets` is a constant wherever this is inlined, so that all lies in registers.
FLEETCAST_INLINE bool keep_open(LaneBracket* b, std::size_t brackets, const double* values,
                                std::size_t n, double* spill, bool dense) {
    Pack lo[lane_brackets], hi[lane_brackets];
    Tally below[lane_brackets];
    double* kept[lane_brackets];
#pragma GCC unroll 3
    for (std::size_t k = 0; k < brackets; ++k) {
        lo[k] = splat(b[k].lo);
        hi[k] = splat(b[k].hi);
        below[k] = none();
        kept[k] = has_room(b[k], n) ? b[k].at : spill + k * n;
    }
    for (std::size_t i = 0; i < n; i += 8) {
        const Pack x = load(values + i);
        Flags inside[lane_brackets];
#pragma GCC unroll 3
        for (std::size_t k = 0; k < brackets; ++k) {
            const Flags low = up_to(x, lo[k]);
            inside[k] = and_not(less(x, hi[k]), low);
            tally(below[k], low);
        }
        if (!dense) {
            Flags any = inside[0];
#pragma GCC unroll 3
            for (std::size_t k = 1; k < brackets; ++k)
                any = either(any, inside[k]);
            if (bits(any) == 0)
                continue;
        }
#pragma GCC unroll 3
        for (std::size_t k = 0; k < brackets; ++k)
            kept[k] = put(kept[k], x, inside[k]);
    }
    bool spilled = false;
#pragma GCC unroll 3
    for (std::size_t k = 0; k < brackets; ++k) {
        b[k].below += total(below[k]);
        spilled |= keep_end(b[k], kept[k], n, spill + k * n);
    }
    return spilled;
}

FLEETCAST_INLINE bool keep_closed(LaneBracket& b, const double* values, std::size_t n,
                                  double* spill, bool dense) {
    const Pack lo = splat(b.lo), hi = splat(b.hi);
    Tally below = none(), at_lo = none(), at_hi = none();
    double* kept = has_room(b, n) ? b.at : spill;
    for (std::size_t i = 0; i < n; i += 8) {
        const Pack x = load(values + i);
        tally(below, less(x, lo));
        tally(at_lo, equal(x, lo));
        tally(at_hi, equal(x, hi));
        const Flags inside = and_not(less(x, hi), up_to(x, lo));
        if (dense || bits(inside) != 0)
            kept = put(kept, x, inside);
    }
    b.below += total(below);
    b.at_lo += total(at_lo);
    b.at_hi += total(at_hi);
    return keep_end(b, kept, n, spill);
}

FLEETCAST_INLINE void count_point(LaneBracket& b, const double* values, std::size_t n) {
    const Pack point = splat(b.lo);
    Tally below = none(), at = none();
    for (std::size_t i = 0; i < n; i += 8) {
        const Pack x = load(values + i);
        tally(below, less(x, point));
        tally(at, equal(x, point));
    }
    b.below += total(below);
    b.at_lo += total(at);
    b.spilled = 0;
}

bool keep_values(LaneBracket* b, std::size_t count, const double* values, std::size_t n,
                 double* spill) {
    bool open = true, dense = false;
    for (std::size_t k = 0; k < count; ++k) {
        open = open && b[k].kind == BracketKind::open;
        dense = dense || b[k].dense;
    }
    if (open && count == 3)
        return dense ? keep_open(b, 3, values, n, spill, true)
                     : keep_open(b, 3, values, n, spill, false);
    bool spilled = false;
    for (std::size_t k = 0; k < count; ++k)
        switch (b[k].kind) {
        case BracketKind::open:
            spilled |= b[k].dense ? keep_open(b + k, 1, values, n, spill + k * n, true)
                                  : keep_open(b + k, 1, values, n, spill + k * n, false);
            break;
        case BracketKind::closed:
            spilled |= b[k].dense ? keep_closed(b[k], values, n, spill + k * n, true)
                                  : keep_closed(b[k], values, n, spill + k * n, false);
            break;
        case BracketKind::point:
            count_point(b[k], values, n);
            break;
        case BracketKind::idle:
            b[k].spilled = 0;
            break;
        }
    return spilled;
}

bool are_equal(const double* values, std::size_t n, double x) {
    const Pack all = splat(x);
    for (std::size_t i = 0; i < n; i += 8)
        if (bits(equal(load(values + i), all)) != 0xff)
            return false;
    return true;
}

// Whole groups may write rubbish behind what they keep: never behind what was read already.
FLEETCAST_INLINE std::size_t split_at(double* values, std::size_t n, double pivot, bool with_equal,
                                      double* less_values) {
    const Pack at = splat(pivot), all = splat(0);
    double *lower = less_values, *upper = values;
    std::size_t i = 0;
    for (; i + 8 <= n; i += 8) {
        const Pack x = load(values + i);
        const Flags low = with_equal ? up_to(x, at) : less(x, at);
        lower = put(lower, x, low);
        upper = put(upper, x, and_not(equal(all, all), low));
    }
    for (; i < n; ++i) {
        const double x = values[i];
        if (with_equal ? x <= pivot : x < pivot)
            *lower++ = x;
        else
            *upper++ = x;
    }
    return static_cast<std::size_t>(lower - less_values);
}

std::size_t split_values(double* values, std::size_t n, double pivot, bool with_equal,
                         double* less_values) {
    return with_equal ? split_at(values, n, pivot, true, less_values)
                      : split_at(values, n, pivot, false, less_values);
}

void nth_values(const double* values, std::size_t n, const std::size_t* ranks, std::size_t count,
                double* found) {
    alignas(64) double padded[64];
    alignas(64) double below[64]; // how many are less than each
    const std::size_t whole = (n + 7) / 8 * 8;
    for (std::size_t i = 0; i < whole; ++i)
        padded[i] = i < n ? values[i] : values[0];
    for (std::size_t i = 0; i < whole; i += 8) {
        const Pack x = load(padded + i);
        Pack lower = splat(0);
        for (std::size_t j = 0; j < n; ++j)
            lower = add(lower, where(less(splat(padded[j]), x), splat(1)));
        store(below + i, lower);
    }
    for (std::size_t r = 0; r < count; ++r) {
        // The greatest of those that no more than this many precede.
        const Pack rank = splat(static_cast<double>(ranks[r])), lowest = splat(-__builtin_inf());
        Pack found_in = lowest;
        for (std::size_t i = 0; i < whole; i += 8)
            found_in = most(pick(up_to(load(below + i), rank), load(padded + i), lowest), found_in);
        alignas(64) double parts[8];
        store(parts, found_in);
        for (std::size_t half = 4; half > 0; half /= 2)
            for (std::size_t i = 0; i < half; ++i)
                parts[i] = parts[i] > parts[i + half] ? parts[i] : parts[i + half];
        found[r] = parts[0];
    }
}

} // namespace

extern const SummaryLanes summary_lanes;
const SummaryLanes summary_lanes{add_values, keep_values, are_equal, split_values, nth_values};

} // namespace fleetcast::FLEETCAST_LEVEL
