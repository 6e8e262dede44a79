// A scenario and the grid over it: what stands at a point, and what it is called.
// Interface: Swept, swept_over() and the functions below.
#pragma once

#include <fleetcast/cli/grid.hpp>
#include <fleetcast/load/scenario.hpp>

#include <string>
#include <vector>

namespace fleetcast {

struct Swept {
    LoadedScenario base; // without the varied values
    std::vector<Axis> axes;
    std::size_t count = 0; // of points
};

/// The grid alone. Failure as point_count(), and (usage) for a value that --set would not take.
Swept swept_over(std::vector<Axis> axes);

/// The values of a point as they are shown: texts without their quotes.
std::vector<std::string> values_at(const Swept& swept, std::size_t point);

/// "plan@sites.hall.pue=1.1,end=2027-12".
std::string name_at(const Swept& swept, std::size_t point);

/// The scenario with the values of a point, under its own name. Failure (usage) where a value
/// cannot be laid on.
LoadedScenario loaded_at(const Swept& swept, std::size_t point);

/// Whether some axis changes which periods there are.
bool varies_periods(const Swept& swept);

} // namespace fleetcast
