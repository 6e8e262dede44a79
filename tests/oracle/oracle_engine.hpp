// The fleet, period by period: steps [P1] to [P7] on explicit lists of cohorts. Interface: Engine.
// What a period did stands in PeriodLog; measuring is left to oracle_measure.
#pragma once

#include "oracle/oracle_plan.hpp"

#include <string>
#include <vector>

namespace fleetcast::oracle {

struct Cohort {
    double begin = 0; // [months] start of the period of installation, or of the vintage's month
    bool opening = false;
    double units = 0;
    double cost = 0; // [USD]
};

struct SourceLog {
    double delivered = 0;
    double delivered_cost = 0; // [USD]
    double warehoused = 0;     // at the end
    double book_at_begin = 0;  // [USD] of the warehouse at x0
    double book_value = 0;     // [USD] of it at the end
    double wait = 0;           // commissioned units not installed, at the end
    double waiting_power = 0;
    double waiting_install = 0;
    std::size_t waiting_site = 0; // where they are counted
    double outstanding = 0;       // still to be delivered or commissioned
    double lease_units = 0;       // in force at the end
    double lease_hours = 0;       // of the lease within the period
};

struct PoolLog {                  // of a source at a site
    double begin = 0;             // in service after step 1
    double end = 0;               // in service after step 5
    double accepted_at_begin = 0; // of the same cohorts as `accepted`, after step 1
    double accepted = 0;
    double installed = 0;
    double retired = 0;
    double retired_cost = 0; // [USD]
    double lost = 0;
    double cost = 0;          // [USD] of the units in service at the end
    double book_at_begin = 0; // [USD] at x0, before anything of the period
    double depreciation = 0;  // [USD]
    double writeoff = 0;      // [USD]
    double book_value = 0;    // [USD] at the end
};

struct SiteLog {
    double power_mw = 0;
    double contracted_mw = 0;
    double headroom_kw = 0; // after step 5, infinite without limit
    double build_usd = 0;
};

struct PeriodLog {
    std::vector<SourceLog> sources;
    std::vector<std::vector<PoolLog>> pools; // [source][site]
    std::vector<SiteLog> sites;
};

class Engine {
public:
    Engine(const Plan& plan, const Clock& clock, Values& values, Edges& edges);

    /// Opening units of each source at each site, by [P6].
    const std::vector<std::vector<double>>& opening() const { return opening_; }
    /// Runs the next period.
    PeriodLog step();
    /// Units that come after the end.
    double pending(const Source& source) const;

private:
    void take_opening_places();
    void retire();
    void lose();
    void deliver();
    void install();
    void refresh();
    void run_leases();
    void find_what_bound();
    void open_books();
    void close_books();

    /// The share of a cohort's cost that is charged before x [M9].
    double charged(std::size_t source, const Cohort& cohort, double x) const;
    void write_off(std::size_t source, std::size_t site, const Cohort& cohort, double cost,
                   const std::string& why);
    void hit_charge(const Cohort& cohort, const Source& source, double from, double to);
    bool is_accepted(std::size_t source, const Cohort& cohort) const;
    double units_at(std::size_t source, std::size_t site) const;
    double headroom_kw(std::size_t site, double power_mw) const;
    double can_be_powered(std::size_t source) const;
    void install_units(std::size_t source, std::size_t site, double units);
    double kw(std::size_t source, std::size_t site) const;

    const Plan& plan_;
    const Clock& clock_;
    Values& values_;
    Edges& edges_;
    std::vector<std::vector<std::vector<Cohort>>> cohorts_; // [source][site]
    std::vector<std::vector<double>> opening_;              // [source][site]
    std::vector<double> installed_;                         // [source] from the warehouse so far
    std::vector<double> delivered_;                         // [source] so far
    std::vector<double> warehouse_cost_;                    // [source] USD
    std::vector<double> rate_left_;                         // [site] units, in this period
    std::size_t index_ = 0;                                 // of the period
    Period period_;
    PeriodLog log_;
};

} // namespace fleetcast::oracle
