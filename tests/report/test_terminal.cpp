// What a planner sees: golden texts at three widths, hostile names, and nothing cut.
#include "support/catch.hpp"
#include "support/golden.hpp"
#include "support/sample_result.hpp"

#include <fleetcast/base/result.hpp>
#include <fleetcast/report/chart.hpp>
#include <fleetcast/report/terminal.hpp>

#include <algorithm>
#include <limits>
using namespace fleetcast;
using namespace fleetcast::testing;

namespace {

std::string at_width(int width) {
    View view = sample_view();
    view.by = "source";
    return render_terminal(sample_result(), view, {width, false, true});
}

ForecastResult two_scenarios(const std::string& second) {
    ForecastResult r = sample_result();
    const auto rows = r.series;
    for (SeriesRow row : rows) {
        row.scenario = second;
        r.series.push_back(row);
    }
    r.manifest.scenarios.push_back(r.manifest.scenarios[0]);
    r.manifest.scenarios[1].name = second;
    r.manifest.scenarios[1].title = second;
    return r;
}

} // namespace

TEST_CASE("the report at 40, 80 and 200 columns") {
    for (const int width : {40, 80, 200})
        check_golden("terminal_" + std::to_string(width) + ".txt", at_width(width));
}

TEST_CASE("the report in ASCII, and of several scenarios") {
    const std::string ascii = render_terminal(sample_result(), sample_view(), {80, false, false});
    check_golden("terminal_ascii.txt", ascii);
    CHECK(is_ascii(ascii));
    check_golden("terminal_scenarios.txt",
                 render_terminal(two_scenarios("方案-b"), sample_view(), {80, false, true}));
}

TEST_CASE("lines keep to the width, and every figure of the table is there at any width") {
    const std::vector<std::string> figures = {"112,000", "280,500", "31,000", "236.0",
                                              "12.50",   "640.0",   "3.60",   "2.25"};
    for (int width = 40; width <= 200; width += 7) {
        const std::string text = at_width(width);
        CHECK(widest(text) <= static_cast<std::size_t>(width));
        for (const std::string& figure : figures)
            CHECK(contains(text, figure));
    }
}

TEST_CASE("a terminal too narrow for the report still gets every figure (faults 77, 78)") {
    for (const int width : {-5, 0, 1, 20}) {
        const std::string text = at_width(width);
        CHECK(text == at_width(20));
        CHECK(contains(text, "350,000"));
        CHECK(contains(text, "12.50"));
        CHECK(widest(text) <= 20);
    }
    CHECK(at_width(100000) == at_width(240));
}

TEST_CASE("a number wider than the terminal is not cut") {
    ForecastResult r = sample_result();
    r.series[0].stats[0].second[3] = 123456789012345.0;
    View view;
    view.metrics = {"owned", "it_mw"};
    CHECK(contains(render_terminal(r, view, {20, false, true}), "123,456,789,012,345"));
}

TEST_CASE("colour adds escapes and nothing else") {
    const std::string plain = at_width(80);
    View view = sample_view();
    view.by = "source";
    const std::string colored = render_terminal(sample_result(), view, {80, true, true});
    CHECK(contains(colored, "\x1b[32m✓ pass"));
    CHECK(without_colors(colored) == plain);
    CHECK_FALSE(contains(plain, "\x1b"));
}

TEST_CASE("escapes, overrides and line ends in names are shown, not obeyed (fault 43)") {
    ForecastResult r = sample_result();
    r.manifest.scenarios[0].title = "\x1b[31mred\x1b]0;owned\x07";
    r.binding[0].text = "evil \xe2\x80\xae"
                        "txt.exe\r\nnew line";
    r.outcomes[0].outcome = "milestones.\x1b[2J";
    r.checks[0].check = "a\nb";
    for (SeriesRow& row : r.series)
        if (row.group == "h100")
            row.group = "h\x9b"
                        "100";
    View view = sample_view();
    view.by = "source";
    const std::string text = render_terminal(r, view, {80, false, true});
    CHECK(contains(text, "\\x1b[31mred\\x1b]0;owned\\x07"));
    CHECK(contains(text, "evil \\u202etxt.exe\\x0d\\x0anew line"));
    CHECK(contains(text, "\\x1b[2J"));
    CHECK(contains(text, "a\\x0ab"));
    CHECK(contains(text, "h\\x9b100"));
    CHECK(std::none_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; }));
    CHECK_FALSE(contains(text, "\xe2\x80\xae"));
}

