// Two scenarios side by side: golden reports, changes with their bands, shifts of milestones.
#include "support/catch.hpp"
#include "support/golden.hpp"
#include "support/sample_trials.hpp"

#include <fleetcast/report/compare_terminal.hpp>
#include <fleetcast/report/terminal.hpp>

using namespace fleetcast;
using namespace fleetcast::testing;

namespace {

View compared() {
    View view;
    view.metrics = {"owned", "power_mw", "headroom_mw", "cum_cost_usd"};
    return view;
}

std::string told(const ForecastResult& result, int width = 120, bool unicode = true) {
    return render_terminal(result, compared(), {width, false, unicode});
}

bool has_line(const std::string& text, const std::string& line) {
    const auto all = lines(text);
    return std::ranges::find(all, line) != all.end();
}

/// Both with one trial each, and so their difference.
ForecastResult deterministic() {
    ForecastResult r = sample_comparison();
    r.manifest.trials = 1;
    r.manifest.sampling = "median";
    for (ManifestScenario& scenario : r.manifest.scenarios)
        scenario.trials = 1;
    for (SeriesRow& row : r.series)
        row.stats = {{"value", row.stats[2].second}}; // p50
    r.outcomes = {{"base", "milestones.200k", "date", "value", std::nullopt, "2024-06-30"},
                  {"late", "milestones.200k", "date", "value", std::nullopt, "2024-05-31"}};
    for (CheckRow& check : r.checks)
        check.trials = 1;
    return r;
}

} // namespace

TEST_CASE("the comparison at 40, 80 and 200 columns, and in ASCII") {
    for (const int width : {40, 80, 200})
        check_golden("compare_" + std::to_string(width) + ".txt", told(sample_comparison(), width));
    const std::string ascii = told(sample_comparison(), 80, false);
    check_golden("compare_ascii.txt", ascii);
    CHECK(is_ascii(ascii));
}

TEST_CASE("a comparison keeps to the width, and every change is whole at any width") {
    for (const int width : {20, 31, 32, 40, 53, 80, 100, 120, 200}) {
        const std::string text = told(sample_comparison(), width);
        CHECK(widest(text) <= static_cast<std::size_t>(std::max(width, 27)));
        for (const std::string part : {"281", "241", "-39", "(-52 to -27)", "(-0.04 to +0.12)"})
            CHECK(contains(text, part));
    }
}

TEST_CASE("the change is that of the pairs, read from its own rows, with its sign") {
    const std::string text = told(sample_comparison());
    CHECK(contains(text, "2024 Q3   281   241  -39 (-52 to -27)    9.02   8.60  -0.42"));
    CHECK(contains(text, "+0.03 (-0.04 to +0.12)"));
    CHECK(contains(text, "the same in both wherever they are compared: power_mw\n"));
    CHECK(contains(text, "no figure: headroom_mw\n"));
    CHECK(contains(text, "change: P50 (P10–P90) of late less base, trial by trial"));
    CHECK(
        contains(text, "10,000 trials, seed 1, Latin hypercube sampling, the same draws for all"));
    CHECK(contains(
        text, "Monte Carlo error of the P50 of the change in owned, 2 s.e.: at most 300 units"));
}

TEST_CASE("milestones stand side by side with the shift of their medians") {
    const std::string text = told(sample_comparison());
    CHECK(contains(text, "200k  2024-06 (2024-05 to 2024-08)  2024-09 (2024-08 to 2024-11)  "
                         "+3 months     0 %   0 %"));
    CHECK(contains(text, "350k  2024-12   (2024-10 to later)    later   (2024-12 to later)"));
    ForecastResult weekly = sample_comparison();
    weekly.manifest.scenarios[1].step = "week";
    CHECK(contains(told(weekly), "+92 days"));
}

TEST_CASE("checks of both stand under one condition") {
    const std::string text = told(sample_comparison());
    CHECK(contains(text,
                   "  enough: owned at 2024-12 at_least 330000\n"
                   "    base  ✓ pass, holds in 84.0 % of trials (83.2 to 84.7 %), asked 80 %\n"
                   "    late  ✗ FAIL, holds in 61 % of trials (60 to 62 %), asked 80 %\n"));
    ForecastResult without = sample_comparison();
    without.checks.pop_back();
    CHECK(has_line(told(without), "    late  no such check"));
}

