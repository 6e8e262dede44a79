// A line over the periods with or without a band around it, drawn in braille dots or in ASCII.
#pragma once

#include <fleetcast/report/human.hpp>
#include <fleetcast/report/layout.hpp>

namespace fleetcast {

struct LineChart {
    std::string title;                          // "owned, units"
    std::vector<std::optional<double>> figures; // [period]
    std::vector<std::string> labels;            // [period]
    Scale scale;
    std::vector<std::optional<double>> low = {}, high = {}; // [period], ends of a band; or neither
    std::string legend = {};                                // behind the title
};

/// The chart with its axes; empty for fewer than 4 figures or where all are the same. A chart with
/// a band is taller, and shades it.
std::string render_chart(const LineChart& chart, const TerminalStyle& style);

} // namespace fleetcast
