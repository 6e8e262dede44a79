// One trial, period by period: the order of the rules (rules.md, "One period") and the state
// they work on. Interface: Trial. What is made of the figures is left to metrics.
#pragma once

#include <fleetcast/simulate/figures.hpp>
#include <fleetcast/simulate/pool.hpp>
#include <fleetcast/simulate/schedule.hpp>
#include <fleetcast/simulate/values.hpp>

#include <optional>
#include <variant>
#include <vector>

namespace fleetcast {

/// A source in a trial.
struct SourceState {
    Schedule schedule;
    double h100e = 0;
    double kw = 0;                      // [kW]
    double commissioning = 0, life = 0; // [months]
    double attrition = 0;               // [share a year]
    double failure_rate = 0;            // [1/year]
    double repaired_share = 1;          // of units that are not under repair
    double spares = 0;
    double maintenance = 0, resale = 0;                                      // [share]
    double delivered = 0, installed = 0, retired = 0, lost = 0, opening = 0; // units so far
    double warehouse = 0;                                                    // units
    double warehouse_cost = 0;                                               // [USD]
    std::vector<std::size_t> pools; // in order of preference
};

/// A site in a trial.
struct SiteState {
    struct Step {
        double effective = 0;  // [months]; -infinity: it stands already
        double contracted = 0; // [months]
        double mw = 0;
        double build = 0; // [USD]
    };
    std::vector<Step> steps;
    bool limited = false;
    double provisioning = 1, reserve = 0, pue = 1, load = 1;
    double install_rate = 0; // [units/month]
    double power = 0;        // in effect [MW]
    double used = 0;         // set aside for units in service [MW]
    double install_left = 0; // in this period

    /// Power that is still free. [MW], infinite without a limit
    double headroom() const;
};

class Trial {
public:
    /// Places the opening fleet. `values` must be those of the plan.
    Trial(const Plan& plan, Values values, std::vector<Schedule> schedules);
    Trial(const Trial&) = delete; // series_ looks at values_
    Trial& operator=(const Trial&) = delete;

    /// Runs the next period.
    void step(const Period& period);

    const PeriodFigures& figures() const { return figures_; }

    /// Opening vintages that found no power, by source. [units]
    const std::vector<double>& unpowered_opening() const { return unpowered_opening_; }

    /// Units of a source that come after the end.
    double pending(std::size_t source) const;

    /// The first failure, if there was one.
    std::optional<TrialFailure> failure() const;

private:
    double value(Slot slot) const { return values_[slot.index]; }
    void place_opening(std::size_t source);
    void set_power(const Period& period);
    void retire(std::size_t source, double x0);
    void attrit(std::size_t source, double dx);
    void deliver(std::size_t source, const Period& period);
    void install(std::size_t source, const Period& period);
    void refresh(std::size_t source, const Period& period);
    void measure(const Period& period);
    void measure_pool(std::size_t pool, const Period& period);
    void measure_source(std::size_t source, const Period& period);
    void measure_site(std::size_t site, const Period& period);
    void measure_waiting(std::size_t source, const Period& period);
    void check_conservation(std::size_t source);
    double can_be_powered(std::size_t source, const Period& period) const;
    double unit_power(std::size_t pool) const; // set aside for one unit [MW]
    void move_to_site(std::size_t pool, double units, double x0);

    const Plan* plan_;
    Values values_;
    SeriesReader series_;
    std::vector<SourceState> sources_;
    std::vector<SiteState> sites_;
    std::vector<Pool> pools_;
    PeriodFigures figures_;
    std::vector<double> unpowered_opening_;
    std::optional<TrialFailure> broken_;
    bool first_ = true;
    double previous_x0_ = 0; // start of the period before [months]
};

} // namespace fleetcast
