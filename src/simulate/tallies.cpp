#include <fleetcast/simulate/tallies.hpp>

#include <fleetcast/simulate/stop.hpp>

#include <algorithm>
#include <cmath>

namespace fleetcast {

namespace {

constexpr double least_share = 0.01; // of the trials: fewer are not worth a sentence

constexpr double nowhere = -1;

} // namespace

ConditionCounter::ConditionCounter(const Plan& plan, const Condition& condition, const Block& block,
                                   std::size_t width, std::uint64_t replicates)
    : condition_(condition), arena_(width), state_(arena_.row()), was_empty_(arena_.row()) {
    std::size_t entries = 1;
    if (condition.metric) {
        const FigureView view{{condition.metric}, {condition.group}, condition.every};
        fold_.emplace(plan, view, block, width);
        tally_.periods = figures_shape(plan, view).periods;
        if (condition.over == Condition::Over::first)
            entries = tally_.periods.size();
        condition_.periods.resize(tally_.periods.size(), condition.periods.empty());
        const auto first = std::ranges::find(condition_.periods, true);
        if (condition.over != Condition::Over::first && first != condition_.periods.end() &&
            !has_meaning(plan, *condition.metric, condition.group))
            tally_.empty_in = static_cast<std::size_t>(first - condition_.periods.begin());
    }
    tally_.held.assign(replicates, std::vector<std::uint64_t>(entries, 0));
}

void ConditionCounter::start(const Block& block) {
    lanes_ = block.lanes();
    const Condition::Over over = condition_.over;
    std::fill_n(state_, lanes_,
                over == Condition::Over::first ? nowhere
                : over == Condition::Over::all ? 1.0
                                               : 0.0);
    std::fill_n(was_empty_, lanes_, nowhere);
    if (fold_)
        fold_->start();
}

std::optional<TrialFailure> ConditionCounter::add(const Block& block) {
    return fold_ ? fold_->add(block, *this) : std::nullopt;
}

void ConditionCounter::take(std::size_t cell, const double* row) {
    const std::size_t period = cell; // one metric, one group
    if (!condition_.periods[period])
        return;
    for (std::size_t l = 0; l < lanes_; ++l) {
        const bool holds = row[l] >= condition_.low && row[l] <= condition_.high;
        switch (condition_.over) {
        case Condition::Over::first:
            if (holds && state_[l] == nowhere)
                state_[l] = static_cast<double>(period);
            break;
        case Condition::Over::all:
            state_[l] = holds ? state_[l] : 0.0;
            break;
        case Condition::Over::any:
            state_[l] = holds ? 1.0 : state_[l];
            break;
        }
        if (std::isnan(row[l]) && was_empty_[l] == nowhere)
            was_empty_[l] = static_cast<double>(period);
    }
}

void ConditionCounter::finish(const Block& block, std::size_t count, std::uint64_t replicate,
                              double* scratch) {
    if (!condition_.metric) {
        block.outcome(condition_.outcome, scratch);
        for (std::size_t l = 0; l < lanes_; ++l)
            state_[l] = scratch[l] >= condition_.low && scratch[l] <= condition_.high ? 1.0 : 0.0;
    }
    std::vector<std::uint64_t>& held = tally_.held[replicate];
    for (std::size_t l = 0; l < count; ++l) {
        if (condition_.over != Condition::Over::first)
            held[0] += state_[l] > 0 ? 1 : 0;
        else if (state_[l] != nowhere)
            ++held[static_cast<std::size_t>(state_[l])];
        if (condition_.over != Condition::Over::first && was_empty_[l] != nowhere) {
            const auto period = static_cast<std::size_t>(was_empty_[l]);
            tally_.empty_in = std::min(tally_.empty_in.value_or(period), period);
        }
    }
}

void ConditionCounter::merge(const ConditionCounter& other) {
    for (std::size_t r = 0; r < tally_.held.size(); ++r)
        for (std::size_t p = 0; p < tally_.held[r].size(); ++p)
            tally_.held[r][p] += other.tally_.held[r][p];
    if (other.tally_.empty_in)
        tally_.empty_in =
            std::min(tally_.empty_in.value_or(*other.tally_.empty_in), *other.tally_.empty_in);
}

WaitCounter::WaitCounter(const Plan& plan, const Block& block, const Stop& stop)
    : periods_(plan.grid.periods.size()), pools_(block.pool_count()) {
    counts_.reserve(2 * pools_ * periods_);
    for (std::size_t k = 0; k < pools_; ++k) {
        end_if_needed(stop);
        places_.emplace_back(block.source_of(k), block.site_of(k));
        counts_.resize(counts_.size() + 2 * periods_);
    }
}

WaitCounter::Count& WaitCounter::at(Bound bound, std::size_t pool, std::size_t period) {
    return counts_[((bound == Bound::power ? 0 : pools_) + pool) * periods_ + period];
}

const WaitCounter::Count& WaitCounter::at(Bound bound, std::size_t pool, std::size_t period) const {
    return counts_[((bound == Bound::power ? 0 : pools_) + pool) * periods_ + period];
}

void WaitCounter::add(const Block& block, std::size_t period, std::size_t count, bool only_trial) {
    const auto grains = [&](double value) { return only_trial ? value : in_grains(value); };
    for (std::size_t k = 0; k < pools_; ++k)
        for (const Bound bound : {Bound::power, Bound::install}) {
            const double* const units =
                block
                    .figure(bound == Bound::power ? PoolQuantity::waiting_power
                                                  : PoolQuantity::waiting_install,
                            k)
                    .row;
            if (!units)
                continue;
            const double* const mw =
                bound == Bound::power ? block.figure(PoolQuantity::power_short, k).row : nullptr;
            Count& sum = at(bound, k, period);
            for (std::size_t l = 0; l < count; ++l) {
                sum.trials += units[l] > 0 ? 1 : 0;
                sum.units += grains(units[l]);
                sum.mw += mw ? grains(mw[l]) : 0.0;
            }
        }
}

void WaitCounter::merge(const WaitCounter& other, const Stop& stop) {
    for (std::size_t i = 0; i < counts_.size(); ++i) {
        if (i % periods_ == 0)
            end_if_needed(stop);
        counts_[i].trials += other.counts_[i].trials;
        counts_[i].units += other.counts_[i].units;
        counts_[i].mw += other.counts_[i].mw;
    }
}

std::vector<Wait> WaitCounter::waits(std::uint64_t trials, const Stop& stop) const {
    const double enough = trials == 1 ? 1 : least_share * static_cast<double>(trials);
    std::vector<Wait> waits;
    for (std::size_t p = 0; p < periods_; ++p) {
        end_if_needed(stop);
        for (std::size_t k = 0; k < pools_; ++k)
            for (const Bound bound : {Bound::power, Bound::install}) {
                const Count& count = at(bound, k, p);
                if (static_cast<double>(count.trials) < enough)
                    continue;
                const auto [source, site] = places_[k];
                auto wait = std::ranges::find_if(waits, [&](const Wait& known) {
                    return known.source == source && known.site == site && known.bound == bound &&
                           known.last + 1 == p;
                });
                if (wait == waits.end())
                    wait = waits.insert(waits.end(), {source, site, bound, p, p, p, 0, 0, 0});
                wait->last = p;
                const auto n = static_cast<double>(count.trials);
                const double share = n / static_cast<double>(trials);
                if (share * (count.units / n) <= wait->share * wait->units)
                    continue;
                wait->peak = p;
                wait->share = share;
                wait->units = count.units / n;
                wait->mw = count.mw / n;
            }
    }
    return waits;
}

} // namespace fleetcast
