// What is wrong with scenarios, for programs: places, JSON, annotations, SARIF.
#include "support/catch.hpp"
#include "support/golden.hpp"
#include "support/sample_checks.hpp"

#include <fleetcast/report/diagnostics.hpp>

#include <nlohmann/json.hpp>

using namespace fleetcast;
using namespace fleetcast::testing;
using nlohmann::json;

namespace {

Finding finding(const std::string& file, std::size_t line = 4, std::size_t column = 31) {
    return {Severity::error, file, line, column, "sites.main.pue", "must be at least 1", ""};
}

std::string uri_of(const std::string& file) {
    const auto document = json::parse(diagnostics_sarif({finding(file)}));
    return document["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
                   ["uri"];
}

} // namespace

TEST_CASE("a finding has the line and the column of its place") {
    const Sources sources{{{"plan.json", "{\n  \"é\": 1}"}, {"base.json", "{}"}}};
    const Problems problems = {{Severity::error, {0, 10}, "é", "wrong", "way out"}, // the 1
                               {Severity::warning, {1, 1}, "", "of the base", ""},
                               {Severity::note, {}, "", "of the whole", ""}};
    CHECK(findings_of(problems, sources) ==
          std::vector<Finding>{{Severity::error, "plan.json", 2, 8, "é", "wrong", "way out"},
                               {Severity::warning, "base.json", 1, 2, "", "of the base", ""},
                               {Severity::note, "plan.json", 0, 0, "", "of the whole", ""}});
}

TEST_CASE("the findings of a scenario without a text have no file") {
    const auto findings = findings_of({{Severity::error, {}, "", "wrong", ""}}, {});
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].file.empty());
}

TEST_CASE("diagnostics as JSON have the keys of a finding, null where there is no line") {
    CHECK(diagnostics_json({}) == "{\"fleetcast_diagnostics\":1,\n\"diagnostics\":[]}\n");
    CHECK(diagnostics_json({finding("a.json"), {Severity::note, "b.json", 0, 0, "", "m", "h"}}) ==
          "{\"fleetcast_diagnostics\":1,\n\"diagnostics\":[\n"
          "{\"severity\":\"error\",\"file\":\"a.json\",\"line\":4,\"column\":31,"
          "\"path\":\"sites.main.pue\",\"message\":\"must be at least 1\",\"hint\":\"\"},\n"
          "{\"severity\":\"note\",\"file\":\"b.json\",\"line\":null,\"column\":null,\"path\":\"\","
          "\"message\":\"m\",\"hint\":\"h\"}\n]}\n");
}

TEST_CASE("diagnostics stay valid JSON whatever the names hold") {
    const std::vector<Finding> findings = nasty_checks().scenarios[2].problems;
    const auto plain = json::parse(diagnostics_json(findings));
    std::string expected = nasty; // the byte that is no UTF-8 becomes U+FFFD
    expected.replace(expected.find('\xff'), 1, "\xef\xbf\xbd");
    CHECK(plain["diagnostics"][0]["message"] == "must be at least 0, got -3" + expected);
    CHECK(plain["diagnostics"].size() == 5);
    const auto sarif = json::parse(diagnostics_sarif(findings));
    CHECK(sarif["runs"][0]["results"].size() == 5);
    CHECK(sarif["runs"][0]["results"][0]["message"]["text"] ==
          "sources.h100.units" + expected + ": must be at least 0, got -3" + expected +
              "\nhint: did you mean 3?" + expected);
}

