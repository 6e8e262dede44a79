// What looks like a slip of the pen: nothing here stops a forecast.
// Interface: static_warnings() from the scenario alone, run_warnings() from a run at the medians.
#pragma once

#include <fleetcast/base/problem.hpp>
#include <fleetcast/model/scenario.hpp>
#include <fleetcast/simulate/forecast.hpp>

namespace fleetcast {

/// Names that differ by case, things that nothing uses, old prices, costs and deliveries dated
/// outside the horizon, delays that are all independent. Paths, no places.
Problems static_warnings(const Scenario& scenario);

/// Deliveries before the start or after the end, an opening fleet without power, orders that
/// exceed power: a warning when they still do at the end, else a note. Paths, no places.
Problems run_warnings(const Plan& plan, const Forecast& forecast);

} // namespace fleetcast
