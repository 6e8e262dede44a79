// Columns and order of rows are the contract of cli.md; what a cell looks like is left to writers.
#include <fleetcast/report/tables.hpp>

#include <fleetcast/base/result.hpp>
#include <fleetcast/base/text.hpp>
#include <fleetcast/report/series_index.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace fleetcast {
namespace {

Cell cell(std::optional<double> value) { return value ? Cell(*value) : Cell(); }

bool is_quantile(std::string_view stat) { // "p10", "p2_5"; not "p10_se"
    return stat.size() > 1 && stat[0] == 'p' &&
           stat.find_first_not_of("0123456789_", 1) == std::string_view::npos;
}

bool in_wide(std::string_view stat) { return stat == "mean" || is_quantile(stat); }
bool in_long(std::string_view stat) { return stat == "se" || !stat.ends_with("_se"); }

/// Statistics for all rows, in their order: those of any uncertain scenario, or "value" when there
/// is none.
std::vector<std::string> stats_shown(const ForecastResult& result, bool long_layout) {
    std::vector<std::string> stats;
    for (const SeriesRow& row : result.series)
        for (const auto& [stat, figures] : row.stats)
            if (stat != "value" && (long_layout ? in_long(stat) : in_wide(stat)) &&
                std::find(stats.begin(), stats.end(), stat) == stats.end())
                stats.push_back(stat);
    if (stats.empty())
        stats.push_back("value");
    constexpr std::string_view first[] = {"mean", "sd", "se", "min", "max"};
    std::ranges::stable_sort(stats, {}, [&](const std::string& stat) {
        return std::ranges::find(first, stat) - std::begin(first);
    });
    return stats;
}

bool is_nothing(const SeriesRow* row, const std::vector<std::size_t>& periods) {
    if (row == nullptr)
        return true;
    for (const auto& [stat, figures] : row->stats)
        for (const std::size_t p : periods)
            if (figures.at(p).value_or(0) != 0)
                return false;
    return true;
}

/// The rows of one group, one for each metric of the view; nullptr where there is none.
std::vector<const SeriesRow*> rows_of(const SeriesIndex& index, std::string_view scenario,
                                      const GroupKey& key, const View& view) {
    std::vector<const SeriesRow*> rows;
    for (const std::string& metric : view.metrics)
        rows.push_back(index.find(scenario, key.by, key.group, metric));
    return rows;
}

using AddRows = void (*)(Table& table, const std::vector<Cell>& keys, const View& view,
                         const std::vector<const SeriesRow*>& rows,
                         const std::vector<std::string>& stats, std::size_t period);

void add_wide(Table& table, const std::vector<Cell>& keys, const View&,
              const std::vector<const SeriesRow*>& rows, const std::vector<std::string>& stats,
              std::size_t period) {
    auto& cells = table.rows.emplace_back(keys);
    for (const SeriesRow* row : rows)
        for (const std::string& stat : stats)
            cells.push_back(cell(figure(row, stat, period)));
}

void add_long(Table& table, const std::vector<Cell>& keys, const View& view,
              const std::vector<const SeriesRow*>& rows, const std::vector<std::string>& stats,
              std::size_t period) {
    for (std::size_t m = 0; m < rows.size(); ++m)
        for (const std::string& stat : stats) {
            const auto value = figure(rows[m], stat, period);
            if (!value)
                continue;
            auto& cells = table.rows.emplace_back(keys);
            cells.insert(cells.end(), {view.metrics[m], rows[m]->unit, stat, *value});
        }
}

std::vector<Column> series_columns(const SeriesIndex& index, const View& view,
                                   const std::vector<std::string>& stats) {
    std::vector<Column> columns = {
        {"scenario", "", Kind::text}, {"period", "", Kind::date}, {"group", "", Kind::text}};
    if (view.long_layout) {
        columns.insert(columns.end(), {{"metric", "", Kind::text},
                                       {"unit", "", Kind::text},
                                       {"stat", "", Kind::text},
                                       {"value", "", Kind::number}});
        return columns;
    }
    for (const std::string& metric : view.metrics)
        for (const std::string& stat : stats)
            columns.push_back(
                {stat == "value" ? metric : metric + "_" + stat, index.unit(metric), Kind::number});
    return columns;
}

Table series_of(const ForecastResult& result, const View& view) {
    return series_table(result, view);
}
Table outcomes_of(const ForecastResult& result, const View&) { return outcomes_table(result); }
Table checks_of(const ForecastResult& result, const View&) { return checks_table(result); }
Table inputs_of(const ForecastResult& result, const View&) { return inputs_table(result); }

struct NamedTable {
    std::string_view name;
    Table (*build)(const ForecastResult&, const View&);
};

constexpr NamedTable named_tables[] = {
    {"series", series_of}, {"outcomes", outcomes_of}, {"checks", checks_of}, {"inputs", inputs_of}};

} // namespace

