// A distribution made ready for many draws: its inverse over a row of lanes.
// Interface: LaneQuantile. The same values, to a few ulp, as quantile() of distribution.hpp; to
// 1e-13 of u where they are tabulated (PERT, mixtures). Which form a distribution takes is decided
// in lane_quantile.cpp.
#pragma once

#include <fleetcast/base/level.hpp>
#include <fleetcast/random/distribution.hpp>
#include <fleetcast/random/exact_quantile.hpp>
#include <fleetcast/random/quantile_table.hpp>
#include <fleetcast/random/value_lists.hpp>

#include <span>
#include <variant>

namespace fleetcast {

/// How many values will be asked for: a table costs as much as some hundred of them.
enum class Draws { few, many };

/// A normal distribution of the logit.
struct LogitNormal {
    Normal logit;
};

class LaneQuantile {
public:
    /// Expects a distribution without problems. With few draws there are no tables: construction is
    /// cheap, and values are those of quantile() where there would be one.
    explicit LaneQuantile(const Distribution& distribution, Draws draws = Draws::many);

    /// values[i] = Q(u[i]); 0 < u < 1. The rows may be the same, else they must not overlap. The
    /// bytes do not depend on the level, nor on which lanes stand beside each other; at u = 1/2
    /// they are those of quantile(). Safe to call from several threads.
    void operator()(std::span<const double> u, std::span<double> values, Level level) const;

private:
    struct Exact {};

    ExactQuantile exact_;
    std::variant<double, Uniform, Triangular, Normal, Lognormal, LogitNormal, DiscreteList,
                 EmpiricalList, QuantileTable, Exact>
        form_;
};

} // namespace fleetcast
