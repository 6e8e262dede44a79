// Dates and model time: months since the start of the horizon, every calendar month of length 1
// (rules.md, T1). Interface: Date, parse_date(), TimeGrid, make_time_grid(), later_periods().
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fleetcast {

/// Times closer than this are equal. [months]
inline constexpr double time_slack = 1e-9;

/// A month, or a day of it.
struct Date {
    std::chrono::year_month month{};
    unsigned day = 0; // 0: the whole month
    bool operator==(const Date&) const = default;
};

/// "2024-03" or "2024-03-15", a real day of 1970-01 to 2199-12, or nothing.
std::optional<Date> parse_date(std::string_view text);

/// First moment of the date on the scale of months since year 0. [months]
double first_moment(const Date& date);
/// Last moment: the first of the day or month that follows. [months]
double last_moment(const Date& date);
/// The day that begins at the first moment of the date.
std::chrono::sys_days first_day(const Date& date);
/// The day that ends at the last moment of the date.
std::chrono::sys_days last_day(const Date& date);
/// Days since 1970-01-01 of a moment on the scale of months since year 0. [days]
double days_at(double moment);

std::string iso_day(std::chrono::sys_days day);
std::string text_of(const Date& date);

enum class Step { month, week };
enum class Every { period, quarter, year };

struct Period {
    double x0 = 0, x1 = 0;             // [months since start]
    double hours = 0;                  // true calendar hours
    std::chrono::sys_days first, last; // first and last day
    double dx() const { return x1 - x0; }
    bool operator==(const Period&) const = default;
};

/// The horizon cut into periods.
struct TimeGrid {
    double origin = 0; // first moment of the start, months since year 0
    std::vector<Period> periods;
    Step step = Step::month;

    /// Moments in model time. [months since start]
    double starts(const Date& date) const { return first_moment(date) - origin; }
    double ends(const Date& date) const { return last_moment(date) - origin; }
    double end() const { return periods.back().x1; }
    /// Calendar hours between two moments of model time. [h]
    double hours_between(double x_from, double x_to) const;
    /// The period with x0 < t <= x1, for a date used as an end; nothing outside the horizon.
    std::optional<std::size_t> period_ending(double x) const;
    bool operator==(const TimeGrid&) const = default;
};

/// How many periods the horizon has, without making them.
double period_count(const Date& start, const Date& end, Step step);

/// Tiles start..end by calendar months or runs of 7 days; the last period is cut at the end.
TimeGrid make_time_grid(const Date& start, const Date& end, Step step);

/// The periods that follow the horizon as if it went on: the rest of a last one that was cut, then
/// whole ones, as long as they begin earlier than `months` after its end.
std::vector<Period> later_periods(const TimeGrid& grid, double months);

/// For each period the index of the report period it belongs to (by the month in which it
/// begins); years begin in month `year_starts` (1 to 12), and quarters with them.
std::vector<std::size_t> report_periods(const TimeGrid& grid, Every every, unsigned year_starts);

} // namespace fleetcast
