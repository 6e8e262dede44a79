// Normal, lognormal, and intervals, which are one of these or logit-normal.
#include <fleetcast/random/component.hpp>
#include <fleetcast/random/portable_math.hpp>
#include <fleetcast/random/standard_normal.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace fleetcast {

namespace {

constexpr double least_positive = std::numeric_limits<double>::denorm_min();
constexpr double greatest_below_1 = 1 - std::numeric_limits<double>::epsilon() / 2;

/// log(x / y); the quotient has the digits when x and y are near, but may overflow.
double log_ratio(double x, double y) {
    const double ratio = x / y;
    return ratio > 1e-300 && ratio < 1e300 ? portable::log(ratio)
                                           : portable::log(x) - portable::log(y);
}

double logit(double x) { return portable::log(x) - portable::log1p(-x); }

/// 1/(1 + exp(-y)), kept inside (0, 1).
double logistic(double y) {
    const double e = portable::exp(-std::abs(y));
    return std::clamp(y < 0 ? e / (1 + e) : 1 / (1 + e), least_positive, greatest_below_1);
}

} // namespace

Normal as_normal(const Interval& shape) {
    return {shape.low + 0.5 * (shape.high - shape.low), spread_of(shape)};
}

Lognormal as_lognormal(const Interval& shape) {
    return {portable::sqrt(shape.low) * portable::sqrt(shape.high), spread_of(shape)};
}

Normal logit_of(const Interval& shape) {
    const double low = logit(shape.low);
    return {low + 0.5 * (logit(shape.high) - low), spread_of(shape)};
}

double spread_of(const Interval& shape) {
    const double z = normal_score({0.5 + 0.5 * shape.confidence, 0.5 - 0.5 * shape.confidence});
    switch (shape.shape) {
    case IntervalShape::normal:
        return (shape.high - shape.low) / (2 * z);
    case IntervalShape::lognormal:
        return log_ratio(shape.high, shape.low) / (2 * z);
    case IntervalShape::logit_normal:
        break;
    }
    return (logit(shape.high) - logit(shape.low)) / (2 * z);
}

double value_at(const Normal& shape, Probability p) {
    return shape.mean + shape.sd * normal_score(p);
}

Probability probability_at(const Normal& shape, double x, Edge) {
    return normal_probability((x - shape.mean) / shape.sd);
}

double value_at(const Lognormal& shape, Probability p) {
    return std::max(shape.median * portable::exp(shape.sigma * normal_score(p)), least_positive);
}

Probability probability_at(const Lognormal& shape, double x, Edge) {
    if (x <= 0)
        return {0, 1};
    return normal_probability(log_ratio(x, shape.median) / shape.sigma);
}

double value_at(const Interval& shape, Probability p) {
    switch (shape.shape) {
    case IntervalShape::normal:
        return value_at(as_normal(shape), p);
    case IntervalShape::lognormal:
        return value_at(as_lognormal(shape), p);
    case IntervalShape::logit_normal:
        break;
    }
    return logistic(value_at(logit_of(shape), p));
}

Probability probability_at(const Interval& shape, double x, Edge edge) {
    switch (shape.shape) {
    case IntervalShape::normal:
        return probability_at(as_normal(shape), x, edge);
    case IntervalShape::lognormal:
        return probability_at(as_lognormal(shape), x, edge);
    case IntervalShape::logit_normal:
        break;
    }
    if (x <= 0)
        return {0, 1};
    if (x >= 1)
        return {1, 0};
    return probability_at(logit_of(shape), logit(x), edge);
}

} // namespace fleetcast
