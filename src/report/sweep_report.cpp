#include <fleetcast/report/sweep_report.hpp>

#include "telling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

namespace fleetcast {
namespace {

std::optional<double> number_of(const std::string& text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(value)
                                                                    : std::nullopt;
}

bool is_numeric(const SweepReport& report, std::size_t path) {
    return std::ranges::all_of(report.points, [&](const SweepPoint& point) {
        return number_of(point.values[path]).has_value();
    });
}

/// The values of a point as cells, numbers where the whole column is.
std::vector<Cell> cells_of(const SweepPoint& point, const std::vector<bool>& numeric) {
    std::vector<Cell> cells;
    for (std::size_t p = 0; p < numeric.size(); ++p)
        cells.push_back(numeric[p] ? Cell(*number_of(point.values[p])) : Cell(point.values[p]));
    return cells;
}

/// The last name of a path where no other path ends in it.
std::vector<std::string> short_names(const std::vector<std::string>& paths) {
    const auto tail = [](const std::string& path) {
        return path.substr(path.find_last_of("./") + 1);
    };
    std::vector<std::string> names;
    for (const std::string& path : paths) {
        const auto same = std::ranges::count(paths, tail(path), tail);
        names.push_back(same > 1 ? path : tail(path));
    }
    return names;
}

} // namespace

Table sweep_table(const SweepReport& report, const View& view) {
    std::map<std::string, const SweepPoint*> points;
    for (const SweepPoint& point : report.points)
        points[point.scenario] = &point;
    std::vector<bool> numeric;
    std::vector<Column> columns;
    for (std::size_t p = 0; p < report.paths.size(); ++p) {
        numeric.push_back(is_numeric(report, p));
        columns.push_back({report.paths[p], "", numeric[p] ? Kind::number : Kind::text});
    }
    Table table = view_table(report.result, view);
    table.columns.insert(table.columns.begin(), columns.begin(), columns.end());
    for (std::vector<Cell>& row : table.rows) { // each begins with its scenario
        std::vector<Cell> cells = cells_of(*points.at(std::get<std::string>(row.front())), numeric);
        row.front() = report.scenario;
        row.insert(row.begin(), cells.begin(), cells.end());
    }
    return table;
}

std::string sweep_terminal(const SweepReport& report, const View& view,
                           const TerminalStyle& style) {
    if (report.points.empty())
        return {};
    const SeriesIndex index(report.result);
    const Telling telling = telling_of(report.result, view, style, index);
    std::string text =
        heading(fmt::format("{}: {} points", report.scenario, report.points.size()), style);
    Grid grid{fmt::format("{}", fmt::join(short_names(report.paths), ", ")), {}, {}};
    for (const SweepPoint& point : report.points)
        grid.labels.push_back(fmt::format("{}", fmt::join(point.values, ", ")));
    std::vector<std::size_t> shown; // [point] the period
    std::vector<std::string> titles;
    for (const SweepPoint& point : report.points) {
        const auto periods = periods_of(report.result, point.scenario, view.period);
        shown.push_back(periods.empty() ? 0 : periods.back());
        if (!periods.empty())
            titles.push_back(title_of(telling, point.scenario, periods.back()));
    }
    const bool is_one_period =
        std::ranges::adjacent_find(titles, std::ranges::not_equal_to{}) == titles.end();
    bool has_bands = false;
    for (const std::string& metric : view.metrics) {
        Estimates estimates;
        bool uncertain = false;
        for (std::size_t i = 0; i < report.points.size(); ++i) {
            const SeriesRow* row = index.find(report.points[i].scenario, "total", "total", metric);
            const Estimates one = estimates_of(telling, row, {shown[i]});
            estimates.insert(estimates.end(), one.begin(), one.end());
            uncertain = uncertain || is_uncertain(row);
        }
        has_bands = has_bands || uncertain;
        grid.columns.push_back(metric_column(telling, metric, estimates, uncertain));
    }
    text += note(
        fmt::format("{}{}",
                    is_one_period && !titles.empty() ? "in " + titles.front()
                                                     : std::string("in the last period of each"),
                    has_bands ? fmt::format("; {}; {}", title_of(telling.spread, style.unicode),
                                            said_of_trials(report.result.manifest))
                              : ""),
        style);
    return text + "\n" + render_grid(grid, style);
}

} // namespace fleetcast
