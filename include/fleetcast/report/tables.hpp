// The tables of a result as cli.md defines them ("Formats of a forecast"): series (wide or long),
// outcomes, checks, inputs. Interface: View, view_table(), table_names().
#pragma once

#include <fleetcast/report/forecast_result.hpp>
#include <fleetcast/report/table.hpp>

namespace fleetcast {

/// What of a result is asked for; a result may hold more metrics and groups.
struct View {
    std::vector<std::string> metrics;
    std::string by = "total";          // beside the total: "source", "site", ...
    std::optional<std::string> period; // only this one: a label of ForecastResult::periods
    std::string table = "series";
    bool long_layout = false;
};

/// Statistics stand for all scenarios where any has them: mean and quantiles when wide, when long
/// also sd, se, min and max. A result of `compare` is always long.
Table series_table(const ForecastResult& result, const View& view);
Table outcomes_table(const ForecastResult& result);
Table checks_table(const ForecastResult& result);
Table inputs_table(const ForecastResult& result);

/// Names that View::table may have.
std::vector<std::string> table_names();

/// The table that the view names; Failure (usage) when there is none of that name.
Table view_table(const ForecastResult& result, const View& view);

class SeriesIndex;

struct GroupKey {
    std::string by;
    std::string group;
    bool operator==(const GroupKey&) const = default;
};

/// The rows of a scenario in a view: the total, then groups in order, "-" last and left out where
/// it is 0 or empty in every metric and period shown [G1].
std::vector<GroupKey> groups_shown(const SeriesIndex& index, std::string_view scenario,
                                   const View& view, const std::vector<std::size_t>& periods);

} // namespace fleetcast
