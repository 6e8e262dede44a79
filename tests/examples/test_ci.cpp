// The plan that is gated in CI says of itself what the program says of it.
#include "cli/program.hpp"
#include "support/catch.hpp"

using namespace fleetcast::testing;

namespace {

const std::string folder = FLEETCAST_ROOT "/examples/ci/";

/// Ends as `fleetcast check` with these words does, in the root of the project.
Ended check(const std::string& words) {
    return run("cd '" FLEETCAST_ROOT "' && $F check " + words);
}

} // namespace

TEST_CASE("of the plans in CI one passes, one fails and one is too close to call") {
    CHECK(check("examples/ci/scenario.json").code == 0);
    CHECK(check("examples/ci/failing.json --inconclusive pass").code == 99);
    CHECK(check("examples/ci/too-close.json").code == 99);
    CHECK(check("examples/ci/too-close.json --inconclusive pass").code == 0);
    CHECK(check("examples/ci/too-close.json --trials 1e5").code == 0);
}

TEST_CASE("the README of the plan in CI shows what is printed") {
    const Ended ended = check("examples/ci/failing.json examples/ci/scenario.json "
                              "examples/ci/too-close.json");
    CHECK(ended.code == 99);
    CHECK(holds(contents(folder + "README.md"), "```text\n" + ended.out + "```\n"));
}

TEST_CASE("the table of one check in docs/ci.md is what is printed") {
    const std::string page = contents(FLEETCAST_ROOT "/docs/ci.md");
    const std::string out = check("examples/ci/too-close.json").out;
    const auto from = out.find("  ? too-close");
    REQUIRE(from != out.npos);
    CHECK(holds(page, "```text\n" + out.substr(from, out.find("\n\n", from) + 1 - from) + "```\n"));
}
