// Two scenarios side by side and their difference, as text for a terminal.
#pragma once

#include <fleetcast/report/layout.hpp>
#include <fleetcast/report/tables.hpp>

namespace fleetcast {

/// Each comparison of the manifest: its largest differences; the metrics of the total in the
/// periods that both have, base, other and the change with its band; a chart of the first metric
/// that changes; milestones with their shift, and trainings; who goes short; checks of both. Widths
/// and failures as in render_terminal().
std::string render_compare(const ForecastResult& result, const View& view,
                           const TerminalStyle& style);

} // namespace fleetcast
