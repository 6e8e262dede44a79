// Runs a plan and folds its periods into the figures that were asked for.
// Interface: simulate(), Forecast. Deterministic: every input at its median (rules.md, R4).
#pragma once

#include <fleetcast/plan/plan.hpp>
#include <fleetcast/simulate/metrics.hpp>
#include <fleetcast/simulate/values.hpp>

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fleetcast {

enum class GroupBy { total, source, site, accelerator };

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

/// The figures of a view; a missing one has no meaning there.
struct Figures {
    std::vector<const Metric*> metrics;
    std::vector<Group> groups; // total, then members in file order with "-" last
    std::vector<Period> periods;
    std::vector<std::optional<double>> values; // [metric][group][period]

    std::optional<double> at(std::size_t metric, std::size_t group, std::size_t period) const {
        return values[(metric * groups.size() + group) * periods.size() + period];
    }
};

/// Units of one source that waited at one site, over consecutive periods of the engine.
struct Wait {
    Index source = 0, site = 0;
    Bound bound = Bound::power;      // power or install
    std::size_t first = 0, last = 0; // periods
    double peak_units = 0, peak_mw = 0;
    std::size_t peak = 0; // period
};

struct Forecast {
    std::vector<Figures> views;            // in the order asked
    std::vector<double> pending;           // [source] units that come after the end
    std::vector<double> unpowered_opening; // [source] units
    std::vector<double>
        early; // [source] units due before the start that arrive in the first period
    std::vector<Wait> waits;
};

/// Runs the plan with every input at its median. A failure names the input or the figure that
/// is not finite.
std::variant<Forecast, TrialFailure> simulate(const Plan& plan,
                                              const std::vector<FigureView>& views);

/// The total and the members of these kinds, "-" behind them: rows in their order.
std::vector<Group> groups_of(const Plan& plan, const std::vector<GroupBy>& by);

/// "total", a member's name, or "-".
std::string name_of(const Group& group, const Plan& plan);

std::string_view text_of(GroupBy by);

} // namespace fleetcast
