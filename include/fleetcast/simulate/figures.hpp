// What one period of one trial leaves to be measured, by pool (source at site), source and site.
// Interface: PeriodFigures; metrics.cpp turns it into metrics.
#pragma once

#include <fleetcast/plan/plan.hpp>

#include <optional>
#include <vector>

namespace fleetcast {

/// One source at one site.
struct PoolFigures {
    Index source = 0, site = 0;
    double opening = 0; // units before the first period
    double begin = 0;   // in service after step 1
    double end = 0;     // in service after step 5
    double installed = 0, retired = 0, lost = 0;
    double failures = 0;
    double available = 0;
    double cost = 0;                               // of the units in service at the end [USD]
    double resale = 0;                             // [USD]
    double maintenance = 0;                        // [USD]
    double energy = 0;                             // [MWh]
    double energy_cost = 0;                        // [USD]
    double emissions = 0;                          // [t]
    double embodied = 0;                           // [t], 0 where the figure is not known
    double nameplate = 0;                          // [MW]
    double it_power = 0;                           // [MW]
    double facility_power = 0;                     // [MW]
    double waiting_power = 0, waiting_install = 0; // units
    double power_short = 0;                        // [MW]
};

struct SourceFigures {
    double h100e = 0;                           // of one unit
    double delivered = 0, delivered_so_far = 0; // units
    double warehoused = 0;
    double in_force = 0;      // units of a lease
    double hardware_cost = 0; // of the units delivered [USD]
    double lease_cost = 0;    // [USD]
    double nre = 0;           // [USD]
    double still_to_come = 0; // units to be delivered or commissioned, even after the end
};

struct SiteFigures {
    double power = 0, contracted = 0, headroom = 0; // [MW], of a site with a limit
    double colocation = 0;                          // [USD]
    double build = 0;                               // [USD]
};

struct PeriodFigures {
    double hours = 0;
    std::vector<PoolFigures> pools;
    std::vector<SourceFigures> sources;
    std::vector<SiteFigures> sites;
    double other_cost = 0; // [USD]
};

} // namespace fleetcast
