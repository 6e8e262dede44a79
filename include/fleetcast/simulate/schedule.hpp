// When units arrive in one trial: cumulative schedules, exact and not rounded to periods
// (rules.md, P3 and P8). Interface: make_schedules(), Schedule.
#pragma once

#include <fleetcast/plan/plan.hpp>
#include <fleetcast/simulate/values.hpp>

#include <optional>
#include <variant>
#include <vector>

namespace fleetcast {

/// Units that arrive from one moment to another, before the source's delay.
struct Arrival {
    double units = 0;
    double from = 0, to = 0; // [months]; equal: at once
    Shape shape = Shape::linear;
    std::optional<double> own_price; // of an order: accelerator price [USD]
    std::optional<double> priced_at; // of an order: when it was priced [months]
    bool operator==(const Arrival&) const = default;
};

/// Units of one arrival that came strictly before x.
double arrived_before(const Arrival& arrival, double x);

/// The cumulative schedule of one source.
struct Schedule {
    std::vector<Arrival> arrivals;
    double delay = 0; // slip and respin [months]

    /// C(x): units due strictly before x, without the delay.
    double due_before(double x) const;
    double total() const;
    bool operator==(const Schedule&) const = default;
};

/// The schedules of all sources, targets settled; [source]. A lease has an empty one. `medians`
/// are the values at u = 1/2: those who fill up to a target count on median lead times.
std::variant<std::vector<Schedule>, TrialFailure> make_schedules(const Plan& plan,
                                                                 const Values& values,
                                                                 const Values& medians,
                                                                 const std::vector<bool>& respun);

} // namespace fleetcast
