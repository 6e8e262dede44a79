// What may stand where the format says scalar or series: a number, a distribution, a reference
// to an input, a formula over inputs; points in time or growth.
#pragma once

#include <fleetcast/base/time_grid.hpp>
#include <fleetcast/random/distribution.hpp>

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace fleetcast {

/// `{"ref":"inputs.electricity"}`.
struct Reference {
    std::string input; // without "inputs."
    bool operator==(const Reference&) const = default;
};

enum class Operator {
    number,
    name,
    add,
    subtract,
    multiply,
    divide,
    power,
    negate,
    minimum,
    maximum,
    absolute,
    square_root,
    exponential,
    logarithm
};

/// One step of a formula in postfix order.
struct FormulaStep {
    Operator op = Operator::number;
    double number = 0; // of Operator::number
    std::string input; // of Operator::name
    bool operator==(const FormulaStep&) const = default;
};

/// Arithmetic over the names of inputs.
struct Formula {
    std::string text;
    std::vector<FormulaStep> steps; // postfix
    bool operator==(const Formula&) const = default;
};

struct Scalar {
    std::variant<double, Distribution, Reference, Formula> value = 0.0;
    std::string citation; // where the figure comes from
    bool operator==(const Scalar&) const = default;
};

/// Values at dates: a step function, or linear between the points.
struct Points {
    std::vector<std::pair<Date, Scalar>> points; // ascending in time
    std::vector<std::string> keys;               // the dates as written: part of an input's path
    bool linear = false;
    bool operator==(const Points&) const = default;
};

/// What a growth may be: at less than -1 a price would change its sign.
inline constexpr Range growth_range{.low = -1};

/// start x (1 + growth)^(x/12), x months since the base (the scenario's start when left out).
struct Growth {
    Scalar start;
    Scalar growth_per_year;
    std::optional<Date> base;
    bool operator==(const Growth&) const = default;
};

struct Series {
    std::variant<Scalar, Points, Growth> value;
    std::string citation;
    bool operator==(const Series&) const = default;
};

} // namespace fleetcast
