// CSV of many trials, by hand: wide, long, outcomes and checks, alone and beside one trial.
#include "support/catch.hpp"
#include "support/golden.hpp"
#include "support/sample_trials.hpp"

#include <fleetcast/report/csv.hpp>

using namespace fleetcast;
using namespace fleetcast::testing;

namespace {

std::vector<std::string> rows(const std::string& csv) {
    std::vector<std::string> all = lines(csv);
    for (std::string& row : all) {
        REQUIRE(row.ends_with('\r'));
        row.pop_back();
    }
    return all;
}

View view_of(std::vector<std::string> metrics, bool long_layout) {
    View view;
    view.metrics = std::move(metrics);
    view.long_layout = long_layout;
    return view;
}

} // namespace

TEST_CASE("wide: a column for the mean and each quantile of each metric, empty without a figure") {
    CHECK(rows(to_csv(series_table(sample_trials(), view_of({"owned", "headroom_mw"}, false)))) ==
          std::vector<std::string>{
              "scenario,period,group,owned_mean,owned_p10,owned_p50,owned_p90,headroom_mw_mean,"
              "headroom_mw_p10,headroom_mw_p50,headroom_mw_p90",
              "plan,2024-01-01,total,112000,112000,112000,112000,,,,",
              "plan,2024-04-01,total,198500,187000,200000,211000,,,,",
              "plan,2024-07-01,total,279800.25,254000,280500.5,301000,12.5,-3.5,12.5,22.25",
              "plan,2024-10-01,total,348000,316000,350000,377000,0,0,0,8.5"});
}

TEST_CASE("long: mean, sd, se, min, max, then quantiles, no row without a figure") {
    View view = view_of({"owned", "headroom_mw"}, true);
    view.period = "2024-04-01";
    CHECK(rows(to_csv(series_table(sample_trials(), view))) ==
          std::vector<std::string>{"scenario,period,group,metric,unit,stat,value",
                                   "plan,2024-04-01,total,owned,units,mean,198500",
                                   "plan,2024-04-01,total,owned,units,sd,9000",
                                   "plan,2024-04-01,total,owned,units,se,90",
                                   "plan,2024-04-01,total,owned,units,min,170000",
                                   "plan,2024-04-01,total,owned,units,max,230000",
                                   "plan,2024-04-01,total,owned,units,p10,187000",
                                   "plan,2024-04-01,total,owned,units,p50,200000",
                                   "plan,2024-04-01,total,owned,units,p90,211000"});
}

TEST_CASE("long: statistics keep their order where the first row lacks some") {
    ForecastResult r;
    r.periods = {"2024-01-01"};
    add_stats(r, "a", "owned", "units", {{"mean", {1}}, {"p2_5", {2}}});
    add_stats(r, "b", "owned", "units", {{"mean", {3}}, {"sd", {4}}, {"p2_5", {5}}});
    CHECK(rows(to_csv(series_table(r, view_of({"owned"}, true)))) ==
          std::vector<std::string>{
              "scenario,period,group,metric,unit,stat,value",
              "a,2024-01-01,total,owned,units,mean,1", "a,2024-01-01,total,owned,units,p2_5,2",
              "b,2024-01-01,total,owned,units,mean,3", "b,2024-01-01,total,owned,units,sd,4",
              "b,2024-01-01,total,owned,units,p2_5,5"});
}

TEST_CASE("one trial beside many is a constant: its mean and quantiles are its value") {
    ForecastResult r = sample_trials();
    r.manifest.scenarios.push_back(sample_scenario("sure", 1));
    add_series(r, "total", "total", "owned", "units", {7, 8, 9, std::nullopt}, "sure");
    const auto wide = rows(to_csv(series_table(r, view_of({"owned"}, false))));
    REQUIRE(wide.size() == 9);
    CHECK(wide[5] == "sure,2024-01-01,total,7,7,7,7");
    CHECK(wide[8] == "sure,2024-10-01,total,,,,");
    View one = view_of({"owned"}, true);
    one.period = "2024-01-01";
    const auto tall = rows(to_csv(series_table(r, one)));
    REQUIRE(tall.size() == 17);
    CHECK(tall[9] == "sure,2024-01-01,total,owned,units,mean,7");
    CHECK(tall[10] == "sure,2024-01-01,total,owned,units,sd,0");
    CHECK(tall[11] == "sure,2024-01-01,total,owned,units,se,0");
    CHECK(tall[12] == "sure,2024-01-01,total,owned,units,min,7");
    CHECK(tall[16] == "sure,2024-01-01,total,owned,units,p90,7");
}

TEST_CASE("outcomes: a row for each statistic, dates as days, empty beyond the horizon [S4]") {
    const auto all = rows(to_csv(outcomes_table(sample_trials())));
    REQUIRE(all.size() == 29);
    CHECK(all[0] == "scenario,outcome,unit,stat,value");
    CHECK(all[1] == "plan,milestones.350k,date,p10,2024-10-31");
    CHECK(all[2] == "plan,milestones.350k,date,p50,2024-12-31");
    CHECK(all[3] == "plan,milestones.350k,date,p90,");
    CHECK(all[4] == "plan,milestones.350k,share,not_reached,0.412");
    CHECK(all[21] == "plan,pending.h100,units,mean,12034.5");
    CHECK(all[24] == "plan,pending.h100,units,p90,31000");
}

TEST_CASE("checks: share and standard error, and nothing that cli.md does not name") {
    const auto all = rows(to_csv(checks_table(sample_trials())));
    REQUIRE(all.size() == 5);
    CHECK(all[0] == "scenario,check,verdict,share,se,limit");
    CHECK(all[1] == "plan,enough,too-close,0.79,0.004,owned at 2024-12 at_least 330000");
    CHECK(all[2] == "plan,cheap,fail,0.0312,0.004,capex_usd in 2024 at_most 10000000000");
}

TEST_CASE("a comparison is long, the difference a scenario of its own after both") {
    View view = view_of({"owned"}, false);
    view.period = "2024-04-01";
    CHECK(rows(to_csv(series_table(sample_comparison(), view))) ==
          std::vector<std::string>{"scenario,period,group,metric,unit,stat,value",
                                   "base,2024-04-01,total,owned,units,mean,200000",
                                   "base,2024-04-01,total,owned,units,p10,200000",
                                   "base,2024-04-01,total,owned,units,p50,200000",
                                   "base,2024-04-01,total,owned,units,p90,200000",
                                   "late,2024-04-01,total,owned,units,mean,163000",
                                   "late,2024-04-01,total,owned,units,p10,163000",
                                   "late,2024-04-01,total,owned,units,p50,163000",
                                   "late,2024-04-01,total,owned,units,p90,163000",
                                   "late-base,2024-04-01,total,owned,units,mean,-37000",
                                   "late-base,2024-04-01,total,owned,units,p10,-49000",
                                   "late-base,2024-04-01,total,owned,units,p50,-37000",
                                   "late-base,2024-04-01,total,owned,units,p90,-24000"});
}
