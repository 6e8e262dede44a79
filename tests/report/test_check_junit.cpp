// JUnit XML of checks, read back by an XML parser.
#include "support/catch.hpp"
#include "support/golden.hpp"
#include "support/sample_checks.hpp"

#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>

#include <sstream>

using namespace fleetcast;
using namespace fleetcast::testing;

namespace {

using Element = boost::property_tree::ptree;

/// The root element, <testsuites>.
Element parsed(const CheckReport& report) {
    std::istringstream in(checks_junit(report));
    Element document;
    boost::property_tree::read_xml(in, document);
    return document.get_child("testsuites");
}

std::vector<Element> children(const Element& element, const std::string& name) {
    std::vector<Element> found;
    for (const auto& [key, child] : element)
        if (key == name)
            found.push_back(child);
    return found;
}

std::string attribute(const Element& element, const std::string& name) {
    return element.get<std::string>("<xmlattr>." + name, "(none)");
}

/// tests, failures and errors.
std::vector<std::string> counts(const Element& element) {
    return {attribute(element, "tests"), attribute(element, "failures"),
            attribute(element, "errors")};
}

/// Of control characters only line feeds and tabs: a CR stands as a reference.
bool has_no_control(const std::string& text) {
    return std::ranges::none_of(text, [](char c) {
        return c != '\n' && c != '\t' && (static_cast<unsigned char>(c) < 0x20 || c == 0x7f);
    });
}

} // namespace

TEST_CASE("JUnit has a testsuite for each scenario and a testcase for each check") {
    const Element root = parsed(sample_checks());
    CHECK(attribute(root, "name") == "fleetcast check");
    CHECK(counts(root) == std::vector<std::string>{"7", "2", "1"}); // 6 checks, 1 broken scenario
    const auto suites = children(root, "testsuite");
    REQUIRE(suites.size() == 3);
    CHECK(attribute(suites[0], "name") == "base");
    CHECK(counts(suites[0]) == std::vector<std::string>{"3", "0", "0"});
    CHECK(counts(suites[1]) == std::vector<std::string>{"3", "2", "0"});
    CHECK(counts(suites[2]) == std::vector<std::string>{"1", "0", "1"});
    const auto cases = children(suites[0], "testcase");
    REQUIRE(cases.size() == 3);
    CHECK(attribute(cases[0], "classname") == "base");
    CHECK(attribute(cases[0], "name") ==
          "h100s: owned of nvidia-h100-sxm at 2024-12 at_least 350000");
    CHECK(attribute(cases[0], "file") == "plans/base.json");
    CHECK(attribute(cases[0], "line") == "12");
    CHECK(attribute(cases[0], "time") == "(none)");
    CHECK(children(cases[0], "failure").empty());
}

TEST_CASE("a failure in JUnit says what was found in its message and in its body") {
    const auto cases = children(children(parsed(sample_checks()), "testsuite")[1], "testcase");
    const auto failures = children(cases[0], "failure");
    REQUIRE(failures.size() == 1);
    const std::string found =
        "holds in 35.0 % of trials (34.0 to 35.9 %), asked 80 %; was pass, 85 %";
    CHECK(attribute(failures[0], "message") == found);
    CHECK(attribute(failures[0], "type") == "fail");
    CHECK(failures[0].data().starts_with(found + "\n"));
    CHECK(contains(failures[0].data(), "plans/late.json:12:5"));
    CHECK(contains(failures[0].data(), "owned in 2024-12: 350 k units -> 280 k units, -20 %"));
    CHECK(attribute(children(cases[1], "failure").at(0), "type") == "too-close");
    CHECK(children(cases[2], "failure").empty());
}

TEST_CASE("a check too close to call is no failure in JUnit where that passes") {
    CheckReport report = sample_checks();
    report.inconclusive_passes = true;
    const Element root = parsed(report);
    CHECK(counts(root) == std::vector<std::string>{"7", "1", "1"});
    const auto cases = children(children(root, "testsuite")[1], "testcase");
    CHECK(children(cases[1], "failure").empty());
    CHECK(contains(children(cases[1], "system-out").at(0).data(), "too close to call"));
}

TEST_CASE("a check that warns passes in JUnit, and says so") {
    CheckReport report{{passing_scenario("base")}, "", false};
    report.scenarios[0].checks[1] = checked("base", "cash", "warn");
    const Element root = parsed(report);
    CHECK(counts(root) == std::vector<std::string>{"3", "0", "0"});
    const auto cases = children(children(root, "testsuite")[0], "testcase");
    CHECK(children(cases[1], "system-out").at(0).data().starts_with("warn: holds in 35.0 %"));
}

TEST_CASE("what kept a scenario from being checked is an error in JUnit, with all its problems") {
    const auto suite = children(parsed(sample_checks()), "testsuite")[2];
    const auto cases = children(suite, "testcase");
    REQUIRE(cases.size() == 1);
    CHECK(attribute(cases[0], "name") == "can be checked");
    CHECK(attribute(cases[0], "line") == "3");
    const Element error = children(cases[0], "error").at(0);
    CHECK(attribute(error, "type") == "bad-input");
    CHECK(attribute(error, "message") ==
          "plans/torn.json:3:7: sources.h100.units: must be at least 0, got -3");
    CHECK(lines(error.data()).size() == 6); // five problems and a hint
}

TEST_CASE("the type of an error in JUnit tells time, files and limits apart") {
    const auto type = [](Exit exit, const std::string& message) {
        CheckedScenario scenario;
        scenario.name = scenario.file = "a.json";
        scenario.exit = exit;
        scenario.problems = {{Severity::error, "a.json", 0, 0, "", message, ""}};
        const auto suites = children(parsed({{scenario}, "", false}), "testsuite");
        return attribute(children(suites[0], "testcase")[0].get_child("error"), "type");
    };
    CHECK(type(Exit::refused, "not finished within 5 s (--timeout)") == "timeout");
    CHECK(type(Exit::refused, "needs 9 GiB, see --memory") == "refused");
    CHECK(type(Exit::io, "cannot read a.json: No such file or directory") == "io");
    CHECK(type(Exit::bad_input, "wrong") == "bad-input");
}

TEST_CASE("names in JUnit are read back as they were, but for what XML cannot hold") {
    const std::string text = checks_junit(nasty_checks());
    CHECK(has_no_control(text));
    CHECK_FALSE(contains(text, "]]>"));
    CHECK_FALSE(contains(text, "<script"));
    CHECK_FALSE(contains(text, "\xef\xbf\xbf"));
    CHECK_FALSE(contains(text, "\xff"));
    const Element root = parsed(nasty_checks());
    const std::string shown =
        "</script><img onerror=x>|`*_[a](b)\\ %0A::error::x,y: \"q\" 'r' & ]]> \\x1b[31m\\u202e"
        "\\u2028\\uffff\r\n\tz\\xff\\x00";
    CHECK(attribute(children(root, "testsuite")[0], "name") == "base" + shown);
    CHECK(contains(children(root, "testsuite")[2].get<std::string>("testcase.error"),
                   "got -3" + shown));
}

TEST_CASE("JUnit of no scenario, and the same bytes for the same report") {
    CHECK(checks_junit({}) == "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites "
                              "name=\"fleetcast check\" tests=\"0\" failures=\"0\" "
                              "errors=\"0\">\n</testsuites>\n");
    CHECK(checks_junit(sample_checks()) == checks_junit(sample_checks()));
}