TEST_CASE("wide characters and accents keep the columns aligned (fault 46)") {
    for (const std::string name : {"方案", "e\xcc\x81t\xc3\xa9", "👩🚀"}) {
        const auto all =
            lines(render_terminal(two_scenarios(name), sample_view(), {80, false, true}));
        const auto row = std::find_if(all.begin(), all.end(), [&](const std::string& line) {
            return contains(line, name) && contains(line, "350,000");
        });
        const auto plain = std::find_if(all.begin(), all.end(), [&](const std::string& line) {
            return contains(line, "plan") && contains(line, "350,000");
        });
        REQUIRE(row != all.end());
        REQUIRE(plain != all.end());
        CHECK(display_width(row->substr(0, row->find("350,000"))) ==
              display_width(plain->substr(0, plain->find("350,000"))));
    }
}

TEST_CASE("a name of 32,768 characters is shortened, never the figures (fault 46)") {
    const std::string text =
        render_terminal(two_scenarios(std::string(32768, 'n')), sample_view(), {80, false, true});
    CHECK(widest(text) <= 80);
    CHECK(contains(text, "…"));
    CHECK(text.size() < 8000);
}

TEST_CASE("what a terminal says of milestones, checks, pending units and defaults") {
    const std::string text = render_terminal(sample_result(), sample_view(), {80, false, true});
    CHECK(contains(text, "350k  reached 2024-12-31"));
    CHECK(contains(text, "600k  not within the horizon"));
    CHECK(contains(text, "✗ FAIL  cheap: capex_usd in 2024 at_most 10000000000"));
    CHECK(contains(text, "h100  12,000 units"));
    CHECK_FALSE(contains(text, "own-chip"));
    CHECK(contains(text, "deterministic: every input at its median"));
    CHECK(contains(text, "pue 1.2 (sites: main)"));
    ForecastResult sure = sample_result();
    sure.manifest.scenarios[0].uncertain_inputs = false;
    CHECK_FALSE(contains(render_terminal(sure, sample_view(), {}), "median"));
}

TEST_CASE("the terminal tells one table when the view names it") {
    View view = sample_view();
    view.table = "inputs";
    const std::string text = render_terminal(sample_result(), view, {});
    CHECK(contains(text, "sources.h100.price_usd"));
    CHECK(contains(text, "30000 usd, P10 26000, P90 34000"));
    CHECK_FALSE(contains(text, "350,000"));
}

TEST_CASE("for one period the groups stand in one table") {
    View view = sample_view();
    view.by = "source";
    view.period = "2024-10-01";
    const std::string text = render_terminal(sample_result(), view, {80, false, true});
    CHECK(contains(text, "By source"));
    CHECK(contains(text, "no source"));
    CHECK_FALSE(contains(text, "2024 Q3"));
}

TEST_CASE("a figure that is not finite never reaches a terminal (fault 49)") {
    ForecastResult r = sample_result();
    r.series[0].stats[0].second[1] = std::numeric_limits<double>::infinity();
    try {
        render_terminal(r, sample_view(), {});
        FAIL("rendered");
    } catch (const Failure& failure) {
        CHECK(failure.code == Exit::internal);
    }
}

