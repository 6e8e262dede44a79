// Figures, metrics and periods as a planner reads them: "18.24" under "B USD", "2024 Q3".
// Exact numbers are left to figure_text.hpp. Interface: the functions below.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fleetcast {

/// How a column of figures of one unit is shown.
struct Scale {
    double divisor = 1;
    std::string unit; // of the shown number: "GWh"
    int decimals = 0;
    bool operator==(const Scale&) const = default;
};

/// The scale that gives the largest of the figures three or four digits (or all its thousands).
Scale scale_of(std::string_view unit, std::span<const std::optional<double>> figures);

/// The figure by the scale; `empty` for one without a meaning, "~0" for one that only rounds to 0.
/// Failure (internal) when it is not finite.
std::string human(std::optional<double> figure, const Scale& scale, std::string_view empty);

/// A metric's name without its unit and underscores: "facility_mw" is "facility".
std::string metric_title(std::string_view metric, std::string_view unit);

/// Labels for the ISO first days of periods: "2024", "2024 Q3", "2024-07" or the day itself;
/// financial quarters and years are called by their first month.
std::vector<std::string> period_titles(const std::vector<std::string>& periods,
                                       std::string_view every);

} // namespace fleetcast
