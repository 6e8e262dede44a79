// Closed forms of quantile functions over lanes, and what a Gaussian copula needs. Where the scalar
// functions of bounded.cpp and normal_family.cpp use plain arithmetic only, the bytes are theirs.
#include "lane_quantile_lanes.hpp"

#include "lane_math.hpp"

namespace fleetcast::FLEETCAST_LEVEL {

namespace {

void uniform(Cut cut, double low, double high, const double* u, double* x, std::size_t n) {
#pragma GCC ivdep
    for (std::size_t i = 0; i < n; ++i)
        x[i] = lesser(low + (high - low) * (cut.below + u[i] * cut.mass), high);
}

void triangular(Cut cut, double min, double mode, double max, const double* u, double* x,
                std::size_t n) {
    const double width = max - min;
    const double rising = (mode - min) / width, falling = (max - mode) / width;
#pragma GCC ivdep
    for (std::size_t i = 0; i < n; ++i) {
        const double below = cut.below + u[i] * cut.mass;
        const double above = cut.above + (1 - u[i]) * cut.mass;
        const bool rises = below <= rising;
        const double way = width * __builtin_sqrt(rises ? below * rising : above * falling);
        x[i] = rises ? lesser(min + way, mode) : greater(max - way, mode);
    }
}

/// Of at most `lanes` lanes. The tails, 15 % of the lanes, are gathered, so that their logarithms
/// are taken for them only.
FLEETCAST_INLINE void score_of_row(Cut cut, const double* u, double* z, std::size_t n) {
    double distance[lanes], tail[lanes]; // from 1/2; the smaller of both sides
    for (std::size_t i = 0; i < n; ++i) {
        const double below = cut.below + u[i] * cut.mass;
        const double above = cut.above + (1 - u[i]) * cut.mass;
        const bool lower = below < above;
        tail[i] = lower ? below : above;
        distance[i] = lower ? below - 0.5 : 0.5 - above;
    }
    for (std::size_t i = 0; i < n; ++i)
        z[i] = middle_score(distance[i]);

    unsigned where[lanes];
    std::size_t count = 0;
    for (std::size_t i = 0; i < n; ++i) {
        where[count] = static_cast<unsigned>(i);
        count += magnitude(distance[i]) <= middle_ends ? 0U : 1U;
    }
    std::size_t far = 0;
    for (std::size_t k = 0; k < count; ++k) { // k <= where[k]: what is overwritten has been read
        tail[k] = tail[where[k]];
        distance[k] = distance[where[k]];
        far += tail[k] < far_tail_ends ? 1U : 0U;
    }
    double size[lanes];
    for (std::size_t k = 0; k < count; ++k)
        size[k] = near_tail_score(tail[k]);
    if (far > 0)
        for (std::size_t k = 0; k < count; ++k)
            if (tail[k] < far_tail_ends)
                size[k] = far_tail_score(tail[k]);
    for (std::size_t k = 0; k < count; ++k)
        z[where[k]] = distance[k] < 0 ? -size[k] : size[k];
}

void score(Cut cut, const double* u, double* z, std::size_t n) {
    for (std::size_t first = 0; first < n; first += lanes)
        score_of_row(cut, u + first, z + first, n - first < lanes ? n - first : lanes);
}

void normal(double mean, double sd, double* z, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i)
        z[i] = mean + sd * z[i];
}

constexpr double least_positive = 0x1p-1074;
constexpr double greatest_below_1 = 1 - 0x1p-53;

void lognormal(double median, double sigma, double* z, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i)
        z[i] = greater(median * exponential(sigma * z[i]), least_positive);
}

void logistic(double mean, double sd, double* z, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
        const double y = mean + sd * z[i];
        const double e = exponential(-magnitude(y));
        const double value = (y < 0 ? e : 1) / (1 + e);
        z[i] = lesser(greater(value, least_positive), greatest_below_1);
    }
}

void clamp(double low, double high, double* x, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i)
        x[i] = x[i] < low ? low : high < x[i] ? high : x[i];
}

void combine(const double* weights, double* const* z, std::size_t row, std::size_t n) {
    double* const sum = z[row];
    for (std::size_t i = 0; i < n; ++i)
        sum[i] = weights[row] * sum[i];
    for (std::size_t k = row; k-- > 0;) {
        const double* const other = z[k];
        for (std::size_t i = 0; i < n; ++i)
            sum[i] += weights[k] * other[i];
    }
}

void probability(double* z, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i)
        z[i] = lesser(greater(normal_below(z[i]), 0x1p-1000), greatest_below_1);
}

} // namespace

const QuantileLoops quantile_loops = {uniform,  triangular, score,   normal,     lognormal,
                                      logistic, clamp,      combine, probability};

} // namespace fleetcast::FLEETCAST_LEVEL
