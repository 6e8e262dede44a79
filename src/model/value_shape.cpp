// The shapes of what stands for a number: distributions, references, formulas, points and growth.
#include "shape_parts.hpp"

#include <fleetcast/model/value.hpp>
#include <fleetcast/model/words.hpp>

namespace fleetcast {

namespace {

Shape words_of_interval() {
    Shape shape = plain(Kind::word);
    for (const auto& entry : Words<IntervalShape>::table)
        shape.words.push_back(entry.first);
    return shape;
}

Shape pairs(Kind first) { return holding(Kind::list, holding(Kind::list, plain(first), 2)); }

} // namespace

const std::vector<ShapeField>& value_forms() {
    static const Fields fields = [] {
        const Range inside{.low = 0, .high = 1, .low_open = true, .high_open = true};
        return Fields{
            row("uniform", "[low, high]: all values alike", numbers(2)),
            row("triangular", "[min, mode, max]", numbers(3)),
            row("pert", "[min, mode, max]: beta with shape 4", numbers(3)),
            row("normal", "[mean, sd]", numbers(2)),
            row("lognormal", "by its median and the sd of the logarithm",
                object({row("median", "half of the values lie below", plain(Kind::number, positive),
                            true),
                        row("sigma", "standard deviation of the logarithm",
                            plain(Kind::number, not_negative), true)})),
            row("interval", "[low, high]: its quantiles at (1 -+ confidence)/2", numbers(2)),
            row("discrete", "[[value, weight], ...]; the weights sum to 1", pairs(Kind::number)),
            row("mixture", "[[distribution, weight], ...]; the weights sum to 1",
                pairs(Kind::scalar)),
            row("empirical", "values seen; quantiles of type 7", plain(Kind::numbers)),
            row("ref", "a named input: \"inputs.electricity\"", plain(Kind::text)),
            row("formula", "arithmetic over the names of inputs", plain(Kind::text)),
            row("truncate", "[low, high]: given that it lies within; either may be null",
                numbers(2)),
            row("clamp", "[low, high]: what is outside moves to the nearer; either may be null",
                numbers(2)),
            row("confidence", "share of the values within the interval; 0.9 when left out",
                plain(Kind::number, inside)),
            row("shape", "of an interval", words_of_interval()),
        };
    }();
    return fields;
}

const std::vector<ShapeField>& series_forms() {
    static const Fields fields = [] {
        Shape points = holding(Kind::dated, plain(Kind::scalar));
        points.has_days = true;
        Shape between = plain(Kind::word);
        between.words = {"step", "linear"};
        return Fields{
            row("points", "values by date", std::move(points)),
            row("between", "how it goes from point to point; step when left out",
                std::move(between)),
            row("start", "the value at the base", plain(Kind::scalar)),
            row("growth_per_year", "start x (1 + growth)^(years since the base)",
                plain(Kind::scalar, growth_range)),
            row("base", "the start of the scenario when left out", plain(Kind::date)),
        };
    }();
    return fields;
}

} // namespace fleetcast
