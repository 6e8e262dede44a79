// Values that only a trial can see: results of formulas that are no numbers, sums that overflow.
#include "support/catch.hpp"
#include "validate/plans.hpp"

#include <fleetcast/compile/compile.hpp>
#include <fleetcast/load/catalog.hpp>
#include <fleetcast/load/scenario.hpp>
#include <fleetcast/simulate/forecast.hpp>

using namespace fleetcast;
using namespace fleetcast::testing;

TEST_CASE("what is no number inside a formula is refused, wherever min and max stand") {
    for (const char* formula :
         {"max(3, sqrt(t))", "max(sqrt(t), 3)", "min(3, log(t))", "min(1/(t+2), 3)"}) {
        INFO(formula);
        CHECK(errors(purchase_with(R"("price_usd":{"formula":")" + std::string(formula) + R"("})",
                                   R"("inputs":{"t":-2})"))
                  .find("is not a finite number") != std::string::npos);
    }
}

TEST_CASE("units that add up to more than a number holds are bad input, not a broken law") {
    // Seen where the hours of the fleet, which overflow before, are not asked for.
    const Catalog catalog = load_catalog();
    const LoadedScenario loaded = load_scenario(
        {"test.json", scenario_with(R"("s":{"kind":"purchase","h100e":1,"kw_per_unit":1e-9,
        "deliveries":{"schedule":{"2024-01":1.5e308,"2024-02":1.5e308}}})")});
    const Plan plan = compile(loaded.scenario, catalog);
    const auto run = simulate(plan, {{{metric_named("owned")}, {Group{}}}});
    const auto* const failure = std::get_if<TrialFailure>(&run);
    REQUIRE(failure != nullptr);
    CHECK(failure->message.find("more units than a number can hold") != std::string::npos);
    CHECK(!failure->internal);
}

TEST_CASE("an H100 that cannot be counted on the basis is refused before it divides the others") {
    CHECK(errors(purchase_with("", R"("h100e_basis":"fp8","accelerators":{"bare":{"tdp_w":700,
        "bf16_tflops":1},"nvidia-h100-sxm":{"like":"bare"}})"))
              .find("has no figure on the basis fp8, by which all others are counted") !=
          std::string::npos);
}
