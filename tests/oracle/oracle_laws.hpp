// Distributions of a scenario, read and asked for a quantile. Interface: quantile_of(). Their
// shapes are left to oracle_shapes.
#pragma once

#include <nlohmann/json.hpp>

#include "oracle/edges.hpp"

#include <string>

namespace fleetcast::oracle {

/// Whether a json value is a distribution (and not a number, a ref, a formula or a series).
bool is_law(const nlohmann::ordered_json& node);

/// Its quantile at u in (0, 1), truncate and clamp included [R2]; `name` is the own name of the
/// field.
double quantile_of(const nlohmann::ordered_json& node, const std::string& name, double u,
                   Edges& edges);

} // namespace fleetcast::oracle
