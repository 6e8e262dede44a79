#include <fleetcast/simulate/demand_tallies.hpp>

#include <fleetcast/simulate/tallies.hpp>

#include <algorithm>
#include <cmath>

namespace fleetcast {

namespace {

constexpr double least_missing = 1e-6; // [H100e]: less is a rounding error

/// The day of the horizon that holds a moment; midnight belongs to the day before.
std::size_t day_of(double x, const TimeGrid& grid) {
    constexpr double slack = 1e-6; // [days], more than time_slack is
    const double start = days_at(grid.origin);
    return static_cast<std::size_t>(
        std::max(0.0, std::ceil(days_at(grid.origin + x) - start - slack) - 1));
}

} // namespace

CompletionCounter::CompletionCounter(const Plan& plan, std::uint64_t replicates) : plan_(&plan) {
    for (Index w = 0; w < plan.workloads.size(); ++w)
        if (std::holds_alternative<PlanTraining>(plan.workloads[w].kind)) {
            const std::size_t days = day_of(plan.grid.end(), plan.grid) + 1;
            tallies_.push_back({w, std::vector(replicates, std::vector<std::uint64_t>(days, 0))});
        }
}

void CompletionCounter::finish(const Block& block, std::size_t count, std::uint64_t replicate) {
    for (CompletionTally& tally : tallies_) {
        const double* const done = block.completed(tally.workload);
        std::vector<std::uint64_t>& days = tally.days[replicate];
        for (std::size_t l = 0; l < count; ++l)
            if (std::isfinite(done[l]))
                ++days[std::min(day_of(done[l], plan_->grid), days.size() - 1)];
    }
}

void CompletionCounter::merge(const CompletionCounter& other) {
    for (std::size_t t = 0; t < tallies_.size(); ++t)
        for (std::size_t r = 0; r < tallies_[t].days.size(); ++r)
            for (std::size_t d = 0; d < tallies_[t].days[r].size(); ++d)
                tallies_[t].days[r][d] += other.tallies_[t].days[r][d];
}

ShortageCounter::ShortageCounter(const Plan& plan, std::size_t width) : arena_(width) {
    const auto add = [&](GroupBy by, std::optional<Index> member, std::vector<Index> workloads) {
        if (!workloads.empty())
            claimants_.push_back({by, member, std::move(workloads), arena_.row(), arena_.row(), 0,
                                  std::vector<Count>(plan.grid.periods.size())});
    };
    const auto of_team = [&](std::optional<Index> team) {
        std::vector<Index> workloads;
        for (Index w = 0; w < plan.workloads.size(); ++w)
            if (plan.workloads[w].team == team)
                workloads.push_back(w);
        return workloads;
    };
    for (Index t = 0; t < plan.teams.size(); ++t)
        add(GroupBy::team, t, of_team(t));
    add(GroupBy::team, std::nullopt, of_team(std::nullopt));
    for (Index w = 0; w < plan.workloads.size(); ++w)
        add(GroupBy::workload, w, {w});
}

void ShortageCounter::start(const Block& block) {
    for (Claimant& claimant : claimants_)
        std::fill_n(claimant.ever, block.lanes(), 0.0);
}

void ShortageCounter::add(const Block& block, std::size_t period, std::size_t count,
                          bool only_trial) {
    for (Claimant& claimant : claimants_) {
        bool some = false;
        for (const Index w : claimant.workloads) {
            const double* const row = block.figure(WorkloadQuantity::shortfall, w).row;
            if (!row)
                continue;
            for (std::size_t l = 0; l < count; ++l)
                claimant.missing[l] = row[l] + (some ? claimant.missing[l] : 0.0);
            some = true;
        }
        Count& sum = claimant.periods[period];
        for (std::size_t l = 0; some && l < count; ++l) {
            const bool is_short = claimant.missing[l] > least_missing;
            sum.trials += is_short ? 1 : 0;
            sum.h100e += !is_short    ? 0.0
                         : only_trial ? claimant.missing[l]
                                      : in_grains(claimant.missing[l]);
            claimant.ever[l] = is_short ? 1.0 : claimant.ever[l];
        }
    }
}

void ShortageCounter::finish(std::size_t count) {
    for (Claimant& claimant : claimants_)
        claimant.trials +=
            static_cast<std::uint64_t>(std::count(claimant.ever, claimant.ever + count, 1.0));
}

void ShortageCounter::merge(const ShortageCounter& other) {
    for (std::size_t c = 0; c < claimants_.size(); ++c) {
        claimants_[c].trials += other.claimants_[c].trials;
        for (std::size_t p = 0; p < claimants_[c].periods.size(); ++p) {
            claimants_[c].periods[p].trials += other.claimants_[c].periods[p].trials;
            claimants_[c].periods[p].h100e += other.claimants_[c].periods[p].h100e;
        }
    }
}

std::vector<Shortage> ShortageCounter::shortages(std::uint64_t trials) const {
    std::vector<Shortage> shortages;
    const auto all = static_cast<double>(trials);
    for (const Claimant& claimant : claimants_) {
        if (claimant.trials == 0)
            continue;
        const auto worst = std::ranges::max_element(claimant.periods, {}, &Count::h100e);
        const auto there = static_cast<double>(worst->trials);
        shortages.push_back({claimant.by, claimant.member,
                             static_cast<double>(claimant.trials) / all,
                             static_cast<std::size_t>(worst - claimant.periods.begin()),
                             there / all, worst->trials > 0 ? worst->h100e / there : 0.0});
    }
    return shortages;
}

} // namespace fleetcast
