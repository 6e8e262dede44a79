// validate --diagnostics: what is wrong with all files in one document for other programs.
#include "program.hpp"

#include <support/catch.hpp>

#include <nlohmann/json.hpp>

using namespace fleetcast::testing;
using nlohmann::json;

namespace {

/// A start that is no date in line 2, column 12 of bad.json, beside the harmless plan.json.
const std::string bad =
    "printf '{\\n  \"start\": \"2024-13\"}' >bad.json; \"$F\" validate plan.json bad.json ";

json diagnostics_of(const Ended& ended) { return json::parse(ended.out)["diagnostics"]; }

/// The error of that line, or null.
json at_line(const json& diagnostics, int line) {
    for (const json& each : diagnostics)
        if (each["severity"] == "error" && each["line"] == line)
            return each;
    return nullptr;
}

} // namespace

TEST_CASE("diagnostics as JSON are all findings in one document, with the exit code of text") {
    const Ended text = run(bad);
    const Ended ended = run(bad + "--diagnostics json");
    CHECK(text.code == 3);
    CHECK(ended.code == 3);
    CHECK(ended.err.empty());
    CHECK(json::parse(ended.out)["fleetcast_diagnostics"] == 1);
    const json error = at_line(diagnostics_of(ended), 2);
    REQUIRE(error.is_object());
    CHECK(error["file"] == "bad.json");
    CHECK(error["column"] == 12);
    CHECK(error["path"] == "start");
    CHECK(holds(text.err, "bad.json:2:12: error: start: " + error["message"].get<std::string>()));
}

TEST_CASE("valid files have no verdict lines among diagnostics") {
    const Ended ended = run("\"$F\" validate plan.json --quiet --diagnostics json");
    CHECK(ended.code == 0);
    CHECK(ended.out == "{\"fleetcast_diagnostics\":1,\n\"diagnostics\":[]}\n");
    CHECK(ended.err.empty());
    const Ended github = run("\"$F\" validate plan.json --quiet --diagnostics=github");
    CHECK(github.code == 0);
    CHECK(github.out.empty());
}

TEST_CASE("a file that cannot be read stands in the diagnostics without a line") {
    const Ended ended = run("\"$F\" validate plan.json missing.json --quiet --diagnostics json");
    CHECK(ended.code == 4);
    CHECK(ended.err.empty());
    const json diagnostics = diagnostics_of(ended);
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics[0]["file"] == "missing.json");
    CHECK(diagnostics[0]["line"].is_null());
    CHECK(holds(diagnostics[0]["message"], "cannot read missing.json"));
}

TEST_CASE("diagnostics as SARIF and as annotations point at the line") {
    const Ended sarif = run(bad + "--diagnostics sarif");
    CHECK(sarif.code == 3);
    bool found = false;
    const json document = json::parse(sarif.out);
    for (const json& result : document["runs"][0]["results"])
        found = found || result["locations"][0]["physicalLocation"] ==
                             json::parse(R"({"artifactLocation":{"uri":"bad.json"},
                                             "region":{"startLine":2,"startColumn":12}})");
    CHECK(found);
    const Ended github = run(bad + "--diagnostics github");
    CHECK(github.code == 3);
    CHECK(holds(github.out, "::error file=bad.json,line=2,col=12,title=start::"));
}

TEST_CASE("an unknown form of diagnostics is a mistake of the command line") {
    const Ended ended = run("\"$F\" validate plan.json --diagnostics xml");
    CHECK(ended.code == 2);
    CHECK(ended.out.empty());
    for (const char* word : {"--diagnostics", "text", "json", "github", "sarif"})
        CHECK(holds(ended.err, word));
}
