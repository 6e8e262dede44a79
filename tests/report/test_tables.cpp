// Columns, rows and their order, as cli.md gives them.
#include "support/catch.hpp"
#include "support/sample_result.hpp"

#include <fleetcast/base/result.hpp>
#include <fleetcast/report/csv.hpp>

using namespace fleetcast;
using namespace fleetcast::testing;

namespace {

std::vector<std::string> names(const Table& table) {
    std::vector<std::string> result;
    for (const Column& column : table.columns)
        result.push_back(column.name);
    return result;
}

/// "period group" of each row.
std::vector<std::string> keys(const Table& table) {
    std::vector<std::string> result;
    for (const auto& row : table.rows)
        result.push_back(std::get<Day>(row[1]).iso + " " + std::get<std::string>(row[2]));
    return result;
}

View two_metrics(const std::string& by) {
    View view;
    view.metrics = {"owned", "capex_usd"};
    view.by = by;
    return view;
}

} // namespace

TEST_CASE("a wide table of one trial has plain metric columns") {
    const Table table = series_table(sample_result(), two_metrics("total"));
    CHECK(names(table) ==
          std::vector<std::string>{"scenario", "period", "group", "owned", "capex_usd"});
    CHECK(table.columns[4].unit == "usd");
    CHECK(keys(table) == std::vector<std::string>{"2024-01-01 total", "2024-04-01 total",
                                                  "2024-07-01 total", "2024-10-01 total"});
    CHECK(std::get<double>(table.rows[3][3]) == 350000);
}

TEST_CASE("rows are by period, then the total, then groups in their order with - last [G1]") {
    View view = two_metrics("source");
    view.period = "2024-10-01";
    CHECK(keys(series_table(sample_result(), view)) ==
          std::vector<std::string>{"2024-10-01 total", "2024-10-01 h100", "2024-10-01 own-chip",
                                   "2024-10-01 -"});
    view.period.reset();
    CHECK(keys(series_table(sample_result(), view)).at(4) == "2024-04-01 total");
}

TEST_CASE("the group - is left out where it is 0 in every period and metric shown [G1]") {
    View view = two_metrics("source");
    view.metrics = {"owned"};
    CHECK(series_table(sample_result(), view).rows.size() == 12);
    view.metrics = {"owned", "capex_usd"};
    CHECK(series_table(sample_result(), view).rows.size() == 16);
    view.period = "2024-01-01"; // capex without a source falls in the last quarter
    CHECK(series_table(sample_result(), view).rows.size() == 3);
}

TEST_CASE("a figure without a meaning is an empty cell when wide and no row when long") {
    View view = sample_view();
    view.metrics = {"headroom_mw"};
    const Table wide = series_table(sample_result(), view);
    CHECK(wide.rows[0][3] == Cell());
    CHECK(wide.rows[2][3] == Cell(12.5));
    view.long_layout = true;
    const Table tall = series_table(sample_result(), view);
    CHECK(names(tall) == std::vector<std::string>{"scenario", "period", "group", "metric", "unit",
                                                  "stat", "value"});
    CHECK(keys(tall) == std::vector<std::string>{"2024-07-01 total", "2024-10-01 total"});
    CHECK(tall.rows[0][4] == Cell("mw"));
    CHECK(tall.rows[0][5] == Cell("value"));
}

