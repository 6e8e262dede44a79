// What arrives in a period, what it costs, what may be powered by its end (rules.md, P3 and M6).
#include <fleetcast/simulate/block.hpp>

#include <algorithm>

namespace fleetcast {

/// [P3] and the cost of what arrives [M6].
void Block::deliver(std::size_t i) {
    Source& source = sources_[i];
    const std::vector<Arrival>& arrivals = arrivals_.of(i);
    show(source.figures, SourceQuantity::delivered, nullptr);
    show(source.figures, SourceQuantity::hardware_cost, nullptr);
    const double x0 = period_->x0, x1 = period_->x1;
    source.is_due = std::ranges::any_of(arrivals, [&](const Arrival& arrival) {
        return x1 >= arrival.first && (first_ || x0 <= arrival.last);
    });
    if (source.is_due && source.flat_price) {
        const PlanSource& plan = plan_->sources[i];
        arrivals_.due_before(i, x1, nullptr, source.cumulative);
        kernels_->deliver(source.delivered, source.cumulative, source.delivered_before, n_);
        const double* const price = values_.at(plan.price, {}, source.delivered);
        const double* const system = values_.at(plan.system_price, {}, source.delivered);
        kernels_->copy(source.unit_price, price, n_);
        kernels_->add(source.unit_price, system, n_);
        if (double* const cost = source.rows[SourceQuantity::hardware_cost]) {
            kernels_->multiply(cost, source.delivered, source.unit_price, n_);
            show(source.figures, SourceQuantity::hardware_cost, cost);
        }
    } else if (source.is_due) {
        deliver_by_arrival(i);
    }
    if (source.is_due) {
        kernels_->add(source.warehouse, source.delivered, n_);
        show(source.figures, SourceQuantity::delivered, source.delivered);
        source.has_stock = true;
    }
    commission(i);
}

/// Where each arrival has its own price, or prices move.
void Block::deliver_by_arrival(std::size_t i) {
    Source& source = sources_[i];
    const std::vector<Arrival>& arrivals = arrivals_.of(i);
    const double* const delay = arrivals_.delay(i);
    const Moment agreed = arrivals_.agreed_at(i, period_->x0, moments_);
    kernels_->fill(source.delivered, 0, n_);
    kernels_->fill(source.cost, 0, n_);
    kernels_->fill(source.cumulative, 0, n_);
    for (std::size_t k = 0; k < arrivals.size(); ++k) {
        const Arrival& arrival = arrivals[k];
        if (period_->x1 < arrival.first)
            continue;
        if (!first_ && period_->x0 > arrival.last) {
            kernels_->add(source.cumulative, arrival.rows.units, n_);
            continue;
        }
        kernels_->arrived(source.after, arrival.rows, delay, nullptr, period_->x1, n_);
        kernels_->add(source.cumulative, source.after, n_);
        kernels_->deliver(source.piece_units, source.after, source.before[k], n_);
        kernels_->add(source.delivered, source.piece_units, n_);
        arrivals_.add_cost(i, arrival, agreed, source.piece_units, scratch_, source.cost);
    }
    if (source.warehouse_cost)
        kernels_->add(source.warehouse_cost, source.cost, n_);
    if (needs_.has(SourceQuantity::hardware_cost))
        show(source.figures, SourceQuantity::hardware_cost, source.cost);
}

/// Units that may be powered by the end of the period, since the beginning.
void Block::commission(std::size_t i) {
    Source& source = sources_[i];
    const Slot time = plan_->sources[i].commissioning;
    if (is_zero(time) || arrivals_.of(i).empty() || !(source.is_due || source.has_stock))
        return;
    arrivals_.due_before(i, period_->x1, values_.row(time), source.commissioned);
    source.commissioned_now = source.commissioned;
}

} // namespace fleetcast
