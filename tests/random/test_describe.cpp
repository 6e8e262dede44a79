// Distributions in words.
#include <fleetcast/random/distribution.hpp>

#include <limits>
#include <string>

#include "support/catch.hpp"

using namespace fleetcast;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

std::string words(auto shape) { return describe({.shape = shape, .truncate = {}, .clamp = {}}); }

} // namespace

TEST_CASE("a distribution is described in a few words", "[random]") {
    CHECK(words(Uniform{0.03, 0.1}) == "uniform(0.03, 0.1)");
    CHECK(words(Triangular{0, 2, 6}) == "triangular(0, 2, 6)");
    CHECK(words(Pert{0, 2, 6}) == "pert(0, 2, 6)");
    CHECK(words(Normal{100, 15}) == "normal(100, 15)");
    CHECK(words(Lognormal{65, 0.2}) == "lognormal(median 65, sigma 0.2)");
    CHECK(words(Interval{10, 20, 0.9, IntervalShape::lognormal}) ==
          "interval(10, 20) at 90 % lognormal");
    CHECK(words(Interval{0.1, 0.2, 0.55, IntervalShape::logit_normal}) ==
          "interval(0.1, 0.2) at 55 % logit-normal");
    CHECK(words(Interval{-1, 1, 0.995, IntervalShape::normal}) ==
          "interval(-1, 1) at 99.5 % normal");
    CHECK(words(Discrete{{{1, 0.5}, {2, 0.25}, {3, 0.25}}}) == "discrete(3 values)");
    CHECK(words(Empirical{{1}}) == "empirical(1 value)");
    CHECK(words(Mixture{{{1.0, 0.5}, {Uniform{0, 1}, 0.5}}}) == "mixture(2 components)");
}

TEST_CASE("truncate and clamp are told in their order", "[random]") {
    CHECK(describe({.shape = Normal{2, 1}, .truncate = Bounds{0, 5}, .clamp = {}}) ==
          "normal(2, 1) truncated to [0, 5]");
    CHECK(describe({.shape = Normal{2, 1}, .truncate = {}, .clamp = Bounds{0, infinity}}) ==
          "normal(2, 1) clamped to [0, inf)");
    CHECK(describe(
              {.shape = Normal{2, 1}, .truncate = Bounds{-infinity, 5}, .clamp = Bounds{0, 4}}) ==
          "normal(2, 1) truncated to (-inf, 5] clamped to [0, 4]");
}
