// The points of a sweep: every combination of the values of its axes.
// Interface: Axis, axis_of(), point_count(), point_at(). What is run at a point is left to
// command_sweep.cpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace fleetcast {

inline constexpr double points_cap = 1e6;

/// A path and the values it takes, as --set takes them.
struct Axis {
    std::string path;
    std::vector<std::string> values;
    bool operator==(const Axis&) const = default;
};

/// --vary: "PATH=a,b,c" (commas within brackets and quotes do not separate) or "PATH=lo:hi:step",
/// which includes hi within 1e-9 of a step; its values have no more decimals than lo and step.
/// Failure (usage): no "=", a bad path, an empty or repeated value, a step that leads nowhere;
/// (refused): more than points_cap values.
Axis axis_of(std::string_view text);

/// Failure (usage) for an axis given twice, (refused) above points_cap.
std::size_t point_count(const std::vector<Axis>& axes);

/// The value of each axis at a point; the last axis runs fastest.
std::vector<std::string> point_at(const std::vector<Axis>& axes, std::size_t point);

} // namespace fleetcast
