// Rules that need more than one field: references, dates in order, one form out of several.
// Interface: validate(). Types and ranges of single fields were checked when they were read.
#pragma once

#include <fleetcast/base/problem.hpp>
#include <fleetcast/model/scenario.hpp>

namespace fleetcast {

inline constexpr double most_periods = 1200;
inline constexpr std::size_t most_sources = 10'000;

/// Every mistake of a scenario that reading it field by field could not see; paths, no places.
Problems validate(const Scenario& scenario, const Catalog& catalog);

} // namespace fleetcast
