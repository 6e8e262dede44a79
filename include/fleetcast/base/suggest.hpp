// "Did you mean": the nearest of the names that would have been right.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace fleetcast {

/// The candidate nearest to `name` by Damerau-Levenshtein distance (case folded, a shared
/// stem counts), or empty when none is near.
std::string nearest_name(std::string_view name, std::span<const std::string> candidates);

/// `did you mean "critical_mw"?`, or empty when nothing is near.
std::string did_you_mean(std::string_view name, std::span<const std::string> candidates);

} // namespace fleetcast
