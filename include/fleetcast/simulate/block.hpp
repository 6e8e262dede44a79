// A block of trials, period by period: the order of the rules (rules.md, "One period") and the
// state they work on, in rows of lanes. Interface: Block. Metrics are left to fold.hpp.
#pragma once

#include <fleetcast/simulate/accrual_kernels.hpp>
#include <fleetcast/simulate/arrivals.hpp>
#include <fleetcast/simulate/block_values.hpp>
#include <fleetcast/simulate/charges.hpp>
#include <fleetcast/simulate/demand.hpp>
#include <fleetcast/simulate/outcomes.hpp>
#include <fleetcast/simulate/payments.hpp>
#include <fleetcast/simulate/quantities.hpp>
#include <fleetcast/simulate/settings.hpp>

#include <array>
#include <optional>
#include <span>
#include <vector>

namespace fleetcast {

/// One entry for each quantity of a kind.
template <class Quantity, class Entry> class ByQuantity {
public:
    Entry& operator[](Quantity q) { return entries_[static_cast<std::size_t>(q)]; }
    const Entry& operator[](Quantity q) const { return entries_[static_cast<std::size_t>(q)]; }

private:
    std::array<Entry, static_cast<std::size_t>(Quantity::count)> entries_{};
};

class Block {
public:
    /// `needs`: quantities that are worked out beside the state.
    Block(const Prepared& prepared, const Needs& needs, std::size_t width, Level level);
    Block(const Block&) = delete;
    Block& operator=(const Block&) = delete;

    /// Draws the inputs of the trials and places the opening fleet.
    void start(const Trials& trials);

    /// Runs the next period. When the run must end it returns early, and nothing here has a
    /// meaning.
    void step(const Period& period, const Stop& stop);

    /// The first failure of a trial of the block, if there was one.
    const std::optional<TrialFailure>& failure() const { return values_.failure(); }

    const BlockValues& values() const { return values_; }
    std::size_t lanes() const { return values_.lanes(); }
    const Kernels& kernels() const { return *kernels_; }
    const Plan& plan() const { return *plan_; }
    const Period& period() const { return *period_; }

    std::size_t pool_count() const { return pools_.size(); }
    Index source_of(std::size_t pool) const { return pools_[pool].source; }
    Index site_of(std::size_t pool) const { return pools_[pool].site; }

    /// What the last period left, over lanes.
    Product figure(PoolQuantity q, std::size_t pool) const { return pools_[pool].figures[q]; }
    Product figure(SourceQuantity q, std::size_t source) const {
        return sources_[source].figures[q];
    }
    Product figure(SiteQuantity q, std::size_t site) const { return sites_[site].figures[q]; }
    Product figure(WorkloadQuantity q, std::size_t workload) const {
        return workloads_[workload].figures[q];
    }
    Product figure(RestQuantity q) const { return rest_[q]; }

    /// Opening vintages that found no power. [units] over lanes
    const double* unpowered_opening(std::size_t source) const { return sources_[source].unpowered; }
    /// Units of a source that are due before the start.
    void early(std::size_t source, double* out);
    /// A single figure of the trials, once all periods have run.
    void outcome(const OutcomeId& id, double* out) const;
    /// When a training is done, infinite before. [months] over lanes
    const double* completed(std::size_t workload) const;

private:
    struct Cohort {
        double x0 = 0;           // start of its period of installation, or vintage month [months]
        double* units = nullptr; // over the survival factor at installation
        double* unit_cost = nullptr; // [USD], where cost is followed
    };
    /// Cost that is charged evenly over a time from the installation on (M9).
    struct Accrual {
        double* book = nullptr; // not yet charged, of the units that are left [USD]
        double* charging;       // of the cohorts that are being charged, whole, over the survival
        double *charged, *written_off, *capital; // in the period
        std::size_t closed = 0; // cohorts that are charged to the end; these are the first
        /// Whether some of so many cohorts are being charged; if not, there is no book value.
        bool is_open(std::size_t logged) const { return book && closed < logged; }
    };
    template <class Quantity> using Figures = ByQuantity<Quantity, Product>;
    template <class Quantity> using Rows = ByQuantity<Quantity, double*>;
    template <class Quantity>
    static void show(Figures<Quantity>& figures, Quantity q, const double* row,
                     const double* times = nullptr) {
        figures[q] = {row, times};
    }

