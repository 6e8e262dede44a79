// Which patch made a mistake of what others wrote. Interface: blamed_on_patches().
#pragma once

#include <fleetcast/load/scenario.hpp>

namespace fleetcast {

/// The problems, those that a patch made at that patch: at the null that removes a key which is
/// missed, at the key that stands against another.
Problems blamed_on_patches(Problems problems, const LoadedScenario& loaded);

} // namespace fleetcast
