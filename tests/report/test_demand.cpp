// Teams and workloads in tables, in words and in the saved result.
#include "support/catch.hpp"
#include "support/golden.hpp"
#include "support/sample_demand.hpp"

#include <fleetcast/report/csv.hpp>
#include <fleetcast/report/human.hpp>
#include <fleetcast/report/json.hpp>
#include <fleetcast/report/terminal.hpp>

#include <nlohmann/json.hpp>

using namespace fleetcast;
using namespace fleetcast::testing;
using nlohmann::ordered_json;

namespace {

std::string told(const ForecastResult& result, const View& view = sample_demand_view(),
                 int width = 200) {
    return render_terminal(result, view, {width, false, true});
}

/// The lines of a part of the report, from its title to the next empty line.
std::string part(const std::string& text, const std::string& title) {
    const std::size_t from = text.find("  " + title + "\n");
    return from == text.npos ? "" : text.substr(from, text.find("\n\n", from) - from) + "\n";
}

/// The text without line ends and the spaces that follow them.
std::string unwrapped(std::string text) {
    for (std::size_t at; (at = text.find('\n')) != text.npos;)
        text.replace(at, text.find_first_not_of("\n ", at) - at, " ");
    return text;
}

std::string scaled(const char* unit, std::vector<std::optional<double>> figures) {
    const Scale scale = scale_of(unit, figures);
    return human(figures.front(), scale, "none") + " " + scale.unit;
}

} // namespace

TEST_CASE("by team a row for each team in their order, none for nobody where that is 0 [G1]") {
    View view = sample_demand_view();
    view.period = "2024-10-01";
    CHECK(to_csv(series_table(sample_demand(), view)) ==
          "scenario,period,group,demand_h100e,shortfall_h100e,charged_usd\r\n"
          "plan,2024-10-01,total,52000,12250.5,160000000\r\n"
          "plan,2024-10-01,research,20000,0,70000000\r\n"
          "plan,2024-10-01,ads,32000,12250.5,90000000\r\n");
    ForecastResult r = sample_demand();
    for (SeriesRow& row : r.series)
        if (row.group == "-" && row.metric == "charged_usd")
            row.stats[0].second[0] = 5; // a period in which nothing is served
    view.period.reset();
    CHECK(contains(to_csv(series_table(r, view)), "plan,2024-01-01,'-,0,0,5\r\n"
                                                  "plan,2024-04-01,total,"));
}

TEST_CASE("a metric of supply is an empty cell by team when wide, and no row when long [G1]") {
    View view = sample_demand_view();
    view.metrics = {"owned", "demand_h100e"};
    view.period = "2024-01-01";
    CHECK(to_csv(series_table(sample_demand(), view)) ==
          "scenario,period,group,owned,demand_h100e\r\n"
          "plan,2024-01-01,total,50000,40000\r\n"
          "plan,2024-01-01,research,,24000\r\n"
          "plan,2024-01-01,ads,,16000\r\n");
    view.long_layout = true;
    const std::string tall = to_csv(series_table(sample_demand(), view));
    CHECK(contains(tall, "plan,2024-01-01,total,owned,units,value,50000\r\n"));
    CHECK_FALSE(contains(tall, "research,owned"));
    CHECK(contains(tall, "research,demand_h100e,h100e,value,24000\r\n"));
}

TEST_CASE("the report of teams at 40 and 80 columns, of one trial and of many") {
    for (const int width : {40, 80}) {
        const std::string end = "_" + std::to_string(width) + ".txt";
        check_golden("demand" + end, told(sample_demand(), sample_demand_view(), width));
        check_golden("demand_trials" + end,
                     told(sample_demand_trials(), sample_demand_view(), width));
    }
}

TEST_CASE("the terminal has a table for each team") {
    const std::string text = told(sample_demand());
    CHECK(contains(text, "  team research\n"));
    CHECK(contains(text, "  team ads\n"));
    CHECK_FALSE(contains(text, "no team"));
    View view = sample_demand_view();
    view.period = "2024-10-01";
    CHECK(contains(told(sample_demand(), view), "By team\n"));
}

TEST_CASE("of one trial a training is done on a day, in time, late or not at all") {
    const std::string text = unwrapped(part(told(sample_demand()), "Trainings"));
    CHECK(contains(text, "early  done 2024-03-14; due 2024-03-31: in time; charged 15 M USD"));
    CHECK(
        contains(text, "late   done 2024-08-13; due 2024-07-31: 1.9 weeks late; charged 78.20 M"));
    CHECK(contains(text, "never  not within the horizon; due 2024-12-15: late; charged 1 M USD"));
    CHECK(contains(text, "free   done 2024-05-02; charged 2 M USD"));
}

