// The loops over lanes of lane_quantile.cpp and correlation.cpp: their table, one for each level.
#pragma once

#include <fleetcast/base/level.hpp>
#include <fleetcast/random/cut.hpp>

#include <cstddef>

namespace fleetcast {

/// Loops over n lanes; `u` and the result may be the same row.
struct QuantileLoops {
    void (*uniform)(Cut, double low, double high, const double* u, double* x, std::size_t n);
    void (*triangular)(Cut, double min, double mode, double max, const double* u, double* x,
                       std::size_t n);
    void (*score)(Cut, const double* u, double* z, std::size_t n); // normal_score()
    void (*normal)(double mean, double sd, double* z, std::size_t n);
    void (*lognormal)(double median, double sigma, double* z, std::size_t n);
    void (*logistic)(double mean, double sd, double* z, std::size_t n); // of a normal logit
    void (*clamp)(double low, double high, double* x, std::size_t n);
    /// z[row] = sum of weights[k] z[k], k = 0 .. row.
    void (*combine)(const double* weights, double* const* z, std::size_t row, std::size_t n);
    void (*probability)(double* z, std::size_t n); // P(Z <= z), kept strictly inside (0, 1)
};

namespace baseline {
extern const QuantileLoops quantile_loops;
}
namespace v3 {
extern const QuantileLoops quantile_loops;
}
namespace v4 {
extern const QuantileLoops quantile_loops;
}

/// Those compiled for `level`.
inline const QuantileLoops& quantile_loops(Level level) {
    switch (level) {
    case Level::v4:
        return v4::quantile_loops;
    case Level::v3:
        return v3::quantile_loops;
    case Level::baseline:
        break;
    }
    return baseline::quantile_loops;
}

} // namespace fleetcast
