// The format of a scenario as data: what may stand where, built from the field tables of the
// structs. The schema is written from it, and patches ask it where a value is one of several forms.
// Interface: Shape, scenario_shape(), shape_at().
// Rules between fields are left to the schema and to validate/.
#pragma once

#include <fleetcast/base/field.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace fleetcast {

struct ShapeField;

/// What may stand at a place.
struct Shape {
    enum class Kind {
        number,      // a plain number within `range`
        integer,     // a whole one
        text,        // free text
        name,        // of the pattern of names
        word,        // one of `words`
        date,        // "2024-03" or "2024-03-15", or one of `words`
        threshold,   // a number or a date
        month,       // "01" to "12"
        scalar,      // a number within `range`, or an object of one of value_forms()
        series,      // a scalar, or an object of one of series_forms()
        texts,       // an array of texts
        numbers,     // an array of plain numbers, `count` of them where that is not 0
        object,      // the rows of `fields`, and no other key
        list,        // an array of `item`, `count` of them where that is not 0
        named,       // an object keyed by names, each of `item`
        dated,       // an object keyed by months, or days too, each of `item`
        spanned,     // an object keyed by months, quarters or years, each of `item`
        one_of_kind, // an object of one of `forms`, told apart by its "kind"
        one_of_form, // an object of one of `forms`, told apart by which key it has
        patch,       // an object laid over the document (RFC 7396)
    };
    Kind kind = Kind::text;
    Range range{};
    std::vector<std::string_view> words;
    std::vector<ShapeField> fields;
    std::vector<Shape> item;  // none or one
    std::vector<Shape> forms; // objects; `name` of each is its kind, or the key that tells it
    std::string_view name;
    std::size_t count = 0; // of items
    bool has_days = false; // of `dated`: whether a key may be a day
};

/// A key of an object.
struct ShapeField {
    std::string_view name;
    std::string_view doc; // for people
    bool required = false;
    Shape shape;
    std::string unit; // "usd"; empty where there is none
};

/// The shape of a whole scenario.
const Shape& scenario_shape();

/// The keys of an object that stands for a scalar: its forms and what stands beside them.
const std::vector<ShapeField>& value_forms();

/// The keys of an object that stands for a series and not for a scalar.
const std::vector<ShapeField>& series_forms();

/// The shape at a key of an object, or nullptr where the format has none there. Of several forms
/// all are looked through.
const Shape* shape_at(const Shape& shape, std::string_view key);

} // namespace fleetcast