std::vector<GroupKey> groups_shown(const SeriesIndex& index, std::string_view scenario,
                                   const View& view, const std::vector<std::size_t>& periods) {
    std::vector<GroupKey> keys = {{"total", "total"}};
    if (view.by == "total")
        return keys;
    for (const std::string& group : index.groups(scenario, view.by)) {
        const GroupKey key{view.by, group};
        const auto rows = rows_of(index, scenario, key, view);
        const bool nothing = std::all_of(rows.begin(), rows.end(), [&](const SeriesRow* row) {
            return is_nothing(row, periods);
        });
        if (group != "-" || !nothing)
            keys.push_back(key);
    }
    return keys;
}

Table series_table(const ForecastResult& result, const View& wanted) {
    View view = wanted;
    view.long_layout = wanted.long_layout || !result.manifest.comparisons.empty();
    const SeriesIndex index(result);
    const auto stats = stats_shown(result, view.long_layout);
    const AddRows add = view.long_layout ? add_long : add_wide;
    Table table{series_columns(index, view, stats), {}};
    for (const std::string& scenario : index.scenarios()) {
        const auto periods = periods_of(result, scenario, view.period);
        const auto keys = groups_shown(index, scenario, view, periods);
        std::vector<std::vector<const SeriesRow*>> rows; // [group][metric]
        for (const GroupKey& key : keys)
            rows.push_back(rows_of(index, scenario, key, view));
        for (const std::size_t p : periods)
            for (std::size_t g = 0; g < keys.size(); ++g)
                add(table, {scenario, Day{result.periods[p]}, keys[g].group}, view, rows[g], stats,
                    p);
    }
    return table;
}

Table outcomes_table(const ForecastResult& result) {
    Table table{{{"scenario", "", Kind::text},
                 {"outcome", "", Kind::text},
                 {"unit", "", Kind::text},
                 {"stat", "", Kind::text},
                 {"value", "", Kind::number_or_date}},
                {}};
    for (const OutcomeRow& row : result.outcomes)
        if (in_long(row.stat))
            table.rows.push_back({row.scenario, row.outcome, row.unit, row.stat,
                                  row.date.empty() ? cell(row.number) : Cell(Day{row.date})});
    return table;
}

Table checks_table(const ForecastResult& result) {
    Table table{{{"scenario", "", Kind::text},
                 {"check", "", Kind::text},
                 {"verdict", "", Kind::text},
                 {"share", "share", Kind::number},
                 {"se", "share", Kind::number},
                 {"limit", "", Kind::text}},
                {}};
    for (const CheckRow& row : result.checks)
        table.rows.push_back({row.scenario, row.check, row.verdict, row.share, row.se, row.limit});
    return table;
}

Table inputs_table(const ForecastResult& result) {
    Table table{{{"scenario", "", Kind::text},
                 {"path", "", Kind::text},
                 {"distribution", "", Kind::text},
                 {"unit", "", Kind::text},
                 {"median", "", Kind::number},
                 {"p10", "", Kind::number},
                 {"p90", "", Kind::number},
                 {"citation", "", Kind::text}},
                {}};
    for (const InputRow& row : result.inputs)
        table.rows.push_back({row.scenario, row.path, row.distribution, row.unit, row.median,
                              row.p10, row.p90, row.citation});
    return table;
}

std::vector<std::string> table_names() {
    std::vector<std::string> names;
    for (const NamedTable& each : named_tables)
        names.emplace_back(each.name);
    return names;
}

Table view_table(const ForecastResult& result, const View& view) {
    for (const NamedTable& each : named_tables)
        if (each.name == view.table)
            return each.build(result, view);
    throw Failure(Exit::usage, fmt::format("unknown table {}; there are {}", view.table,
                                           joined(table_names(), ", ")));
}

} // namespace fleetcast
