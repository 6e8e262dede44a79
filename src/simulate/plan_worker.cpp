#include <fleetcast/simulate/plan_worker.hpp>

#include <fleetcast/base/lanes.hpp>
#include <fleetcast/simulate/stop.hpp>

#include <algorithm>

namespace fleetcast {

namespace {

/// What the outcomes of a trial and its tallies are made of.
Needs needs_of_outcomes(const Plan& plan, bool waits) {
    Needs needs;
    for (const PlanWorkload& workload : plan.workloads)
        if (std::holds_alternative<PlanTraining>(workload.kind))
            needs |= {.workload = bits(WorkloadQuantity::charged_usd)};
    if (!waits)
        return needs;
    needs |= {.pool = bits(PoolQuantity::waiting_power, PoolQuantity::waiting_install,
                           PoolQuantity::power_short)};
    if (!plan.workloads.empty())
        needs |= {.workload = bits(WorkloadQuantity::shortfall)};
    return needs;
}

Needs needs_of(const PlanRun& run, bool waits) {
    Needs needs;
    for (const FigureView& view : run.views)
        needs |= needs_of(view);
    for (const Condition& condition : run.conditions)
        if (condition.metric)
            needs |= needs_of(*condition.metric);
    needs |= needs_of_outcomes(*run.plan, waits);
    return needs;
}

} // namespace

PlanWorker::PlanWorker(const Prepared& prepared, const PlanRun& run, const RunSettings& settings,
                       std::uint64_t replicates, std::size_t width)
    : plan_(prepared.plan), stop_(&settings.stop), keeps_waits_(settings.waits),
      only_trial_(settings.trials == 1),
      block_(prepared, needs_of(run, settings.waits), width, settings.level), arena_(width),
      waits_(*plan_, block_, *stop_), completions_(*plan_, replicates), shortages_(*plan_, width),
      outcomes_(outcomes_of(*plan_)), scratch_(arena_.row()) {
    end_if_needed(*stop_);
    for (const FigureView& view : run.views)
        folds_.emplace_back(*plan_, view, block_, width);
    for (const Condition& condition : run.conditions)
        conditions_.push_back(
            std::make_unique<ConditionCounter>(*plan_, condition, block_, width, replicates));
}

std::optional<TrialFailure> PlanWorker::run(const Trials& trials, const WorkSinks& sinks,
                                            bool counts, std::uint64_t replicate) {
    block_.start(trials);
    if (block_.failure())
        return block_.failure();
    for (Fold& fold : folds_)
        fold.start();
    if (counts) {
        for (const auto& condition : conditions_)
            condition->start(block_);
        shortages_.start(block_);
    }
    for (std::size_t p = 0; p < plan_->grid.periods.size(); ++p) {
        block_.step(plan_->grid.periods[p], *stop_);
        if (must_end(*stop_))
            return std::nullopt;
        if (block_.failure())
            return block_.failure();
        for (std::size_t v = 0; v < folds_.size(); ++v)
            if (auto failure = folds_[v].add(block_, *sinks.views[v]))
                return failure;
        if (!counts)
            continue;
        for (const auto& condition : conditions_)
            if (auto failure = condition->add(block_))
                return failure;
        if (keeps_waits_) {
            waits_.add(block_, p, trials.count, only_trial_);
            shortages_.add(block_, p, trials.count, only_trial_);
        }
    }
    if (counts) {
        for (const auto& condition : conditions_)
            condition->finish(block_, trials.count, replicate, scratch_);
        completions_.finish(block_, trials.count, replicate);
        shortages_.finish(trials.count);
    }
    for (std::size_t o = 0; sinks.outcomes && o < outcomes_.size(); ++o) {
        block_.outcome(outcomes_[o], scratch_);
        sinks.outcomes->take(o, scratch_);
    }
    return std::nullopt;
}

void PlanWorker::merge(const PlanWorker& other) {
    for (std::size_t c = 0; c < conditions_.size(); ++c)
        conditions_[c]->merge(*other.conditions_[c]);
    waits_.merge(other.waits_, *stop_);
    completions_.merge(other.completions_);
    shortages_.merge(other.shortages_);
}

void PlanWorker::report(Forecast& forecast, std::uint64_t trials) const {
    for (const auto& condition : conditions_)
        forecast.conditions.push_back(condition->tally());
    forecast.completions = completions_.tallies();
    if (!keeps_waits_)
        return;
    forecast.waits = waits_.waits(trials, *stop_);
    forecast.shortages = shortages_.shortages(trials);
}

std::size_t width_for(std::span<const PlanRun> runs, std::uint64_t trials) {
    constexpr std::size_t least = 8;
    // [byte]; measured: narrower blocks cost more in calls than they save in the second-level cache
    constexpr std::size_t most_state = 1 << 23;
    constexpr std::size_t rows_of_pool = 30, rows_of_source = 30;
    if (trials == 1)
        return least;
    std::size_t rows = 0;
    for (const PlanRun& run : runs) {
        rows += run.plan->slots.size() + rows_of_source * run.plan->sources.size();
        for (const PlanSource& source : run.plan->sources)
            rows += rows_of_pool * source.sites.size();
    }
    std::size_t width = lanes;
    while (width > 2 * least && rows * width * sizeof(double) > most_state)
        width /= 2;
    return width;
}

} // namespace fleetcast
