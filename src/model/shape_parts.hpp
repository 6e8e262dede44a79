// Short words for making shapes, for shape.cpp and value_shape.cpp.
// Interface: plain(), holding(), numbers(), row(), object(), joined().
#pragma once

#include <fleetcast/model/shape.hpp>
#include <fleetcast/model/visit_values.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace fleetcast {

using Kind = Shape::Kind;
using Fields = std::vector<ShapeField>;

inline Shape plain(Kind kind, Range range = {}) {
    Shape shape;
    shape.kind = kind;
    shape.range = range;
    return shape;
}

inline Shape holding(Kind kind, Shape item, std::size_t count = 0) {
    Shape shape = plain(kind);
    shape.item.push_back(std::move(item));
    shape.count = count;
    return shape;
}

inline Shape numbers(std::size_t count) {
    Shape shape = plain(Kind::numbers);
    shape.count = count;
    return shape;
}

inline ShapeField row(std::string_view name, std::string_view doc, Shape shape,
                      bool required = false) {
    return {name, doc, required, std::move(shape), unit_of(name)};
}

inline Shape object(Fields fields, std::string_view name = {}) {
    Shape shape = plain(Kind::object);
    shape.fields = std::move(fields);
    shape.name = name;
    return shape;
}

inline Fields joined(Fields first, Fields second) {
    std::ranges::move(second, std::back_inserter(first));
    return first;
}

} // namespace fleetcast
