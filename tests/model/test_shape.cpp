// The format as data: what stands at a path, and how it is told.
#include "support/catch.hpp"

#include <fleetcast/model/shape.hpp>

#include <initializer_list>
#include <string_view>
#include <vector>

using namespace fleetcast;

namespace {

using Kind = Shape::Kind;

const Shape* shape_below(std::initializer_list<std::string_view> path) {
    const Shape* shape = &scenario_shape();
    for (const std::string_view key : path)
        if (shape)
            shape = shape_at(*shape, key);
    return shape;
}

Kind kind_below(std::initializer_list<std::string_view> path) {
    const Shape* shape = shape_below(path);
    REQUIRE(shape);
    return shape->kind;
}

} // namespace

TEST_CASE("every place of a scenario has a shape, through names, forms and kinds") {
    CHECK(kind_below({"start"}) == Kind::date);
    CHECK(kind_below({"step"}) == Kind::word);
    CHECK(kind_below({"inputs", "a"}) == Kind::series);
    CHECK(kind_below({"sources", "a"}) == Kind::one_of_kind);
    CHECK(kind_below({"sources", "a", "kind"}) == Kind::word);
    CHECK(kind_below({"sources", "a", "vintages", "2021-06"}) == Kind::scalar);
    CHECK(kind_below({"sources", "a", "deliveries"}) == Kind::one_of_form);
    CHECK(kind_below({"sources", "a", "deliveries", "schedule", "2024-Q1"}) == Kind::scalar);
    CHECK(kind_below({"sources", "a", "deliveries", "reach_h100e"}) == Kind::scalar);
    CHECK(kind_below({"sources", "a", "orders", "po-1", "price_usd"}) == Kind::scalar);
    CHECK(kind_below({"sources", "a", "price_usd"}) == Kind::series);
    CHECK(kind_below({"sources", "a", "price_usd", "points", "2024-01"}) == Kind::scalar);
    CHECK(kind_below({"sources", "a", "price_usd", "growth_per_year", "uniform"}) == Kind::numbers);
    CHECK(kind_below({"sources", "a", "nre_from"}) == Kind::date);
    CHECK(kind_below({"sites", "a", "power", "one", "payment"}) == Kind::list);
    CHECK(kind_below({"sites", "a", "accelerators"}) == Kind::list);
    CHECK(kind_below({"workloads", "a", "due"}) == Kind::date);
    CHECK(kind_below({"workloads", "a", "team"}) == Kind::name);
    CHECK(kind_below({"accelerators", "a", "bf16_tflops"}) == Kind::number);
    CHECK(kind_below({"finance", "year_starts"}) == Kind::month);
    CHECK(kind_below({"correlations", "a", "between"}) == Kind::texts);
    CHECK(kind_below({"checks", "a", "at_least"}) == Kind::threshold);
    CHECK(kind_below({"variants", "a"}) == Kind::patch);
    CHECK(kind_below({"extends"}) == Kind::text);
}

TEST_CASE("where the format has nothing there is no shape") {
    CHECK_FALSE(shape_below({"source"}));
    CHECK_FALSE(shape_below({"sources", "a", "price_eur"}));
    CHECK_FALSE(shape_below({"sources", "a", "delay_months", "points"}));
    CHECK_FALSE(shape_below({"start", "year"}));
    CHECK_FALSE(shape_below({"variants", "a", "sources"}));
}

TEST_CASE("a shape has the range, the words and the unit of its field") {
    const Shape* share = shape_below({"sources", "a", "annual_attrition_share"});
    REQUIRE(share);
    CHECK(share->range == Range{.low = 0, .high = 1, .high_open = true});
    const Shape* curve = shape_below({"sources", "a", "deliveries", "curve"});
    REQUIRE(curve);
    CHECK(curve->words ==
          std::vector<std::string_view>{"linear", "s-curve", "front-loaded", "back-loaded"});
    const Shape* at = shape_below({"checks", "a", "at"});
    REQUIRE(at);
    CHECK(at->words == std::vector<std::string_view>{"all", "any"});
    const Shape* cost = shape_below({"costs", "a"});
    REQUIRE(cost);
    CHECK(cost->fields.front().name == "usd");
    CHECK(cost->fields.front().unit == "usd");
    CHECK_FALSE(cost->fields.front().required);
}
