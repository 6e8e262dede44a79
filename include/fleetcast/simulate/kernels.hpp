// The loops over lanes that the rules are made of, for one level of x86-64 (base/level.hpp).
// Interface: Kernels, kernels_of(). Rows are aligned to 64 bytes; `n` is a multiple of 8. Rows that
// are written overlap no other row of the call.
#pragma once

#include <fleetcast/base/level.hpp>

#include <cstddef>

namespace fleetcast {

/// One arrival of a source over lanes (rules.md, P3).
struct ArrivalRows {
    const double* units;
    const double* from;     // [months]
    const double* to;       // [months]
    const double* per_span; // 1/(to - from); 0: at once
    int shape;              // of CurveShape
};

/// What installing the units of one source at one site reads and writes (P4).
struct InstallRows {
    const double* commissioned; // units that may be powered by now, since the beginning
    const double* unit_power;   // [MW] set aside for one unit
    const double* room;         // [MW] power that may be set aside; nullptr: no limit
    const double* delivered;    // units since the beginning
    double* installed_so_far;   // units of the source
    double* warehouse;          // units of the source
    double* warehouse_cost;     // [USD]; nullptr: cost is not followed
    double* used;               // [MW] of the site; nullptr: no limit
    double* install_left;       // units of the site in this period; nullptr: no limit
    double* units;              // of the pool
    double* cost;               // of the pool [USD]; nullptr with warehouse_cost
    double* installed;          // units in this period, added to
    double* unit_cost;          // [USD] of the units installed; nullptr with warehouse_cost
};

/// What a refresh reads and writes (P5): `old` gives way to `next` at one site with a limit.
struct RefreshRows {
    InstallRows next;
    const double* old_unit_power; // [MW]; nullptr: nothing of the old source stands here
    double* old_units;
    double* old_survival;
    double* old_cost;        // [USD]; nullptr: cost is not followed
    double* old_retired;     // units in this period, added to
    double* old_resale_cost; // cost of these [USD], added to; nullptr with old_cost
    double* old_book;        // not yet charged [USD]; nullptr: it is not followed
    double* old_written_off; // book value of these [USD], added to; nullptr with old_book
};

/// A row, or the product of two.
struct Product {
    const double* row = nullptr;   // nullptr: 0 everywhere
    const double* times = nullptr; // nullptr: 1 everywhere
    explicit operator bool() const { return row != nullptr; }
};

struct Kernels {
    void (*fill)(double* out, double value, std::size_t n);
    void (*copy)(double* out, const double* a, std::size_t n);
    /// out = sum of plus - sum of minus, in order; whether all are finite.
    bool (*sum)(double* out, const Product* plus, std::size_t plus_count, const Product* minus,
                std::size_t minus_count, std::size_t n);
    void (*add)(double* out, const double* a, std::size_t n);                          // out += a
    void (*add_product)(double* out, const double* a, const double* b, std::size_t n); // += a b
    void (*subtract)(double* out, const double* a, const double* b, std::size_t n);
    void (*multiply)(double* out, const double* a, const double* b, std::size_t n);
    void (*divide)(double* out, const double* a, const double* b, std::size_t n);
    void (*minimum)(double* out, const double* a, const double* b, std::size_t n);
    void (*maximum)(double* out, const double* a, const double* b, std::size_t n);
    void (*scale)(double* out, const double* a, double factor, std::size_t n);
    void (*square_root)(double* out, const double* a, std::size_t n);
    void (*absolute)(double* out, const double* a, std::size_t n);
    /// out = (a + b)/2 x factor x times.
    void (*mean_times)(double* out, const double* a, const double* b, const double* factor,
                       double times, std::size_t n);
    /// out = a + share x (b - a).
    void (*between)(double* out, const double* a, const double* b, double share, std::size_t n);
    /// The least and the largest.
    void (*bounds)(const double* a, double* least, double* most, std::size_t n);
    bool (*any_above)(const double* a, double limit, std::size_t n);
    bool (*all_finite)(const double* a, std::size_t n);
    /// Whether all lie from low to high, both finite, where need is not 0 (nullptr: everywhere).
    bool (*within)(const double* a, const double* need, double low, double high, std::size_t n);

    /// Units of an arrival that came strictly before x - delay - more (nullptr: nothing more).
    void (*arrived)(double* out, const ArrivalRows& arrival, const double* delay,
                    const double* more, double x, std::size_t n);
    /// units = after - before, not below 0; before = after.
    void (*deliver)(double* units, const double* after, double* before, std::size_t n);
    /// cost += units x (price + system price).
    void (*value)(double* cost, const double* units, const double* price,
                  const double* system_price, std::size_t n);
    /// Keeps `factor` of the units, of their cost and of survival (these two may be nullptr);
    /// begin = the units before. Whether a survival fell below `least`.
    bool (*attrit)(const double* factor, double* units, double* begin, double* cost,
                   double* survival, double* lost, double least, std::size_t n);
    /// Takes a cohort out where it has reached its life: x0 + life <= x. Units and costs leave
    /// through `leaving` and `leaving_cost`, which are added to; what is left of the cohort is 0.
    void (*retire)(double x0, const double* life, double x, double* cohort, const double* unit_cost,
                   const double* survival, double* leaving, double* leaving_cost, std::size_t n);
    /// units -= leaving, cost -= leaving_cost (both may be nullptr); whether so little is left
    /// somewhere, below `least` of what was there, that the difference has lost its digits.
    bool (*leave)(double* units, double* cost, const double* leaving, const double* leaving_cost,
                  double least, std::size_t n);
    /// Whether units of the source are left in the warehouse.
    bool (*install)(const InstallRows& rows, std::size_t n);
    bool (*refresh)(const RefreshRows& rows, std::size_t n);
    /// out = units that could be powered and are not; whether more than `least` are somewhere.
    bool (*waiting)(double* out, const double* commissioned, const double* installed,
                    const double* warehouse, double least, std::size_t n);
    /// Of the units in `rest`, those that wait for the crew here, where there is room for more
    /// than `least` (room nullptr: no limit).
    void (*waiting_here)(double* here, double* rest, const double* room, const double* used,
                         const double* unit_power, double least, std::size_t n);
    /// power += mw, build += usd where the increment is in effect, came into effect after `before`.
    void (*energise)(const double* effective, const double* mw, const double* usd, double x0,
                     double before, double* power, double* build, std::size_t n);
    /// out = max(0, room - used).
    void (*headroom)(double* out, const double* room, const double* used, std::size_t n);
    /// gone += retired + lost (each may be nullptr).
    void (*depart)(double* gone, const double* retired, const double* lost, std::size_t n);
    /// Whether units are conserved in every lane: opening + delivered is what is accounted for.
    bool (*conserved)(const double* opening, const double* delivered, const double* warehouse,
                      const double* in_service, const double* gone, double slack, std::size_t n);
};

/// The loops of a level that this processor has.
const Kernels& kernels_of(Level level);

} // namespace fleetcast
