// What an hour or a million tokens costs, in words. Interface: unit_costs_section().
#pragma once

#include "telling.hpp"

namespace fleetcast {

/// "TCO per GPU hour  2.31 USD/h in 2024 Q1, 1.98 USD/h (P10 1.90, P90 2.10) in 2024 Q4": each
/// metric asked for that is such a cost, in its first and its last period with a figure; of the
/// total, or of each group where the total has none. Empty where none is asked for.
std::string unit_costs_section(const Telling& telling, std::string_view scenario);

} // namespace fleetcast
