// Walks the shape of a scenario and writes what may stand where; what repeats becomes a definition.
// What the shape does not tell comes from schema_rules.cpp.
#include <fleetcast/load/schema.hpp>

#include "schema_parts.hpp"

#include <fleetcast/load/catalog.hpp>
#include <fleetcast/model/shape.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace fleetcast {

namespace {

using Kind = Shape::Kind;

class SchemaWriter {
public:
    explicit SchemaWriter(const std::vector<std::string>& metrics) {
        std::vector<std::string> accelerators;
        for (const auto& [id, accelerator] : load_catalog().accelerators)
            accelerators.push_back(id);
        definitions_ = shared_definitions(accelerators, metrics);
    }

    OrderedJson write() {
        const Shape& root = scenario_shape();
        define("scenario", [&] {
            Shape whole = root;
            std::erase_if(whole.fields,
                          [](const ShapeField& field) { return field.name == "extends"; });
            return object(whole.fields, "scenario");
        });
        define("patch", [&] { return patch_of_a_base(root.fields); });
        OrderedJson schema;
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
        schema["$id"] = "urn:fleetcast:scenario:1";
        schema["title"] = "fleetcast scenario";
        schema["description"] = "what is owned, ordered, powered, asked for and uncertain";
        schema["type"] = "object";
        schema["if"] = {{"properties", {{"extends", true}}}, {"required", {"extends"}}};
        schema["then"] = reference_to("patch");
        schema["else"] = reference_to("scenario");
        schema["$defs"] = std::move(definitions_);
        return schema;
    }

private:
    /// Makes a definition once; a reference to it.
    template <class Make> OrderedJson define(const std::string& name, const Make& make) {
        if (!definitions_.contains(name)) {
            definitions_[name] = nullptr; // it keeps the place of what is asked for first
            definitions_[name] = make();
        }
        return reference_to(name);
    }

    OrderedJson object(const std::vector<ShapeField>& fields, std::string_view id) {
        OrderedJson schema{{"type", "object"}};
        OrderedJson& properties = schema["properties"];
        OrderedJson required = OrderedJson::array();
        for (const ShapeField& field : fields) {
            properties[std::string(field.name)] = property(field);
            if (field.required)
                required.push_back(field.name);
        }
        const OrderedJson common = empty_object();
        for (const auto& [key, value] : common["properties"].items())
            properties[key] = value;
        schema["patternProperties"] = common["patternProperties"];
        schema["additionalProperties"] = false;
        if (!required.empty())
            schema["required"] = std::move(required);
        return with_rules(std::move(schema), id);
    }

    OrderedJson property(const ShapeField& field) {
        OrderedJson schema{{"description", field.unit.empty()
                                               ? std::string(field.doc)
                                               : fmt::format("{} [{}]", field.doc, field.unit)}};
        schema.update(schema_of(field.shape, field.name));
        return schema;
    }

    /// Containers and objects become definitions by the names of their fields.
    OrderedJson schema_of(const Shape& shape, std::string_view field) {
        switch (shape.kind) {
        case Kind::number:
            return number_within(shape.range, "number");
        case Kind::integer:
            return number_within(shape.range, "integer");
        case Kind::text:
            return {{"type", "string"}};
        case Kind::name:
            return reference_to(is_accelerator(field) ? "accelerator" : "name");
        case Kind::word:
            return words_among(shape.words);
        case Kind::date:
            return date(shape.words);
        case Kind::threshold:
            return {{"anyOf", {{{"type", "number"}}, reference_to("date")}}};
        case Kind::month:
            return months();
        case Kind::scalar:
            return scalar(shape.range);
        case Kind::series:
            return series(shape.range);
        case Kind::texts:
            return array_of({{"type", "string"}}, 0);
        case Kind::numbers:
            return array_of({{"type", "number"}}, shape.count);
        case Kind::list:
            return list(shape, field);
        default:
            return define(shape.kind == Kind::dated ? name_within(field, shape.item.front().range)
                                                    : std::string(field),
                          [&] { return structure(shape, field); });
        }
    }

    OrderedJson structure(const Shape& shape, std::string_view field) {
        switch (shape.kind) {
        case Kind::named:
            return keyed(shape, field, named_key_pattern());
        case Kind::dated:
            return keyed(shape, field, shape.has_days ? date_pattern() : month_pattern());
        case Kind::spanned:
            return keyed(shape, field, span_pattern());
        case Kind::one_of_kind:
            return one_of_kind(shape);
        case Kind::one_of_form:
            return one_of_form(shape);
        case Kind::patch:
            return with_rules(
                {{"description", "a patch of this file (RFC 7396)"}, {"type", "object"}}, field);
        default:
            return object(shape.fields, field);
        }
    }

