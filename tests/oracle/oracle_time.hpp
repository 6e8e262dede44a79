// Dates and periods as [T1] has them. Interface: Clock, read_clock(). Model time x is in months
// since the start; every month has length 1 and days are linear inside theirs.
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace fleetcast::oracle {

constexpr double same_time = 1e-9; // [months] times closer than this are equal

struct Date {
    int year = 1970;
    int month = 1; // 1..12
    int day = 1;   // 1..31
};

struct Period {
    double x0 = 0;    // [months]
    double x1 = 0;    // [months]
    double dx = 0;    // [months]
    double hours = 0; // calendar hours
    Date first;
    Date last;
};

struct Clock {
    Date start;
    std::vector<Period> periods;
    double end = 0;   // [months] x1 of the last period
    bool cut = false; // the last period is not a whole one
    bool weekly = false;

    /// Model time of a date used as a start: the first moment of its month or day.
    double as_start(const std::string& date) const;
    /// Model time of a date used as an end: the last moment of its month or day.
    double as_end(const std::string& date) const;
    /// Calendar hours from x = a to x = b.
    double hours_between(double a, double b) const;
    /// The periods that would follow: the rest of a cut last one, then whole ones, as long as they
    /// begin before so many months after the end [M8].
    std::vector<Period> later(double months) const;
    /// Model time of the first (or, after it, the last) moment of a day.
    double position(Date day, bool after) const;
};

Clock read_clock(const nlohmann::ordered_json& scenario);
int days_in_month(int year, int month);
std::string iso(Date day);

} // namespace fleetcast::oracle
