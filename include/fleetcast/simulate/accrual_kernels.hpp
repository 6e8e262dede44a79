// The loops over lanes that charge a cost evenly over time (rules.md, M9), for one level of x86-64
// (base/level.hpp). Interface: AccrualKernels, accrual_kernels_of(). Rows as in kernels.hpp.
#pragma once

#include <fleetcast/base/level.hpp>

#include <cstddef>

namespace fleetcast {

/// What charging a period reads and writes.
struct AccrualRows {
    double* charging;       // of cohorts that are being charged, whole, over the survival [USD]
    double* book;           // not yet charged, of the units that are left [USD]
    const double* survival; // of the units
    // Of cohorts whose time ends in this period: their part of `charging`, and how much of it falls
    // in the period; nullptr: there are none.
    const double *ending, *ending_part;
    double* charged; // in the period [USD]
};

struct AccrualKernels {
    /// The cost of a cohort where it has reached its life: x0 + life <= x. Without the survival it
    /// is added to `ending`; what of it is not yet charged, `share_left`, to `written_off`.
    void (*write_off)(double x0, const double* life, double x, const double* cohort,
                      const double* unit_cost, const double* survival, double share_left,
                      double* ending, double* written_off, std::size_t n);
    /// Keeps `factor` of the book value; written_off += the rest.
    void (*lose)(const double* factor, double* book, double* written_off, std::size_t n);
    /// ending += units x unit cost, part += share of that.
    void (*end_cohort)(const double* units, const double* unit_cost, double share, double* ending,
                       double* part, std::size_t n);
    /// Charges a period, `share` of the cost; whether somewhere so little of it is left to be
    /// charged, below `least` of what was there, that the difference has lost its digits.
    bool (*charge)(const AccrualRows& rows, double share, double least, std::size_t n);
};

/// The loops of a level that this processor has.
const AccrualKernels& accrual_kernels_of(Level level);

} // namespace fleetcast
