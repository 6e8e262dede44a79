// Uniform, triangular and PERT: the shapes on a bounded range.
#include <fleetcast/random/beta.hpp>
#include <fleetcast/random/component.hpp>
#include <fleetcast/random/portable_math.hpp>

#include <algorithm>

namespace fleetcast {

namespace {

struct BetaShapes {
    double a = 1, b = 1;
};

BetaShapes beta_shapes(const Pert& shape) {
    const double width = shape.max - shape.min;
    return {1 + 4 * (shape.mode - shape.min) / width, 1 + 4 * (shape.max - shape.mode) / width};
}

} // namespace

double value_at(const Uniform& shape, Probability p) {
    return std::min(shape.low + (shape.high - shape.low) * p.below, shape.high);
}

Probability probability_at(const Uniform& shape, double x, Edge) {
    const double width = shape.high - shape.low;
    if (x <= shape.low)
        return {0, 1};
    if (x >= shape.high)
        return {1, 0};
    return {(x - shape.low) / width, (shape.high - x) / width};
}

double value_at(const Triangular& shape, Probability p) {
    const double width = shape.max - shape.min;
    const double rising = (shape.mode - shape.min) / width; // P(X <= mode)
    if (p.below <= rising)
        return std::min(shape.min + width * portable::sqrt(p.below * rising), shape.mode);
    const double falling = (shape.max - shape.mode) / width;
    return std::max(shape.max - width * portable::sqrt(p.above * falling), shape.mode);
}

Probability probability_at(const Triangular& shape, double x, Edge) {
    const double width = shape.max - shape.min;
    if (x <= shape.min)
        return {0, 1};
    if (x >= shape.max)
        return {1, 0};
    if (x <= shape.mode) {
        const double below = (x - shape.min) / width * ((x - shape.min) / (shape.mode - shape.min));
        return {below, 1 - below};
    }
    const double above = (shape.max - x) / width * ((shape.max - x) / (shape.max - shape.mode));
    return {1 - above, above};
}

double value_at(const Pert& shape, Probability p) {
    const double width = shape.max - shape.min;
    const auto [a, b] = beta_shapes(shape);
    const BetaPoint point = beta_value(a, b, p);
    const double value =
        point.x <= point.y ? shape.min + width * point.x : shape.max - width * point.y;
    return std::clamp(value, shape.min, shape.max);
}

Probability probability_at(const Pert& shape, double x, Edge) {
    if (x <= shape.min)
        return {0, 1};
    if (x >= shape.max)
        return {1, 0};
    const double width = shape.max - shape.min;
    const auto [a, b] = beta_shapes(shape);
    return beta_probability(a, b, {(x - shape.min) / width, (shape.max - x) / width});
}

} // namespace fleetcast
