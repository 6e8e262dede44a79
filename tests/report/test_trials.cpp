// Results of many trials: golden reports, and what is said of bands, milestones, checks and bounds.
#include "support/catch.hpp"
#include "support/golden.hpp"
#include "support/sample_trials.hpp"

#include <fleetcast/report/chart.hpp>
#include <fleetcast/report/terminal.hpp>

using namespace fleetcast;
using namespace fleetcast::testing;

namespace {

std::string at_width(int width, bool unicode = true) {
    View view = sample_trials_view();
    view.by = "source";
    return render_terminal(sample_trials(), view, {width, false, unicode});
}

std::string told(const ForecastResult& result) {
    return render_terminal(result, sample_trials_view(), {120, false, true});
}

/// The sample with a deterministic scenario beside it.
ForecastResult mixed() {
    ForecastResult r = sample_trials();
    r.manifest.scenarios.push_back(sample_scenario("sure", 1));
    add_series(r, "total", "total", "owned", "units", {100000, 150000, 200000, 250000}, "sure");
    r.outcomes.push_back({"sure", "milestones.200k", "date", "value", std::nullopt, "2024-09-30"});
    r.checks.push_back({"sure", "enough", "fail", 0, 0, "owned at 2024-12 at_least 330000"});
    return r;
}

} // namespace

TEST_CASE("the report of many trials at 40, 80 and 200 columns, and in ASCII") {
    for (const int width : {40, 80, 200})
        check_golden("trials_" + std::to_string(width) + ".txt", at_width(width));
    const std::string ascii = at_width(80, false);
    check_golden("trials_ascii.txt", ascii);
    CHECK(is_ascii(ascii));
}

TEST_CASE("lines of many trials keep to the width, and medians and bands are whole at any width") {
    for (const int width : {20, 31, 32, 40, 47, 60, 80, 100, 120, 163, 200}) {
        const std::string text = at_width(width);
        CHECK(widest(text) <= static_cast<std::size_t>(std::max(width, 23)));
        for (const std::string part :
             {"281", "(254–301)", "(2.5–26.0)", "(-3.5 to 22.2)", "(2.40–3.30)", "640"})
            CHECK(contains(text, part));
    }
}

TEST_CASE("colour adds escapes and nothing else to bands and fans") {
    View view = sample_trials_view();
    view.by = "source";
    const std::string colored = render_terminal(sample_trials(), view, {80, true, true});
    CHECK(contains(colored, "\x1b[2m(254–301)\x1b[0m"));
    CHECK(without_colors(colored) == at_width(80));
}

TEST_CASE("a figure that is the same in all trials has no band") {
    const std::string text = told(sample_trials());
    CHECK(contains(text, "2024 Q1  112  "));
    CHECK_FALSE(contains(text, "112–112"));
    CHECK_FALSE(contains(text, "150–150"));
}

TEST_CASE("the introduction says trials, seed, sampling and the form of quantiles") {
    ForecastResult r = sample_trials();
    CHECK(contains(told(r), "10,000 trials, seed 1, random sampling\n"));
    r.manifest.sampling = "sobol";
    r.manifest.quantile_form = "log-buckets";
    CHECK(contains(told(r), "10,000 trials, seed 1, Sobol sampling, quantiles within 0.5 %\n"));
}

TEST_CASE("milestones are told by quantile, with the share that does not reach them [S4]") {
    const std::string text = told(sample_trials());
    CHECK(contains(text, "600k         reached: P10 2024-09, P50 2024-11, P90 2024-12, not within "
                         "the horizon in 3 % of\n"));
    CHECK(contains(text, "350k         reached: P10 2024-10, P50 2024-12, P90 later, not within"));
    CHECK(contains(text, "P90 2024-08, within the horizon in every trial"));
    CHECK(contains(text, "one-million  not within the horizon in any trial"));
    CHECK(contains(text, "unlikely     reached in 4 % of trials, not within the horizon in 96 %"));
    ForecastResult weekly = sample_trials();
    weekly.manifest.scenarios[0].step = "week";
    CHECK(contains(told(weekly), "P10 2024-10-31, P50 2024-12-31, P90 later"));
}

TEST_CASE("checks say the share with its interval, and what was asked") {
    const std::string text = told(sample_trials());
    CHECK(contains(text, "? too-close  enough: owned at 2024-12 at_least 330000 — holds in 79 % of "
                         "trials (77 to 81 %),\n"));
    CHECK(contains(text, "asked 80 %; raise --trials to tell"));
    CHECK(contains(text, "holds in 3.1 % of trials (2.8 to 3.5"));
    CHECK(contains(text, "holds in 100 % of trials (99.96 to 100 %)"));
    CHECK(contains(text, "asked 99.5 %"));
}

