// Which format an output gets.
#include "support/catch.hpp"
#include "support/sample_result.hpp"

#include <fleetcast/base/result.hpp>
#include <fleetcast/report/formats.hpp>

#include <set>

using namespace fleetcast;
using namespace fleetcast::testing;

namespace {

std::string refusal(const std::string& target, const std::optional<std::string>& name) {
    try {
        return "took " + std::string(format_for(target, name).name);
    } catch (const Failure& failure) {
        CHECK(failure.code == Exit::usage);
        return failure.what();
    }
}

} // namespace

TEST_CASE("the extension decides, in any case, --format serves outputs without a known one") {
    CHECK(format_for("out/x.csv", {}).name == "csv");
    CHECK(format_for("X.JSON", {}).name == "json");
    CHECK(format_for("x.csv", "json").name == "csv");
    CHECK(format_for("x.txt", "csv").name == "csv");
    CHECK(format_for("-", {}).name == "terminal");
    CHECK(format_for("-", "json").name == "json");
    CHECK(format_for("/dev/stdout", {}).name == "terminal");
}

TEST_CASE("an output that tells no format is refused with the list") {
    CHECK(refusal("x.txt", {}) ==
          "no format follows from the name x.txt: end it in .csv or .json, or give --format");
    CHECK(refusal(".csv", {}).find("no format") == 0); // a hidden file without extension
    CHECK(refusal("a\x1b.b", {}).find("a\\x1b.b") != std::string::npos);
}

TEST_CASE("a misspelt format gets a suggestion and the list") {
    const std::string text = refusal("-", "jsno");
    CHECK(text.find("did you mean \"json\"?") != std::string::npos);
    CHECK(text.find("terminal, csv, json") != std::string::npos);
}

TEST_CASE("every format renders the sample, names are unique and every row has a word of help") {
    std::set<std::string_view> names;
    for (const Format& format : formats()) {
        CHECK_FALSE(format.render(sample_result(), sample_view(), {}).empty());
        CHECK(names.insert(format.name).second);
        CHECK_FALSE(format.doc.empty());
    }
}