TEST_CASE("a column's scale follows its largest figure") {
    const auto scaled = [](const char* unit, std::vector<std::optional<double>> figures) {
        const Scale scale = scale_of(unit, figures);
        return human(figures.back(), scale, "none") + " " + scale.unit;
    };
    CHECK(scaled("units", {350000}) == "350,000 units");
    CHECK(scaled("units", {0.5}) == "0.500 units");
    CHECK(scaled("mw", {43}) == "43 MW");
    CHECK(scaled("mw", {12345.6}) == "12.35 GW");
    CHECK(scaled("mwh", {18.06e6}) == "18.06 TWh");
    CHECK(scaled("usd", {39.23e9}) == "39.23 B USD");
    CHECK(scaled("usd", {412.5e6}) == "412.5 M USD");
    CHECK(scaled("usd", {39.23e9, 4e6}) == "0.004 B USD");
    CHECK(scaled("usd", {39.23e9, 1000}) == "~0 B USD");
    CHECK(scaled("usd", {39.23e9, -1000}) == "~0 B USD");
    CHECK(scaled("usd", {39.23e9, 0}) == "0 B USD");
    CHECK(scaled("share", {0.125}) == "12.50 %");
    CHECK(scaled("units", {1e300}) == "1.000e+300 units");
    CHECK(scaled("units", {std::nullopt}) == "none units");
}

TEST_CASE("periods are called by quarter and year only where they are calendar ones") {
    using Names = std::vector<std::string>;
    CHECK(period_titles({"2024-02-01", "2024-04-01"}, "quarter") == Names{"2024 Q1", "2024 Q2"});
    CHECK(period_titles({"2024-02-01", "2024-05-01"}, "quarter") == Names{"2024-02", "2024-05"});
    CHECK(period_titles({"2024-03-01", "2025-01-01"}, "year") == Names{"2024", "2025"});
    CHECK(period_titles({"2024-07-01", "2025-07-01"}, "year") == Names{"2024-07", "2025-07"});
    CHECK(period_titles({"2024-12-01", "2025-01-01"}, "period") == Names{"2024-12", "2025-01"});
    CHECK(period_titles({"2024-01-01", "2024-01-08"}, "period") ==
          Names{"2024-01-01", "2024-01-08"});
    CHECK(period_titles({}, "year").empty());
}

TEST_CASE("metrics are called by words") {
    CHECK(metric_title("facility_mw", "mw") == "facility");
    CHECK(metric_title("in_service", "units") == "in service");
    CHECK(metric_title("h100e", "h100e") == "H100e");
    CHECK(metric_title("tco_usd_per_gpu_hour", "usd_per_hour") == "TCO per GPU hour");
}

TEST_CASE("a chart needs four figures that differ, and breaks where there is none") {
    LineChart chart{"owned, units", {1, 2, 3}, {"a", "b", "c"}, {1, "units", 0}};
    CHECK(render_chart(chart, {80, false, true}).empty());
    chart.labels = {"a", "b", "c", "d"};
    chart.figures = {5, 5, 5, 5};
    CHECK(render_chart(chart, {80, false, true}).empty());
    chart.figures = {std::nullopt, 1, 2, 3};
    CHECK(render_chart(chart, {80, false, true}).empty());
    chart.figures = {1, 2, 3, 4};
    CHECK(render_chart(chart, {20, false, true}).find("4") != std::string::npos);
    CHECK(widest(render_chart(chart, {20, false, true})) <= 20);
    CHECK(render_chart(chart, {12, false, true}).empty());
    chart.figures = {-4, -2, std::nullopt, 2, 4};
    chart.labels = {"a", "b", "c", "d", "e"};
    const auto drawn = lines(render_chart(chart, {40, false, false}));
    REQUIRE(drawn.size() == 9);
    CHECK(drawn[1].starts_with(" 4 +"));
    CHECK(drawn[7].starts_with("-4 +*"));
    CHECK(drawn[1].ends_with("*"));
    CHECK(drawn[4].find('*') == std::string::npos); // nothing is known around the middle
}
