// Plain formulas where there are some; bisection on P(X <= x) for PERT and mixtures [R2].
#include "oracle/oracle_shapes.hpp"

#include "oracle/oracle_normal.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace fleetcast::oracle {

namespace {

const double infinity = std::numeric_limits<double>::infinity();

/// The least x with F(x) >= u.
double bisect(const std::function<double(double)>& cdf, double u) {
    double low = -1;
    double high = 1;
    while (cdf(low) >= u)
        low *= 2;
    while (cdf(high) < u) {
        high *= 2;
        if (high == infinity)
            throw std::runtime_error("a distribution that does not reach u");
    }
    for (;;) {
        const double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high)
            return high;
        (cdf(middle) >= u ? high : low) = middle;
    }
}

/// The continued fraction of the incomplete beta function (Abramowitz and Stegun 26.5.8), from its
/// far end to its front; it converges fast for x < (p + 1)/(p + q + 2).
double beta_fraction(double p, double q, double x) {
    double value = 1;
    for (int n = 80; n >= 1; --n) {
        const double m = n / 2;
        const double term = n % 2 == 0
                                ? m * (q - m) * x / ((p + 2 * m - 1) * (p + 2 * m))
                                : -(p + m) * (p + q + m) * x / ((p + 2 * m) * (p + 2 * m + 1));
        value = 1 + term / value;
    }
    return 1 / value;
}

/// A law whose transform T(X) is normal; `back` is the inverse of T.
Law normal_after(std::function<double(double)> transform, std::function<double(double)> back,
                 double low, double high, double mean, double sd) {
    if (sd == 0)
        return constant(back(mean));
    const auto cdf = [=](double x) {
        if (x <= low)
            return 0.0;
        if (x >= high)
            return 1.0;
        return phi((transform(x) - mean) / sd);
    };
    return {cdf, cdf, [=](double u) { return back(mean + sd * phi_inverse(u)); }};
}

} // namespace

Law constant(double value) {
    return {[value](double x) { return x >= value ? 1.0 : 0.0; },
            [value](double x) { return x > value ? 1.0 : 0.0; }, [value](double) { return value; }};
}

Law uniform_law(double a, double b) {
    if (a == b)
        return constant(a);
    const auto cdf = [a, b](double x) { return std::clamp((x - a) / (b - a), 0.0, 1.0); };
    return {cdf, cdf, [a, b](double u) { return a + u * (b - a); }};
}

Law triangular(double a, double mode, double b) {
    if (a == b)
        return constant(a);
    const auto cdf = [a, mode, b](double x) {
        if (x <= a)
            return 0.0;
        if (x >= b)
            return 1.0;
        if (x < mode)
            return (x - a) * (x - a) / ((b - a) * (mode - a));
        return 1 - (b - x) * (b - x) / ((b - a) * (b - mode));
    };
    return {cdf, cdf, [a, mode, b](double u) {
                if (u * (b - a) < mode - a)
                    return a + std::sqrt(u * (b - a) * (mode - a));
                return b - std::sqrt((1 - u) * (b - a) * (b - mode));
            }};
}

double beta_cdf(double p, double q, double x) {
    if (x <= 0)
        return 0;
    if (x >= 1)
        return 1;
    const double factor = std::pow(x, p) * std::pow(1 - x, q) * std::tgamma(p + q) /
                          (std::tgamma(p) * std::tgamma(q));
    if (x < (p + 1) / (p + q + 2))
        return factor / p * beta_fraction(p, q, x);
    return 1 - factor / q * beta_fraction(q, p, 1 - x);
}

Law pert(double a, double mode, double b) {
    if (a == b)
        return constant(a);
    const double p = 1 + 4 * (mode - a) / (b - a);
    const double q = 1 + 4 * (b - mode) / (b - a);
    const auto cdf = [=](double x) { return beta_cdf(p, q, (x - a) / (b - a)); };
    return {cdf, cdf, [=](double u) {
                // From the nearer end, where the digits are.
                if (u <= 0.5)
                    return a + (b - a) * bisect([=](double t) { return beta_cdf(p, q, t); }, u);
                return b - (b - a) * bisect([=](double t) { return beta_cdf(q, p, t); }, 1 - u);
            }};
}

Law normal(double mean, double sd) {
    const auto same = [](double x) { return x; };
    return normal_after(same, same, -infinity, infinity, mean, sd);
}

Law lognormal(double log_mean, double log_sd) {
    return normal_after([](double x) { return std::log(x); }, [](double y) { return std::exp(y); },
                        0, infinity, log_mean, log_sd);
}

Law logit_normal(double logit_mean, double logit_sd) {
    return normal_after([](double x) { return std::log(x) - std::log1p(-x); },
                        [](double y) { return 1 / (1 + std::exp(-y)); }, 0, 1, logit_mean,
                        logit_sd);
}

Law discrete(std::vector<std::pair<double, double>> values) {
    std::sort(values.begin(), values.end());
    const auto sum_where = [values](auto holds) {
        double sum = 0;
        for (const auto& [value, weight] : values) {
            if (holds(value))
                sum += weight;
        }
        return sum;
    };
    return {[=](double x) { return sum_where([x](double value) { return value <= x; }); },
            [=](double x) { return sum_where([x](double value) { return value < x; }); },
            [values](double u) {
                double sum = 0;
                for (const auto& [value, weight] : values) {
                    sum += weight;
                    if (sum >= u - 1e-12)
                        return value;
                }
                return values.back().first;
            }};
}

Law empirical(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const double gaps = static_cast<double>(values.size()) - 1;
    const auto value_at = [values, gaps](double u) {
        const double place = u * gaps;
        const auto index = static_cast<std::size_t>(place);
        if (index + 1 >= values.size())
            return values.back();
        const double part = place - static_cast<double>(index);
        return values[index] + part * (values[index + 1] - values[index]);
    };
    if (values.front() == values.back())
        return constant(values.front());
    const auto share = [values, gaps](double x, bool with_x) {
        // The last place where the quantile is below x, or not above it.
        const auto counts = [x, with_x](double value) { return with_x ? value <= x : value < x; };
        if (!counts(values.front()))
            return 0.0;
        std::size_t last = 0;
        while (last + 1 < values.size() && counts(values[last + 1]))
            ++last;
        if (last + 1 == values.size())
            return 1.0;
        const double part = (x - values[last]) / (values[last + 1] - values[last]);
        return (static_cast<double>(last) + part) / gaps;
    };
    return {[share](double x) { return share(x, true); },
            [share](double x) { return share(x, false); }, value_at};
}

Law mixture(std::vector<std::pair<Law, double>> laws) {
    const auto sum = [laws](double x, bool with_x) {
        double total = 0;
        for (const auto& [law, weight] : laws)
            total += weight * (with_x ? law.at_most(x) : law.below(x));
        return total;
    };
    const auto at_most = [sum](double x) { return sum(x, true); };
    return {at_most, [sum](double x) { return sum(x, false); },
            [at_most](double u) { return bisect(at_most, u); }};
}

Law truncated(const Law& law, double lo, double hi) {
    const double from = lo == -infinity ? 0 : law.below(lo);
    const double to = hi == infinity ? 1 : law.at_most(hi);
    const auto within = [from, to](double share) {
        return std::clamp((share - from) / (to - from), 0.0, 1.0);
    };
    return {[=](double x) { return within(law.at_most(x)); },
            [=](double x) { return within(law.below(x)); },
            [=](double u) { return law.quantile(from + u * (to - from)); }};
}

} // namespace fleetcast::oracle
