// What a schema cannot say and no other test of the rules does (docs/schema.md has the whole list).
#include "support/catch.hpp"
#include "validate/plans.hpp"

#include <fleetcast/load/scenario.hpp>

#include <string>

using namespace fleetcast::testing;

TEST_CASE("an interval without a shape takes it from the name of its field or input") {
    // From 0.5 to 1.2 is no range of a share, whose intervals are logit-normal.
    CHECK(errors(purchase_with(R"("spares_share":{"interval":[0.5,1.2]})")) ==
          "sources.s.spares_share: a logit-normal interval needs low above 0 and high below 1, got "
          "interval [0.5, 1.2]");
    CHECK(errors(purchase_with("", R"("inputs":{"a_share":{"interval":[0.5,1.2]}})")) ==
          "inputs.a_share: a logit-normal interval needs low above 0 and high below 1, got "
          "interval [0.5, 1.2]");
    CHECK(errors(purchase_with("", R"("inputs":{"a":{"interval":[0.5,1.2]}})")) == "");
    // A mixture is no name: its parts go by that of the field around it.
    CHECK(errors(purchase_with(
              "", R"("inputs":{"a_share":{"mixture":[[{"interval":[0.5,1.2]},1]]}})")) ==
          "inputs.a_share: component 1: a logit-normal interval needs low above 0 and high below "
          "1, got interval [0.5, 1.2]");
}

TEST_CASE("ten thousand sources are the most") {
    std::string sources;
    for (int i = 0; i <= 10'000; ++i)
        sources += (i ? ",\"s" : "\"s") + std::to_string(i) +
                   R"(":{"kind":"purchase","h100e":1,"kw_per_unit":1,"orders":{}})";
    CHECK(errors(scenario_with(sources)) == "sources: has 10001 sources, the cap is 10000");
}

TEST_CASE("a variant is judged when it is laid on") {
    const std::string scenario =
        purchase_with("", R"("variants":{"bad":{"sources":{"s":{"kw_per_unit":0}}}})");
    CHECK(errors(scenario) == "");
    fleetcast::PatchRequest request;
    request.variant = "bad";
    const auto loaded = fleetcast::load_scenario({"plan.json", scenario}, request);
    REQUIRE(loaded.problems.size() == 1);
    CHECK(loaded.problems[0].path == "sources.s.kw_per_unit");
    CHECK(loaded.problems[0].message == "must be above 0, got 0");
}