TEST_CASE("of several trials a training has quantiles of days, a chance to be late and its weeks") {
    const std::string text = unwrapped(part(told(sample_demand_trials()), "Trainings"));
    CHECK(contains(text, "llama3-405b  done: P10 2024-06-12, P50 2024-08-13, P90 later, not within "
                         "the horizon in 12 % of trials; due 2024-07-31: late in 63 % of trials, "
                         "1.9 weeks at the median; charged 78.20 M USD on average, P10 70.00, P90 "
                         "86.00"));
    CHECK(contains(text, "llama3-8b    done: P10 2024-02-03, P50 2024-02-07, P90 2024-02-20, "
                         "within the horizon in every trial; due 2024-03-31: in time in every "
                         "trial; charged"));
    CHECK(contains(text, "P90 2024-05-09, within the horizon in every trial; charged"));
}

TEST_CASE("one week late is a week, and a late share without late quantiles has no weeks") {
    ForecastResult r = sample_demand();
    for (OutcomeRow& row : r.outcomes)
        if (row.outcome == "workloads.late.weeks_late")
            row.number = 1;
    CHECK(contains(told(r), "due 2024-07-31: 1 week late"));
    ForecastResult seldom = sample_demand_trials();
    seldom.trainings[1].late = 0.002;
    CHECK(contains(unwrapped(told(seldom)), "due 2024-03-31: late in <1 % of trials; charged"));
}

TEST_CASE("who goes short is told with the chance and the worst period") {
    const std::string text = part(told(sample_demand_trials()), "Who goes short");
    CHECK(contains(text, "  team ads             short in 34 % of trials, most in 2024-11: 12.3 k "
                         "H100e missing in 30 % of"));
    CHECK(contains(text, "  no team              short in <1 % of trials, most in 2024-02: 3 H100e "
                         "missing in <1 % of"));
    CHECK(contains(text, "  workload ads-images  short in 34 % of trials"));
    CHECK(contains(part(told(sample_demand()), "Who goes short"),
                   "  team ads             short, most in 2024-11: 12.3 k H100e missing\n"));
    ForecastResult weekly = sample_demand_trials();
    weekly.manifest.scenarios[0].step = "week";
    weekly.shortages[0].worst_period = "2024-11-04";
    CHECK(contains(told(weekly), "most in 2024-11-04: 12.3 k"));
    ForecastResult enough = sample_demand_trials();
    enough.shortages.clear();
    CHECK_FALSE(contains(told(enough), "Who goes short"));
}

TEST_CASE("payments before the start and after the end are told only where there are any") {
    const std::string one = part(told(sample_demand()), "Payments beyond the horizon");
    CHECK(contains(one, "  paid before the start      1.25 B USD\n"));
    CHECK(contains(one, "  paid for what comes later  3 M USD\n"));
    CHECK_FALSE(contains(one, "due after the end"));
    const std::string many = part(told(sample_demand_trials()), "Payments beyond the horizon");
    CHECK(contains(many, "  due after the end  20 M USD on average, P10 0, P90 90\n"));
    CHECK_FALSE(contains(many, "before the start"));
    ForecastResult none = sample_demand();
    for (OutcomeRow& row : none.outcomes)
        if (row.unit == "usd")
            row.number = 0;
    CHECK_FALSE(contains(told(none), "Payments"));
}

TEST_CASE("a cost per hour or per million tokens that is asked for is said in words") {
    View view = sample_demand_view();
    CHECK_FALSE(contains(told(sample_demand()), "Unit costs"));
    view.metrics.push_back("tco_usd_per_gpu_hour");
    CHECK(contains(part(told(sample_demand(), view), "Unit costs"),
                   "  TCO per GPU hour  2.31 USD/h in 2024 Q2, 1.99 USD/h in 2024 Q4\n"));
    view.by = "workload";
    view.metrics = {"usd_per_million_tokens"};
    CHECK(contains(part(told(sample_demand_trials(), view), "Unit costs"),
                   "  assistant  0.0512 USD/M tokens (P10 0.0400, P90 0.0600) in 2024 Q1, 0.0301 "
                   "USD/M"));
}

TEST_CASE("prices of an hour have two decimals or three digits, weeks have one decimal") {
    CHECK(scaled("usd_per_hour", {2.3149}) == "2.31 USD/h");
    CHECK(scaled("usd_per_hour", {12.5}) == "12.50 USD/h");
    CHECK(scaled("usd_per_hour", {0.98765}) == "0.988 USD/h");
    CHECK(scaled("usd_per_hour", {1.05, 98.4}) == "1.05 USD/h");
    CHECK(scaled("usd_per_hour", {123.456}) == "123.5 USD/h");
    CHECK(scaled("usd_per_million_tokens", {0.01234}) == "0.0123 USD/M tokens");
    CHECK(scaled("usd_per_million_tokens", {0.00005}) == "0.0000500 USD/M tokens");
    CHECK(scaled("weeks", {13.0 / 7}) == "1.9 weeks");
    CHECK(scaled("weeks", {0.3}) == "0.3 weeks");
    CHECK(scaled("weeks", {12}) == "12 weeks");
    const std::optional<double> uncertain[] = {0.01234, 0.02};
    CHECK(short_scale_of("usd_per_million_tokens", uncertain).decimals == 4);
}

