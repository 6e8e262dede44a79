// Dates by counting: slow and plain.
#include "oracle/oracle_time.hpp"

#include <cmath>
#include <cstdio>
#include <stdexcept>

namespace fleetcast::oracle {

namespace {

bool leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

Date next_day(Date date) {
    if (date.day < days_in_month(date.year, date.month)) {
        return {date.year, date.month, date.day + 1};
    }
    if (date.month < 12)
        return {date.year, date.month + 1, 1};
    return {date.year + 1, 1, 1};
}

bool before(Date a, Date b) {
    if (a.year != b.year)
        return a.year < b.year;
    if (a.month != b.month)
        return a.month < b.month;
    return a.day < b.day;
}

int days_from_to(Date a, Date b) { // both included
    int days = 1;
    while (before(a, b)) {
        a = next_day(a);
        days++;
    }
    return days;
}

struct Written {
    Date date;
    bool month_only = false;
};

Written read_date(const std::string& text) {
    if (text.size() != 7 && text.size() != 10)
        throw std::runtime_error("not a date: " + text);
    Written written;
    written.month_only = text.size() == 7;
    written.date.year = std::stoi(text.substr(0, 4));
    written.date.month = std::stoi(text.substr(5, 2));
    written.date.day = written.month_only ? 1 : std::stoi(text.substr(8, 2));
    return written;
}

Date last_day_of(const Written& written) {
    if (!written.month_only)
        return written.date;
    return {written.date.year, written.date.month,
            days_in_month(written.date.year, written.date.month)};
}

} // namespace

int days_in_month(int year, int month) {
    if (month == 2)
        return leap(year) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

std::string iso(Date day) {
    char text[40];
    std::snprintf(text, sizeof text, "%04d-%02d-%02d", day.year, day.month, day.day);
    return text;
}

double Clock::position(Date day, bool after) const {
    const int months = (day.year - start.year) * 12 + day.month - start.month;
    const double gone = (day.day - 1.0 + (after ? 1.0 : 0.0)) / days_in_month(day.year, day.month);
    const double gone_at_start = (start.day - 1.0) / days_in_month(start.year, start.month);
    return months + (gone - gone_at_start);
}

double Clock::as_start(const std::string& date) const {
    return position(read_date(date).date, false);
}

double Clock::as_end(const std::string& date) const {
    return position(last_day_of(read_date(date)), true);
}

double Clock::hours_between(double a, double b) const {
    // Days from the first of the start's month to x.
    const auto days_at = [this](double x) {
        double left = x + (start.day - 1.0) / days_in_month(start.year, start.month);
        int year = start.year;
        int month = start.month;
        double days = 0;
        while (left < 0) {
            month--;
            if (month == 0) {
                month = 12;
                year--;
            }
            left += 1;
            days -= days_in_month(year, month);
        }
        while (left >= 1) {
            days += days_in_month(year, month);
            left -= 1;
            month++;
            if (month == 13) {
                month = 1;
                year++;
            }
        }
        return days + left * days_in_month(year, month);
    };
    return 24 * (days_at(b) - days_at(a));
}

namespace {

/// The last day of the whole period that begins on this one.
Date whole_until(Date first, bool weekly) {
    if (!weekly)
        return {first.year, first.month, days_in_month(first.year, first.month)};
    for (int day = 1; day < 7; ++day)
        first = next_day(first);
    return first;
}

Period period_of(const Clock& clock, Date first, Date last) {
    Period period;
    period.first = first;
    period.last = last;
    period.x0 = clock.position(first, false);
    period.x1 = clock.position(last, true);
    period.dx = period.x1 - period.x0;
    period.hours = 24.0 * days_from_to(first, last);
    return period;
}

} // namespace

std::vector<Period> Clock::later(double months) const {
    std::vector<Period> later;
    Date first = next_day(periods.back().last);
    Date last = whole_until(cut ? periods.back().first : first, weekly);
    while (position(first, false) < end + months - same_time) {
        later.push_back(period_of(*this, first, last));
        first = next_day(last);
        last = whole_until(first, weekly);
    }
    return later;
}

Clock read_clock(const nlohmann::ordered_json& scenario) {
    Clock clock;
    clock.start = read_date(scenario.at("start").get<std::string>()).date;
    const Date end = last_day_of(read_date(scenario.at("end").get<std::string>()));
    clock.weekly = scenario.contains("step") && scenario.at("step") == "week";
    Date first = clock.start;
    while (!before(end, first)) {
        Date last = whole_until(first, clock.weekly);
        clock.cut = before(end, last);
        if (clock.cut)
            last = end;
        clock.periods.push_back(period_of(clock, first, last));
        first = next_day(last);
    }
    clock.end = clock.periods.back().x1;
    return clock;
}

} // namespace fleetcast::oracle
