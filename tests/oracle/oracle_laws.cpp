// The forms of a distribution in json.
#include "oracle/oracle_laws.hpp"

#include "oracle/oracle_normal.hpp"
#include "oracle/oracle_shapes.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>
#include <vector>

namespace fleetcast::oracle {

namespace {

using Json = nlohmann::ordered_json;

const std::vector<std::string> kinds = {"uniform",  "triangular", "pert",
                                        "normal",   "lognormal",  "interval",
                                        "discrete", "mixture",    "empirical"};

Law interval(const Json& node, const std::string& name, Edges& edges) {
    const double low = node.at("interval").at(0).get<double>();
    const double high = node.at("interval").at(1).get<double>();
    const double confidence = node.value("confidence", 0.9);
    const bool share = name.size() >= 6 && name.substr(name.size() - 6) == "_share";
    std::string shape = share ? "logit-normal" : low > 0 ? "lognormal" : "normal";
    if (node.contains("shape"))
        shape = node.at("shape").get<std::string>();
    hit(edges, "interval " + shape);
    const double z = -phi_inverse((1 - confidence) / 2);
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

Law read_law(const Json& node, const std::string& name, Edges& edges) {
    std::string kind;
    for (const std::string& known : kinds) {
        if (node.contains(known))
            kind = known;
    }
    if (kind.empty())
        throw std::runtime_error("not a distribution: " + node.dump());
    hit(edges, "law " + kind);
    const Json& what = node.at(kind);
    const auto parameter = [&what](std::size_t i) { return what.at(i).get<double>(); };
    if (kind == "uniform")
        return uniform_law(parameter(0), parameter(1));
    if (kind == "triangular")
        return triangular(parameter(0), parameter(1), parameter(2));
    if (kind == "pert")
        return pert(parameter(0), parameter(1), parameter(2));
    if (kind == "normal")
        return normal(parameter(0), parameter(1));
    if (kind == "lognormal")
        return lognormal(std::log(what.at("median").get<double>()), what.at("sigma").get<double>());
    if (kind == "interval")
        return interval(node, name, edges);
    if (kind == "discrete")
        return discrete(what.get<std::vector<std::pair<double, double>>>());
    if (kind == "empirical")
        return empirical(what.get<std::vector<double>>());
    std::vector<std::pair<Law, double>> laws;
    for (const Json& part : what) {
        const Json& component = part.at(0);
        laws.emplace_back(component.is_number() ? constant(component.get<double>())
                                                : read_law(component, name, edges),
                          part.at(1).get<double>());
    }
    return mixture(std::move(laws));
}

} // namespace

bool is_law(const Json& node) {
    if (!node.is_object())
        return false;
    for (const std::string& kind : kinds) {
        if (node.contains(kind))
            return true;
    }
    return false;
}

double quantile_of(const Json& node, const std::string& name, double u, Edges& edges) {
    const auto ends = [&node](const char* key) {
        const double infinity = std::numeric_limits<double>::infinity();
        const Json& both = node.at(key);
        return std::pair(both.at(0).is_null() ? -infinity : both.at(0).get<double>(),
                         both.at(1).is_null() ? infinity : both.at(1).get<double>());
    };
    const Law law = read_law(node, name, edges);
    if (node.contains("truncate")) {
        hit(edges, "truncate");
        const auto [lo, hi] = ends("truncate");
        return truncated(law, lo, hi).quantile(u);
    }
    const double value = law.quantile(u);
    if (!node.contains("clamp"))
        return value;
    hit(edges, "clamp");
    const auto [lo, hi] = ends("clamp");
    if (value < lo)
        hit(edges, "clamp moved up");
    if (value > hi)
        hit(edges, "clamp moved down");
    return value < lo ? lo : value > hi ? hi : value;
}

} // namespace fleetcast::oracle
