// The loops of AccrualKernels at one level.
#include <fleetcast/base/lanes.hpp>
#include <fleetcast/simulate/accrual_kernels.hpp>

namespace fleetcast::FLEETCAST_LEVEL {

namespace {

constexpr double slack = 1e-9; // time_slack [months]

using Row = double* __restrict;
using std::size_t;

template <class Step> FLEETCAST_INLINE void each(size_t n, Step step) {
#pragma GCC ivdep
    for (size_t i = 0; i < n; ++i)
        step(i);
}

void write_off(double x0, const double* life, double x, const double* cohort,
               const double* unit_cost, const double* survival, double share_left, Row ending,
               Row written_off, size_t n) {
    each(n, [=](size_t i) {
        const double cost = x0 + life[i] <= x + slack ? cohort[i] * unit_cost[i] : 0.0;
        ending[i] += cost;
        written_off[i] += cost * survival[i] * share_left;
    });
}

void lose(const double* factor, Row book, Row written_off, size_t n) {
    each(n, [=](size_t i) {
        const double kept = book[i] * factor[i];
        written_off[i] += book[i] - kept;
        book[i] = kept;
    });
}

void end_cohort(const double* units, const double* unit_cost, double share, Row ending, Row part,
                size_t n) {
    each(n, [=](size_t i) {
        const double cost = units[i] * unit_cost[i];
        ending[i] += cost;
        part[i] += cost * share;
    });
}

bool charge(const AccrualRows& rows, double share, double too_small, size_t n) {
    const Row charging = rows.charging, book = rows.book, charged = rows.charged;
    const double *survival = rows.survival, *ending = rows.ending, *part = rows.ending_part;
    if (ending == nullptr) {
        each(n, [=](size_t i) {
            const double cost = survival[i] * (charging[i] * share);
            charged[i] = cost;
            book[i] -= cost;
        });
        return false;
    }
    long long worn = 0;
#pragma GCC ivdep
    for (size_t i = 0; i < n; ++i) {
        const double before = charging[i];
        const double rest = before - ending[i];
        const double cost = survival[i] * (rest * share + part[i]);
        charged[i] = cost;
        book[i] -= cost;
        charging[i] = rest;
        worn |= (ending[i] > 0.0) & (rest < too_small * before) ? 1LL : 0LL;
    }
    return worn != 0;
}

} // namespace

extern const AccrualKernels accrual_kernels;
const AccrualKernels accrual_kernels{write_off, lose, end_cohort, charge};

} // namespace fleetcast::FLEETCAST_LEVEL
