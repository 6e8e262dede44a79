// The units of one source at one site, in cohorts by period of installation.
// All cohorts share one survival factor, since attrition and refresh are proportional.
#pragma once

#include <cstddef>
#include <vector>

namespace fleetcast {

/// Units that leave, and what they cost.
struct Leaving {
    double units = 0;
    double cost = 0; // [USD]
};

class Pool {
public:
    /// Adds a cohort. `x0`: start of its period of installation, or of the vintage's month
    /// [months]; cohorts are added in order of x0.
    void install(double x0, double units, double unit_cost);

    /// Takes out the cohorts with X0 + life <= x [months].
    Leaving retire(double x, double life);

    /// Keeps `factor` of every cohort; returns the units lost.
    double attrit(double factor);

    /// Takes out `units` of all cohorts in proportion.
    Leaving replace(double units);

    /// Units of cohorts that are not accepted yet at x: x < X0 + acceptance.
    double unaccepted(double x, double acceptance) const;

    double units() const { return units_; }
    double cost() const { return cost_; } // [USD]

private:
    struct Cohort {
        double x0;        // [months]
        double units;     // over the survival factor at installation
        double unit_cost; // [USD]
    };
    void scale(double factor);
    void sum_log();

    std::vector<Cohort> log_;
    std::size_t oldest_ = 0;
    double survival_ = 1;
    double units_ = 0;
    double cost_ = 0;
};

} // namespace fleetcast
