#include <fleetcast/base/time_grid.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace fleetcast {

namespace {

using namespace std::chrono;

std::optional<int> digits(std::string_view text) {
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9')
            return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

double month_number(const year_month& month) {
    return 12.0 * static_cast<int>(month.year()) + static_cast<unsigned>(month.month()) - 1.0;
}

unsigned days_in(const year_month& month) { return static_cast<unsigned>((month / last).day()); }

double moment_of(sys_days day) {
    const year_month_day ymd{day};
    const year_month month{ymd.year(), ymd.month()};
    return month_number(month) + (static_cast<unsigned>(ymd.day()) - 1.0) / days_in(month);
}

sys_days day_after(const Date& date) {
    if (date.day == 0)
        return sys_days{(date.month + months{1}) / 1};
    return sys_days{date.month / day(date.day)} + days{1};
}

/// When the period that begins on this day ends, if it is not cut.
sys_days whole_until(sys_days from, Step step) {
    if (step == Step::week)
        return from + days{7};
    const year_month_day ymd{from};
    return sys_days{(year_month{ymd.year(), ymd.month()} + months{1}) / 1};
}

Period period_of(double origin, sys_days from, sys_days to) {
    return {moment_of(from) - origin, moment_of(to) - origin,
            24.0 * static_cast<double>((to - from).count()), from, to - days{1}};
}

} // namespace

std::optional<Date> parse_date(std::string_view text) {
    if ((text.size() != 7 && text.size() != 10) || text[4] != '-')
        return std::nullopt;
    const auto y = digits(text.substr(0, 4));
    const auto m = digits(text.substr(5, 2));
    if (!y || !m || *y < 1970 || *y > 2199 || *m < 1 || *m > 12)
        return std::nullopt;
    const year_month month{year{*y}, std::chrono::month{static_cast<unsigned>(*m)}};
    if (text.size() == 7)
        return Date{month, 0};
    const auto d = digits(text.substr(8, 2));
    if (text[7] != '-' || !d || *d < 1 || static_cast<unsigned>(*d) > days_in(month))
        return std::nullopt;
    return Date{month, static_cast<unsigned>(*d)};
}

double first_moment(const Date& date) { return moment_of(first_day(date)); }

double last_moment(const Date& date) { return moment_of(day_after(date)); }

sys_days first_day(const Date& date) {
    return sys_days{date.month / day(date.day == 0 ? 1 : date.day)};
}

sys_days last_day(const Date& date) { return day_after(date) - days{1}; }

double days_at(double moment) {
    const double whole = std::floor(moment);
    const auto index = static_cast<int>(whole);
    const auto years = index >= 0 ? index / 12 : (index - 11) / 12;
    const year_month month{year{years},
                           std::chrono::month{static_cast<unsigned>(index - 12 * years) + 1}};
    return static_cast<double>(sys_days{month / 1}.time_since_epoch().count()) +
           (moment - whole) * days_in(month);
}

std::string iso_day(sys_days day) {
    const year_month_day ymd{day};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()),
                       static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
}

std::string text_of(const Date& date) {
    const std::string day = iso_day(first_day(date));
    return date.day == 0 ? day.substr(0, 7) : day;
}

double TimeGrid::hours_between(double x_from, double x_to) const {
    return 24.0 * (days_at(origin + x_to) - days_at(origin + x_from));
}

std::optional<std::size_t> TimeGrid::period_ending(double x) const {
    for (std::size_t i = 0; i < periods.size(); ++i)
        if (x > periods[i].x0 + time_slack && x <= periods[i].x1 + time_slack)
            return i;
    return std::nullopt;
}

double period_count(const Date& start, const Date& end, Step step) {
    if (step == Step::month)
        return std::ceil(last_moment(end) - first_moment(start) - time_slack);
    return std::ceil(static_cast<double>((day_after(end) - first_day(start)).count()) / 7.0);
}

TimeGrid make_time_grid(const Date& start, const Date& end, Step step) {
    TimeGrid grid{first_moment(start), {}, step};
    const sys_days stop = day_after(end);
    for (sys_days from = first_day(start); from < stop;) {
        const sys_days to = std::min(whole_until(from, step), stop);
        grid.periods.push_back(period_of(grid.origin, from, to));
        from = to;
    }
    return grid;
}

std::vector<Period> later_periods(const TimeGrid& grid, double months) {
    std::vector<Period> later;
    const Period& last = grid.periods.back();
    const double stop = grid.end() + months - time_slack;
    sys_days from = last.last + days{1};
    sys_days to = whole_until(last.first, grid.step);
    if (to == from) // not cut
        to = whole_until(from, grid.step);
    while (moment_of(from) - grid.origin < stop) {
        later.push_back(period_of(grid.origin, from, to));
        from = to;
        to = whole_until(from, grid.step);
    }
    return later;
}

std::vector<std::size_t> report_periods(const TimeGrid& grid, Every every, unsigned year_starts) {
    std::vector<std::size_t> index;
    int last_key = 0;
    for (const Period& period : grid.periods) {
        const year_month_day ymd{period.first};
        const int month = static_cast<int>(ymd.year()) * 12 +
                          static_cast<int>(static_cast<unsigned>(ymd.month())) -
                          static_cast<int>(year_starts);
        const int key = every == Every::quarter ? month / 3 : month / 12;
        if (index.empty())
            index.push_back(0);
        else
            index.push_back(index.back() + (every == Every::period || key != last_key ? 1 : 0));
        last_key = key;
    }
    return index;
}

} // namespace fleetcast
