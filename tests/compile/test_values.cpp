// How scalars and series become slots and programs of a plan: one input is one draw, formulas
// bind as written, references and formulas over series are series.
#include "support/catch.hpp"
#include "validate/plans.hpp"

#include <fleetcast/compile/compile.hpp>
#include <fleetcast/load/catalog.hpp>
#include <fleetcast/load/scenario.hpp>

#include <algorithm>
#include <cmath>

using namespace fleetcast;
using namespace fleetcast::testing;

namespace {

Plan plan_of(const std::string& scenario) {
    return compile(load_scenario({"test.json", scenario}).scenario, load_catalog());
}

/// The paths of all draws, in the order of the slots.
std::vector<std::string> draws(const Plan& plan) {
    std::vector<std::string> paths;
    for (const SlotRule& rule : plan.slots)
        if (const auto* draw = std::get_if<Draw>(&rule))
            paths.push_back(draw->path);
    return paths;
}

/// What a formula over a = 7, b = 2 and t (1 in 2024, 3 from 2024-07 on) gives.
testing::Figures spent(const std::string& formula) {
    return forecast(purchase_with(
        "",
        R"("inputs":{"a":7,"b":2,"t":{"points":{"2024-01":1,"2024-07":3}}},"costs":{"c":{"usd_per_month":{"formula":")" +
            formula + "\"}}}"));
}
double result(const std::string& formula) { return spent(formula).total("other_usd", 0); }

} // namespace

TEST_CASE("one named input is one draw, wherever and however it is used") {
    const Plan plan = plan_of(purchase_with(
        R"("delay_months":{"ref":"inputs.a"},"price_usd":{"formula":"a * a + b"},"system_price_usd":{"points":{"2024-01":{"ref":"inputs.a"}}})",
        R"("inputs":{"a":{"uniform":[1,2]},"b":{"formula":"2 * a"},"c":{"ref":"inputs.a"},"unused":{"uniform":[0,1]}},
           "sites":{"hall":{"electricity_usd_per_mwh":{"ref":"inputs.c"},"pue":{"formula":"1 + b"}}})"));
    CHECK(draws(plan) == std::vector<std::string>{"inputs.a"});
    CHECK(plan.uncertain);
    REQUIRE(std::holds_alternative<Draw>(plan.slots.at(plan.sources[0].delay.index)));
}

TEST_CASE("a distribution in a field is a draw of its own, named by its path [R1]") {
    const Plan plan = plan_of(scenario_with(
        R"("s":{"kind":"purchase","h100e":{"uniform":[1,2]},"kw_per_unit":1,"orders":{"po-17":{"units":5,"ordered":"2024-01","lead_time_months":{"uniform":[1,2]}}},
             "price_usd":{"points":{"2024-03":2,"2024-01":{"uniform":[1,2]}}},"system_price_usd":{"start":1,"growth_per_year":{"uniform":[0,1]}}},
           "i":{"kind":"installed","h100e":1,"kw_per_unit":1,"vintages":{"2021-06":{"uniform":[1,2]}}})",
        R"("sites":{"main":{"power":{"phase-2":{"from":"2024-06","critical_mw":1,"delay_months":{"uniform":[0,1]}}}}})"));
    std::vector<std::string> paths = draws(plan);
    std::ranges::sort(paths);
    CHECK(paths == std::vector<std::string>{"sites.main.power.phase-2.delay_months",
                                            "sources.i.vintages.2021-06", "sources.s.h100e",
                                            "sources.s.orders.po-17.lead_time_months",
                                            "sources.s.price_usd.points.2024-01",
                                            "sources.s.system_price_usd.growth_per_year"});
}

TEST_CASE("a plan without distributions is certain, one with a respin is not") {
    CHECK_FALSE(plan_of(purchase_with("")).uncertain);
    CHECK(
        plan_of(in_house_with(R"("respin":{"probability_share":0.1,"delay_months":3})")).uncertain);
}

