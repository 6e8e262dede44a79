// Every mistake in the parameters of a distribution, and its sentence.
#include <fleetcast/random/distribution.hpp>

#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "support/catch.hpp"

using namespace fleetcast;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
using Messages = std::vector<std::string>;

Messages found(auto shape) { return problems_of({.shape = shape, .truncate = {}, .clamp = {}}); }

} // namespace

TEST_CASE("sound distributions have no problems", "[random]") {
    CHECK(found(Uniform{1, 2}).empty());
    CHECK(found(Triangular{1, 1, 2}).empty());
    CHECK(found(Pert{1, 2, 2}).empty());
    CHECK(found(Normal{-1, 0}).empty());
    CHECK(found(Lognormal{1, 50}).empty());
    CHECK(found(Interval{-10, 10, 0.9, IntervalShape::normal}).empty());
    CHECK(found(Discrete{{{1, 0.1}, {2, 0.2}, {3, 0.7 + 9e-10}}}).empty());
    CHECK(found(Empirical{{1}}).empty());
    CHECK(found(Mixture{{{1.0, 0.5}, {Uniform{0, 1}, 0.5}}}).empty());
}

TEST_CASE("ends in the wrong order are named with their numbers", "[random]") {
    CHECK(found(Uniform{5, 3}) == Messages{"low must not be above high, got uniform [5, 3]"});
    CHECK(found(Triangular{3, 2, 5}) ==
          Messages{"mode must lie between min and max, got triangular [3, 2, 5]"});
    CHECK(found(Triangular{3, 6, 5}) ==
          Messages{"mode must lie between min and max, got triangular [3, 6, 5]"});
    CHECK(found(Triangular{5, 4, 3}) ==
          Messages{"min must not be above max, got triangular [5, 4, 3]"});
    CHECK(found(Pert{0.5, 0.25, 1}) ==
          Messages{"mode must lie between min and max, got pert [0.5, 0.25, 1]"});
    CHECK(found(Interval{20, 10, 0.9, IntervalShape::normal}) ==
          Messages{"low must not be above high, got interval [20, 10]"});
}

TEST_CASE("negative spreads and medians of 0 are refused", "[random]") {
    CHECK(found(Normal{3, -1}) == Messages{"sd must be at least 0, got normal [3, -1]"});
    CHECK(found(Lognormal{0, -0.5}) ==
          Messages{"median must be above 0 and finite, got lognormal median 0",
                   "sigma must be at least 0 and finite, got lognormal sigma -0.5"});
}

TEST_CASE("intervals must suit their shape and confidence", "[random]") {
    CHECK(found(Interval{0, 10, 0.9, IntervalShape::lognormal}) ==
          Messages{"a lognormal interval needs low above 0, got interval [0, 10]"});
    CHECK(found(Interval{0, 0.5, 0.9, IntervalShape::logit_normal}) ==
          Messages{"a logit-normal interval needs low above 0 and high below 1, got interval "
                   "[0, 0.5]"});
    CHECK(found(Interval{0.5, 1, 0.9, IntervalShape::logit_normal}).size() == 1);
    for (const double confidence : {0.0, 1.0, 90.0, -0.1})
        CHECK(found(Interval{1, 2, confidence, IntervalShape::normal}).size() == 1);
    CHECK(found(Interval{1, 2, 90, IntervalShape::normal}) ==
          Messages{"confidence must lie between 0 and 1, both excluded, got 90"});
    CHECK(found(Interval{1, 2, 1e-320, IntervalShape::normal}) ==
          Messages{"interval [1, 2] is too wide for a confidence of 1e-320"});
}

TEST_CASE("weights must be positive and sum to 1, and the message has the sum", "[random]") {
    CHECK(found(Discrete{{{1, 0.5}, {2, 0.375}}}) ==
          Messages{"weights must sum to 1 within 1e-9, got discrete weights with the sum 0.875"});
    CHECK(found(Discrete{{{1, 0.5}, {2, 0.5 + 2e-9}}}).size() == 1);
    CHECK(found(Discrete{{{1, 1.5}, {2, -0.5}}}) ==
          Messages{"weights must not be negative, got discrete weight -0.5"});
    CHECK(found(Mixture{{{1.0, 0.5}, {Uniform{0, 1}, 0.625}}}) ==
          Messages{"weights must sum to 1 within 1e-9, got mixture weights with the sum 1.125"});
}

