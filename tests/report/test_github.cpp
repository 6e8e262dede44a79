// Annotations: their syntax, their escapes and GitHub's limits.
#include "support/catch.hpp"
#include "support/golden.hpp"
#include "support/sample_checks.hpp"

#include <fleetcast/report/github.hpp>

using namespace fleetcast;
using namespace fleetcast::testing;

namespace {

std::size_t count_of(const std::string& text, const std::string& start) {
    const auto all = lines(text);
    return static_cast<std::size_t>(std::ranges::count_if(
        all, [&](const std::string& line) { return line.starts_with(start); }));
}

std::vector<Annotation> many(std::size_t count, Severity kind) {
    std::vector<Annotation> annotations;
    for (std::size_t i = 1; i <= count; ++i)
        annotations.push_back({kind, "plan.json", i, 1, "", "wrong"});
    return annotations;
}

} // namespace

TEST_CASE("an annotation names its kind, file, line, column, title and message") {
    CHECK(
        github_annotations({{Severity::error, "plans/a.json", 4, 31, "h100s", "does not hold"}}) ==
        "::error file=plans/a.json,line=4,col=31,title=h100s::does not hold\n");
    CHECK(github_annotations({{Severity::warning, "a.json", 0, 0, "", "late"}}) ==
          "::warning file=a.json::late\n");
    CHECK(github_annotations({{Severity::note, "", 7, 2, "", "a default"}}) ==
          "::notice::a default\n");
}

TEST_CASE("what GitHub reads as syntax is escaped in annotations") {
    CHECK(
        github_annotations({{Severity::error, "a,b:c%.json", 1, 2, "t:u,v", "x:y,z 5 %\nhint"}}) ==
        "::error file=a%2Cb%3Ac%25.json,line=1,col=2,title=t%3Au%2Cv::x:y,z 5 %25%0Ahint\n");
    CHECK(github_annotations({{Severity::error, "", 0, 0, "", "a\r\n::warning::b"}}) ==
          "::error::a%0D%0A::warning::b\n");
}

TEST_CASE("control characters of annotations are shown") {
    CHECK(github_annotations({{Severity::error, "a\x1b[31m", 0, 0, "", "b\x07\xe2\x80\xae\xff"}}) ==
          "::error file=a\\x1b[31m::b\\x07\\u202e\\xff\n");
}

TEST_CASE("ten annotations of a kind stand, of eleven nine and how many more there are") {
    CHECK(count_of(github_annotations(many(10, Severity::error)), "::error file=") == 10);
    CHECK_FALSE(contains(github_annotations(many(10, Severity::error)), "more"));
    const std::string eleven = github_annotations(many(11, Severity::error));
    CHECK(count_of(eleven, "::error file=") == 9);
    CHECK(lines(eleven).back() == "::error::and 2 more errors, see the job's log");
    CHECK(github_annotations(many(12, Severity::note), "100 %")
              .ends_with("::notice::and 3 more notices, 100 %25\n"));
}

TEST_CASE("each kind of annotation has its own limit, and errors come first") {
    std::vector<Annotation> all = many(30, Severity::warning);
    for (const Annotation& each : many(10, Severity::error))
        all.push_back(each);
    const std::string text = github_annotations(all);
    CHECK(count_of(text, "::error file=") == 10);
    CHECK(count_of(text, "::warning file=") == 9);
    CHECK(lines(text).front().starts_with("::error "));
    CHECK(lines(text).back() == "::warning::and 21 more warnings, see the job's log");
}

TEST_CASE("500 failing scenarios keep within the limits of annotations") {
    CheckReport report;
    for (int i = 0; i < 500; ++i)
        report.scenarios.push_back(failing_scenario("s" + std::to_string(i)));
    const auto all = lines(checks_github(report));
    REQUIRE(all.size() == 10);
    CHECK(all.back() == "::error::and 991 more errors, see the job's log"); // 2 x 500 - 9
    report.inconclusive_passes = true; // half of them only warn
    const std::string lenient = checks_github(report);
    CHECK(count_of(lenient, "::error") == 10);
    CHECK(count_of(lenient, "::warning") == 10);
}

TEST_CASE("a failed check is annotated at its line") {
    CheckReport report{{failing_scenario("late")}, "", false};
    const std::string text = checks_github(report);
    CHECK(lines(text).front() ==
          "::error file=plans/late.json,line=12,col=5,title=late%3A h100s::owned of "
          "nvidia-h100-sxm at 2024-12 at_least 350000: holds in 35.0 %25 of trials (34.0 to 35.9 "
          "%25), asked 80 %25; was pass, 85 %25");
}

TEST_CASE("problems are annotated by their severity, and a check that warns is a warning") {
    CheckReport report{{broken_scenario("torn"), passing_scenario("base")}, "", false};
    report.scenarios[0].problems[4].severity = Severity::warning;
    report.scenarios[1].checks[2] = checked("base", "power", "warn");
    const std::string text = checks_github(report);
    CHECK(count_of(text, "::error file=plans/torn.json,line=") == 4);
    CHECK(count_of(text, "::warning file=plans/torn.json,line=11,col=7,") == 1);
    CHECK(count_of(text, "::warning file=plans/base.json,line=12,") == 1);
    CHECK(contains(text, "got -3%0Ahint: did you mean 3?\n"));
}

TEST_CASE("a scenario that could not be checked is annotated even if nothing says why") {
    CheckedScenario scenario;
    scenario.name = "slow";
    scenario.file = "slow.json";
    scenario.exit = Exit::refused;
    CHECK(checks_github({{scenario}, "", false}) ==
          "::error file=slow.json,title=slow::could not be checked\n");
}

TEST_CASE("no name of a scenario or check can make an annotation of its own") {
    const std::string text = checks_github(nasty_checks());
    // two checks and five problems
    CHECK(lines(text).size() == 7);
    CHECK(count_of(text, "::error file=plans/") == 7);
    CHECK(std::ranges::none_of(text, [](char c) { return c != '\n' && c >= 0 && c < ' '; }));
    CHECK(contains(text, "\\x1b[31m\\u202e\\u2028"));
}