TEST_CASE("outcomes of trainings are in the table of outcomes, empty where not reached [S4]") {
    const std::string csv = to_csv(outcomes_table(sample_demand()));
    CHECK(contains(csv, "plan,workloads.early.completed,date,value,2024-03-14\r\n"
                        "plan,workloads.early.weeks_late,weeks,value,0\r\n"
                        "plan,workloads.early.training_usd,usd,value,15000000\r\n"));
    CHECK(contains(csv, "plan,workloads.never.completed,date,value,\r\n"
                        "plan,workloads.never.weeks_late,weeks,value,\r\n"));
    const std::string many = to_csv(outcomes_table(sample_demand_trials()));
    CHECK(contains(many, "plan,workloads.llama3-405b.completed,date,p90,\r\n"
                         "plan,workloads.llama3-405b.completed,share,not_reached,0.12\r\n"
                         "plan,workloads.llama3-405b.weeks_late,weeks,p10,0\r\n"));
    CHECK(contains(many, "weeks_late,weeks,p90,\r\n"
                         "plan,workloads.llama3-405b.weeks_late,share,not_reached,0.12\r\n"));
}

TEST_CASE("the table of outcomes alone tells trainings and payments, and no shortages") {
    View view = sample_demand_view();
    view.table = "outcomes";
    const std::string text = told(sample_demand(), view);
    CHECK(contains(text, "Trainings\n"));
    CHECK(contains(text, "Payments beyond the horizon\n"));
    CHECK_FALSE(contains(text, "Who goes short"));
}

TEST_CASE("the saved result holds who is short, and which trainings are due") {
    const auto saved = ordered_json::parse(to_json(sample_demand_trials()));
    CHECK(saved["shortages"][0] ==
          ordered_json::parse(R"({"scenario": "plan", "by": "team", "group": "ads", "share": 0.344,
                                  "worst_period": "2024-11-01", "worst_share": 0.301,
                                  "worst_h100e": 12250.5})"));
    CHECK(saved["shortages"].size() == 3);
    CHECK(saved["trainings"][0] ==
          ordered_json::parse(R"({"scenario": "plan", "workload": "llama3-405b",
                                  "due": "2024-07-31", "late": 0.634})"));
    CHECK(ordered_json::parse(to_json(ForecastResult{}))["shortages"].empty());
}

TEST_CASE("two plans have their trainings and those who go short side by side") {
    ForecastResult r = sample_demand_trials();
    r.manifest.scenarios = {sample_scenario("base", 10000), sample_scenario("more", 10000)};
    r.manifest.comparisons = {{"base", "more", "more-base"}};
    r.shortages.clear();
    r.shortages.push_back({"base", "team", "ads", 0.344, "2024-11-01", 0.301, 12250.5});
    r.shortages.push_back({"more", "team", "ads", 0.021, "2024-11-01", 0.02, 900});
    r.shortages.push_back({"more", "workload", "labs", 0.004, "2024-02-01", 0.004, 10});
    r.outcomes.clear();
    const auto done = [&](const std::string& scenario, const std::vector<std::string>& days,
                          double never) {
        const char* const stats[] = {"p10", "p50", "p90"};
        for (std::size_t q = 0; q < days.size(); ++q)
            r.outcomes.push_back(
                {scenario, "workloads.llama3.completed", "date", stats[q], std::nullopt, days[q]});
        r.outcomes.push_back(
            {scenario, "workloads.llama3.completed", "share", "not_reached", never, ""});
    };
    done("base", {"2024-06-12", "2024-08-13", ""}, 0.12);
    done("more", {"2024-05-30", "2024-06-20", "2024-08-01"}, 0);
    for (const std::string scenario : {"base", "more", "more-base"})
        add_band(r, scenario, "owned", "units", {1, 2, 3, 4}, {1, 2, 3, 4}, {1, 2, 3, 4});
    View view;
    view.metrics = {"owned"};
    const std::string text = told(r, view);
    for (const std::string each :
         {"  llama3  2024-08-13", "(2024-06-12 to later)", "2024-06-20 (2024-05-30 to 2024-08-01)",
          "  -54 days  ", "  12 %   0 %\n"})
        CHECK(contains(part(text, "Trainings done"), each));
    const std::string short_ones = part(text, "Who goes short");
    CHECK(contains(short_ones, "  team ads         34     2\n"));
    CHECK(contains(short_ones, "  workload labs     0    <1\n"));
}

TEST_CASE("demand in words keeps to the width, and hostile names are escaped (fault 43)") {
    ForecastResult r = sample_demand_trials();
    r.shortages[0].group = "ads\x1b[2J";
    for (OutcomeRow& row : r.outcomes)
        if (const auto at = row.outcome.find("free"); at != row.outcome.npos)
            row.outcome.replace(at, 4,
                                "fr\x1b[2J"
                                "ee");
    for (const int width : {40, 80, 200}) {
        const std::string text = told(r, sample_demand_view(), width);
        CHECK(widest(text) <= static_cast<std::size_t>(width));
        CHECK_FALSE(contains(text, "\x1b"));
    }
    CHECK(contains(told(r), "ads\\x1b[2J"));
}
