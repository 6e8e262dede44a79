// The schema as the commands give it away. Interface: schema_text().
#pragma once

#include <string>

namespace fleetcast {

/// The JSON Schema of a scenario, with the metrics that this program knows.
std::string schema_text();

} // namespace fleetcast
