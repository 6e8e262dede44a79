// The distributions of the format as functions: P(X <= x), P(X < x) and the quantile. Interface:
// Law and a function a kind. Reading them from json is left to oracle_laws.
#pragma once

#include <functional>
#include <utility>
#include <vector>

namespace fleetcast::oracle {

struct Law {
    std::function<double(double)> at_most;  // P(X <= x)
    std::function<double(double)> below;    // P(X < x)
    std::function<double(double)> quantile; // the least x with P(X <= x) >= u
};

Law constant(double value);
Law uniform_law(double a, double b);
Law triangular(double a, double mode, double b);
Law pert(double a, double mode, double b);
Law normal(double mean, double sd);
Law lognormal(double log_mean, double log_sd);
Law logit_normal(double logit_mean, double logit_sd);
/// Values and weights.
Law discrete(std::vector<std::pair<double, double>> values);
/// Type 7: the quantile runs linearly through the sorted values at u = 0, 1/(n-1), ..., 1.
Law empirical(std::vector<double> values);
/// Laws and weights.
Law mixture(std::vector<std::pair<Law, double>> laws);
/// The law given that lo <= X <= hi (either may be infinite).
Law truncated(const Law& law, double lo, double hi);

/// P(X <= x) of the beta distribution, by its continued fraction; p and q at least 1.
double beta_cdf(double p, double q, double x);

} // namespace fleetcast::oracle
