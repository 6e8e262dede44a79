// A line over the periods, drawn in braille dots or in ASCII.
#pragma once

#include <fleetcast/report/human.hpp>
#include <fleetcast/report/layout.hpp>

namespace fleetcast {

struct LineChart {
    std::string title;                          // "owned, units"
    std::vector<std::optional<double>> figures; // [period]
    std::vector<std::string> labels;            // [period]
    Scale scale;
};

/// The chart with its axes; empty for fewer than 4 figures or where all are the same.
std::string render_chart(const LineChart& chart, const TerminalStyle& style);

} // namespace fleetcast