TEST_CASE("statistics: wide has mean and quantiles, long all but the errors of quantiles") {
    ForecastResult r;
    r.periods = {"2024-01-01"};
    for (const auto* scenario : {"sure", "unsure"}) {
        r.manifest.scenarios.push_back({});
        r.manifest.scenarios.back().name = scenario;
    }
    add_series(r, "total", "total", "owned", "units", {5}, "sure");
    SeriesRow row{"unsure", "total", "total", "owned", "units", {}};
    double next = 1;
    for (const auto* stat : {"mean", "sd", "se", "min", "max", "p2_5", "p2_5_se", "p90", "p90_se"})
        row.stats.push_back({stat, {next++}});
    r.series.push_back(row);
    View view;
    view.metrics = {"owned"};
    CHECK(to_csv(series_table(r, view)) ==
          "scenario,period,group,owned_mean,owned_p2_5,owned_p90\r\n"
          "sure,2024-01-01,total,5,5,5\r\n"
          "unsure,2024-01-01,total,1,6,8\r\n");
    view.long_layout = true;
    const Table tall = series_table(r, view);
    std::vector<std::string> stats, sure;
    for (const auto& cells : tall.rows) {
        const bool is_sure = std::get<std::string>(cells[0]) == "sure";
        if (is_sure)
            sure.push_back(std::to_string(static_cast<int>(std::get<double>(cells[6]))));
        else
            stats.push_back(std::get<std::string>(cells[5]));
    }
    CHECK(stats == std::vector<std::string>{"mean", "sd", "se", "min", "max", "p2_5", "p90"});
    CHECK(sure == std::vector<std::string>{"5", "0", "0", "5", "5", "5", "5"});
}

TEST_CASE("scenarios follow one another, each with its own periods and with its own groups") {
    ForecastResult r = sample_result();
    r.manifest.scenarios.push_back(r.manifest.scenarios[0]);
    r.manifest.scenarios[1].name = "short";
    r.manifest.scenarios[1].periods = {"2024-01-01"};
    const auto none = std::nullopt;
    add_series(r, "total", "total", "owned", "units", {7, none, none, none}, "short");
    add_series(r, "source", "lease", "owned", "units", {7, none, none, none}, "short");
    View view = two_metrics("source");
    view.metrics = {"owned"};
    const Table table = series_table(r, view);
    REQUIRE(table.rows.size() == 14);
    CHECK(table.rows[12] == std::vector<Cell>{"short", Day{"2024-01-01"}, "total", 7.0});
    CHECK(table.rows[13] == std::vector<Cell>{"short", Day{"2024-01-01"}, "lease", 7.0});
}

TEST_CASE("two rows of one name are a defect, not a choice") {
    ForecastResult r = sample_result();
    r.series.push_back(r.series[0]);
    CHECK_THROWS_AS(series_table(r, sample_view()), Failure);
}

TEST_CASE("outcomes: a date, a number, or an empty cell for what was not reached") {
    const Table table = outcomes_table(sample_result());
    CHECK(names(table) == std::vector<std::string>{"scenario", "outcome", "unit", "stat", "value"});
    CHECK(table.rows[0].back() == Cell(Day{"2024-12-31"}));
    CHECK(table.rows[1].back() == Cell());
    CHECK(table.rows[2] == std::vector<Cell>{"plan", "pending.h100", "units", "value", 12000.0});
}

TEST_CASE("checks and inputs have the columns of cli.md") {
    const ForecastResult r = sample_result();
    CHECK(to_csv(checks_table(r))
              .starts_with("scenario,check,verdict,share,se,limit\r\n"
                           "plan,enough,pass,1,0,owned at 2024-12 at_least 350000\r\n"));
    CHECK(to_csv(inputs_table(r)) ==
          "scenario,path,distribution,unit,median,p10,p90,citation\r\n"
          "plan,sources.h100.price_usd,\"uniform(25000, 35000)\",usd,30000,26000,34000,"
          "\"analysts, 2024\"\r\n");
}

TEST_CASE("a view names its table, another name is a usage error that lists them") {
    View view = sample_view();
    for (const std::string& name : table_names()) {
        view.table = name;
        CHECK_FALSE(view_table(sample_result(), view).rows.empty());
    }
    view.table = "serie";
    try {
        view_table(sample_result(), view);
        FAIL("no failure");
    } catch (const Failure& failure) {
        CHECK(failure.code == Exit::usage);
        CHECK(std::string(failure.what()) ==
              "unknown table serie; there are series, outcomes, checks, inputs");
    }
}
