// Checks told on a terminal: what does not pass in full, the rest in a line.
#include "support/catch.hpp"
#include "support/golden.hpp"
#include "support/sample_checks.hpp"

using namespace fleetcast;
using namespace fleetcast::testing;

namespace {

std::string told(const CheckReport& report, int width = 120, bool unicode = true) {
    return checks_terminal(report, {width, false, unicode});
}

/// The text with every run of spaces and line breaks as one space.
std::string unwrapped(const std::string& text) {
    std::string result;
    for (const char c : text) {
        const bool is_space = c == ' ' || c == '\n';
        if (!is_space || (!result.empty() && result.back() != ' '))
            result += is_space ? ' ' : c;
    }
    return result;
}

CheckReport too_close(std::optional<double> settled_by) {
    CheckReport report{{failing_scenario("late")}, "", false};
    report.scenarios[0].checks[1].settled_by = settled_by;
    return report;
}

} // namespace

TEST_CASE("the counts of a report tell scenarios and checks by how they ended") {
    CheckReport report = sample_checks();
    report.scenarios[0].checks[0] = checked("base", "h100s", "warn");
    CHECK(counts_of(report) == CheckCounts{3, 1, 1, 1, 6, 3, 1, 1, 1});
    CHECK(summary_of(report) == "3 scenarios: 1 passes, 1 fails, 1 could not be checked; 6 checks: "
                                "3 pass, 1 fails, 1 too close, 1 warns");
}