    struct Pool {
        Index source = 0, site = 0;
        bool has_units = false;
        double *units, *begin, *unit_power; // [MW] set aside for a unit
        double* cost = nullptr;             // [USD], where it is followed
        double* survival = nullptr;         // with a log
        double *lost, *installed, *refreshed, *retired, *resale_cost, *unit_cost;
        double *it_factor, *facility_factor; // [MW] drawn by a unit
        double *available, *energy, *waiting;
        double* accepted_begin = nullptr; // units, where it takes time and hours are counted
        Accrual accrual;
        std::vector<Cohort> log;
        std::size_t logged = 0, oldest = 0; // cohorts in use, the first that may have units
        Rows<PoolQuantity> rows;            // of those that have a row of their own
        Figures<PoolQuantity> figures;
    };
    struct Source {
        std::vector<std::size_t> pools; // in order of preference
        double *kw, *opening;           // [MW], units
        double *delivered_before, *cumulative, *commissioned, *warehouse, *installed, *delivered;
        double *gone, *after, *piece_units, *unit_price; // gone: retired and lost so far
        double* warehouse_cost = nullptr;
        double* cost = nullptr;                  // of what is delivered in the period [USD]
        double *came = nullptr, *went = nullptr; // opening book and capex; charged, written off
        double* unpowered;
        double *attrition_factor, *maintenance_factor, *repaired;
        std::vector<double*> before; // [arrival] units so far, where each has its price
        const double* commissioned_now = nullptr;
        double factor_dx = -1, maintenance_dx = -1; // that the factors are of [months]
        double least_life = 0, most_life = 0;       // over the lanes [months]
        bool flat_price = false, tracks_cost = false, has_attrition = false, has_reserve = false;
        bool accrues = false;      // book value is followed
        bool has_stock = false;    // units may be in the warehouse
        bool is_due = false;       // units arrive in this period
        bool logs = false;         // cohorts of installation matter
        bool retires = false;      // some cohort may reach its life
        Rows<SourceQuantity> rows; // of those that have a row of their own
        Figures<SourceQuantity> figures;
    };
    struct Increment {
        double *effective, *usd;
        const double* mw;
        double first = 0, last = 0; // moments of coming into effect over the lanes [months]
    };
    struct Site {
        bool limited = false, rated = false;
        std::vector<Increment> increments;
        double *power, *room, *used, *install_left, *contracted, *build, *keep;
        double settled_until = 0; // power does not change before [months]
        Accrual accrual;          // of what is built
        std::vector<Cohort> log;  // by period, the units 1 USD each
        std::size_t logged = 0;
        double *came = nullptr, *went = nullptr; // build cost; charged
        Rows<SiteQuantity> rows;                 // of those that have a row of their own
        Figures<SiteQuantity> figures;
    };

    struct Workload {
        double* share = nullptr;         // of all that is served, where it is charged
        double* training_cost = nullptr; // charged to a training so far [USD]
        Figures<WorkloadQuantity> figures;
    };
    double value(Slot slot, std::size_t lane) const { return values_.row(slot)[lane]; }
    bool is_zero(Slot slot) const;
    void make_sources();
    void make_pool(Index source, Index site);
    void make_sites();
    void make_accrual(Accrual& accrual);
    bool has_price(const PlanSource& source) const;
    void make_payments(const Prepared& prepared);
    void start_source(std::size_t source);
    void start_site(std::size_t site);
    void start_pool(std::size_t pool);
    void place_opening(std::size_t source);
    void log_cohort(Pool& pool, double x0, const double* units);
    void start_accrual(Accrual& accrual);
    void start_books();
    void open_books(std::size_t source);

    void set_power(std::size_t site);
    void retire(std::size_t source);
    void attrit(std::size_t source);
    void deliver(std::size_t source);
    void deliver_by_arrival(std::size_t source);
    void commission(std::size_t source);
    void sum_used();
    void install(std::size_t source);
    void refresh(std::size_t source);
    InstallRows install_rows(std::size_t pool);
    void after_install(std::size_t pool, const double* units);
    void begin_retiring(Pool& pool);
    void resum(Pool& pool);
    void rebase(Pool& pool);
    void accept(const Pool& pool, double* out) const;
    void add_young(const Pool& pool, double* out) const;

    std::span<const Cohort> cohorts_of(const Pool& pool) const {
        return {pool.log.data(), pool.logged};
    }
    void begin_accruals();
    void begin_writing_off(Pool& pool);
    void write_off_cohort(Pool& pool, std::size_t cohort);
    void settle_retired(Pool& pool);
    void write_off_lost(Pool& pool);
    void capitalise(Pool& pool, const double* units);
    void accrue(Accrual& accrual, std::span<const Cohort> log, double length,
                const double* survival);
    void recount(Accrual& accrual, std::span<const Cohort> log, double length,
                 const double* survival, double x, const double* gone);

    void measure(const Stop& stop);
    void measure_pool(std::size_t pool);
    void measure_money(std::size_t pool);
    void measure_source(std::size_t source);
    void measure_lease(std::size_t source);
    void measure_site(std::size_t site);
    void measure_waiting(std::size_t source);
    void measure_costs();
    double overlap(double from, double to) const;
    void measure_books();
    void measure_pool_books(std::size_t pool);
    void measure_source_books(std::size_t source);
    void measure_site_books(std::size_t site);
    void measure_payments();
    void make_demand();
    void start_demand();
    void measure_demand();
    void gather(const Needs& quantities, std::vector<Product>& out) const;
    void charge(const Charge& charge, double* total);
    void check_conservation(std::size_t source);
    void check_books();
    void check_money(const std::string& path, const double* came, const double* book,
                     const double* went);

    RowArena arena_;
    const Plan* plan_;
    Needs needs_;
    Level level_;
    const Kernels* kernels_;
    const AccrualKernels* accruals_;
    BlockValues values_;
    Arrivals arrivals_;
    std::vector<Source> sources_;
    std::vector<Site> sites_;
    std::vector<Pool> pools_;
    std::vector<Workload> workloads_;
    std::optional<Demand> demand_; // where something of it is needed
    std::vector<SupplyPool> supply_;
    std::vector<double*> capacity_;                 // [supply], of
    std::vector<const double*> offered_;            // those that have some [H100e]
    std::array<double*, charges.size()> charged_{}; // totals of the period, where they are needed
    std::vector<Product> plus_, less_;
    double* nobody_ = nullptr; // 1 where no workload is served
    ByQuantity<RestQuantity, Product> rest_;
    std::optional<Payments> payments_; // where not all is paid at once
    std::vector<SiteWorks> works_;
    double *zero_, *ones_, *scratch_, *moments_, *other_row_;
    const Period* period_ = nullptr;
    bool first_ = true;
    bool needs_used_ = false;
    bool keeps_books_ = false, needs_payments_ = false;
    std::size_t period_index_ = 0;
    double previous_x0_ = 0; // start of the period before [months]
    std::size_t n_ = 8;      // lanes in use
};

} // namespace fleetcast
