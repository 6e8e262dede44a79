// Milestones and checks of one run or trial. Interface: judge().
#pragma once

#include "oracle/oracle_demand.hpp"
#include "oracle/oracle_metrics.hpp"

#include <string>

namespace fleetcast::oracle {

struct Run {
    Json scenario;
    Clock clock;
    SeriesTable by_period; // metrics of supply
    DemandFigures demand;
    int year_starts = 1;

    bool of_demand(const std::string& metric) const { return demand.series.contains(metric); }
};

/// Sets milestones and checks; what checks of outcomes ask must stand in the figures. Counts edges.
void judge(const Run& run, Figures& figures);

} // namespace fleetcast::oracle
