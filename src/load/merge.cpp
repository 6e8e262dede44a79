#include <fleetcast/load/merge.hpp>

#include "read_distribution.hpp"

#include <algorithm>
#include <utility>

namespace fleetcast {

namespace {

/// The form of an object that stands for a value; empty where it does not tell.
std::string_view form_of_value(const Node& node) {
    const auto has = [&](std::string_view key) { return node.find(key) != nullptr; };
    const std::vector<std::string>& of_scalars = scalar_keys();
    if (const auto form = std::ranges::find_if(of_scalars, has); form != of_scalars.end())
        return *form;
    if (has("points") || has("between"))
        return "points";
    return has("start") || has("growth_per_year") ? "growth" : "";
}

/// The key that tells the form of deliveries; empty where none does.
std::string_view form_of_deliveries(const Node& node, const Shape& shape) {
    for (const Shape& form : shape.forms)
        if (node.find(form.name) != nullptr)
            return form.name;
    return {};
}

std::string_view kind_of(const Node& node) {
    const Member* kind = node.find("kind");
    return kind != nullptr ? std::string_view(kind->value.text) : std::string_view();
}

bool differ(std::string_view there, std::string_view patch) {
    return !there.empty() && !patch.empty() && there != patch;
}

/// Whether a patch replaces an object whole, though both are objects.
bool replaces(const Node& patch, const Node& target, const Shape& shape, const std::string& path) {
    switch (shape.kind) {
    case Shape::Kind::scalar:
    case Shape::Kind::series:
        return differ(form_of_value(target), form_of_value(patch));
    case Shape::Kind::one_of_form:
        return differ(form_of_deliveries(target, shape), form_of_deliveries(patch, shape));
    case Shape::Kind::one_of_kind: // of sources the kind is a key like any other
        return path.starts_with("workloads.") && differ(kind_of(target), kind_of(patch));
    default:
        return false;
    }
}

class Merger {
public:
    Node merge(Node target, Node patch, const Shape* shape, const std::string& path) {
        if (patch.kind != Node::Kind::object)
            return patch;
        if (shape != nullptr && shape->kind == Shape::Kind::patch)
            return one_after_the_other(std::move(target), std::move(patch));
        if (target.kind != Node::Kind::object ||
            (shape != nullptr && replaces(patch, target, *shape, path)))
            target = Node{Node::Kind::object, false, 0, {}, {}, {}, patch.place};
        for (Member& change : patch.members) {
            const std::string below = path.empty() ? change.key : path + "." + change.key;
            const auto there = std::ranges::find(target.members, change.key, &Member::key);
            if (change.value.kind == Node::Kind::null) {
                if (there != target.members.end())
                    target.members.erase(there);
                removals.push_back({below, change.value.place});
                continue;
            }
            const Shape* inner = shape == nullptr ? nullptr : shape_at(*shape, change.key);
            if (there != target.members.end())
                there->value =
                    merge(std::move(there->value), std::move(change.value), inner, below);
            else
                target.members.push_back({change.key, change.key_place,
                                          merge({}, std::move(change.value), inner, below)});
        }
        return target;
    }

    std::vector<Removal> removals;

private:
    /// A patch that does what the first and then the second do: their nulls are kept.
    static Node one_after_the_other(Node first, Node second) {
        if (first.kind != Node::Kind::object || second.kind != Node::Kind::object)
            return second;
        for (Member& change : second.members) {
            const auto there = std::ranges::find(first.members, change.key, &Member::key);
            if (there == first.members.end())
                first.members.push_back(std::move(change));
            else
                there->value =
                    one_after_the_other(std::move(there->value), std::move(change.value));
        }
        return first;
    }
};

} // namespace

Merged merged(Node target, Node patch, const Shape* shape, const std::string& path) {
    Merger merger;
    Node document = merger.merge(std::move(target), std::move(patch), shape, path);
    return {std::move(document), std::move(merger.removals)};
}

} // namespace fleetcast
