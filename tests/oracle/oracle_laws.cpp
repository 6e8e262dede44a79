// Distributions as a pair of functions, P(X <= x) and P(X < x), and bisection on the first.
#include "oracle/oracle_laws.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <stdexcept>
#include <utility>
#include <vector>

namespace fleetcast::oracle {

namespace {

using Json = nlohmann::ordered_json;

struct Law {
    std::function<double(double)> at_most;  // P(X <= x)
    std::function<double(double)> below;    // P(X < x)
    std::function<double(double)> quantile; // where it is plain; else bisection
};

double phi(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }

/// The least x with F(x) >= u.
double bisect(const std::function<double(double)>& cdf, double u) {
    double low = -1;
    double high = 1;
    while (cdf(low) >= u)
        low *= 2;
    while (cdf(high) < u)
        high *= 2;
    for (;;) {
        const double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high)
            return high;
        (cdf(middle) >= u ? high : low) = middle;
    }
}

double quantile(const Law& law, double u) {
    return law.quantile ? law.quantile(u) : bisect(law.at_most, u);
}

Law continuous(std::function<double(double)> cdf) { return {cdf, cdf, {}}; }

Law constant(double value) {
    return {[value](double x) { return x >= value ? 1.0 : 0.0; },
            [value](double x) { return x > value ? 1.0 : 0.0; }, [value](double) { return value; }};
}

Law uniform(double a, double b) {
    if (a == b)
        return constant(a);
    return continuous([a, b](double x) { return std::clamp((x - a) / (b - a), 0.0, 1.0); });
}

Law triangular(double a, double mode, double b) {
    if (a == b)
        return constant(a);
    return continuous([a, mode, b](double x) {
        if (x <= a)
            return 0.0;
        if (x >= b)
            return 1.0;
        if (x < mode)
            return (x - a) * (x - a) / ((b - a) * (mode - a));
        return 1 - (b - x) * (b - x) / ((b - a) * (b - mode));
    });
}

/// Integral of t^(p-1) (1-t)^(q-1) from 0 to z, by tanh-sinh quadrature (Takahasi and Mori 1974).
double beta_part(double p, double q, double z) {
    const double pi = 3.14159265358979323846;
    const double step = 1.0 / 24;
    double sum = 0;
    for (int k = -90; k <= 90; ++k) {
        const double s = step * k;
        const double inner = pi / 2 * std::sinh(s);
        const double left = 1 / (1 + std::exp(-2 * inner)); // (1 + tanh) / 2
        const double weight = pi / 4 * std::cosh(s) / (std::cosh(inner) * std::cosh(inner));
        const double t = z * left;
        if (t <= 0 || t >= 1)
            continue;
        sum += weight * std::pow(t, p - 1) * std::pow(1 - t, q - 1);
    }
    return sum * step * z;
}

Law pert(double a, double mode, double b) {
    if (a == b)
        return constant(a);
    const double p = 1 + 4 * (mode - a) / (b - a);
    const double q = 1 + 4 * (b - mode) / (b - a);
    const double whole = beta_part(p, q, 1);
    return continuous([=](double x) {
        if (x <= a)
            return 0.0;
        if (x >= b)
            return 1.0;
        return beta_part(p, q, (x - a) / (b - a)) / whole;
    });
}

/// A law whose transform T(X) is normal: T is the identity, log or logit.
Law normal_after(std::function<double(double)> transform, double low, double high, double mean,
                 double sd, double value_if_certain) {
    if (sd == 0)
        return constant(value_if_certain);
    return continuous([=](double x) {
        if (x <= low)
            return 0.0;
        if (x >= high)
            return 1.0;
        return phi((transform(x) - mean) / sd);
    });
}

const double infinity = std::numeric_limits<double>::infinity();

Law normal(double mean, double sd) {
    return normal_after([](double x) { return x; }, -infinity, infinity, mean, sd, mean);
}

Law lognormal(double mean, double sd) {
    return normal_after([](double x) { return std::log(x); }, 0, infinity, mean, sd,
                        std::exp(mean));
}

Law logit_normal(double mean, double sd) {
    return normal_after([](double x) { return std::log(x) - std::log1p(-x); }, 0, 1, mean, sd,
                        1 / (1 + std::exp(-mean)));
}

Law interval(const Json& node, const std::string& name, Edges& edges) {
    const double low = node.at("interval").at(0).get<double>();
    const double high = node.at("interval").at(1).get<double>();
    const double confidence = node.value("confidence", 0.9);
    const bool share = name.size() >= 6 && name.substr(name.size() - 6) == "_share";
    std::string shape = share ? "logit-normal" : low > 0 ? "lognormal" : "normal";
    if (node.contains("shape"))
        shape = node.at("shape").get<std::string>();
    hit(edges, "interval " + shape);
    const double z = bisect(phi, (1 + confidence) / 2);
    const auto fit = [&](double (*transform)(double)) {
        const double a = transform(low);
        const double b = transform(high);
        return std::pair((a + b) / 2, (b - a) / (2 * z));
    };
    if (shape == "normal") {
        const auto [mean, sd] = fit([](double x) { return x; });
        return normal(mean, sd);
    }
    if (shape == "lognormal") {
        const auto [mean, sd] = fit([](double x) { return std::log(x); });
        return lognormal(mean, sd);
    }
    const auto [mean, sd] = fit([](double x) { return std::log(x) - std::log1p(-x); });
    return logit_normal(mean, sd);
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

/// Type 7: the quantile runs linearly through the sorted values at p = 0, 1/(n-1), ..., 1.
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

Law read_law(const Json& node, const std::string& name, Edges& edges);

Law mixture(const Json& parts, const std::string& name, Edges& edges) {
    std::vector<std::pair<Law, double>> laws;
    for (const Json& part : parts) {
        const Json& component = part.at(0);
        laws.emplace_back(component.is_number() ? constant(component.get<double>())
                                                : read_law(component, name, edges),
                          part.at(1).get<double>());
    }
    const auto sum = [laws](double x, bool with_x) {
        double total = 0;
        for (const auto& [law, weight] : laws) {
            total += weight * (with_x ? law.at_most(x) : law.below(x));
        }
        return total;
    };
    return {
        [sum](double x) { return sum(x, true); }, [sum](double x) { return sum(x, false); }, {}};
}

Law read_law(const Json& node, const std::string& name, Edges& edges) {
    const auto parameter = [&](const char* kind, std::size_t i) {
        return node.at(kind).at(i).get<double>();
    };
    for (const char* kind : {"uniform", "triangular", "pert", "normal", "lognormal", "interval",
                             "discrete", "mixture", "empirical"}) {
        if (node.contains(kind))
            hit(edges, std::string("law ") + kind);
    }
    if (node.contains("uniform"))
        return uniform(parameter("uniform", 0), parameter("uniform", 1));
    if (node.contains("triangular")) {
        return triangular(parameter("triangular", 0), parameter("triangular", 1),
                          parameter("triangular", 2));
    }
    if (node.contains("pert")) {
        return pert(parameter("pert", 0), parameter("pert", 1), parameter("pert", 2));
    }
    if (node.contains("normal"))
        return normal(parameter("normal", 0), parameter("normal", 1));
    if (node.contains("lognormal")) {
        return lognormal(std::log(node.at("lognormal").at("median").get<double>()),
                         node.at("lognormal").at("sigma").get<double>());
    }
    if (node.contains("interval"))
        return interval(node, name, edges);
    if (node.contains("discrete")) {
        return discrete(node.at("discrete").get<std::vector<std::pair<double, double>>>());
    }
    if (node.contains("mixture"))
        return mixture(node.at("mixture"), name, edges);
    if (node.contains("empirical")) {
        return empirical(node.at("empirical").get<std::vector<double>>());
    }
    throw std::runtime_error("not a distribution: " + node.dump());
}

} // namespace

bool is_law(const Json& node) {
    if (!node.is_object())
        return false;
    for (const char* kind : {"uniform", "triangular", "pert", "normal", "lognormal", "interval",
                             "discrete", "mixture", "empirical"}) {
        if (node.contains(kind))
            return true;
    }
    return false;
}

double median_of(const Json& node, const std::string& name, Edges& edges) {
    const Law law = read_law(node, name, edges);
    if (node.contains("truncate")) {
        hit(edges, "truncate");
        const Json& ends = node.at("truncate");
        const double from = ends.at(0).is_null() ? 0 : law.below(ends.at(0).get<double>());
        const double to = ends.at(1).is_null() ? 1 : law.at_most(ends.at(1).get<double>());
        return quantile(law, from + 0.5 * (to - from));
    }
    double value = quantile(law, 0.5);
    if (node.contains("clamp")) {
        hit(edges, "clamp");
        const Json& ends = node.at("clamp");
        if (!ends.at(0).is_null())
            value = std::max(value, ends.at(0).get<double>());
        if (!ends.at(1).is_null())
            value = std::min(value, ends.at(1).get<double>());
    }
    return value;
}

} // namespace fleetcast::oracle