    /// An object whose keys are names or dates.
    OrderedJson keyed(const Shape& shape, std::string_view field, const std::string& keys) {
        const Shape& item = shape.item.front();
        const std::string id = std::string(field) + "[]";
        OrderedJson schema = empty_object();
        schema["patternProperties"][keys] =
            item.kind == Kind::object || item.kind == Kind::patch || item.kind == Kind::one_of_kind
                ? structure(item, id)
                : schema_of(item, id);
        return with_rules(std::move(schema), field);
    }

    static bool is_accelerator(std::string_view field) {
        return field.starts_with("accelerator") || field == "like";
    }

    OrderedJson date(const std::vector<std::string_view>& words) {
        if (words.empty())
            return reference_to("date");
        return {{"anyOf", {words_among(words), reference_to("date")}}};
    }

    OrderedJson list(const Shape& shape, std::string_view field) {
        const Shape& item = shape.item.front();
        const std::string id = std::string(field) + "[]";
        if (item.kind == Kind::name)
            return reference_to(is_accelerator(field) ? "accelerator-ids" : "names");
        if (item.kind != Kind::object)
            return array_of(schema_of(item, id), shape.count);
        return define(std::string(field), [&] {
            return with_rules(array_of(object(item.fields, id), shape.count), field);
        });
    }

    /// The kind chooses the form; an unknown one is said at the word itself.
    OrderedJson one_of_kind(const Shape& shape) {
        std::vector<std::string_view> kinds;
        OrderedJson choices = OrderedJson::array();
        for (const Shape& form : shape.forms) {
            const std::string kind(form.name);
            kinds.push_back(form.name);
            choices.push_back(
                {{"if", {{"properties", {{"kind", {{"const", kind}}}}}, {"required", {"kind"}}}},
                 {"then", define(kind, [&] { return object(form.fields, kind); })}});
        }
        return {{"type", "object"},
                {"properties", {{"kind", words_among(kinds)}}},
                {"required", {"kind"}},
                {"allOf", std::move(choices)}};
    }

    OrderedJson one_of_form(const Shape& shape) {
        OrderedJson forms = OrderedJson::array();
        for (const Shape& form : shape.forms)
            forms.push_back(object(form.fields, form.name));
        return {{"oneOf", std::move(forms)}};
    }

    OrderedJson scalar(const Range& range) {
        return define(name_within("scalar", range), [&]() -> OrderedJson {
            return {{"anyOf", {number_within(range, "number"), value()}}};
        });
    }

    OrderedJson series(const Range& range) {
        return define(name_within("series", range), [&]() -> OrderedJson {
            return {{"anyOf",
                     {number_within(range, "number"), value(), over_time("points", range),
                      over_time("start", range)}}};
        });
    }

    /// A value that is no plain number: one form, of those in value_forms().
    OrderedJson value() {
        const std::vector<ShapeField> forms = value_forms();
        const auto define_with = [&](const std::string& name, const auto& may_stand) {
            return define(name, [&] {
                std::vector<ShapeField> fields;
                OrderedJson choices = OrderedJson::array();
                for (const ShapeField& form : forms) {
                    if (!may_stand(form.name))
                        continue;
                    fields.push_back(form);
                    if (!stands_beside(form.name))
                        choices.push_back({{"properties", {{std::string(form.name), true}}},
                                           {"required", {form.name}}});
                }
                OrderedJson schema = object(fields, name);
                schema["oneOf"] = std::move(choices);
                return schema;
            });
        };
        define_with("component", [](std::string_view key) {
            return key != "mixture" && key != "ref" && key != "formula" && key != "truncate" &&
                   key != "clamp";
        });
        return define_with("value", [](std::string_view) { return true; });
    }

    static bool stands_beside(std::string_view key) {
        return key == "truncate" || key == "clamp" || key == "confidence" || key == "shape";
    }

    /// Points, or growth from a start: the form is told by its first key.
    OrderedJson over_time(std::string_view form, const Range& range) {
        const bool is_points = form == "points";
        return define(name_within(is_points ? "series-of-points" : "series-of-growth", range), [&] {
            std::vector<ShapeField> fields;
            for (ShapeField field : series_forms()) {
                const bool is_of_points = field.name == "points" || field.name == "between";
                if (is_of_points != is_points)
                    continue;
                field.required = field.name != "between" && field.name != "base";
                if (field.name == "start")
                    field.shape.range = range;
                if (field.name == "points")
                    field.shape.item.front().range = range;
                fields.push_back(std::move(field));
            }
            return object(fields, is_points ? "by-date" : "growing");
        });
    }

    OrderedJson definitions_;
};

} // namespace

std::string scenario_schema(const std::vector<std::string>& metrics) {
    return SchemaWriter(metrics).write().dump(2) + '\n';
}

} // namespace fleetcast
