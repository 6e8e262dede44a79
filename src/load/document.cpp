#include <fleetcast/load/document.hpp>

#include <fmt/format.h>

#include <charconv>
#include <optional>

namespace fleetcast {

namespace {

// Text up to the next dot, and what follows the dot.
std::pair<std::string_view, std::string_view> split(std::string_view path) {
    const std::size_t dot = path.find('.');
    if (dot == path.npos)
        return {path, {}};
    return {path.substr(0, dot), path.substr(dot + 1)};
}

bool begins_path(std::string_view path, std::string_view key) {
    return path.starts_with(key) && (path.size() == key.size() || path[key.size()] == '.');
}

// The longest key that fits: names have no dots, but a name that is refused for its dot must be
// found too.
const Member* member_at(const Node& node, std::string_view path) {
    const Member* found = nullptr;
    for (const Member& member : node.members)
        if (begins_path(path, member.key) && (!found || member.key.size() > found->key.size()))
            found = &member;
    return found;
}

const Node* item_at(const Node& node, std::string_view component) {
    std::size_t index = 0;
    const char* const end = component.data() + component.size();
    const auto [stop, error] = std::from_chars(component.data(), end, index);
    return error == std::errc{} && stop == end && index < node.items.size() ? &node.items[index]
                                                                            : nullptr;
}

struct Found {
    const Node* node = nullptr;
    const Member* member = nullptr; // where the node is the value of one
    bool is_whole = false;          // the path was followed to its end
};

Found follow(const Node& root, std::string_view path) {
    Found found{&root, nullptr, path.empty()};
    while (!found.is_whole) {
        if (const Member* member = member_at(*found.node, path)) {
            found.is_whole = path.size() == member->key.size();
            path.remove_prefix(found.is_whole ? path.size() : member->key.size() + 1);
            found.node = &member->value;
            found.member = member;
        } else if (const auto [component, rest] = split(path);
                   const Node* item = item_at(*found.node, component)) {
            found.is_whole = component.size() == path.size();
            path = rest;
            found.node = item;
            found.member = nullptr;
        } else {
            break;
        }
    }
    return found;
}

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            (out += '\\') += c;
        else if (static_cast<unsigned char>(c) < 0x20)
            out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
        else
            out += c;
    }
    return out + '"';
}

} // namespace

const Member* Node::find(std::string_view key) const {
    for (const Member& member : members)
        if (member.key == key)
            return &member;
    return nullptr;
}

std::string_view describe(Node::Kind kind) {
    switch (kind) {
    case Node::Kind::null:
        return "null";
    case Node::Kind::boolean:
        return "a boolean";
    case Node::Kind::number:
        return "a number";
    case Node::Kind::string:
        return "a string";
    case Node::Kind::array:
        return "an array";
    case Node::Kind::object:
        break;
    }
    return "an object";
}

Place locate(const Node& root, std::string_view path) { return follow(root, path).node->place; }

const Node* node_at(const Node& root, std::string_view path) {
    const Found found = follow(root, path);
    return found.is_whole ? found.node : nullptr;
}

Place locate_key(const Node& root, std::string_view path) {
    const Found found = follow(root, path);
    return found.is_whole && found.member ? found.member->key_place : found.node->place;
}

std::string compact_json(const Node& node) {
    switch (node.kind) {
    case Node::Kind::null:
        return "null";
    case Node::Kind::boolean:
        return node.boolean ? "true" : "false";
    case Node::Kind::number:
        return node.text;
    case Node::Kind::string:
        return quoted(node.text);
    default:
        break;
    }
    const bool is_array = node.kind == Node::Kind::array;
    std::string out = is_array ? "[" : "{";
    for (const Node& item : node.items)
        out.append(out.size() > 1 ? "," : "").append(compact_json(item));
    for (const Member& member : node.members)
        out.append(out.size() > 1 ? "," : "")
            .append(quoted(member.key) + ":")
            .append(compact_json(member.value));
    return out + (is_array ? ']' : '}');
}

} // namespace fleetcast
