#include "schema_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

namespace fleetcast {

namespace {

OrderedJson number_of(double value) {
    if (value == std::floor(value))
        return static_cast<std::int64_t>(value);
    return value;
}

} // namespace

OrderedJson reference_to(std::string_view definition) {
    return {{"$ref", fmt::format("#/$defs/{}", definition)}};
}

OrderedJson number_within(const Range& range, const char* type) {
    OrderedJson schema{{"type", type}};
    if (std::isfinite(range.low))
        schema[range.low_open ? "exclusiveMinimum" : "minimum"] = number_of(range.low);
    if (std::isfinite(range.high))
        schema[range.high_open ? "exclusiveMaximum" : "maximum"] = number_of(range.high);
    return schema;
}

std::string name_within(std::string_view what, const Range& range) {
    std::string name(what);
    if (range != any_number)
        name += "-" + text_of(range);
    std::ranges::replace(name, ' ', '-');
    return name;
}

OrderedJson array_of(OrderedJson items, std::size_t count) {
    OrderedJson schema{{"type", "array"}, {"items", std::move(items)}};
    if (count > 0) {
        schema["minItems"] = count;
        schema["maxItems"] = count;
    }
    return schema;
}

OrderedJson words_among(const std::vector<std::string_view>& words) {
    if (words.size() == 1)
        return {{"const", words.front()}};
    return {{"type", "string"}, {"enum", words}};
}

OrderedJson empty_object() {
    OrderedJson schema{{"type", "object"}};
    OrderedJson& properties = schema["properties"];
    properties["title"] = reference_to("text");
    properties["title"]["description"] = "free text, shown in reports";
    properties["citation"] = reference_to("text");
    properties["citation"]["description"] = "where the figure comes from, shown in reports";
    properties["$comment"] = true;
    properties["$schema"] = reference_to("text");
    schema["patternProperties"]["^x-"] = true;
    schema["additionalProperties"] = false;
    return schema;
}

OrderedJson with_rules(OrderedJson schema, std::string_view id) {
    for (OrderedJson& rule : rules_of(id)) {
        OrderedJson all = schema.value("allOf", OrderedJson::array());
        for (const OrderedJson& part : rule.value("allOf", OrderedJson::array()))
            all.push_back(part);
        rule.erase("allOf");
        schema.merge_patch(rule);
        if (!all.empty())
            schema["allOf"] = std::move(all);
    }
    return schema;
}

OrderedJson months() {
    OrderedJson words = OrderedJson::array();
    for (int month = 1; month <= 12; ++month)
        words.push_back(fmt::format("{:02}", month));
    return {{"type", "string"}, {"enum", std::move(words)}};
}

OrderedJson patch_of_a_base(const std::vector<ShapeField>& fields) {
    OrderedJson schema{{"type", "object"}};
    for (const ShapeField& field : fields)
        schema["properties"][std::string(field.name)] = {{"description", field.doc}};
    schema["properties"]["extends"].update(OrderedJson{{"type", "string"}, {"minLength", 1}});
    for (const char* key : {"title", "citation", "$comment", "$schema"})
        schema["properties"][key] = true;
    schema["patternProperties"]["^x-"] = true;
    schema["additionalProperties"] = {{"type", "null"}};
    return schema;
}

} // namespace fleetcast
