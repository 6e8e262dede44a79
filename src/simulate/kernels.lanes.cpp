// Arithmetic and rules over lanes; the rules are named by the marks of rules.md.
#include <fleetcast/base/lanes.hpp>
#include <fleetcast/simulate/kernels.hpp>

namespace fleetcast::FLEETCAST_LEVEL {

namespace {

constexpr double slack = 1e-9; // time_slack [months]
constexpr double crumb =
    1e-12; // what is left of all that came below this share is a rounding error
constexpr double most_finite = __DBL_MAX__;

using Row = double* __restrict;
using ConstRow = const double* __restrict;
using std::size_t;

/// Eight lanes at once, for loops that the compiler would not take apart by itself.
using Eight = double __attribute__((vector_size(64)));
using EightMasks = long __attribute__((vector_size(64)));
constexpr size_t eight = 8;

FLEETCAST_INLINE Eight load(const double* row) { return *reinterpret_cast<const Eight*>(row); }

FLEETCAST_INLINE bool none(EightMasks masks) {
    long long found = 0;
    for (size_t i = 0; i < eight; ++i)
        found |= masks[i];
    return found == 0;
}

FLEETCAST_INLINE Eight magnitude(Eight a) {
    return reinterpret_cast<Eight>(reinterpret_cast<EightMasks>(a) & 0x7fffffffffffffffL);
}

FLEETCAST_INLINE double least(double a, double b) { return a < b ? a : b; }
FLEETCAST_INLINE double most(double a, double b) { return a > b ? a : b; }
FLEETCAST_INLINE double above_zero(double a) { return a > 0.0 ? a : 0.0; }
FLEETCAST_INLINE bool finite(double a) { return __builtin_fabs(a) <= most_finite; }

template <class Step> FLEETCAST_INLINE void each(size_t n, Step step) {
#pragma GCC ivdep
    for (size_t i = 0; i < n; ++i)
        step(i);
}

/// Whether the condition holds in some lane.
template <class Test> FLEETCAST_INLINE bool any(size_t n, Test test) {
    long long found = 0;
#pragma GCC ivdep
    for (size_t i = 0; i < n; ++i)
        found |= test(i) ? 1LL : 0LL;
    return found != 0;
}

void fill(Row out, double value, size_t n) {
    each(n, [=](size_t i) { out[i] = value; });
}

void copy(Row out, ConstRow a, size_t n) {
    each(n, [=](size_t i) { out[i] = a[i]; });
}

/// Adds or subtracts products over `width` lanes, of which one after the other is taken up.
template <size_t width, bool minus>
FLEETCAST_INLINE void gather(Eight (&total)[width], const Product* products, size_t count,
                             size_t at) {
    for (size_t k = 0; k < count; ++k) {
        const double* const row = products[k].row + at;
        const double* const times = products[k].times;
        for (size_t v = 0; v < width; ++v) {
            const Eight one = load(row + eight * v);
            const Eight value = times == nullptr ? one : one * load(times + at + eight * v);
            total[v] = minus ? total[v] - value : total[v] + value;
        }
    }
}

template <size_t width>
FLEETCAST_INLINE EightMasks sum_of(double* out, const Product* plus, size_t plus_count,
                                   const Product* minus, size_t minus_count, size_t at) {
    Eight total[width] = {};
    gather<width, false>(total, plus, plus_count, at);
    gather<width, true>(total, minus, minus_count, at);
    EightMasks bad = {};
    for (size_t v = 0; v < width; ++v) {
        *reinterpret_cast<Eight*>(out + at + eight * v) = total[v];
        bad |= ~(magnitude(total[v]) <= most_finite);
    }
    return bad;
}

bool sum(Row out, const Product* plus, size_t plus_count, const Product* minus, size_t minus_count,
         size_t n) {
    constexpr size_t wide = 4;
    EightMasks bad = {};
    size_t at = 0;
    for (; at + wide * eight <= n; at += wide * eight)
        bad |= sum_of<wide>(out, plus, plus_count, minus, minus_count, at);
    for (; at < n; at += eight)
        bad |= sum_of<1>(out, plus, plus_count, minus, minus_count, at);
    return none(bad);
}

void add(Row out, ConstRow a, size_t n) {
    each(n, [=](size_t i) { out[i] += a[i]; });
}

void add_product(Row out, const double* a, const double* b, size_t n) {
    each(n, [=](size_t i) { out[i] += a[i] * b[i]; });
}

void subtract(Row out, const double* a, const double* b, size_t n) {
    each(n, [=](size_t i) { out[i] = a[i] - b[i]; });
}

void multiply(Row out, const double* a, const double* b, size_t n) {
    each(n, [=](size_t i) { out[i] = a[i] * b[i]; });
}

void divide(Row out, const double* a, const double* b, size_t n) {
    each(n, [=](size_t i) { out[i] = a[i] / b[i]; });
}

void minimum(Row out, const double* a, const double* b, size_t n) {
    each(n, [=](size_t i) { out[i] = b[i] < a[i] ? b[i] : a[i]; });
}

void maximum(Row out, const double* a, const double* b, size_t n) {
    each(n, [=](size_t i) { out[i] = a[i] < b[i] ? b[i] : a[i]; });
}

void scale(Row out, const double* a, double factor, size_t n) {
    each(n, [=](size_t i) { out[i] = a[i] * factor; });
}

void square_root(Row out, const double* a, size_t n) {
    each(n, [=](size_t i) { out[i] = __builtin_sqrt(a[i]); });
}

void absolute(Row out, const double* a, size_t n) {
    each(n, [=](size_t i) { out[i] = __builtin_fabs(a[i]); });
}

void mean_times(Row out, const double* a, const double* b, const double* factor, double times,
                size_t n) {
    each(n, [=](size_t i) { out[i] = (a[i] + b[i]) / 2.0 * factor[i] * times; });
}

void between(Row out, const double* a, const double* b, double share, size_t n) {
    each(n, [=](size_t i) { out[i] = a[i] + share * (b[i] - a[i]); });
}

void bounds(ConstRow a, double* lowest, double* highest, size_t n) {
    Eight low = load(a), high = low;
    for (size_t at = eight; at < n; at += eight) {
        const Eight next = load(a + at);
        low = next < low ? next : low;
        high = next > high ? next : high;
    }
    *lowest = low[0];
    *highest = high[0];
    for (size_t i = 1; i < eight; ++i) {
        *lowest = least(*lowest, low[i]);
        *highest = most(*highest, high[i]);
    }
}

bool any_above(ConstRow a, double limit, size_t n) {
    EightMasks found = {};
    for (size_t at = 0; at < n; at += eight)
        found |= load(a + at) > limit;
    return !none(found);
}

bool all_finite(ConstRow a, size_t n) {
    EightMasks bad = {};
    for (size_t at = 0; at < n; at += eight)
        bad |= ~(magnitude(load(a + at)) <= most_finite);
    return none(bad);
}

bool within(const double* a, const double* need, double low, double high, size_t n) {
    EightMasks bad = {};
    for (size_t at = 0; at < n; at += eight) {
        const Eight value = load(a + at);
        const EightMasks outside = ~((value >= low) & (value <= high));
        bad |= need == nullptr ? outside : outside & (load(need + at) != 0.0);
    }
    return none(bad);
}

// [P3]

FLEETCAST_INLINE double share_gone(int shape, double u) {
    switch (shape) {
    case 0:
        return u;
    case 1:
        return u * u * (3.0 - 2.0 * u);
    case 2:
        return 1.0 - (1.0 - u) * (1.0 - u);
    default:
        return u * u;
    }
}

template <int shape>
FLEETCAST_INLINE void arrived_in(Row out, const ArrivalRows& arrival, const double* delay,
                                 const double* more, double moment, size_t n) {
    const double *units = arrival.units, *from = arrival.from, *to = arrival.to,
                 *per_span = arrival.per_span;
    const auto step = [=](size_t i, double x) {
        double u = (x - from[i]) * per_span[i];
        u = u > 0.0 ? u : 0.0;
        u = u < 1.0 && x < to[i] ? u : 1.0;
        const double gradual = share_gone(shape, u);
        const double at_once = from[i] < x - slack ? 1.0 : 0.0;
        out[i] = units[i] * (per_span[i] > 0.0 ? gradual : at_once);
    };
    if (more == nullptr)
        each(n, [=](size_t i) { step(i, moment - delay[i]); });
    else
        each(n, [=](size_t i) { step(i, moment - delay[i] - more[i]); });
}

void arrived(Row out, const ArrivalRows& arrival, const double* delay, const double* more, double x,
             size_t n) {
    switch (arrival.shape) {
    case 0:
        return arrived_in<0>(out, arrival, delay, more, x, n);
    case 1:
        return arrived_in<1>(out, arrival, delay, more, x, n);
    case 2:
        return arrived_in<2>(out, arrival, delay, more, x, n);
    default:
        return arrived_in<3>(out, arrival, delay, more, x, n);
    }
}

void deliver(Row units, ConstRow after, Row before, size_t n) {
    each(n, [=](size_t i) {
        units[i] = above_zero(after[i] - before[i]);
        before[i] = after[i];
    });
}

void value(Row cost, const double* units, const double* price, const double* system_price,
           size_t n) {
    each(n, [=](size_t i) { cost[i] += units[i] * (price[i] + system_price[i]); });
}

// [P1] and [P2]

bool attrit(const double* factor, Row units, Row begin, double* cost, double* survival, Row lost,
            double too_small, size_t n) {
    each(n, [=](size_t i) {
        const double before = units[i];
        const double kept = before * factor[i];
        begin[i] = before;
        lost[i] = before - kept;
        units[i] = kept;
    });
    if (cost != nullptr)
        each(n, [=](size_t i) { cost[i] *= factor[i]; });
    if (survival == nullptr)
        return false;
    each(n, [=](size_t i) { survival[i] *= factor[i]; });
    return any(n, [=](size_t i) { return survival[i] < too_small; });
}

void retire(double x0, const double* life, double x, Row cohort, const double* unit_cost,
            const double* survival, Row leaving, double* leaving_cost, size_t n) {
    each(n, [=](size_t i) {
        const bool leaves = x0 + life[i] <= x + slack;
        const double units = leaves ? cohort[i] * survival[i] : 0.0;
        leaving[i] += units;
        if (leaving_cost != nullptr)
            leaving_cost[i] += units * unit_cost[i];
        cohort[i] = leaves ? 0.0 : cohort[i];
    });
}

bool leave(Row units, double* cost, const double* leaving, const double* leaving_cost,
           double too_small, size_t n) {
    long long worn = 0;
    for (size_t i = 0; i < n; ++i) {
        const double before = units[i];
        units[i] = before - leaving[i];
        worn |= leaving[i] > 0.0 && units[i] < too_small * before ? 1LL : 0LL;
    }
    if (cost != nullptr)
        each(n, [=](size_t i) { cost[i] -= leaving_cost[i]; });
    return worn != 0;
}

// [P4] and [P5]

/// Units of the source that could be powered.
FLEETCAST_INLINE double ready(double commissioned, double installed, double warehouse) {
    return least(above_zero(commissioned - installed), warehouse);
}

/// Moves units from the warehouse to the site.
FLEETCAST_INLINE void move_in(const InstallRows& r, size_t i, double wanted) {
    const double stock = r.warehouse[i];
    const double least_units = crumb * r.delivered[i]; // fewer are no units
    const bool rest = wanted > 0.0 && stock - wanted <= least_units;
    const double units = rest ? stock : wanted > least_units ? wanted : 0.0;
    const double left = stock - units;
    if (r.warehouse_cost != nullptr) {
        const double each_costs = stock > 0.0 ? r.warehouse_cost[i] / stock : 0.0;
        r.warehouse_cost[i] = left > 0.0 ? r.warehouse_cost[i] - units * each_costs : 0.0;
        r.cost[i] += units * each_costs;
        r.unit_cost[i] = each_costs;
    }
    r.warehouse[i] = left;
    r.installed_so_far[i] += units;
    r.installed[i] += units;
    r.units[i] += units;
    if (r.install_left != nullptr)
        r.install_left[i] -= units;
    if (r.used != nullptr)
        r.used[i] += units * r.unit_power[i];
}

template <bool limited, bool rated, bool costed>
FLEETCAST_INLINE bool install_in(const InstallRows& given, size_t n) {
    InstallRows r = given;
    // Known to the compiler here, so that the loop has no branches.
    r.used = limited ? given.used : nullptr;
    r.install_left = rated ? given.install_left : nullptr;
    r.warehouse_cost = costed ? given.warehouse_cost : nullptr;
    long long left = 0;
#pragma GCC ivdep
    for (size_t i = 0; i < n; ++i) {
        double units = ready(r.commissioned[i], r.installed_so_far[i], r.warehouse[i]);
        if constexpr (limited)
            units = least(units, above_zero(r.room[i] - r.used[i]) / r.unit_power[i]);
        if constexpr (rated)
            units = least(units, above_zero(r.install_left[i]));
        move_in(r, i, units);
        left |= r.warehouse[i] > 0.0 ? 1LL : 0LL;
    }
    return left != 0;
}

template <bool limited, bool rated> bool install_costed(const InstallRows& rows, size_t n) {
    return rows.warehouse_cost != nullptr ? install_in<limited, rated, true>(rows, n)
                                          : install_in<limited, rated, false>(rows, n);
}

bool install(const InstallRows& rows, size_t n) {
    if (rows.used != nullptr)
        return rows.install_left != nullptr ? install_costed<true, true>(rows, n)
                                            : install_costed<true, false>(rows, n);
    return rows.install_left != nullptr ? install_costed<false, true>(rows, n)
                                        : install_costed<false, false>(rows, n);
}

bool refresh(const RefreshRows& rows, size_t n) {
    const InstallRows& r = rows.next;
    long long left = 0;
    for (size_t i = 0; i < n; ++i) {
        double waiting = ready(r.commissioned[i], r.installed_so_far[i], r.warehouse[i]);
        if (r.install_left != nullptr)
            waiting = least(waiting, above_zero(r.install_left[i]));
        const double headroom = above_zero(r.room[i] - r.used[i]);
        double freed = 0.0; // [MW]
        if (rows.old_unit_power != nullptr && waiting > 0.0) {
            const double wanted =
                above_zero(waiting * r.unit_power[i] - headroom) / rows.old_unit_power[i];
            const double there = rows.old_units[i];
            const double share = wanted > 0.0 && there > 0.0 ? least(1.0, wanted / there) : 0.0;
            const double leaving = share * there;
            rows.old_units[i] = there * (1.0 - share);
            if (rows.old_survival != nullptr)
                rows.old_survival[i] *= 1.0 - share;
            rows.old_retired[i] += leaving;
            if (rows.old_cost != nullptr) {
                rows.old_resale_cost[i] += share * rows.old_cost[i];
                rows.old_cost[i] *= 1.0 - share;
            }
            if (rows.old_book != nullptr) {
                rows.old_written_off[i] += share * rows.old_book[i];
                rows.old_book[i] *= 1.0 - share;
            }
            freed = leaving * rows.old_unit_power[i];
            r.used[i] -= freed;
        }
        move_in(r, i, least(waiting, (headroom + freed) / r.unit_power[i]));
        left |= r.warehouse[i] > 0.0 ? 1LL : 0LL;
    }
    return left != 0;
}

// [M11]

bool waiting(Row out, const double* commissioned, const double* installed, const double* warehouse,
             double too_few, size_t n) {
    long long some = 0;
    for (size_t i = 0; i < n; ++i) {
        const double units = ready(commissioned[i], installed[i], warehouse[i]);
        out[i] = units > too_few ? units : 0.0;
        some |= units > too_few ? 1LL : 0LL;
    }
    return some != 0;
}

void waiting_here(Row here, Row rest, const double* room, const double* used,
                  const double* unit_power, double too_few, size_t n) {
    each(n, [=](size_t i) {
        const bool has_room =
            room == nullptr || above_zero(room[i] - used[i]) / unit_power[i] > too_few;
        here[i] = has_room ? rest[i] : 0.0;
        rest[i] = has_room ? 0.0 : rest[i];
    });
}

// Sites and laws.

void energise(const double* effective, const double* mw, const double* usd, double x0,
              double before, Row power, Row build, size_t n) {
    each(n, [=](size_t i) {
        const bool works = effective[i] <= x0 + slack;
        const bool is_new = works && effective[i] > before + slack;
        power[i] += works ? mw[i] : 0.0;
        build[i] += is_new ? usd[i] : 0.0;
    });
}

void headroom(Row out, const double* room, const double* used, size_t n) {
    each(n, [=](size_t i) { out[i] = above_zero(room[i] - used[i]); });
}

void depart(Row gone, const double* retired, const double* lost, size_t n) {
    if (retired != nullptr)
        each(n, [=](size_t i) { gone[i] += retired[i]; });
    if (lost != nullptr)
        each(n, [=](size_t i) { gone[i] += lost[i]; });
}

bool conserved(const double* opening, const double* delivered, const double* warehouse,
               const double* in_service, const double* gone, double allowed, size_t n) {
    EightMasks bad = {};
    for (size_t at = 0; at < n; at += eight) {
        const Eight came = load(opening + at) + load(delivered + at);
        const Eight went = load(warehouse + at) + load(in_service + at) + load(gone + at);
        const Eight larger = came > 1.0 ? came : came * 0.0 + 1.0;
        bad |= ~(magnitude(came - went) <= allowed * larger);
    }
    return none(bad);
}

} // namespace

extern const Kernels kernels;
const Kernels kernels{fill,     copy,       sum,      add,     add_product,  subtract,
                      multiply, divide,     minimum,  maximum, scale,        square_root,
                      absolute, mean_times, between,  bounds,  any_above,    all_finite,
                      within,   arrived,    deliver,  value,   attrit,       retire,
                      leave,    install,    refresh,  waiting, waiting_here, energise,
                      headroom, depart,     conserved};

} // namespace fleetcast::FLEETCAST_LEVEL