TEST_CASE("two deterministic scenarios are compared without bands") {
    const std::string text = told(deterministic());
    CHECK(has_line(text, "  deterministic"));
    CHECK(has_line(text, "  change: late less base"));
    CHECK(contains(text, "2024 Q2  200,000  163,000  -37,000"));
    CHECK(contains(text, "200k  2024-06-30  2024-05-31  -1 month"));
    CHECK(contains(text, "    late  ✗ FAIL\n"));
    CHECK_FALSE(contains(text, "P50"));
    CHECK_FALSE(contains(text, "trials"));
}

TEST_CASE("only the periods that both have are compared") {
    ForecastResult r = sample_comparison();
    r.manifest.scenarios[0].periods = {"2024-01-01", "2024-04-01"};
    r.manifest.scenarios[1].periods = {"2024-04-01", "2024-07-01"};
    const std::string text = told(r);
    CHECK(contains(text, "2024 Q2"));
    CHECK_FALSE(contains(text, "2024 Q1"));
    CHECK_FALSE(contains(text, "2024 Q3"));
    r.manifest.scenarios[1].periods = {"2024-10-01"};
    CHECK(contains(told(r), "no period in common"));
}

TEST_CASE("several others are compared with the base one by one") {
    ForecastResult r = sample_comparison();
    r.manifest.scenarios.push_back(sample_scenario("later", 10000));
    r.manifest.comparisons.push_back({"base", "later", "later-base"});
    add_band(r, "later", "owned", "units", {1, 2, 3, 4}, {1, 2, 3, 4}, {1, 2, 3, 4});
    add_band(r, "later-base", "owned", "units", {-9, -9, -9, -9}, {-5, -5, -5, -5}, {0, 0, 0, 0});
    const std::string text = told(r);
    CHECK(contains(text, "2 scenarios compared with base"));
    CHECK(text.find("late beside base") < text.find("later beside base"));
}

TEST_CASE("long and hostile names of scenarios are shortened and escaped (faults 43, 46)") {
    ForecastResult r = sample_comparison();
    const std::string name = std::string(300, 'n') + "\x1b[2J";
    r.manifest.scenarios[1].name = r.manifest.comparisons[0].other = name;
    for (SeriesRow& row : r.series)
        if (row.scenario == "late")
            row.scenario = name;
    const std::string text = told(r, 80);
    CHECK(widest(text) <= 80);
    CHECK_FALSE(contains(text, "\x1b"));
    CHECK(contains(text, "281"));
}

TEST_CASE("the difference is no scenario of its own in other tables") {
    View view = compared();
    view.table = "checks";
    const std::string text = render_terminal(sample_comparison(), view, {80, false, true});
    CHECK(contains(text, "late, 2024-01-01"));
    CHECK_FALSE(contains(text, "late-base"));
}

TEST_CASE("the largest differences come first, in the period where the two are furthest apart") {
    const std::string text = told(sample_comparison());
    CHECK(text.find("Largest differences") < text.find("trial by trial"));
    CHECK(has_line(text, "  owned     2024 Q3   281   241     -40  k units    -14.1"));
    CHECK(has_line(text, "  cum cost  2024 Q3  9.02  8.60   -0.42    B USD     -4.7"));
    View view = compared();
    view.period = "2024-10-01";
    CHECK(contains(render_terminal(sample_comparison(), view, {120, false, true}),
                   "  owned     2024 Q4     350     341      -9  k units     -2.6\n"));
    ForecastResult same = deterministic();
    for (SeriesRow& row : same.series)
        row.stats[0].second = {1, 1, 1, 1};
    CHECK_FALSE(contains(told(same), "Largest differences"));
}

TEST_CASE("at most eight differences are listed, of the total before its members") {
    ForecastResult r = deterministic();
    View view = compared();
    for (int i = 0; i < 12; ++i) {
        const std::string metric = "metric" + std::to_string(i);
        view.metrics.push_back(metric);
        for (const std::string scenario : {"base", "late"})
            for (const std::string group : {"total", "h100"})
                add_series(r, group == "total" ? "total" : "source", group, metric, "units",
                           {scenario == "base" ? 1.0 : 2.0, 1, 1, 1}, scenario);
    }
    const auto listed = [&] {
        const auto all = lines(render_terminal(r, view, {120, false, true}));
        std::string found; // "t" of the total, "h" of h100
        for (const std::string& line : all)
            if (line.ends_with("+100.0"))
                found += contains(line, "h100") ? 'h' : 't';
        return found;
    };
    CHECK(listed() == "tttttttt");
    view.by = "source";
    CHECK(listed() == "tttthhhh");
    view.metrics.resize(6); // two of them differ by as much
    CHECK(listed() == "tthh");
}