TEST_CASE("what bound is told in shares, periods that look alike only once") {
    const auto all = lines(told(sample_trials()));
    const auto title = std::ranges::find(all, "  What bound, share of the trials");
    REQUIRE(all.end() - title > 7);
    CHECK(title[1] == "           power  install  supply");
    CHECK(title[4] == "  2024 Q1      0        0     100");
    CHECK(title[5] == "  2024 Q3     44       <1      55");
    CHECK(title[6] == "  2024 Q4     62        0      38");
    CHECK(title[7].starts_with("  •  2024-09 to 2024-12: up to 31,000"));
    ForecastResult without = sample_trials();
    std::erase_if(without.series,
                  [](const SeriesRow& row) { return row.metric == "bound_install"; });
    CHECK(contains(told(without), "What bound\n  •  2024-09"));
}

TEST_CASE("pending units have a mean and a band, and none are not told") {
    const std::string text = told(sample_trials());
    CHECK(contains(text, "h100  12,034 units on average, P10 0, P90 31,000"));
    CHECK_FALSE(contains(text, "own-chip"));
}

TEST_CASE("the error of the medians is told where the result knows it") {
    ForecastResult r = sample_trials();
    CHECK(contains(told(r), // 2 x 300; 2 x 120 of 24,000 in Q2 is the largest share
                   "Monte Carlo error of the P50 of owned, 2 s.e.: at most 600 units, 1.0 % of "));
    std::erase_if(r.series[0].stats, [](const auto& stat) { return stat.first == "p50_se"; });
    CHECK_FALSE(contains(told(r), "Monte Carlo"));
}

TEST_CASE("other quantiles than P10, P50 and P90 are called by their names") {
    ForecastResult r = sample_trials();
    r.manifest.quantiles = {2.5, 97.5};
    for (SeriesRow& row : r.series)
        for (auto& [stat, figures] : row.stats)
            stat = stat == "p10" ? "p2_5" : stat == "p90" ? "p97_5" : stat;
    const std::string text = told(r);
    CHECK(contains(text, "mean (P2.5–P97.5): 95 % of trials lie in the band"));
    CHECK(contains(text, "280 (254–301)")); // the mean of 2024 Q3
    CHECK(contains(text, "line mean, band P2.5 to P97.5"));
}

TEST_CASE("a deterministic scenario stands beside an uncertain one without bands") {
    const std::string text = told(mixed());
    CHECK(contains(text, "2 scenarios, in 2024 Q4\n  P50 (P10–P90): 80 % of trials"));
    const auto all = lines(text);
    CHECK(std::ranges::any_of(all, [](const std::string& line) {
        return line.starts_with("  plan      350 (316–377)");
    }));
    CHECK(std::ranges::any_of(
        all, [](const std::string& line) { return line.starts_with("  sure      250  "); }));
    const std::string sure = text.substr(text.find("sure, 2024-01-01"));
    CHECK(contains(sure, "shown by quarter\n  deterministic\n"));
    CHECK(contains(sure, "2024 Q4  250,000"));
    CHECK(contains(sure, "200k  reached 2024-09-30\n"));
    CHECK(contains(sure, "✗ FAIL  enough: owned at 2024-12 at_least 330000\n"));
    CHECK_FALSE(contains(sure, "P50"));
}

TEST_CASE("uncertain inputs are told as drawn") {
    View view = sample_trials_view();
    view.table = "inputs";
    const std::string text = render_terminal(sample_trials(), view, {});
    CHECK(contains(text, "Uncertain inputs\n"));
    CHECK(contains(text, "30000 usd, P10 26000, P90 34000"));
}

TEST_CASE("for one period the groups stand in one table with their bands") {
    View view = sample_trials_view();
    view.by = "source";
    view.period = "2024-10-01";
    const std::string text = render_terminal(sample_trials(), view, {80, false, true});
    CHECK(contains(text, "By source\n  P50 (P10–P90)"));
    CHECK(contains(text, "own-chip   50   (21–71)"));
}

TEST_CASE("a fan shades between its ends, and breaks where there is no band") {
    LineChart chart{"owned, units", {4, 4, 4, 4}, {"a", "b", "c", "d"}, {1, "units", 0}};
    chart.low = {4, 2, std::nullopt, 0};
    chart.high = {4, 6, std::nullopt, 10};
    chart.legend = "line P50";
    const auto drawn = lines(render_chart(chart, {40, false, false}));
    REQUIRE(drawn.size() == 14);
    CHECK(drawn[1] == "line P50");
    CHECK(drawn[2].starts_with("10 +"));
    CHECK(drawn[2].ends_with(":"));
    CHECK(drawn[12].starts_with(" 0 +"));
    CHECK(drawn[12].ends_with(":"));
    const std::string& middle = drawn[8]; // 4 of 10
    CHECK(std::ranges::count(middle, '*') == 36);
    CHECK(drawn[6].find(':') != std::string::npos); // 6 of 10, in the second period
    for (const std::string& line : {drawn[6], drawn[10]})
        CHECK(line.substr(0, 5).find(':') == std::string::npos); // no band at the first
}
