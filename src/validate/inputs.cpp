// References and formulas: names that exist, no circles, nothing that varies in time where a
// scalar is needed, supports within the range of the field that refers.
#include "rules.hpp"

#include <fleetcast/model/visit_values.hpp>

#include <fmt/format.h>

namespace fleetcast {

namespace {

/// The plain scalar that each input is or leads to; nullptr for all others.
std::vector<const Scalar*> plain_scalars(const Scenario& scenario, const InputGraph& graph) {
    std::vector<const Scalar*> plain(scenario.inputs.size(), nullptr);
    for (const std::size_t i : graph.walk.order) {
        const auto* scalar = std::get_if<Scalar>(&scenario.inputs[i].second.value);
        if (scalar && !std::holds_alternative<Reference>(scalar->value))
            plain[i] = scalar;
        else if (scalar && !graph.uses[i].empty())
            plain[i] = plain[graph.uses[i].front()];
    }
    return plain;
}

/// What a formula gives, each trial checks.
bool may_leave(const Range& range, const Scalar& scalar) {
    if (const auto* value = std::get_if<double>(&scalar.value))
        return !range.holds(*value);
    const auto* distribution = std::get_if<Distribution>(&scalar.value);
    return distribution && !lies_within(support(*distribution), range);
}

} // namespace

void validate_inputs(const Scenario& scenario, Findings& findings) {
    const InputGraph graph = input_graph(scenario);
    const auto plain = plain_scalars(scenario, graph);
    const auto names = names_of(scenario.inputs);
    for (const auto& circle : graph.walk.circles)
        findings.wrong("inputs." + names[circle.front()], in_a_circle(scenario.inputs, circle));
    visit_values(scenario, [&](const ValueSpot& spot) {
        bool known = true;
        const auto* reference = std::get_if<Reference>(&spot.scalar->value);
        const std::string path = spot.path + (reference ? ".ref" : ".formula");
        for (const std::string& name : inputs_of(*spot.scalar))
            if (!graph.index.contains(name)) {
                findings.unknown(path, "input", name, names);
                known = false;
            }
        if (!known || std::holds_alternative<double>(spot.scalar->value))
            return;
        if (!spot.in_time && varies_in_time(graph, *spot.scalar))
            findings.wrong(path, "varies in time, but this value cannot: a scalar is needed");
        if (!reference)
            return;
        const Scalar* source = plain[graph.index.at(reference->input)];
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
