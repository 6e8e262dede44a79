// "PATH=JSON" of the command line: one value put at one place.
// Interface: SetValue, parse_set(), split_path(), with_value().
#pragma once

#include <fleetcast/load/merge.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace fleetcast {

struct SetValue {
    std::string text;              // as given, for messages
    std::vector<std::string> keys; // of the path, from the root; of an array its index
    Node value;                    // null removes
};

/// The keys of a dotted path ("sources.h100.price_usd") or JSON Pointer ("/sources/h100").
/// Failure (usage) that begins with `owner`: an empty path or key, a bad ~ escape, more keys than a
/// document is deep.
std::vector<std::string> split_path(std::string_view path, std::string_view owner);

/// The text of sources.texts[file]. What begins with { [ " a digit or -, or is true, false or null,
/// must be JSON, unless it is a date; other text is a string. Failure (usage): no "=", a bad path,
/// bad JSON.
SetValue parse_set(const Sources& sources, std::uint32_t file);

/// The document after it: a merge patch with this one path, in which an index names an item of an
/// array. Failure (usage): an index past the end, a path through a number or a text, nothing there
/// to remove.
Merged with_value(Node document, SetValue set, const Shape& shape);

} // namespace fleetcast
