// Distributions of one number, as a scenario writes them, and what can be asked of them.
// Interface: Distribution, quantile(), cdf(), support(), lies_within(), problems_of(),
// describe().
// Reading them is left to load/, drawing u to the caller. Every function but problems_of() and
// describe() expects a distribution without problems.
#pragma once

#include <fleetcast/base/field.hpp>

#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace fleetcast {

struct Uniform {
    double low = 0, high = 0;
    bool operator==(const Uniform&) const = default;
};

struct Triangular {
    double min = 0, mode = 0, max = 0;
    bool operator==(const Triangular&) const = default;
};

/// Beta distribution on [min, max] with shape 4 (rules.md [R2]).
struct Pert {
    double min = 0, mode = 0, max = 0;
    bool operator==(const Pert&) const = default;
};

struct Normal {
    double mean = 0, sd = 0;
    bool operator==(const Normal&) const = default;
};

struct Lognormal {
    double median = 1, sigma = 0; // sigma: sd of the logarithm
    bool operator==(const Lognormal&) const = default;
};

enum class IntervalShape { lognormal, normal, logit_normal };

/// low and high are the quantiles at (1 -+ confidence)/2.
struct Interval {
    double low = 0, high = 0;
    double confidence = 0.9;
    IntervalShape shape = IntervalShape::normal;
    bool operator==(const Interval&) const = default;
};

struct Discrete {
    std::vector<std::pair<double, double>> values; // (value, weight), in any order
    bool operator==(const Discrete&) const = default;
};

/// Quantiles type 7 of the values: linear between their order statistics.
struct Empirical {
    std::vector<double> values; // in any order
    bool operator==(const Empirical&) const = default;
};

/// A number, or a distribution without truncate, clamp and mixture.
using Component = std::variant<double, Uniform, Triangular, Pert, Normal, Lognormal, Interval,
                               Discrete, Empirical>;

struct Mixture {
    std::vector<std::pair<Component, double>> components; // (component, weight)
    bool operator==(const Mixture&) const = default;
};

/// Both ends belong to it.
struct Bounds {
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
    bool operator==(const Bounds&) const = default;
};

struct Distribution {
    std::variant<Uniform, Triangular, Pert, Normal, Lognormal, Interval, Discrete, Empirical,
                 Mixture>
        shape;
    std::optional<Bounds> truncate = {}; // given that it lies within
    std::optional<Bounds> clamp = {};    // after truncate: what is outside moves to the nearer end
    bool operator==(const Distribution&) const = default;
};

/// Where the values can lie; an infinite end is open.
struct Support {
    double low = 0, high = 0;
    bool low_open = false, high_open = false; // the end itself is never reached
    bool operator==(const Support&) const = default;
};

/// The value at probability `u`, 0 < u < 1; rises with u (rules.md [R2]). May overflow to inf.
double quantile(const Distribution& distribution, double u);

/// P(X <= x).
double cdf(const Distribution& distribution, double x);

/// The least closed or open range that holds every value, after truncate and clamp.
Support support(const Distribution& distribution);

/// Whether a range holds all values that can occur.
bool lies_within(const Support& support, const Range& range);

/// Every invalid parameter as a sentence: "mode must lie between min and max, got triangular
/// [3, 2, 5]".
std::vector<std::string> problems_of(const Distribution& distribution);

/// "lognormal(median 65, sigma 0.2) truncated to [0, 100]".
std::string describe(const Distribution& distribution);

} // namespace fleetcast
