// Demand of a period, and what workloads are charged for it (rules.md, M12); the outcomes of a
// trial. Who gets what is left to Demand.
#include <fleetcast/simulate/block.hpp>

#include <algorithm>
#include <bit>

namespace fleetcast {

namespace {
constexpr double least_capacity = 1e-9; // [H100e]: less is what rounding left of a fleet
}

void Block::make_demand() {
    if (!needs_demand(needs_))
        return;
    std::vector<SupplyPool> supply;
    for (const Pool& pool : pools_)
        supply.push_back({pool.source, pool.site});
    for (Index i = 0; i < plan_->sources.size(); ++i)
        if (plan_->sources[i].lease)
            supply.push_back({i, std::nullopt});
    capacity_.resize(supply.size());
    for (double*& row : capacity_)
        row = arena_.row();
    offered_.resize(supply.size());
    supply_ = supply;
    demand_.emplace(*plan_, values_, arena_, level_, std::move(supply));
    for (std::size_t c = 0; c < charges.size(); ++c)
        if (is_needed(charges[c], needs_))
            charged_[c] = arena_.row();
    nobody_ = arena_.row();
    for (const PlanWorkload& plan : plan_->workloads) {
        Workload& workload = workloads_.emplace_back();
        workload.share = arena_.row();
        if (std::holds_alternative<PlanTraining>(plan.kind))
            workload.training_cost = arena_.row();
    }
}

void Block::start_demand() {
    if (!demand_)
        return;
    demand_->start();
    for (Workload& workload : workloads_)
        if (workload.training_cost)
            kernels_->fill(workload.training_cost, 0, n_);
}

/// Adds the quantities of the whole fleet.
void Block::gather(const Needs& quantities, std::vector<Product>& out) const {
    out.clear();
    const auto each = [&]<class Quantity>(std::uint32_t set, const Figures<Quantity>& figures) {
        for (; set != 0; set &= set - 1)
            if (const Product figure = figures[static_cast<Quantity>(std::countr_zero(set))])
                out.push_back(figure);
    };
    for (const Pool& pool : pools_)
        each(quantities.pool, pool.figures);
    for (const Source& source : sources_)
        each(quantities.source, source.figures);
    for (const Site& site : sites_)
        each(quantities.site, site.figures);
    each(quantities.rest, rest_);
}

void Block::measure_demand() {
    if (!demand_)
        return;
    for (std::size_t s = 0; s < supply_.size(); ++s) {
        const Index source = supply_[s].source;
        const Product hours = s < pools_.size() ? figure(PoolQuantity::available_hours, s)
                                                : figure(SourceQuantity::lease_hours, source);
        offered_[s] = hours ? capacity_[s] : nullptr;
        if (!hours)
            continue;
        kernels_->sum(scratch_, &hours, 1, nullptr, 0, n_);
        kernels_->multiply(capacity_[s], scratch_,
                           values_.row(plan_->sources[source].compute_h100e), n_);
        kernels_->scale(scratch_, capacity_[s], 1 / period_->hours, n_);
        for (std::size_t l = 0; l < n_; ++l)
            capacity_[s][l] = scratch_[l] > least_capacity ? scratch_[l] : 0.0;
    }
    demand_->step(*period_, offered_);
    show(rest_, RestQuantity::capacity, demand_->capacity());
    show(rest_, RestQuantity::idle, demand_->idle());
    const double* const served_in_all = demand_->served_in_all();
    for (std::size_t l = 0; l < n_; ++l)
        nobody_[l] = served_in_all && served_in_all[l] > 0 ? 0 : 1;
    for (std::size_t w = 0; w < workloads_.size(); ++w) {
        Workload& workload = workloads_[w];
        show(workload.figures, WorkloadQuantity::demand, demand_->demand(w));
        show(workload.figures, WorkloadQuantity::served, demand_->served(w));
        show(workload.figures, WorkloadQuantity::shortfall, demand_->shortfall(w));
        show(workload.figures, WorkloadQuantity::million_tokens, demand_->million_tokens(w));
        if (const double* const served = demand_->served(w))
            for (std::size_t l = 0; l < n_; ++l)
                workload.share[l] = nobody_[l] > 0 ? 0 : served[l] / served_in_all[l];
    }
    for (std::size_t c = 0; c < charges.size(); ++c)
        if (charged_[c])
            charge(charges[c], charged_[c]);
}

/// Shares a total of the period out to those that are served.
void Block::charge(const Charge& charge, double* total) {
    gather(charge.plus, plus_);
    gather(charge.less, less_);
    kernels_->sum(total, plus_.data(), plus_.size(), less_.data(), less_.size(), n_);
    for (std::size_t w = 0; w < workloads_.size(); ++w) {
        Workload& workload = workloads_[w];
        const bool is_served = demand_->served(w) != nullptr;
        show(workload.figures, charge.charged, is_served ? total : nullptr, workload.share);
        if (is_served && workload.training_cost && charge.charged == WorkloadQuantity::charged_usd)
            kernels_->add_product(workload.training_cost, total, workload.share, n_);
    }
    show(rest_, charge.uncharged, total, nobody_);
}

void Block::outcome(const OutcomeId& id, double* out) const {
    const auto copy_or_zero = [&](const double* row) {
        if (row)
            kernels_->copy(out, row, n_);
        else
            kernels_->fill(out, 0, n_);
    };
    switch (id.kind) {
    case OutcomeKind::pending:
        arrivals_.total(id.member, out);
        for (std::size_t l = 0; l < n_; ++l)
            out[l] = std::max(0.0, out[l] - sources_[id.member].cumulative[l]);
        return;
    case OutcomeKind::paid_before_start:
        return copy_or_zero(payments_ ? payments_->paid_before_start() : nullptr);
    case OutcomeKind::due_after_end:
        return copy_or_zero(payments_ ? payments_->due_after_end() : nullptr);
    case OutcomeKind::prepaid:
        return copy_or_zero(payments_ ? payments_->prepaid() : nullptr);
    case OutcomeKind::training_cost:
        return copy_or_zero(workloads_[id.member].training_cost);
    }
}

const double* Block::completed(std::size_t workload) const { return demand_->completed(workload); }

} // namespace fleetcast
