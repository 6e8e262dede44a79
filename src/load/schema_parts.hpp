// Small schemas of which schema.cpp makes the large one.
// Interface: reference_to(), number_within(), array_of(), empty_object(), with_rules(), ...
#pragma once

#include "schema_rules.hpp"

#include <fleetcast/model/shape.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace fleetcast {

OrderedJson reference_to(std::string_view definition);

OrderedJson number_within(const Range& range, const char* type);

/// "scalar-at-least-0": the definition of a value within a range.
std::string name_within(std::string_view what, const Range& range);

/// `count` items, or any number of them where that is 0.
OrderedJson array_of(OrderedJson items, std::size_t count);

OrderedJson words_among(const std::vector<std::string_view>& words);

/// "01" to "12".
OrderedJson months();

/// An object with no keys but those that every object may have; `$comment` and x-* may be anything.
OrderedJson empty_object();

/// The schema of one object with the rules that name it laid over it.
OrderedJson with_rules(OrderedJson schema, std::string_view id);

/// A file that extends another is a patch of it: it may leave out and remove anything.
OrderedJson patch_of_a_base(const std::vector<ShapeField>& fields);

} // namespace fleetcast
