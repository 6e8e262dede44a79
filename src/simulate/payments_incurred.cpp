// What payments are for, period by period and on after the end: deliveries at the costs of
// deliver.cpp, before the block gets there, and increments of sites (rules.md, P3, M6 and M8).
#include <fleetcast/simulate/payments.hpp>

#include <algorithm>
#include <limits>

namespace fleetcast {

namespace {

double most_ahead(const std::vector<PlanPayment>& parts) {
    return std::ranges::max(parts, {}, &PlanPayment::months_before).months_before;
}

} // namespace

void Payments::pay_for_source(std::size_t i) {
    const Source& source = sources_[i];
    if (arrivals_->of(i).empty())
        return;
    for (double* const each : arrived_)
        kernels_->fill(each, 0, n_);
    bool first = true;
    for (const Period& period : plan_->grid.periods) {
        pay_for_delivery(i, period, first, false);
        first = false;
    }
    const double ahead = most_ahead(source.parts);
    if (ahead <= 0)
        return;
    double least = 0, most = 0;
    kernels_->bounds(arrivals_->delay(i), &least, &most, n_);
    const double reach = ahead + std::max(0.0, most); // of a payment, before x0
    for (const Period& period : later_) {
        if (period.x0 - reach >= end_ - time_slack)
            return;
        pay_for_delivery(i, period, false, true);
    }
}

void Payments::pay_for_delivery(std::size_t i, const Period& period, bool first, bool later) {
    Source& source = sources_[i];
    const bool is_due = std::ranges::any_of(arrivals_->of(i), [&](const Arrival& arrival) {
        return period.x1 >= arrival.first && (first || period.x0 <= arrival.last);
    });
    if (!is_due)
        return;
    const double* const delay = arrivals_->delay(i);
    Delivery delivery{&period, first, later, {period.x0 - delay[0], nullptr}};
    if (arrivals_->delay_varies(i)) {
        for (std::size_t l = 0; l < n_; ++l)
            agreed_[l] = period.x0 - delay[l];
        delivery.agreed.lanes = agreed_;
    }
    if (source.flat_price)
        value_together(i, delivery);
    else
        value_by_arrival(i, delivery);
    pay(source.parts, period.x0, later, delivery.agreed, source.paid);
}

void Payments::value_together(std::size_t i, const Delivery& delivery) {
    const PlanSource& plan = plan_->sources[i];
    arrivals_->due_before(i, delivery.period->x1, nullptr, after_);
    kernels_->deliver(units_, after_, arrived_[0], n_);
    if (delivery.later)
        keep_what_counts(sources_[i].parts, delivery);
    kernels_->copy(unit_price_, values_->at(plan.price, {}, units_), n_);
    kernels_->add(unit_price_, values_->at(plan.system_price, {}, units_), n_);
    kernels_->multiply(cost_, units_, unit_price_, n_);
}

void Payments::value_by_arrival(std::size_t i, const Delivery& delivery) {
    const std::vector<Arrival>& arrivals = arrivals_->of(i);
    const Period& period = *delivery.period;
    const Moment agreed = arrivals_->agreed_at(i, period.x0, moments_);
    kernels_->fill(cost_, 0, n_);
    for (std::size_t k = 0; k < arrivals.size(); ++k) {
        const Arrival& arrival = arrivals[k];
        if (period.x1 < arrival.first || (!delivery.first && period.x0 > arrival.last))
            continue;
        kernels_->arrived(after_, arrival.rows, arrivals_->delay(i), nullptr, period.x1, n_);
        kernels_->deliver(units_, after_, arrived_[k], n_);
        if (delivery.later)
            keep_what_counts(sources_[i].parts, delivery);
        arrivals_->add_cost(i, arrival, agreed, units_, unit_price_, cost_);
    }
}

/// Of units that come after the end, those of lanes where a part of the price is due within the
/// horizon: no other price matters, nor whether it is in its range.
void Payments::keep_what_counts(const Parts& parts, const Delivery& delivery) {
    const double x0 = delivery.period->x0;
    kernels_->copy(part_, units_, n_);
    kernels_->fill(units_, 0, n_);
    for (const PlanPayment& part : parts)
        for (std::size_t l = 0; l < n_ && part.months_before > 0; ++l) {
            const double agreed = delivery.agreed.lanes ? agreed_[l] : delivery.agreed.x;
            const bool counts = is_within(std::min(x0, agreed) - part.months_before);
            units_[l] = counts ? part_[l] : units_[l];
        }
}

void Payments::pay_for_increment(std::size_t j, std::size_t k, const double* effective,
                                 const double* usd) {
    Site& site = sites_[j];
    const Parts& parts = site.parts[k];
    const double planned = plan_->sites[j].increments[k].from;
    double least = 0, most = 0, before = -std::numeric_limits<double>::infinity();
    kernels_->bounds(effective, &least, &most, n_);
    const auto pay_in = [&](const Period& period, bool later) {
        bool any = false;
        for (std::size_t l = 0; l < n_; ++l) {
            const bool comes =
                effective[l] > before + time_slack && effective[l] <= period.x0 + time_slack;
            cost_[l] = comes ? usd[l] : 0.0;
            any = any || comes;
        }
        if (any)
            pay(parts, period.x0, later, {planned, nullptr}, site.paid);
    };
    for (const bool later : {false, true}) {
        if (later && most_ahead(parts) <= 0)
            return;
        for (const Period& period : later ? later_ : plan_->grid.periods) {
            if (most <= before + time_slack)
                return;
            if (least <= period.x0 + time_slack)
                pay_in(period, later);
            before = period.x0;
        }
    }
}

} // namespace fleetcast
