// What a sweep found: the points of its grid and the result of each.
// Interface: SweepReport, sweep_table(), sweep_terminal().
#pragma once

#include <fleetcast/report/layout.hpp>
#include <fleetcast/report/tables.hpp>

#include <string>
#include <vector>

namespace fleetcast {

struct SweepPoint {
    std::string scenario;            // its name in the result
    std::vector<std::string> values; // [path] as text
    bool operator==(const SweepPoint&) const = default;
};

struct SweepReport {
    std::string scenario;           // what tables call the scenario that is varied
    std::vector<std::string> paths; // that vary
    std::vector<SweepPoint> points; // those with a result, in the order of the grid
    ForecastResult result;          // a scenario for each point
};

/// The table that the view names, with the varied paths as columns before it; a path whose values
/// are all numbers is a column of numbers.
Table sweep_table(const SweepReport& report, const View& view);

/// A row for each point: its values, and each metric of the view in the total of one period, that
/// of the view or else the last.
std::string sweep_terminal(const SweepReport& report, const View& view, const TerminalStyle& style);

} // namespace fleetcast
