// Runs plans over trials and folds their periods into statistics of the figures asked for.
// Interface: simulate(), Forecast. What is concluded from them is left to analyse/.
#pragma once

#include <fleetcast/plan/plan.hpp>
#include <fleetcast/simulate/metrics.hpp>
#include <fleetcast/simulate/outcomes.hpp>
#include <fleetcast/simulate/settings.hpp>
#include <fleetcast/simulate/summaries.hpp>
#include <fleetcast/simulate/trial_failure.hpp>

#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace fleetcast {

enum class GroupBy { total, source, site, accelerator, team, workload };

/// A row of figures: the whole fleet, a member, or what belongs to no member.
struct Group {
    GroupBy by = GroupBy::total;
    std::optional<Index> member; // nothing: "-" (of GroupBy::total: the total)
    bool operator==(const Group&) const = default;
};

/// Figures to keep: these metrics, in these groups, by these report periods.
struct FigureView {
    std::vector<const Metric*> metrics;
    std::vector<Group> groups;
    Every every = Every::period;
};

enum class Stat { value, mean, sd, se, min, max, quantile, quantile_se };

struct Statistic {
    Stat stat = Stat::value; // `value`: the figure of the only trial
    double share = 0;        // of a quantile and its error
    bool operator==(const Statistic&) const = default;
};

/// The statistics that a run with these settings has, in order; of one trial: the value.
std::vector<Statistic> statistics_of(const RunSettings& settings);

/// The figures of a view; a missing one has no meaning there.
struct Figures {
    std::vector<const Metric*> metrics;
    std::vector<Group> groups; // total, then members in file order with "-" last
    std::vector<Period> periods;
    std::vector<Statistic> statistics{{}};
    std::vector<std::optional<double>> values; // [statistic][metric][group][period]

    std::optional<double> at(std::size_t metric, std::size_t group, std::size_t period,
                             std::size_t statistic = 0) const {
        return values[((statistic * metrics.size() + metric) * groups.size() + group) *
                          periods.size() +
                      period];
    }
};

/// What each trial is asked: whether a figure stays within limits, both of which belong to them.
struct Condition {
    enum class Over {
        first, // the first period in which it does
        any,   // whether it does in some period
        all,   // in every one
    };
    const Metric* metric = nullptr; // nullptr: the outcome; then Over::all
    Group group;
    OutcomeId outcome;
    Every every = Every::period;
    Over over = Over::first;
    std::vector<bool> periods; // [report period] those looked at; empty: all
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
};

/// In how many trials a condition held.
struct ConditionTally {
    std::vector<Period> periods; // report periods
    /// [replicate][period] of Over::first: trials in which it held there first; else one entry.
    std::vector<std::vector<std::uint64_t>> held;
    /// A period looked at in which the figure was empty, of Over::any and Over::all.
    std::optional<std::size_t> empty_in;
};

/// When trainings are done: a count for each day of the horizon.
struct CompletionTally {
    Index workload = 0;
    std::vector<std::vector<std::uint64_t>> days; // [replicate][day since the start] trials
};

/// A workload that does not get all that it asks for, or a team of which one does not.
struct Shortage {
    GroupBy by = GroupBy::workload; // or team
    std::optional<Index> member;    // nothing: workloads without a team
    double share = 0;               // of the trials in which it is short in some period
    std::size_t worst = 0;          // the period with the most missing over all trials
    double worst_share = 0;         // of the trials in which it is short then
    double worst_h100e = 0;         // then missing: mean over those trials
};

/// Units of one source that wait at one site, over consecutive periods of the engine.
struct Wait {
    Index source = 0, site = 0;
    Bound bound = Bound::power;      // power or install
    std::size_t first = 0, last = 0; // periods
    std::size_t peak = 0;            // the period with the most units over all trials
    double share = 1;                // of the trials in which they wait then
    double units = 0, mw = 0;        // then: means over those trials
};

struct Forecast {
    std::uint64_t trials = 1; // rounded up to whole replicates
    QuantileForm form = QuantileForm::exact;
    std::vector<Figures> views;                // in the order asked
    std::vector<Figures> differences;          // this plan less the first, by view; of later plans
    std::vector<ConditionTally> conditions;    // in the order asked
    std::vector<std::vector<double>> outcomes; // [of outcomes_of(plan)][statistic]
    std::vector<CompletionTally> completions;  // of each training
    std::vector<Shortage> shortages;           // of those that are short in some trial
    // Of a single trial only:
    std::vector<double> unpowered_opening; // [source] units
    std::vector<double>
        early; // [source] units due before the start that arrive in the first period
    std::vector<Wait> waits;
    unsigned threads = 1; // that ran it; fewer than asked for where no more could be had
};

/// A plan and what to keep of it.
struct PlanRun {
    const Plan* plan = nullptr;
    std::vector<FigureView> views;
    std::vector<Condition> conditions;
};

/// Runs all plans over the same trials: an input that several share has the same draw in each. A
/// failure is that of the first trial that has one, and names the input or the figure.
/// Views of later plans are paired with those of the first for their differences: metrics, groups
/// of one name and periods of the same days that both have.
std::variant<std::vector<Forecast>, TrialFailure> simulate(std::span<const PlanRun> runs,
                                                           const RunSettings& settings);

/// One plan with every input at its median.
std::variant<Forecast, TrialFailure> simulate(const Plan& plan,
                                              const std::vector<FigureView>& views);

/// The figures of trials first, first + 1, ... of a run by random sampling: [trial][view].
std::variant<std::vector<std::vector<Figures>>, TrialFailure>
simulate_trials(const Plan& plan, const std::vector<FigureView>& views, std::uint64_t seed,
                std::uint64_t first, std::size_t count);

/// The total and the members of these kinds, "-" behind them: rows in their order.
std::vector<Group> groups_of(const Plan& plan, const std::vector<GroupBy>& by);

/// "total", a member's name, or "-".
std::string name_of(const Group& group, const Plan& plan);

std::string_view text_of(GroupBy by);

} // namespace fleetcast
