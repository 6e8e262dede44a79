// Random but valid scenarios for the tests that run many of them. Interface: random_scenario().
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>

namespace fleetcast::oracle {

/// A small valid scenario in the regime where limits bind: a pure function of its number. Over
/// numbers 0 to 999 every source kind, curve, form, step, limit, payment, kind of workload and
/// distribution occurs.
nlohmann::ordered_json random_scenario(std::uint64_t number);

} // namespace fleetcast::oracle
