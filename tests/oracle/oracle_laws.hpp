// Medians of the distributions of a scenario. Interface: median_of(). Everything that has no plain
// formula is found by bisection on the cumulative distribution [R2].
#pragma once

#include <nlohmann/json.hpp>

#include "oracle/edges.hpp"

#include <string>

namespace fleetcast::oracle {

/// Whether a json value is a distribution (and not a number, a ref, a formula or a series).
bool is_law(const nlohmann::ordered_json& node);

/// Its quantile at u = 1/2, truncate and clamp included; `name` is the own name of the field.
double median_of(const nlohmann::ordered_json& node, const std::string& name, Edges& edges);

} // namespace fleetcast::oracle
