// Demand over lanes (rules.md, M12): what is asked, sharing out, what is left of a training.
#include "demand_lanes.hpp"

#include <fleetcast/base/lanes.hpp>

namespace fleetcast::FLEETCAST_LEVEL {

namespace {

using Row = double* __restrict;
using ConstRow = const double* __restrict;
using std::size_t;

/// As many lanes as fit a register of the level.
#if defined(__AVX512F__)
using Pack [[gnu::vector_size(64)]] = double;
using Masks [[gnu::vector_size(64)]] = long;
#elif defined(__AVX__)
using Pack [[gnu::vector_size(32)]] = double;
using Masks [[gnu::vector_size(32)]] = long;
#else
using Pack [[gnu::vector_size(16)]] = double;
using Masks [[gnu::vector_size(16)]] = long;
#endif
constexpr size_t pack = sizeof(Pack) / sizeof(double);

FLEETCAST_INLINE Pack load(const double* row) { return *reinterpret_cast<const Pack*>(row); }
FLEETCAST_INLINE void store(double* row, Pack a) { *reinterpret_cast<Pack*>(row) = a; }

FLEETCAST_INLINE bool some(Masks masks) {
    long found = 0;
    for (size_t i = 0; i < pack; ++i)
        found |= masks[i];
    return found != 0;
}

/// Of what a set may get; what is left below it is what adding and subtracting lost.
constexpr double crumb_share = 1e-12;

/// A group over a pack of lanes. What a class asks for while nothing is settled for it is open. A
/// class that takes no part in a turn has 0 open and moved.
struct Work {
    Pack* room;                    // [set] what its classes may still get in all
    Pack* crumb;                   // [set] less room than this is a rounding error
    Pack *asked, *ratio;           // [term of the turn]
    Pack *open, *fraction, *moved; // [class]
    Masks* freezes;                // [class]
};

FLEETCAST_INLINE Work work_in(double* scratch, size_t sets) {
    const auto part = [&](size_t k) {
        return reinterpret_cast<Pack*>(scratch + k * sets * sharing_width);
    };
    return {part(0), part(1), part(2), part(3),
            part(4), part(5), part(6), reinterpret_cast<Masks*>(part(7))};
}

FLEETCAST_INLINE Pack rest_of(Pack room, Pack crumb) { return room > crumb ? room : Pack{}; }

/// Raises one fraction of all that is open until a set has no room, and settles the classes in it:
/// that fraction is theirs. Whether something is still open.
FLEETCAST_INLINE bool settle(const Work& w, const SharingTurn& turn) {
    Masks lacks = {};
    for (size_t k = 0; k < turn.term_count; ++k) {
        const SharingTerm& term = turn.terms[k];
        const std::uint32_t* const classes = turn.classes + term.classes.first;
        Pack asked = w.open[classes[0]];
        for (size_t c = 1; c < term.classes.count; ++c)
            asked += w.open[classes[c]];
        w.asked[k] = asked;
        lacks |= asked > w.room[term.set];
    }
    const Pack one = Pack{} + 1.0;
    if (!some(lacks)) {
        for (size_t p = 0; p < turn.place_count; ++p) {
            const size_t place = turn.places[p];
            w.fraction[place] = w.open[place] > 0.0 ? one : w.fraction[place];
        }
        for (size_t k = 0; k < turn.term_count; ++k) {
            const std::uint32_t set = turn.terms[k].set;
            w.room[set] = rest_of(w.room[set] - w.asked[k], w.crumb[set]);
        }
        return false;
    }
    Pack least = one;
    for (size_t k = 0; k < turn.term_count; ++k) {
        const Pack asked = w.asked[k];
        const Pack ratio = asked > 0.0 ? w.room[turn.terms[k].set] / asked : one + one;
        w.ratio[k] = ratio;
        least = ratio < least ? ratio : least;
    }
    const Masks whole = least >= one;
    for (size_t p = 0; p < turn.place_count; ++p)
        w.freezes[turn.places[p]] = whole;
    for (size_t k = 0; k < turn.term_count; ++k) {
        const SharingRun run = turn.terms[k].classes;
        const Masks is_short = (w.ratio[k] <= least) & ~whole;
        for (size_t c = 0; c < run.count; ++c)
            w.freezes[turn.classes[run.first + c]] |= is_short;
    }
    Masks left = {};
    for (size_t p = 0; p < turn.place_count; ++p) {
        const size_t place = turn.places[p];
        const Pack open = w.open[place];
        const Masks freezes = w.freezes[place] & (open > 0.0);
        w.moved[place] = freezes ? open * least : Pack{};
        w.fraction[place] = freezes ? least : w.fraction[place];
        w.open[place] = freezes ? Pack{} : open;
        left |= w.open[place] > 0.0;
    }
    for (size_t k = 0; k < turn.term_count; ++k) {
        const SharingTerm& term = turn.terms[k];
        const std::uint32_t* const classes = turn.classes + term.classes.first;
        Pack moved = w.moved[classes[0]];
        for (size_t c = 1; c < term.classes.count; ++c)
            moved += w.moved[classes[c]];
        const Masks is_short = (w.ratio[k] <= least) & ~whole;
        Pack& room = w.room[term.set];
        room = is_short ? Pack{} : rest_of(room - moved, w.crumb[term.set]);
    }
    return some(left);
}

FLEETCAST_INLINE void serve(const Work& w, const SharingTurn& turn, size_t at) {
    for (size_t p = 0; p < turn.place_count; ++p)
        w.fraction[turn.places[p]] = Pack{};
    for (size_t i = 0; i < turn.item_count; ++i)
        w.open[turn.items[i].place] += load(turn.items[i].ask + at);
    // Every round settles a class in each lane that has one open.
    for (size_t round = 0; round < turn.place_count && settle(w, turn); ++round) {
    }
    for (size_t i = 0; i < turn.item_count; ++i) {
        const SharingItem& item = turn.items[i];
        store(item.served + at, load(item.ask + at) * w.fraction[item.place]);
    }
    for (size_t p = 0; p < turn.place_count; ++p)
        w.open[turn.places[p]] = w.moved[turn.places[p]] = Pack{};
}

/// Where all may use all: the same with one set and one class.
void share_freely(const Sharing& sharing, size_t n) {
    const Pack one = Pack{} + 1.0;
    for (size_t at = 0; at < n; at += pack) {
        const SharingRun run = sharing.sets[0];
        Pack room = {};
        for (size_t k = 0; k < run.count; ++k)
            room += load(sharing.kinds[sharing.set_kinds[run.first + k]] + at);
        const Pack crumb = room * crumb_share;
        for (size_t t = 0; t < sharing.turn_count; ++t) {
            const SharingTurn& turn = sharing.turns[t];
            Pack asked = {};
            for (size_t i = 0; i < turn.item_count; ++i)
                asked += load(turn.items[i].ask + at);
            const Masks lacks = asked > room;
            const Pack fraction = lacks ? room / asked : one;
            for (size_t i = 0; i < turn.item_count; ++i)
                store(turn.items[i].served + at, load(turn.items[i].ask + at) * fraction);
            room = lacks ? Pack{} : rest_of(room - asked, crumb);
        }
    }
}

void share(const Sharing& sharing, size_t n) {
    if (sharing.set_count == 1)
        return share_freely(sharing, n);
    const Work w = work_in(sharing.scratch, sharing.set_count);
    for (size_t c = 0; c < sharing.set_count; ++c)
        w.open[c] = w.moved[c] = Pack{};
    for (size_t at = 0; at < n; at += pack) {
        for (size_t s = 0; s < sharing.set_count; ++s) {
            const SharingRun run = sharing.sets[s];
            Pack room = {};
            for (size_t k = 0; k < run.count; ++k)
                room += load(sharing.kinds[sharing.set_kinds[run.first + k]] + at);
            w.room[s] = room;
            w.crumb[s] = room * crumb_share;
        }
        for (size_t t = 0; t < sharing.turn_count; ++t)
            serve(w, sharing.turns[t], at);
    }
}

template <class Step> FLEETCAST_INLINE void each(size_t n, Step step) {
#pragma GCC ivdep
    for (size_t i = 0; i < n; ++i)
        step(i);
}

void ask_inference(Row ask, Row million, const double* tokens, const double* factor, double part,
                   double days, size_t n) {
    each(n, [=](size_t i) {
        ask[i] = tokens[i] * factor[i] * part;
        million[i] = tokens[i] * days / 1e6;
    });
}

void answer(Row million, ConstRow served, ConstRow demand, size_t n) {
    each(n, [=](size_t i) {
        const double share = served[i] / demand[i];
        million[i] = demand[i] > 0.0 ? million[i] * share : 0.0;
    });
}

void ask_training(Row ask, const double* backlog, const double* rate, const double* most,
                  double part, double seconds, size_t n) {
    each(n, [=](size_t i) {
        const double limit = most[i] * part;
        const double rest = backlog[i] / (rate[i] * seconds);
        ask[i] = rest < limit ? rest : limit;
    });
}

bool train(Row backlog, Row done, const double* served, const double* rate, const double* flop,
           double seconds, double crumb, size_t n) {
    Masks left = {};
    for (size_t at = 0; at < n; at += pack) {
        const Pack before = load(backlog + at);
        const Pack after = before - load(served + at) * load(rate + at) * seconds;
        const Pack kept = after < load(flop + at) * crumb ? Pack{} : after;
        store(backlog + at, kept);
        const Masks is_done = (before > 0.0) & ~(kept > 0.0);
        store(done + at, is_done ? Pack{} + 1.0 : Pack{});
        left |= kept > 0.0;
    }
    return some(left);
}

} // namespace

extern const DemandLanes demand_lanes;
const DemandLanes demand_lanes{share, ask_inference, answer, ask_training, train};

} // namespace fleetcast::FLEETCAST_LEVEL