TEST_CASE("empty lists are refused", "[random]") {
    CHECK(found(Discrete{}) == Messages{"discrete needs at least one value and weight"});
    CHECK(found(Empirical{}) == Messages{"empirical needs at least one value"});
    CHECK(found(Mixture{}) == Messages{"mixture needs at least one component and weight"});
}

TEST_CASE("the mistakes of a component carry its place", "[random]") {
    CHECK(found(Mixture{{{1.0, 0.5}, {Triangular{3, 2, 5}, 0.5}}}) ==
          Messages{"component 2: mode must lie between min and max, got triangular [3, 2, 5]"});
    CHECK(found(Mixture{{{infinity, 1.0}}}) ==
          Messages{"component 1: must be a finite number, got inf"});
}

TEST_CASE("numbers that are not finite are refused everywhere", "[random]") {
    for (const double bad : {infinity, -infinity, std::nan("")}) {
        CHECK(found(Uniform{0, bad}).size() == 1);
        CHECK(found(Triangular{0, bad, 1}).size() == 1);
        CHECK(found(Pert{bad, 0, 1}).size() == 1);
        CHECK(found(Normal{bad, 1}).size() == 1);
        CHECK(found(Normal{0, bad}).size() == 1);
        CHECK(found(Lognormal{bad, 1}).size() == 1);
        CHECK(found(Lognormal{1, bad}).size() == 1);
        CHECK_FALSE(found(Interval{bad, 1, 0.9, IntervalShape::normal}).empty());
        CHECK(found(Interval{0, 1, bad, IntervalShape::normal}).size() == 1);
        CHECK(found(Discrete{{{bad, 1}}}).size() == 1);
        CHECK(found(Discrete{{{1, bad}}}).size() == 1);
        CHECK(found(Empirical{{1, bad}}).size() == 1);
        CHECK(found(Mixture{{{1.0, bad}}}).size() == 1);
    }
    CHECK(found(Uniform{0, infinity}) == Messages{"numbers must be finite, got uniform [0, inf]"});
    CHECK(found(Uniform{-1.5e308, 1.5e308}) ==
          Messages{"the range is too wide, got uniform [-1.5e+308, 1.5e+308]"});
    CHECK(found(Empirical{{1.5e308, -1.5e308}}).size() == 1);
}

TEST_CASE("truncate and clamp must be ranges, and truncate must leave something", "[random]") {
    const auto problems = [](std::optional<Bounds> truncate, std::optional<Bounds> clamp) {
        return problems_of({.shape = Uniform{0, 1}, .truncate = truncate, .clamp = clamp});
    };
    CHECK(problems(Bounds{0.5, infinity}, Bounds{-infinity, 1}).empty());
    CHECK(problems(Bounds{2, 1}, {}) ==
          Messages{"low must not be above high, got truncate [2, 1]"});
    CHECK(problems({}, Bounds{2, 1}) == Messages{"low must not be above high, got clamp [2, 1]"});
    CHECK(problems(Bounds{2, 3}, {}) ==
          Messages{"truncate [2, 3] leaves no probability, got uniform(0, 1)"});
    CHECK(problems(Bounds{0.5, 0.5}, {}).size() == 1);
    CHECK(problems(Bounds{std::nan(""), 1}, {}).size() == 1);
    CHECK(problems({}, Bounds{infinity, infinity}) ==
          Messages{"clamp must have a finite end, got [inf, inf]"});
    // A single value is enough.
    CHECK(problems_of(
              {.shape = Discrete{{{1, 0.5}, {2, 0.5}}}, .truncate = Bounds{2, 2}, .clamp = {}})
              .empty());
    // With wrong parameters the truncation cannot be judged: one message only.
    CHECK(problems_of({.shape = Uniform{1, 0}, .truncate = Bounds{2, 3}, .clamp = {}}).size() == 1);
}
