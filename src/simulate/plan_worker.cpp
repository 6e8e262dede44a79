#include <fleetcast/simulate/plan_worker.hpp>

#include <fleetcast/base/lanes.hpp>

#include <algorithm>

namespace fleetcast {

namespace {

Needs needs_of(const PlanRun& run, bool waits) {
    Needs needs;
    for (const FigureView& view : run.views)
        needs |= needs_of(view);
    for (const Condition& condition : run.conditions)
        if (condition.metric)
            needs |= needs_of(*condition.metric);
    if (waits)
        needs |= {bits(PoolQuantity::waiting_power, PoolQuantity::waiting_install,
                       PoolQuantity::power_short),
                  0, 0, 0};
    return needs;
}

} // namespace

PlanWorker::PlanWorker(const Prepared& prepared, const PlanRun& run, const RunSettings& settings,
                       std::uint64_t replicates, std::size_t width)
    : plan_(prepared.plan), keeps_waits_(settings.waits), only_trial_(settings.trials == 1),
      block_(prepared, needs_of(run, settings.waits), width, settings.level), arena_(width),
      waits_(*plan_, block_), scratch_(arena_.row()) {
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
    if (counts)
        for (const auto& condition : conditions_)
            condition->start(block_);
    for (std::size_t p = 0; p < plan_->grid.periods.size(); ++p) {
        block_.step(plan_->grid.periods[p]);
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
        if (keeps_waits_)
            waits_.add(block_, p, trials.count, only_trial_);
    }
    if (counts)
        for (const auto& condition : conditions_)
            condition->finish(block_, trials.count, replicate, scratch_);
    if (sinks.pending)
        for (std::size_t i = 0; i < plan_->sources.size(); ++i) {
            block_.pending(i, scratch_);
            sinks.pending->take(i, scratch_);
        }
    return std::nullopt;
}

void PlanWorker::merge(const PlanWorker& other) {
    for (std::size_t c = 0; c < conditions_.size(); ++c)
        conditions_[c]->merge(*other.conditions_[c]);
    waits_.merge(other.waits_);
}

std::vector<ConditionTally> PlanWorker::tallies() const {
    std::vector<ConditionTally> tallies;
    for (const auto& condition : conditions_)
        tallies.push_back(condition->tally());
    return tallies;
}

std::vector<Wait> PlanWorker::waits(std::uint64_t trials) const {
    return keeps_waits_ ? waits_.waits(trials) : std::vector<Wait>{};
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
