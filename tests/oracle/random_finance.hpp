// Random payments and depreciation of scenarios that are otherwise made. Interface: add_finance().
#pragma once

#include "oracle/random_sources.hpp"

#include <nlohmann/json.hpp>

#include <vector>

namespace fleetcast::oracle {

/// Gives sources and sites their payments and lives in the books, often due before the start or
/// after the end; what is left is `finance`, maybe empty.
nlohmann::ordered_json add_finance(Dice& dice, std::vector<Draft>& drafts,
                                   nlohmann::ordered_json& sites);

} // namespace fleetcast::oracle
