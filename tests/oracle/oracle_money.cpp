// Bills, their parts, and the outcomes of payments.
#include "oracle/oracle_money.hpp"

#include <algorithm>

namespace fleetcast::oracle {

namespace {

constexpr double months_followed = 60; // after the end

struct Billing {
    const Plan& plan;
    const Clock& clock;
    Values& values;
    Edges& edges;
    Money money = {};

    void delivery(std::size_t s, const Period& period, bool first, bool within);
    void increments(const std::vector<Period>& periods);
    void pay(const Bill& bill, const std::vector<PaymentPart>& parts);
    void place(const Payment& payment);
};

void Billing::delivery(std::size_t s, const Period& period, bool first, bool within) {
    const Source& source = plan.sources[s];
    const double agreed = std::clamp(period.x0 - source.delay, 0.0, clock.end); // [M6]
    Bill bill{s, {}, 0, period.x0, std::min(period.x0, period.x0 - source.delay), within};
    for (const Batch& batch : source.batches) {
        const double since = first ? 0 : arrived(batch, period.x0 - source.delay);
        const double units = arrived(batch, period.x1 - source.delay) - since;
        if (units > 0)
            bill.usd +=
                units * (batch.unit_cost ? *batch.unit_cost : unit_price(source, values, agreed));
    }
    if (bill.usd == 0)
        return;
    if (within)
        money.bills.push_back(bill);
    pay(bill, source.payment);
}

/// In the first period that begins when they are in effect; what stands already is sunk.
void Billing::increments(const std::vector<Period>& periods) {
    for (std::size_t i = 0; i < plan.sites.size(); ++i) {
        for (const Increment& increment : plan.sites[i].increments) {
            if (increment.stands)
                continue;
            for (const Period& period : periods) {
                if (period.x0 < increment.on - same_time)
                    continue;
                const bool within = period.x0 < clock.end - same_time;
                const Bill bill{
                    {},    i, increment.build_usd, period.x0, std::min(period.x0, increment.date),
                    within};
                if (within)
                    money.bills.push_back(bill);
                pay(bill, increment.payment);
                break;
            }
        }
    }
}

void Billing::pay(const Bill& bill, const std::vector<PaymentPart>& parts) {
    for (const PaymentPart& part : parts) {
        const double months = part.months_before;
        Payment payment{bill.source, bill.site, bill.usd * part.share, 0, bill.within};
        payment.at = (months > 0 ? bill.planned : bill.x0) - months;
        if (months > 0 && bill.planned < bill.x0 && payment.usd > 0)
            hit(edges, "deposit not postponed by a slip");
        if (months < 0 && payment.usd > 0)
            hit(edges, "paid after delivery");
        place(payment);
    }
}

void Billing::place(const Payment& payment) {
    const bool build = payment.site.has_value();
    if (payment.usd == 0)
        return;
    if (payment.at < -same_time) {
        if (payment.within)
            money.paid_before_start += payment.usd;
        hit(edges, !payment.within ? "paid before the start for later"
                   : build         ? "build paid before the start"
                                   : "paid before the start");
        return;
    }
    if (payment.at >= clock.end - same_time) {
        if (payment.within)
            money.due_after_end += payment.usd;
        hit(edges, !payment.within ? "due after the end for later"
                   : build         ? "build due after the end"
                                   : "due after the end");
        return;
    }
    if (!payment.within) {
        money.prepaid += payment.usd;
        hit(edges, build ? "build prepaid" : "prepaid");
    }
    money.payments.push_back(payment);
}

} // namespace

bool is_paid_in(const Payment& payment, const Period& period) {
    return period.x0 - same_time <= payment.at && payment.at < period.x1 - same_time;
}

Money money_of(const Plan& plan, const Clock& clock, Values& values, Edges& edges) {
    Billing all{plan, clock, values, edges};
    const std::vector<Period> later = clock.later(months_followed);
    for (std::size_t s = 0; s < plan.sources.size(); ++s) {
        for (std::size_t p = 0; p < clock.periods.size(); ++p)
            all.delivery(s, clock.periods[p], p == 0, true);
        for (const Period& period : later)
            all.delivery(s, period, false, false);
    }
    std::vector<Period> periods = clock.periods;
    periods.insert(periods.end(), later.begin(), later.end());
    all.increments(periods);
    return all.money;
}

} // namespace fleetcast::oracle
