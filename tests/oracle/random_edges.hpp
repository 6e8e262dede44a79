// The edges that random scenarios meet. Interface: random_edges().
#pragma once

#include "oracle/oracle.hpp"

#include <cstdint>

namespace fleetcast::oracle {

/// Runs random scenarios 0 .. count - 1 through the oracle and adds up the edges they met.
Edges random_edges(std::uint64_t count, const Json& catalog);

} // namespace fleetcast::oracle
