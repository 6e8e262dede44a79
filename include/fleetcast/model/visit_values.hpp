// Walks every scalar and series of a scenario with its dotted path and its legal range: one list
// of where values stand, for validation, the inputs table and warnings.
// Interface: visit_values().
#pragma once

#include <fleetcast/model/scenario.hpp>

#include <functional>
#include <string>

namespace fleetcast {

/// A scalar of the scenario.
struct ValueSpot {
    std::string path; // of the distribution's random stream
    std::string unit; // read off the field's name: "usd", "mw", "months", "share"; may be empty
    Range range;
    const Scalar* scalar = nullptr;
    bool in_time = false; // it stands where a series may: its inputs may vary in time
    std::string citation; // of the scalar, or of the series around it
};

/// Calls `visit` for every scalar: inputs first, then sources, sites, workloads and costs, in file
/// order.
void visit_values(const Scenario& scenario, const std::function<void(const ValueSpot&)>& visit);

/// The unit in a field's name: "price_usd" is in usd, "critical_mw" in mw.
std::string unit_of(std::string_view field);

} // namespace fleetcast
