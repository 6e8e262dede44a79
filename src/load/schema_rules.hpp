// What the schema says beyond the shape of a scenario: rules between the keys of one object, words
// and defaults for an editor. Interface: rules_of(), shared_definitions().
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace fleetcast {

using OrderedJson = nlohmann::ordered_json;

/// Schemas that are laid over that of one object. `id` is the kind of a source or workload,
/// the key that holds an object ("finance"), or that key and "[]" for each of its items.
std::vector<OrderedJson> rules_of(std::string_view id);

/// Definitions that others name: texts, names, dates, and the keys of objects.
OrderedJson shared_definitions(const std::vector<std::string>& accelerators,
                               const std::vector<std::string>& metrics);

/// Regular expressions for keys, the same in ECMAScript and in Python.
std::string named_key_pattern();
std::string date_pattern();
std::string month_pattern();
std::string span_pattern(); // a month, a quarter or a year

} // namespace fleetcast
