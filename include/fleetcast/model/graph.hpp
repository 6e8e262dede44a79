// What depends on what, by index: an order in which each comes after what it needs, and circles.
// Interface: Graph, walk(), InputGraph, input_graph(). Nothing here recurses: a chain may be as
// long as a file.
#pragma once

#include <fleetcast/model/scenario.hpp>

#include <cstddef>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fleetcast {

using Graph = std::vector<std::vector<std::size_t>>; // [item]: what it needs

struct Walk {
    std::vector<std::size_t> order; // each after what it needs, but for what closes a circle
    /// Circles without an item in common, one at least where there is any; each from its first
    /// item along what it needs, and the circles in the order of their first items.
    std::vector<std::vector<std::size_t>> circles;
};

/// Walks a graph depth first, in time linear in items and edges where there are no circles.
Walk walk(const Graph& graph);

/// Positions by name; the names stay where they are.
using NameIndex = std::unordered_map<std::string_view, std::size_t>;

template <class T> NameIndex name_index(const Named<T>& named) {
    NameIndex index;
    index.reserve(named.size());
    for (std::size_t i = 0; i < named.size(); ++i)
        index.emplace(named[i].first, i);
    return index;
}

/// How the inputs of a scenario hang together. It must not outlive the scenario.
struct InputGraph {
    NameIndex index;          // of Scenario::inputs
    Graph uses;               // [input]: known inputs that it looks at directly, each once
    Walk walk;                // of `uses`
    std::vector<bool> varies; // [input]: in time, by itself or through others
};

InputGraph input_graph(const Scenario& scenario);

/// Whether a scalar varies in time through the inputs it looks at.
bool varies_in_time(const InputGraph& graph, const Scalar& scalar);

} // namespace fleetcast
