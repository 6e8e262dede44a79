#include <fleetcast/cli/periods.hpp>

#include <fleetcast/base/result.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace fleetcast {
namespace {

constexpr double most_rows = 24; // of a table that is read

/// The first day of the report period that holds the date's last moment.
std::string period_at(const Date& date, const LoadedScenario& loaded, std::optional<Every> flag) {
    const Scenario& scenario = loaded.scenario;
    const TimeGrid grid = make_time_grid(scenario.start, scenario.end, scenario.step);
    const auto period = grid.period_ending(grid.ends(date));
    if (!period)
        throw Failure(Exit::usage,
                      fmt::format("--at: {} is outside the horizon of {}, {} to {}", text_of(date),
                                  loaded.name, text_of(scenario.start), text_of(scenario.end)));
    const Every every = every_of_report(scenario, flag);
    const auto reports = report_periods(grid, every, scenario.finance.year_starts);
    return iso_day(report_spans(scenario, every)[reports[*period]].first);
}

} // namespace

Every every_of_report(const Scenario& scenario, std::optional<Every> flag) {
    return flag.value_or(scenario.report_every.value_or(Every::period));
}

std::vector<ReportSpan> report_spans(const Scenario& scenario, Every every) {
    const TimeGrid grid = make_time_grid(scenario.start, scenario.end, scenario.step);
    const auto reports = report_periods(grid, every, scenario.finance.year_starts);
    std::vector<ReportSpan> spans(reports.back() + 1);
    for (std::size_t p = reports.size(); p-- > 0;) {
        ReportSpan& span = spans[reports[p]];
        span.first = grid.periods[p].first;
        span.last = std::max(span.last, grid.periods[p].last);
    }
    return spans;
}

std::string common_period(const Date& date, const std::vector<LoadedScenario>& scenarios,
                          std::optional<Every> flag) {
    std::string common;
    for (const LoadedScenario& loaded : scenarios) {
        const std::string label = period_at(date, loaded, flag);
        if (!common.empty() && label != common)
            throw Failure(
                Exit::usage,
                fmt::format("--at: {} lies in periods that begin on different days, {} and "
                            "{}: give --every, or run the scenarios one by one",
                            text_of(date), common, label));
        common = label;
    }
    return common;
}

std::string common_period(const Date& date, const LoadedScenario& scenario,
                          std::optional<Every> flag) {
    return period_at(date, scenario, flag);
}

bool is_long(const Scenario& scenario) {
    return period_count(scenario.start, scenario.end, scenario.step) > most_rows;
}

} // namespace fleetcast