TEST_CASE("the summary leaves out what did not happen, and counts by thousands") {
    CHECK(summary_of({{passing_scenario("base")}, "", false}) ==
          "1 scenario: 1 passes; 3 checks: 3 pass");
    const CheckReport many{std::vector<CheckedScenario>(10'000, failing_scenario("x")), "", false};
    CHECK(summary_of(many) == "10,000 scenarios: 10,000 fail; 30,000 checks: 10,000 pass, 10,000 "
                              "fail, 10,000 too close");
    CHECK(summary_of({}) == "0 scenarios; 0 checks");
}

TEST_CASE("a failing scenario is told with what was found, the baseline and what moved") {
    const std::string text = told(sample_checks(), 200);
    CHECK(
        contains(text, "✗ FAIL       h100s: owned of nvidia-h100-sxm at 2024-12 at_least 350000"));
    const std::string all = unwrapped(text);
    CHECK(contains(all, "holds in 35.0 % of trials (34.0 to 35.9 %), asked 80 %; was pass, 85 %"));
    CHECK(contains(all, "too close to call: about 43,000 trials would settle it (--trials 43000)"));
    CHECK(contains(all,
                   "moved most since main.json owned 2024-12: 350 k units → 280 k units, -20 %"));
    CHECK(contains(all, "cum cost 2024-06: 0 B USD → 1.50 B USD ")); // no percentage of nothing
    CHECK_FALSE(contains(all, "power: owned"));                      // it passes
}

TEST_CASE("what would settle a check is told in trials, or why none would") {
    CHECK(contains(unwrapped(told(too_close(1e9))), "about 1,000,000,000 trials would settle it"));
    CHECK(contains(unwrapped(told(too_close(43'000))), "(--trials 43000)"));
    CHECK(contains(unwrapped(told(too_close(43'000.1))), "(--trials 44000)"));
    CHECK(contains(unwrapped(told(too_close(7))), "about 7 trials would settle it (--trials 7)"));
    CHECK(contains(unwrapped(told(too_close(1.1e9))), "more than 1e9 trials"));
    CHECK(contains(unwrapped(told(too_close(std::nullopt))),
                   "more trials would not settle it: the share is what is asked for"));
}

TEST_CASE("of one trial a check holds or does not") {
    CheckReport report{{failing_scenario("late")}, "", false};
    CheckRow& row = report.scenarios[0].checks[0].row;
    row.trials = 1;
    row.share = 0;
    report.scenarios[0].checks[0].before->trials = 1;
    CHECK(contains(unwrapped(told(report)), "at_least 350000 — does not hold; was pass ?"));
}

TEST_CASE("a scenario that could not be checked is told with three problems and how many more") {
    const std::string text = told(sample_checks());
    CHECK(contains(text, "  torn\n  could not be checked\n    plans/torn.json:3:7: "
                         "sources.h100.units: must be at least 0, got -3\n    hint: did you mean 3?"
                         "\n    plans/torn.json:5:7:"));
    CHECK(contains(text, "plans/torn.json:7:7:"));
    CHECK_FALSE(contains(text, "plans/torn.json:9:7:"));
    CHECK(contains(text, "    and 2 more\n"));
}

TEST_CASE("a problem of a whole file names the file once") {
    CheckedScenario scenario;
    scenario.name = "a";
    scenario.file = "a.json";
    scenario.exit = Exit::io;
    scenario.problems = {{Severity::error, "a.json", 0, 0, "", "cannot read a.json: gone", ""},
                         {Severity::error, "a.json", 0, 0, "", "empty", ""}};
    const std::string text = told({{scenario}, "", false});
    CHECK(contains(text, "    cannot read a.json: gone\n    a.json: empty\n"));
}

TEST_CASE("warnings do not crowd out the errors of a broken scenario") {
    CheckReport report{{broken_scenario("torn")}, "", false};
    for (std::size_t i = 0; i < 4; ++i)
        report.scenarios[0].problems[i].severity = Severity::warning;
    const std::string text = told(report);
    CHECK(contains(text, "torn.json:11:7:"));
    CHECK_FALSE(contains(text, "torn.json:3:7:"));
}

TEST_CASE("passing scenarios have a line each up to twenty, beyond that they are counted") {
    CheckReport report;
    for (int i = 0; i < 20; ++i)
        report.scenarios.push_back(passing_scenario("s" + std::to_string(i)));
    CHECK(lines(told(report)).size() == 22); // an empty line and the summary
    CHECK(contains(told(report), "s19  3 checks pass\n"));
    report.scenarios.push_back(passing_scenario("more"));
    CHECK(told(report) == "  21 scenarios pass\n\n  21 scenarios: 21 pass; 63 checks: 63 pass\n");
}

TEST_CASE("a scenario that passes with a warning, or too close to call, is still told in full") {
    CheckReport report{{passing_scenario("base"), failing_scenario("late")}, "", true};
    report.scenarios[0].checks[1] = checked("base", "cash", "warn");
    report.scenarios[1].checks[0] = report.scenarios[1].checks[2];
    report.scenarios[1].exit = Exit::ok;
    const std::string text = told(report, 200);
    CHECK(
        contains(text, "  base\n  passes, with doubts: 2 checks pass, 1 warns\n  ! warn  cash: "));
    CHECK(contains(text, "  late\n  passes, with doubts: 2 checks pass, 1 too close to call\n"));
}

TEST_CASE("what moved is told for the first five, and notes of the baseline stand below") {
    CheckReport report = sample_checks();
    CheckedScenario& late = report.scenarios[1];
    for (const std::string metric : {"a", "b", "c", "d", "e"})
        late.moved.push_back({metric, "", "total", "total", "2024-01-01", 1, 2, 1.0});
    late.notes = {"its seed is 7, here 1"};
    const auto all = lines(told(report));
    const auto has = [&](const std::string& line) {
        return std::ranges::find(all, line) != all.end();
    };
    CHECK(has("  c         2024-01: 1 → 2, +100 %"));
    CHECK_FALSE(has("  d         2024-01: 1 → 2, +100 %"));
    CHECK(has("  its seed is 7, here 1"));
}

TEST_CASE("a figure that one of two lacks is told so") {
    CheckReport report = sample_checks();
    report.scenarios[1].moved = {
        {"headroom_mw", "mw", "site", "main", "2024-07-01", 12.5, std::nullopt, std::nullopt}};
    CHECK(contains(told(report), "headroom of main  2024-07: 12.5 MW → no figure\n"));
}

TEST_CASE("checks keep to the width, and numbers are whole at any") {
    for (const int width : {20, 31, 40, 80, 200}) {
        const std::string text = told(sample_checks(), width);
        CHECK(widest(text) <= static_cast<std::size_t>(width));
        for (const std::string number : {"350000", "35.0", "2024-12:", "280", "43,000", "1.50"})
            CHECK(contains(text, number));
    }
    CHECK(is_ascii(told(sample_checks(), 80, false)));
}

TEST_CASE("colours of checks change no text, and nasty names bring none of their own") {
    const std::string colored = checks_terminal(sample_checks(), {80, true, true});
    CHECK(contains(colored, "\x1b[1;31m✗ FAIL"));
    CHECK(without_colors(colored) == told(sample_checks(), 80));
    const std::string text = told(nasty_checks(), 80);
    CHECK(std::ranges::none_of(
        text, [](char c) { return c != '\n' && static_cast<unsigned char>(c) < 0x20; }));
    CHECK_FALSE(contains(text, "\xe2\x80\xae"));
    CHECK(widest(text) <= 80);
}
