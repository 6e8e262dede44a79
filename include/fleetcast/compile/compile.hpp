// From what the planner wrote to what the engine runs: names become indices, dates months,
// defaults numbers. Interface: compile().
#pragma once

#include <fleetcast/model/scenario.hpp>
#include <fleetcast/plan/plan.hpp>

namespace fleetcast {

/// What the format takes where nothing is said.
inline constexpr double default_pue = 1.2;
inline constexpr double default_load_share = 0.75;
inline constexpr double default_electricity = 70; // [USD/MWh]
inline constexpr double default_carbon = 400;     // [kg/MWh]
inline constexpr std::string_view default_site = "everywhere";
inline constexpr double default_discount = 0;            // [share a year]
inline constexpr double default_depreciation = 60;       // [months], of hardware
inline constexpr double default_site_depreciation = 240; // [months], of build cost

/// The plan of a scenario in which validate() found no error.
Plan compile(const Scenario& scenario, const Catalog& catalog);

} // namespace fleetcast
