// Checks as a summary for a pull request: its tables, its escapes, its size.
#include "support/catch.hpp"
#include "support/golden.hpp"
#include "support/sample_checks.hpp"

using namespace fleetcast;
using namespace fleetcast::testing;

namespace {

constexpr std::size_t most_bytes = 60'000;

bool has_line(const std::string& text, const std::string& line) {
    const auto all = lines(text);
    return std::ranges::find(all, line) != all.end();
}

/// Bars that part cells: those without a backslash before them.
std::size_t bars(const std::string& line) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '\\')
            ++i;
        else if (line[i] == '|')
            ++count;
    }
    return count;
}

} // namespace

TEST_CASE("the summary for a pull request tells what fails, what moved and what passes") {
    const std::string text = checks_markdown(sample_checks());
    CHECK(
        text.starts_with("## fleetcast check: failed\n\n" + summary_of(sample_checks()) + "\n\n"));
    CHECK(has_line(text, "| scenario | check | verdict | found | asked | baseline |"));
    CHECK(has_line(text,
                   "| late | h100s: owned of nvidia-h100-sxm at 2024-12 at\\_least 350000 | "
                   "fail | holds in 35.0 % of trials (34.0 to 35.9 %) | 80 % | pass, 85 % |"));
    CHECK(contains(text, "| too-close | holds in 35.0 % of trials (34.0 to 35.9 %); about 43,000 "
                         "trials would settle it (--trials 43000) | 80 % |  |"));
    CHECK(has_line(text, "| torn |  | could not be checked | plans/torn.json:3:7: "
                         "sources.h100.units: must be at least 0, got -3; and 4 more |  |  |"));
    CHECK(has_line(text, "### What moved since main.json"));
    CHECK(has_line(text, "| late | owned | 2024-12 | 350 k units | 280 k units | -70 k units | "
                         "-20 % |"));
    CHECK(contains(text, "<details>\n<summary>4 checks pass</summary>\n\n| scenario |"));
    CHECK(has_line(text, "| base | power: owned of nvidia-h100-sxm at 2024-12 at\\_least 350000 | "
                         "holds in 95.0 % of trials (94.5 to 95.4 %) | 80 % |"));
    CHECK(text.ends_with(" |\n\n</details>\n"));
}

TEST_CASE("a summary of what passes has no table of failures") {
    const std::string text = checks_markdown({{passing_scenario("base")}, "", false});
    CHECK(text.starts_with("## fleetcast check: passed\n\n1 scenario: 1 passes; 3 checks: 3 pass\n"
                           "\n<details>\n"));
    CHECK_FALSE(contains(text, "verdict"));
    CHECK_FALSE(contains(text, "moved"));
}

TEST_CASE("notes of the baseline are a list, counted where there are too many") {
    CheckReport report{{passing_scenario("base")}, "main.json", false};
    report.scenarios[0].notes = {"its seed is 7, here 1"};
    CHECK(has_line(checks_markdown(report), "- base: its seed is 7, here 1"));
    report.scenarios[0].notes = std::vector<std::string>(1000, "its seed is 7, here 1");
    const std::string text = checks_markdown(report);
    CHECK(text.size() < 6'000);
    CHECK(contains(text, "\n- and "));
}

TEST_CASE("names are inert in Markdown: no cell, line, tag, link or emphasis of their own") {
    const std::string text = checks_markdown(nasty_checks());
    CHECK_FALSE(contains(text, "</script>"));
    CHECK_FALSE(contains(text, "<img"));
    CHECK_FALSE(contains(text, "\xe2\x80\xae"));
    CHECK(contains(text,
                   "&lt;/script&gt;&lt;img onerror=x&gt;\\|\\`\\*\\_\\[a\\](b)\\\\ %0A::error"));
    CHECK(contains(text, "&amp; \\]\\]&gt; \\\\x1b\\[31m\\\\u202e\\\\u2028"));
    CHECK(contains(text, "\\\\x0d\\\\x0a\\\\x09z\\\\xff\\\\x00")); // CR LF TAB, no UTF-8, NUL
    for (const std::string& line : lines(text)) {
        if (line.starts_with("| late") || line.starts_with("| torn") || line.starts_with("| base"))
            CHECK((bars(line) == 7 || bars(line) == 8 || bars(line) == 5));
        if (line.starts_with("<"))
            CHECK((line == "<details>" || line == "</details>" ||
                   line == "<summary>4 checks pass</summary>"));
    }
}

TEST_CASE("10,000 scenarios keep within the limit of a comment, and those beyond are counted") {
    CheckReport report;
    for (int i = 0; i < 10'000; ++i)
        report.scenarios.push_back(i % 2 == 0 ? failing_scenario("s" + std::to_string(i))
                                              : passing_scenario("s" + std::to_string(i)));
    const std::string text = checks_markdown(report);
    CHECK(text.size() <= most_bytes);
    const auto all = lines(text);
    const auto is_failure = [](const std::string& line) {
        return line.starts_with("| s") && bars(line) == 7 && !line.starts_with("| scenario");
    };
    const auto shown = std::ranges::count_if(all, is_failure);
    CHECK(shown > 100);
    const auto rest = std::ranges::find_if(
        all, [](const std::string& line) { return line.starts_with("| and "); });
    REQUIRE(rest != all.end());
    std::string count = rest->substr(6, rest->find(" more") - 6);
    std::erase(count, ',');
    CHECK(std::stoi(count) + shown == 10'000); // two checks of 5,000 scenarios
    CHECK(std::ranges::count_if(
              all, [](const std::string& line) { return line.starts_with("| and "); }) == 3);
    CHECK(text.ends_with("</details>\n"));
}

TEST_CASE("a name of any length and kind keeps a summary within its limit") {
    for (const std::string part : {"<", "\xf3\xa0\x80\x81", "e\xcc\x81", "|"}) { // a tag, a mark
        std::string name;
        while (name.size() < 32'768)
            name += part;
        CheckReport report;
        for (int i = 0; i < 200; ++i) {
            CheckedScenario scenario = i % 3 == 0 ? broken_scenario(name) : failing_scenario(name);
            scenario.notes = {name};
            for (CheckedRow& each : scenario.checks)
                each.row.check = each.row.limit = name;
            report.scenarios.push_back(scenario);
        }
        report.baseline = name;
        const std::string text = checks_markdown(report);
        CHECK(text.size() <= most_bytes);
        CHECK(contains(text, "could not be checked |"));
    }
}
