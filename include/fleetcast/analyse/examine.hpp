// Everything there is to say of a scenario before its forecast: errors, warnings, notes.
// Interface: examine().
#pragma once

#include <fleetcast/load/scenario.hpp>
#include <fleetcast/model/accelerator.hpp>
#include <fleetcast/simulate/settings.hpp>

namespace fleetcast {

/// All problems of one scenario in file order, with places: what reading found, what the rules
/// between fields say, and, where there is no error, what a run at the medians shows. Throws
/// Failure (refused) when that run must end before it is done.
Problems examine(const LoadedScenario& loaded, const Catalog& catalog, const Stop& stop = {});

} // namespace fleetcast
