// The report that a planner reads first, as text for a terminal.
#pragma once

#include <fleetcast/report/layout.hpp>
#include <fleetcast/report/tables.hpp>

namespace fleetcast {

/// The result within the style's width (20 columns at least, 240 at most): scenarios side by side
/// when there are several, then for each what was run, the metrics by period, a chart, groups and
/// lists. Figures are never cut; those that do not fit stand in a further block. With a
/// View::table other than "series" only that table is told. Failure (internal) when a figure is
/// not finite.
std::string render_terminal(const ForecastResult& result, const View& view,
                            const TerminalStyle& style);

} // namespace fleetcast
