#include <fleetcast/simulate/demand.hpp>

#include "demand_lanes.hpp"

#include <algorithm>
#include <limits>

namespace fleetcast {

namespace {

constexpr double seconds_per_day = 86400;
constexpr double crumb = 1e-9; // of its FLOP: less is a rounding error, and the training done
constexpr double crumb_share = 1e-12; // of what there is or is asked: less is rounding
constexpr double most = 1e300;        // [H100e] that sums of asks stay finite with

bool may_use(const PlanWorkload& workload, const SupplyPool& pool, const Plan& plan) {
    const auto allows = [](const std::optional<std::vector<Index>>& listed,
                           const std::optional<Index>& one) {
        return !listed || (one && std::ranges::find(*listed, *one) != listed->end());
    };
    return allows(workload.accelerators, plan.sources[pool.source].accelerator) &&
           allows(workload.sites, pool.site);
}

std::vector<Claimant> claimants_of(const Plan& plan, const std::vector<SupplyPool>& pools) {
    std::vector<Claimant> claimants;
    for (const PlanWorkload& workload : plan.workloads) {
        Claimant& claimant = claimants.emplace_back(Claimant{workload.priority, {}});
        for (Index pool = 0; pool < pools.size(); ++pool)
            if (may_use(workload, pools[pool], plan))
                claimant.pools.push_back(pool);
    }
    return claimants;
}

} // namespace

Demand::Demand(const Plan& plan, BlockValues& values, RowArena& arena, Level level,
               const std::vector<SupplyPool>& pools)
    : plan_(&plan), values_(&values), kernels_(&kernels_of(level)), level_(level),
      allocation_(claimants_of(plan, pools), pools.size(), arena, level),
      asks_(plan.workloads.size()), capacity_row_(arena.row()), served_row_(arena.row()),
      idle_row_(arena.row()) {
    for (const PlanWorkload& workload : plan.workloads) {
        Claim& claim = claims_.emplace_back();
        claim.ask = arena.row();
        claim.shortfall = arena.row();
        if (std::holds_alternative<PlanInference>(workload.kind)) {
            claim.factor = arena.row();
            claim.million_tokens = arena.row();
        }
        if (std::holds_alternative<PlanTraining>(workload.kind))
            for (double** const row : {&claim.rate, &claim.backlog, &claim.done, &claim.completed})
                *row = arena.row();
    }
}

Demand::~Demand() = default;

void Demand::start() {
    const std::size_t n = values_->lanes();
    for (std::size_t w = 0; w < claims_.size(); ++w) {
        Claim& claim = claims_[w];
        asks_[w] = nullptr;
        if (const auto* inference = std::get_if<PlanInference>(&plan_->workloads[w].kind)) {
            const double* const flop = values_->row(inference->flop_per_token);
            const double* const peak = values_->row(inference->peak_to_mean);
            const double* const mfu = values_->row(inference->mfu);
            for (std::size_t i = 0; i < n; ++i)
                claim.factor[i] =
                    flop[i] * peak[i] / (seconds_per_day * plan_->flops_per_h100e * mfu[i]);
        }
        if (const auto* training = std::get_if<PlanTraining>(&plan_->workloads[w].kind)) {
            kernels_->copy(claim.backlog, values_->row(training->flop), n);
            kernels_->scale(claim.rate, values_->row(training->mfu), plan_->flops_per_h100e, n);
            kernels_->fill(claim.completed, std::numeric_limits<double>::infinity(), n);
            claim.is_open = true;
        }
    }
}

void Demand::step(const Period& period, std::span<const double* const> capacity) {
    const std::size_t n = values_->lanes();
    const DemandLanes& lanes = demand_lanes(level_);
    for (std::size_t w = 0; w < claims_.size(); ++w) {
        const PlanWorkload& workload = plan_->workloads[w];
        const Part part = part_of(workload, period);
        const bool asks = part.share > 0 && ask(workload, claims_[w], part, period);
        asks_[w] = asks ? claims_[w].ask : nullptr;
        if (asks && !kernels_->within(asks_[w], nullptr, 0, most, n))
            refuse("workloads." + workload.name, "asks for more than 1e300 H100e");
    }
    allocation_.share(asks_, capacity, n);
    add_up(capacity);
    for (std::size_t w = 0; w < claims_.size(); ++w) {
        if (!asks_[w])
            continue;
        const Claim& claim = claims_[w];
        const double* const served = allocation_.served(w);
        for (std::size_t i = 0; i < n; ++i) {
            const double rest = asks_[w][i] - served[i];
            claim.shortfall[i] = rest > crumb_share * asks_[w][i] ? rest : 0.0;
        }
        if (claim.million_tokens)
            lanes.answer(claim.million_tokens, allocation_.served(w), asks_[w], n);
        if (claim.backlog)
            train(w, period);
    }
}

Demand::Part Demand::part_of(const PlanWorkload& workload, const Period& period) const {
    const double from = std::max(workload.from, period.x0);
    const double to = std::min(workload.to, period.x1);
    return {from, to, to - from > time_slack ? (to - from) / period.dx() : 0};
}

/// What a workload asks for in a period; false where that is nothing in every trial.
bool Demand::ask(const PlanWorkload& workload, Claim& claim, const Part& part,
                 const Period& period) {
    const std::size_t n = values_->lanes();
    const DemandLanes& lanes = demand_lanes(level_);
    if (const auto* reserved = std::get_if<PlanReserved>(&workload.kind)) {
        kernels_->scale(claim.ask, values_->at(reserved->h100e, {period.x0}), part.share, n);
        return true;
    }
    if (const auto* inference = std::get_if<PlanInference>(&workload.kind)) {
        const double days = plan_->grid.hours_between(part.from, part.to) / 24;
        lanes.ask_inference(claim.ask, claim.million_tokens,
                            values_->at(inference->tokens_per_day, {period.x0}), claim.factor,
                            part.share, days, n);
        return true;
    }
    if (!claim.is_open)
        return false;
    const auto& training = std::get<PlanTraining>(workload.kind);
    lanes.ask_training(claim.ask, claim.backlog, claim.rate, values_->row(training.max_h100e),
                       part.share, period.hours * 3600, n);
    return true;
}

void Demand::add_up(std::span<const double* const> capacity) {
    const std::size_t n = values_->lanes();
    const auto sum = [&](double* out) {
        if (terms_.empty())
            return static_cast<const double*>(nullptr);
        if (!kernels_->sum(out, terms_.data(), terms_.size(), nullptr, 0, n))
            refuse("", "the fleet has more H100e than a number can hold");
        return static_cast<const double*>(out);
    };
    terms_.clear();
    for (const double* const row : capacity)
        if (row)
            terms_.push_back({row});
    capacity_ = sum(capacity_row_);
    terms_.clear();
    for (std::size_t w = 0; w < claims_.size(); ++w)
        if (asks_[w])
            terms_.push_back({allocation_.served(w)});
    served_in_all_ = sum(served_row_);
    idle_ = capacity_;
    if (!capacity_ || !served_in_all_)
        return;
    for (std::size_t i = 0; i < n; ++i) {
        const double rest = capacity_[i] - served_in_all_[i];
        idle_row_[i] = rest > crumb_share * capacity_[i] ? rest : 0.0;
        if (rest < -conservation_slack * capacity_[i])
            values_->fail({"", "more is served than there is", true});
    }
    idle_ = idle_row_;
}

/// Takes what a training was served off its backlog. Where that was all, it is done at the moment
/// at which it would be if it went on with all that it could get.
void Demand::train(std::size_t workload, const Period& period) {
    const std::size_t n = values_->lanes();
    const PlanWorkload& plan = plan_->workloads[workload];
    const auto& training = std::get<PlanTraining>(plan.kind);
    Claim& claim = claims_[workload];
    const double* const served = allocation_.served(workload);
    claim.is_open =
        demand_lanes(level_).train(claim.backlog, claim.done, served, claim.rate,
                                   values_->row(training.flop), period.hours * 3600, crumb, n);
    if (!kernels_->any_above(claim.done, 0, n))
        return;
    const Part part = part_of(plan, period);
    const double* const limit = values_->row(training.max_h100e);
    for (std::size_t i = 0; i < n; ++i) {
        if (!(claim.done[i] > 0))
            continue;
        const double could =
            std::min(limit[i] * part.share, served[i] + allocation_.more(workload, i));
        const double gone = could > served[i] ? served[i] / could : 1;
        claim.completed[i] =
            std::clamp(part.from + (period.x1 - part.from) * gone, part.from, period.x1);
    }
}

void Demand::refuse(const std::string& path, const std::string& message) {
    values_->fail({path, message});
}

} // namespace fleetcast
