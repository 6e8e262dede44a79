// References and formulas: names that exist, no circles, nothing that varies in time where a
// scalar is needed, supports within the range of the field that refers.
#include "rules.hpp"

#include <fleetcast/model/visit_values.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace fleetcast {

namespace {

/// The inputs from which one gets back to where one began; empty when there is no circle.
std::vector<std::string> circle_from(const Scenario& scenario, const std::string& start) {
    std::vector<std::string> chain{start};
    std::vector<std::string> visited;
    const auto walk = [&](const auto& self, const std::string& name) -> bool {
        const Series* series = find(scenario.inputs, name);
        if (!series)
            return false;
        for (const std::string& next : inputs_of(*series)) {
            chain.push_back(next);
            if (next == start)
                return true;
            if (std::ranges::count(visited, next) == 0) {
                visited.push_back(next);
                if (self(self, next))
                    return true;
            }
            chain.pop_back();
        }
        return false;
    };
    return walk(walk, start) ? chain : std::vector<std::string>{};
}

/// The plain scalar that a reference leads to, or nullptr.
const Scalar* referred(const Scenario& scenario, const Scalar& scalar) {
    const Scalar* at = &scalar;
    for (std::size_t steps = 0; steps <= scenario.inputs.size(); ++steps) {
        const auto* reference = std::get_if<Reference>(&at->value);
        if (!reference)
            return at;
        const Series* input = find(scenario.inputs, reference->input);
        at = input ? std::get_if<Scalar>(&input->value) : nullptr;
        if (!at)
            return nullptr;
    }
    return nullptr;
}

bool may_leave(const Range& range, const Scalar& scalar) {
    if (const auto* value = std::get_if<double>(&scalar.value))
        return !range.holds(*value);
    const auto* distribution = std::get_if<Distribution>(&scalar.value);
    if (!distribution)
        return false; // a formula: each trial checks it
    const Support reach = support(*distribution);
    const bool low =
        range.low_open && !reach.low_open ? reach.low <= range.low : reach.low < range.low;
    const bool high =
        range.high_open && !reach.high_open ? reach.high >= range.high : reach.high > range.high;
    return low || high;
}

} // namespace

void validate_inputs(const Scenario& scenario, Findings& findings) {
    const auto names = names_of(scenario.inputs);
    std::vector<std::string> in_circles;
    for (const std::string& name : names) {
        if (std::ranges::count(in_circles, name) > 0)
            continue;
        const auto circle = circle_from(scenario, name);
        if (circle.empty())
            continue;
        findings.wrong("inputs." + name,
                       fmt::format("goes in a circle: {}", fmt::join(circle, " -> ")));
        in_circles.insert(in_circles.end(), circle.begin(), circle.end());
    }
    visit_values(scenario, [&](const ValueSpot& spot) {
        bool known = true;
        const bool by_reference = std::holds_alternative<Reference>(spot.scalar->value);
        const std::string path = spot.path + (by_reference ? ".ref" : ".formula");
        for (const std::string& name : inputs_of(*spot.scalar))
            if (std::ranges::count(names, name) == 0) {
                findings.unknown(path, "input", name, names);
                known = false;
            }
        if (!known || std::holds_alternative<double>(spot.scalar->value))
            return;
        if (!spot.in_time && varies_in_time(scenario, *spot.scalar))
            findings.wrong(path, "varies in time, but this value cannot: a scalar is needed");
        if (!by_reference)
            return;
        const Scalar* source = referred(scenario, *spot.scalar);
        if (source && may_leave(spot.range, *source)) {
            const auto* distribution = std::get_if<Distribution>(&source->value);
            findings.wrong(path,
                           fmt::format("must be {}, but the input {}", text_of(spot.range),
                                       distribution
                                           ? describe(*distribution) + " can leave that range"
                                           : fmt::format("is {}", std::get<double>(source->value))),
                           distribution ? "truncate or clamp the input" : "");
        }
    });
}

} // namespace fleetcast
