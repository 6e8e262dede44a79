// What bound in how many trials, period by period. Interface: bound_section().
#pragma once

#include "telling.hpp"

namespace fleetcast {

/// A row for each run of periods that look alike, in percent of the trials, then what waited, in
/// words. Of one trial only the words.
std::string bound_section(const Telling& telling, std::string_view scenario);

} // namespace fleetcast
