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

/// The scale for figures that are uncertain: three digits for the largest, one more where small
/// figures need it; counts from 10,000 on in thousands ("k units") or millions ("M units").
Scale short_scale_of(std::string_view unit, std::span<const std::optional<double>> figures);

/// The figure by the scale; `empty` for one without a meaning, "~0" for one that only rounds to 0.
/// Failure (internal) when it is not finite.
std::string human(std::optional<double> figure, const Scale& scale, std::string_view empty);

/// human(), with a plus where the figure is above 0: "+12", "-3", "~0".
std::string human_change(std::optional<double> figure, const Scale& scale, std::string_view empty);

/// A share in percent: "79 %"; "<1 %" and ">99 %" rather than a rounded 0 or 100.
std::string percent(double share, int decimals = 0);

/// A metric's name without its unit and underscores: "facility_mw" is "facility".
std::string metric_title(std::string_view metric, std::string_view unit);

/// Labels for the ISO first days of periods: "2024", "2024 Q3", "2024-07" or the day itself;
/// financial quarters and years are called by their first month.
std::vector<std::string> period_titles(const std::vector<std::string>& periods,
                                       std::string_view every);

} // namespace fleetcast