TEST_CASE("SARIF names its version, its tool and a rule for each result") {
    const auto document =
        json::parse(diagnostics_sarif({finding("plans/a.json"),
                                       {Severity::warning, "b.json", 0, 0, "", "m", "h"},
                                       {Severity::note, "b.json", 2, 0, "", "m", ""}}));
    CHECK(document["version"] == "2.1.0");
    CHECK(document["$schema"].get<std::string>().ends_with("sarif-2.1.0.json"));
    const json& run = document["runs"][0];
    CHECK(run["tool"]["driver"]["name"] == "fleetcast");
    CHECK(run["columnKind"] == "unicodeCodePoints");
    std::vector<std::string> rules;
    for (const json& rule : run["tool"]["driver"]["rules"])
        rules.push_back(rule["id"]);
    for (const json& result : run["results"])
        CHECK(std::ranges::count(rules, result["ruleId"].get<std::string>()) == 1);
    const json& first = run["results"][0];
    CHECK(first["level"] == "error");
    CHECK(first["message"]["text"] == "sites.main.pue: must be at least 1");
    CHECK(first["locations"][0]["physicalLocation"] ==
          json::parse(R"({"artifactLocation":{"uri":"plans/a.json"},
                          "region":{"startLine":4,"startColumn":31}})"));
    CHECK(run["results"][1]["level"] == "warning");
    CHECK(run["results"][1]["message"]["text"] == "m\nhint: h");
    // GitHub refuses a result without a line
    CHECK(run["results"][1]["locations"][0]["physicalLocation"]["region"] ==
          json::parse(R"({"startLine":1})"));
    CHECK(run["results"][2]["level"] == "note");
}

TEST_CASE("SARIF names files by relative URIs with everything but plain characters escaped") {
    CHECK(uri_of("./plans/a b.json") == "plans/a%20b.json");
    CHECK(uri_of(".//a.json") == "a.json");
    CHECK(uri_of("../a.json") == "../a.json");
    CHECK(uri_of("c:d?e#f%.json") == "c%3Ad%3Fe%23f%25.json");
    CHECK(uri_of("\xc3\xa9\xff") == "%C3%A9%FF"); // é, and a byte that is no UTF-8
    CHECK(uri_of("/srv/plan.json") == "file:///srv/plan.json");
}

TEST_CASE("SARIF gives no place to what is of the command line or of standard input") {
    for (const char* name : {"--set", "-"}) {
        const json run = json::parse(diagnostics_sarif({finding(name)}))["runs"][0];
        CHECK(run["results"][0]["locations"] == json::array());
        const auto text = run["results"][0]["message"]["text"].get<std::string>();
        CHECK(text.starts_with(std::string(name) + ": "));
    }
}

TEST_CASE("SARIF has at most 5,000 results, the last of which counts the rest") {
    const auto results_of = [](std::size_t count) {
        return json::parse(diagnostics_sarif(
            std::vector<Finding>(count, finding("a.json"))))["runs"][0]["results"];
    };
    CHECK(results_of(5000).size() == 5000);
    CHECK(results_of(5000).back()["level"] == "error");
    const json results = results_of(6000);
    REQUIRE(results.size() == 5000);
    CHECK(results.back()["message"]["text"].get<std::string>().starts_with("and 1001 more"));
}

TEST_CASE("SARIF without findings has an empty list of results") {
    CHECK(json::parse(diagnostics_sarif({}))["runs"][0]["results"] == json::array());
}

TEST_CASE("diagnostics as annotations have the path as title and the hint in a line of its own") {
    Finding each = finding("a.json");
    each.hint = "it is a ratio";
    CHECK(diagnostics_github({each}) == "::error file=a.json,line=4,col=31,title=sites.main.pue::"
                                        "must be at least 1%0Ahint: it is a ratio\n");
    const auto many = lines(diagnostics_github(std::vector<Finding>(500, each)));
    REQUIRE(many.size() == 10);
    CHECK(many.back().starts_with("::error::and 491 more errors"));
}

TEST_CASE("a document of diagnostics has the form that is asked for") {
    const std::vector<Finding> findings = {finding("a.json")};
    CHECK(diagnostics_document(findings, "json") == diagnostics_json(findings));
    CHECK(diagnostics_document(findings, "github") == diagnostics_github(findings));
    CHECK(diagnostics_document(findings, "sarif") == diagnostics_sarif(findings));
}