TEST_CASE("formulas bind as on paper: ^ tightest and to the right, then signs, products, sums") {
    const std::pair<const char*, double> cases[] = {
        {"2 ^ 3 ^ 2", 512},   {"(2 ^ 3) ^ 2", 64}, {"-b ^ 2", -4},
        {"(-b) ^ 2", 4},      {"2 ^ -1", 0.5},     {"-2 ^ -2", -0.25},
        {"a - b - 1", 4},     {"a / b / 7", 0.5},  {"a - b * 3", 1},
        {"a * b + 3", 17},    {"(a + b) * 2", 18}, {"a / b * 2", 7},
        {"2 * a ^ 2", 98},    {"--a", 7},          {"+a - -b", 9},
        {"a * -b", -14},      {"1.5e3", 1500},     {".5", 0.5},
        {"min(a, b, 3)", 2},  {"max(a, b)", 7},    {"abs(b - a)", 5},
        {"sqrt(a + b)", 3},   {"exp(0)", 1},       {"log(exp(b))", 2},
        {"min(a, b) ^ 2", 4}, {"-abs(-a)", -7},    {"2 ^ b ^ 3", 256},
        {"a ^ b / 7", 7},     {"10 - 2 ^ 2", 6},   {"max(min(a, 3), b)", 3},
    };
    for (const auto& [formula, expected] : cases) {
        CAPTURE(formula);
        CHECK(result(formula) == Approx(expected).epsilon(1e-12));
    }
}

TEST_CASE("a formula or a reference over a series is a series, also through inputs") {
    const auto halves = [](const testing::Figures& run, double first, double second) {
        CHECK(run.total("other_usd", 5) == Approx(first));
        CHECK(run.total("other_usd", 6) == Approx(second));
    };
    halves(spent("t"), 1, 3);
    halves(spent("t ^ 2 + a"), 8, 16);
    halves(
        forecast(purchase_with(
            "",
            R"("inputs":{"t":{"points":{"2024-01":1,"2024-07":3}},"r":{"ref":"inputs.t"},"f":{"formula":"10 * r"}},
        "costs":{"c":{"usd_per_month":{"ref":"inputs.f"}}})")),
        10, 30);
    // Growth from the scenario's start, and from a base.
    const auto grown = [](const std::string& series) {
        return forecast(
            purchase_with("", R"("inputs":{"g":)" + series +
                                  R"(},"costs":{"c":{"usd_per_month":{"formula":"2 * g"}}})"));
    };
    CHECK(grown(R"({"start":100,"growth_per_year":0.21})").total("other_usd", 6) ==
          Approx(200 * 1.1));
    CHECK(grown(R"({"start":100,"growth_per_year":0.21,"base":"2023-07"})").total("other_usd", 0) ==
          Approx(200 * 1.1));
    // Linear between points, constant before the first and after the last; in any order of the
    // file.
    const testing::Figures linear = grown(R"({"points":{"2024-09":7,"2024-03":1},"between":"linear"})");
    for (const auto& [period, value] : {std::pair(0, 2.0), std::pair(2, 2.0), std::pair(5, 8.0),
                                        std::pair(8, 14.0), std::pair(11, 14.0)})
        CHECK(linear.total("other_usd", static_cast<std::size_t>(period)) == Approx(value));
}

TEST_CASE("every input stands at its median in a deterministic run [R4]") {
    const auto delayed = [](const std::string& usd) {
        return forecast(purchase_with("", R"("costs":{"c":{"at":"2024-01","usd":)" + usd + "}}"))
            .total("other_usd", 0);
    };
    CHECK(delayed(R"({"uniform":[10,30]})") == Approx(20));
    CHECK(delayed(R"({"lognormal":{"median":40,"sigma":1.5}})") == Approx(40));
    CHECK(delayed(R"({"normal":[-5,3]})") == Approx(-5));
    CHECK(delayed(R"({"interval":[4,25]})") == Approx(10)); // lognormal: the root of the product
    CHECK(delayed(R"({"discrete":[[1,0.4],[2,0.2],[9,0.4]]})") == Approx(2));
    CHECK(delayed(R"({"empirical":[9,1,4]})") == Approx(4));
    CHECK(delayed(R"({"triangular":[0,0,8]})") == Approx(8 * (1 - std::sqrt(0.5))));
    CHECK(delayed(R"({"normal":[0,1],"truncate":[0,null]})") == Approx(0.6744897501960817));
    CHECK(delayed(R"({"normal":[0,1],"clamp":[3,null]})") == Approx(3));
}
