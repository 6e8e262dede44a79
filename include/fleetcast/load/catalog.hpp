// The accelerators that the program knows, embedded in the binary.
#pragma once

#include <fleetcast/model/accelerator.hpp>

namespace fleetcast {

/// The built-in catalogue. Throws Failure (internal) when what was built in is broken.
Catalog load_catalog();

} // namespace fleetcast
