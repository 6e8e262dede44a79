// A JSON text as a tree in which every value keeps its place.
// Interface: Node, parse_document(), locate(). What the keys mean is left to the readers.
#pragma once

#include <fleetcast/base/problem.hpp>
#include <fleetcast/base/result.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace fleetcast {

inline constexpr std::size_t depth_cap = 64;        // levels of a document; the root is 1
inline constexpr std::size_t value_cap = 2'000'000; // values of a document: bounds the memory

struct Member;

/// One JSON value. Order of members is that of the text; keys are unique.
struct Node {
    enum class Kind { null, boolean, number, string, array, object };
    Kind kind = Kind::null;
    bool boolean = false;
    double number = 0; // finite; -0 is 0
    std::string text;  // of a string its value, of a number how it was written
    std::vector<Node> items;
    std::vector<Member> members;
    Place place;

    const Member* find(std::string_view key) const;
};

struct Member {
    std::string key;
    Place key_place;
    Node value;
};

/// "an object", "a number", ...: for type errors.
std::string_view describe(Node::Kind kind);

/// Integers that a double cannot hold: mistakes, or rounded (their text keeps the digits).
enum class WholeNumbers { exact, rounded };

/// Parses sources.texts[file] from a byte on: JSON with // and /* */ comments, one UTF-8 BOM
/// allowed at the start.
/// Errors: syntax, bad UTF-8, NUL, duplicate keys (both places), more than depth_cap or value_cap,
/// a number that is not finite or an integer that a double cannot hold exactly, an empty document.
/// A syntax error ends the reading; a number underflowing to 0 keeps its text.
Result<Node> parse_document(const Sources& sources, std::uint32_t file, std::size_t from = 0,
                            WholeNumbers whole = WholeNumbers::exact);

/// The place of the value at a dotted path ("correlations.chips.between.0"), or of the nearest
/// enclosing value that is there.
Place locate(const Node& root, std::string_view path);

/// The place of the key at a dotted path (for unknown names), or as locate().
Place locate_key(const Node& root, std::string_view path);

/// The value at a dotted path, or nullptr.
const Node* node_at(const Node& root, std::string_view path);

/// The value as compact JSON, in its order and with numbers as they were written.
std::string compact_json(const Node& node);

} // namespace fleetcast
