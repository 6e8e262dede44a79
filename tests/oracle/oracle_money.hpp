// What is bought, and when each part of it is paid [M8]. Interface: money_of(). Nothing is summed
// here: a bill is a delivery of one period, or an increment; a payment is a part of a bill.
#pragma once

#include "oracle/edges.hpp"
#include "oracle/oracle_plan.hpp"

#include <optional>
#include <vector>

namespace fleetcast::oracle {

struct Bill {
    std::optional<std::size_t> source; // of a delivery
    std::optional<std::size_t> site;   // of an increment
    double usd = 0;
    double x0 = 0;      // [months] start of the period of delivery, or of coming into effect
    double planned = 0; // [months] that start, or earlier: what is due before counts from here
    bool within = true; // the horizon
};

struct Payment {
    std::optional<std::size_t> source;
    std::optional<std::size_t> site;
    double usd = 0;
    double at = 0;      // [months]
    bool within = true; // what it pays for comes within the horizon
};

struct Money {
    std::vector<Bill> bills;       // of what comes within the horizon
    std::vector<Payment> payments; // that fall within it, also for what comes up to 60 months later
    double paid_before_start = 0;  // [USD]
    double due_after_end = 0;      // [USD]
    double prepaid = 0;            // [USD]
};

Money money_of(const Plan& plan, const Clock& clock, Values& values, Edges& edges);

/// Whether it falls in the period. What is due for deliveries after the end does so, too.
bool is_paid_in(const Payment& payment, const Period& period);

} // namespace fleetcast::oracle
