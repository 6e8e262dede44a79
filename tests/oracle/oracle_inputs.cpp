// Numbers, distributions, refs, formulas and the two kinds of series.
#include "oracle/oracle_inputs.hpp"

#include "oracle/oracle_formula.hpp"
#include "oracle/oracle_laws.hpp"

#include <cmath>
#include <stdexcept>
#include <utility>
#include <vector>

namespace fleetcast::oracle {

using Json = nlohmann::ordered_json;

bool is_note(const std::string& key) {
    return key == "title" || key == "citation" || key.rfind("$", 0) == 0 || key.rfind("x-", 0) == 0;
}

Values::Values(const Json& scenario, const Clock& clock, Draws draws, Edges& edges)
    : scenario_(scenario), clock_(clock), draws_(std::move(draws)), edges_(edges) {}

/// Every key on the way to a distribution is part of its path [R1].
void Values::find_paths(const Json& node, const std::string& path) {
    if (is_law(node)) {
        paths_[&node] = path;
        return;
    }
    if (!node.is_object())
        return;
    for (const auto& [key, child] : node.items())
        find_paths(child, path.empty() ? key : path + "." + key);
}

double Values::drawn(const Json& node, const std::string& name) {
    const auto known = drawn_.find(&node);
    if (known != drawn_.end())
        return known->second;
    if (paths_.empty())
        find_paths(scenario_, "");
    const std::string& path = paths_.at(&node);
    if (draws_.correlated(path))
        hit(edges_, "draw correlated");
    return drawn_[&node] = quantile_of(node, name, draws_.at(path), edges_);
}

double Values::input(const std::string& name, double x) {
    return at(scenario_.at("inputs").at(name), name, x);
}

double Values::points(const Json& node, const std::string& name, double x) {
    std::vector<std::pair<double, double>> points; // in time order
    for (const auto& [date, scalar] : node.at("points").items()) {
        if (is_note(date))
            continue;
        const std::pair<double, double> point(clock_.as_start(date), at(scalar, name, 0));
        auto place = points.begin();
        while (place != points.end() && place->first <= point.first)
            ++place;
        points.insert(place, point);
    }
    const bool linear = node.contains("between") && node.at("between") == "linear";
    double value = points.front().second;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (points[i].first > x + same_time)
            break;
        value = points[i].second;
        if (linear && i + 1 < points.size() && x < points[i + 1].first) {
            hit(edges_, "linear between points");
            value += (points[i + 1].second - points[i].second) * (x - points[i].first) /
                     (points[i + 1].first - points[i].first);
        }
    }
    return value;
}

double Values::at(const Json& node, const std::string& name, double x) {
    if (node.is_number())
        return node.get<double>();
    if (node.contains("ref")) {
        hit(edges_, "ref");
        const std::string path = node.at("ref").get<std::string>();
        return input(path.substr(std::string("inputs.").size()), x);
    }
    if (node.contains("formula")) {
        hit(edges_, "formula");
        return evaluate_formula(node.at("formula").get<std::string>(),
                                [&](const std::string& other) { return input(other, x); });
    }
    if (node.contains("points"))
        return points(node, name, x);
    if (node.contains("growth_per_year")) {
        double from = 0;
        if (node.contains("base")) {
            hit(edges_, "growth from a base");
            from = clock_.as_start(node.at("base").get<std::string>());
        }
        return at(node.at("start"), name, 0) *
               std::pow(1 + at(node.at("growth_per_year"), name, 0), (x - from) / 12);
    }
    if (!is_law(node))
        throw std::runtime_error("not a value: " + node.dump());
    return drawn(node, name);
}

double Values::field(const Json& object, const std::string& name, double missing, double x) {
    return object.contains(name) ? at(object.at(name), name, x) : missing;
}

} // namespace fleetcast::oracle
