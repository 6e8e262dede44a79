#include <fleetcast/load/set_value.hpp>

#include "json_text.hpp"

#include <fleetcast/base/printable.hpp>
#include <fleetcast/base/result.hpp>
#include <fleetcast/base/suggest.hpp>
#include <fleetcast/base/text.hpp>
#include <fleetcast/base/time_grid.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace fleetcast {

namespace {

constexpr int longest_shown = 60; // [columns]

std::string shown(std::string_view text) { return cut_middle(text, longest_shown, "..."); }

[[noreturn]] void refuse(std::string_view owner, const std::string& why) {
    throw Failure(Exit::usage, fmt::format("{}: {}", shown(owner), why));
}

std::string name_of(const SetValue& set) { return "--set " + set.text; }

/// "~0" is "~" and "~1" is "/" (RFC 6901).
std::string unescaped(std::string_view key, std::string_view owner) {
    std::string out;
    for (std::size_t i = 0; i < key.size(); ++i) {
        if (key[i] != '~') {
            out += key[i];
            continue;
        }
        const char next = ++i < key.size() ? key[i] : ' ';
        if (next != '0' && next != '1')
            refuse(owner, "in a JSON Pointer ~ is written ~0, and / within a key ~1");
        out += next == '0' ? '~' : '/';
    }
    return out;
}

bool must_be_json(std::string_view text) {
    constexpr std::string_view starts = "{[\"-0123456789";
    return text == "true" || text == "false" || text == "null" ||
           (!text.empty() && starts.find(text[0]) != starts.npos && !parse_date(text));
}

/// Follows the keys down to the place where the value goes.
class Setter {
public:
    explicit Setter(SetValue set) : set_(std::move(set)) {}

    void set(Node& node, const Shape* shape, std::size_t depth, const std::string& path) {
        const std::string& key = set_.keys[depth];
        const std::string below = path.empty() ? key : path + "." + key;
        const bool is_last = depth + 1 == set_.keys.size();
        if (node.kind == Node::Kind::array) {
            Node& item = item_of(node, key, path);
            const Shape* inner = shape && !shape->item.empty() ? &shape->item.front() : nullptr;
            if (!is_last)
                return set(item, inner, depth + 1, below);
            if (set_.value.kind == Node::Kind::null)
                refuse(name_of(set_),
                       "an item of an array cannot be removed: give the whole array");
            return lay(item, std::move(set_.value), inner, below);
        }
        if (node.kind != Node::Kind::object)
            refuse(name_of(set_), fmt::format("{} is {}, with nothing below it", printable(path),
                                              describe(node.kind)));
        const auto there = std::ranges::find(node.members, key, &Member::key);
        const Shape* inner = shape ? shape_at(*shape, key) : nullptr;
        if (!is_last && there != node.members.end())
            return set(there->value, inner, depth + 1, below);
        if (set_.value.kind == Node::Kind::null && there == node.members.end())
            refuse_absent(node, key, below);
        lay(node, as_patch(depth), shape, path);
    }

    std::vector<Removal> removals;

private:
    void lay(Node& node, Node patch, const Shape* shape, const std::string& path) {
        Merged result = merged(std::move(node), std::move(patch), shape, path);
        node = std::move(result.document);
        removals.insert(removals.end(), result.removals.begin(), result.removals.end());
    }

    Node& item_of(Node& array, const std::string& key, const std::string& path) const {
        std::size_t index = 0;
        const char* const end = key.data() + key.size();
        const auto [stop, error] = std::from_chars(key.data(), end, index);
        if (error != std::errc{} || stop != end || (key.size() > 1 && key[0] == '0'))
            refuse(name_of(set_), fmt::format("{} is an array: \"{}\" is no index of it",
                                              printable(path), printable(key)));
        if (index >= array.items.size())
            refuse(name_of(set_), fmt::format("{} has {} items: there is no {}, they count from 0",
                                              printable(path), array.items.size(), index));
        return array.items[index];
    }

    [[noreturn]] void refuse_absent(const Node& node, const std::string& key,
                                    const std::string& path) const {
        std::vector<std::string> names;
        for (const Member& member : node.members)
            names.push_back(member.key);
        const std::string hint = did_you_mean(key, names);
        refuse(name_of(set_), fmt::format("there is no {} to remove{}{}", printable(path),
                                          hint.empty() ? "" : ": ", hint));
    }

    /// The value within objects of the keys from `depth` on.
    Node as_patch(std::size_t depth) {
        Node node = std::move(set_.value);
        const Place key_place{node.place.file, 0};
        for (std::size_t k = set_.keys.size(); k-- > depth;) {
            Node outer{Node::Kind::object, false, 0, {}, {}, {}, key_place};
            outer.members.push_back({set_.keys[k], key_place, std::move(node)});
            node = std::move(outer);
        }
        return node;
    }

    SetValue set_;
};

} // namespace

std::vector<std::string> split_path(std::string_view path, std::string_view owner) {
    const bool is_pointer = path.starts_with('/');
    const char separator = is_pointer ? '/' : '.';
    if (is_pointer)
        path.remove_prefix(1);
    std::vector<std::string> keys;
    for (;;) {
        const std::size_t end = std::min(path.find(separator), path.size());
        const std::string_view key = path.substr(0, end);
        if (key.empty())
            refuse(owner, "the path needs a name between all of its dots or slashes, as in "
                          "sources.h100.price_usd or /sources/h100/price_usd");
        keys.push_back(is_pointer ? unescaped(key, owner) : std::string(key));
        if (keys.size() >= depth_cap)
            refuse(owner, fmt::format("the path is deeper than {}", depth_cap));
        if (end == path.size())
            return keys;
        path.remove_prefix(end + 1);
    }
}

SetValue parse_set(const Sources& sources, std::uint32_t file) {
    const std::string& text = sources.texts.at(file).text;
    const std::string owner = "--set " + text;
    if (const auto fault = encoding_fault(text))
        refuse(owner, fault->message);
    const std::size_t equals = text.find('=');
    if (equals == text.npos)
        refuse(owner, "needs a value: --set PATH=JSON, as in --set sites.main.pue=1.2");
    SetValue set{text, split_path(std::string_view(text).substr(0, equals), owner), {}};
    if (set.keys.front() == "extends" || set.keys.front() == "variants")
        refuse(owner,
               fmt::format("\"{}\" is settled before --set is looked at; write it into a file",
                           set.keys.front()));
    const std::string_view value = std::string_view(text).substr(equals + 1);
    if (!must_be_json(value)) {
        set.value =
            Node{Node::Kind::string, false, 0, std::string(value), {}, {}, {file, equals + 1}};
        return set;
    }
    auto parsed = parse_document(sources, file, equals + 1);
    if (const auto* problems = std::get_if<Problems>(&parsed))
        refuse(owner, fmt::format("the value is no JSON: {}", problems->front().message));
    set.value = std::get<Node>(std::move(parsed));
    return set;
}

Merged with_value(Node document, SetValue set, const Shape& shape) {
    Setter setter(std::move(set));
    setter.set(document, &shape, 0, "");
    return {std::move(document), std::move(setter.removals)};
}

} // namespace fleetcast
