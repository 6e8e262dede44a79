// Random `correlations` of a scenario. Interface: make_correlations().
#pragma once

#include "oracle/random_dice.hpp"

#include <nlohmann/json.hpp>

namespace fleetcast::oracle {

/// Lists whose matrix is positive semidefinite: equal correlations of 0 and more in lists that have
/// no input in common, or a chain of pairs that are only weakly correlated.
nlohmann::ordered_json make_correlations(Dice& dice, const nlohmann::ordered_json& scenario);

} // namespace fleetcast::oracle
