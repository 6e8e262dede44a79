// Walks by three colours: a thing is untouched, on the path that is being followed, or done. An
// edge to a thing on the path closes a circle.
#include <fleetcast/model/graph.hpp>

#include <fleetcast/model/lookup.hpp>

#include <algorithm>

namespace fleetcast {

namespace {

enum class Colour { untouched, on_path, done };

struct Frame {
    std::size_t item;
    std::size_t next = 0; // edge to follow
};

/// Adds the circle that an edge from the end of the path to `to` closes, unless it shares an item
/// with one before.
void add_circle(const std::vector<Frame>& path, std::size_t to, std::vector<bool>& in_circle,
                Walk& out) {
    std::vector<std::size_t> circle;
    for (std::size_t i = path.size(); i-- > 0;) {
        if (in_circle[path[i].item])
            return;
        circle.push_back(path[i].item);
        if (path[i].item == to)
            break;
    }
    for (const std::size_t item : circle)
        in_circle[item] = true;
    std::ranges::reverse(circle);
    std::ranges::rotate(circle, std::ranges::min_element(circle));
    out.circles.push_back(std::move(circle));
}

} // namespace

Walk walk(const Graph& graph) {
    Walk out;
    std::vector<Colour> colour(graph.size(), Colour::untouched);
    std::vector<bool> in_circle(graph.size(), false);
    std::vector<Frame> path;
    const auto enter = [&](std::size_t item) {
        colour[item] = Colour::on_path;
        path.push_back({item});
    };
    for (std::size_t start = 0; start < graph.size(); ++start) {
        if (colour[start] == Colour::untouched)
            enter(start);
        while (!path.empty()) {
            Frame& frame = path.back();
            if (frame.next == graph[frame.item].size()) {
                colour[frame.item] = Colour::done;
                out.order.push_back(frame.item);
                path.pop_back();
                continue;
            }
            const std::size_t to = graph[frame.item][frame.next++];
            if (colour[to] == Colour::on_path)
                add_circle(path, to, in_circle, out);
            else if (colour[to] == Colour::untouched)
                enter(to);
        }
    }
    std::ranges::sort(out.circles, {}, [](const auto& circle) { return circle.front(); });
    return out;
}

InputGraph input_graph(const Scenario& scenario) {
    const std::size_t count = scenario.inputs.size();
    InputGraph out{name_index(scenario.inputs), Graph(count), {}, std::vector<bool>(count, false)};
    std::vector<std::size_t> used_last_by(count, count);
    for (std::size_t i = 0; i < count; ++i)
        for (const std::string& name : inputs_of(scenario.inputs[i].second)) {
            const auto found = out.index.find(name);
            if (found == out.index.end() || used_last_by[found->second] == i)
                continue;
            used_last_by[found->second] = i;
            out.uses[i].push_back(found->second);
        }
    out.walk = walk(out.uses);
    for (const std::size_t i : out.walk.order)
        out.varies[i] =
            !std::holds_alternative<Scalar>(scenario.inputs[i].second.value) ||
            std::ranges::any_of(out.uses[i], [&](std::size_t used) { return out.varies[used]; });
    return out;
}

bool varies_in_time(const InputGraph& graph, const Scalar& scalar) {
    return std::ranges::any_of(inputs_of(scalar), [&](const std::string& name) {
        const auto found = graph.index.find(name);
        return found != graph.index.end() && graph.varies[found->second];
    });
}

} // namespace fleetcast
