// When hardware and sites are paid for (rules.md, M8): the payments that fall in each period, those
// before the start and those due after the end. Interface: Payments. Costs that are paid at once
// are left to the block.
#pragma once

#include <fleetcast/simulate/arrivals.hpp>

#include <cstdint>
#include <vector>

namespace fleetcast {

/// When the increments of a site come into effect, and what they cost. [increment] over lanes
struct SiteWorks {
    std::vector<const double*> effective; // [months]; minus infinity: stands already
    std::vector<const double*> usd;
};

/// Whether some source or increment has a payment that is not due at once.
bool has_payment_schedule(const Plan& plan);

class Payments {
public:
    /// `follows_periods`: whether the payments of each period are wanted, not only the outcomes.
    Payments(const Prepared& prepared, BlockValues& values, Arrivals& arrivals, RowArena& arena,
             const Kernels& kernels, bool follows_periods);

    /// Whether a source or a site has a payment that is not due at once. The others are not
    /// followed here: they pay in a period what is delivered or built in it.
    bool schedules_source(std::size_t source) const { return !sources_[source].parts.empty(); }
    bool schedules_site(std::size_t site) const { return !sites_[site].parts.empty(); }

    /// Works out the payments of a block whose values are loaded and arrivals settled. `sites`: by
    /// site; those without a schedule may be empty. Must come before the first period of the
    /// block. Fails where a price is out of its range, payments are too large for a number, or
    /// they do not come to what they are for [C1].
    void start(const std::vector<SiteWorks>& sites);

    /// Paid in a period for the deliveries of a source, or what is built at a site. [USD] over
    /// lanes; nullptr: nothing. Only with `follows_periods`, of those with a schedule.
    const double* of_source(std::size_t source, std::size_t period) const;
    const double* of_site(std::size_t site, std::size_t period) const;

    /// Of what is delivered or comes into effect within the horizon: paid before the start, due
    /// after the end. Paid within the horizon for what comes later. [USD] over lanes
    const double* paid_before_start() const { return before_start_; }
    const double* due_after_end() const { return after_end_; }
    const double* prepaid() const { return prepaid_; }

private:
    using Parts = std::vector<PlanPayment>;
    struct Paid {
        double* row = nullptr;
        std::uint64_t block = 0; // that the row is of
    };
    struct Source {
        Parts parts; // empty: no schedule
        bool flat_price = false;
        std::vector<Paid> paid; // [period]
    };
    struct Site {
        std::vector<Parts> parts; // [increment]; empty: no schedule
        std::vector<Paid> paid;   // [period]
    };
    /// A period in which units of a source may arrive.
    struct Delivery {
        const Period* period;
        bool first, later; // of the horizon, after it
        Moment agreed;     // its start without the delay
    };

    void pay_for_source(std::size_t source);
    void pay_for_delivery(std::size_t source, const Period& period, bool first, bool later);
    void value_together(std::size_t source, const Delivery& delivery);
    void value_by_arrival(std::size_t source, const Delivery& delivery);
    void keep_what_counts(const Parts& parts, const Delivery& delivery);
    void pay_for_increment(std::size_t site, std::size_t increment, const double* effective,
                           const double* usd);

    /// Shares cost_, of what comes in the period of x0, out over the periods in which it is due.
    void pay(const Parts& parts, double x0, bool later, const Moment& agreed,
             std::vector<Paid>& paid);
    bool is_within(double due) const { return due >= -time_slack && due < end_ - time_slack; }
    void pay_together(double due, bool later, std::vector<Paid>& paid);
    void pay_by_lane(bool later, std::vector<Paid>& paid);
    double* open(Paid& paid);
    std::size_t place_of(double x) const;
    const double* shown(const std::vector<Paid>& paid, std::size_t period) const;
    void check();

    const Plan* plan_;
    BlockValues* values_;
    Arrivals* arrivals_;
    RowArena* arena_;
    const Kernels* kernels_;
    bool follows_periods_;
    double end_ = 0; // of the horizon [months]
    std::vector<Period> later_;
    std::vector<double> starts_;    // of the periods, then infinite [months]
    std::vector<double*> rows_;     // [period] in use while a part is shared out
    std::vector<std::size_t> near_; // [fifth of a month] the last period that has begun by then
    std::vector<Source> sources_;
    std::vector<Site> sites_;
    bool schedules_ = false;                               // some source or site
    std::vector<double*> arrived_;                         // [arrival] of one source, units so far
    double *before_start_, *after_end_, *prepaid_, *owed_; // owed: for what came in the horizon
    double *cost_, *part_, *after_, *units_, *unit_price_, *due_, *agreed_, *moments_;
    std::uint64_t block_ = 0; // counts the starts
    std::size_t n_ = 8;       // lanes in use
};

} // namespace fleetcast
