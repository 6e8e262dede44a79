// Builds the shape of a scenario: shape_of() has an overload for each type of member, as the
// readers in load/ have. What no field table says, and is read by hand, stands here by hand, once
// each.
#include "shape_parts.hpp"

#include <fleetcast/model/words.hpp>

#include <algorithm>
#include <array>
#include <tuple>
#include <type_traits>
#include <utility>

namespace fleetcast {

namespace {

template <class T> struct Type {};

/// What a type alone does not tell of its shape.
struct At {
    std::string_view field;
    Range range{};
};

/// Whether texts of this field name something: they follow the pattern of names.
bool holds_names(std::string_view field) {
    constexpr std::array<std::string_view, 8> fields{
        "accelerator", "accelerators", "like", "site", "sites", "source", "team", "workload"};
    return std::ranges::find(fields, field) != fields.end();
}

template <HasFields T> Fields fields_of();

Shape shape_of(Type<double>, const At& at) { return plain(Kind::number, at.range); }
Shape shape_of(Type<int>, const At& at) { return plain(Kind::integer, at.range); }
Shape shape_of(Type<Date>, const At&) { return plain(Kind::date); }
Shape shape_of(Type<Threshold>, const At&) { return plain(Kind::threshold); }
Shape shape_of(Type<Scalar>, const At& at) { return plain(Kind::scalar, at.range); }
Shape shape_of(Type<Series>, const At& at) { return plain(Kind::series, at.range); }

Shape shape_of(Type<std::string>, const At& at) {
    if (at.field == "at") { // of a check
        Shape shape = plain(Kind::date);
        shape.words = {"all", "any"};
        return shape;
    }
    return plain(holds_names(at.field) ? Kind::name : Kind::text);
}

Shape shape_of(Type<std::vector<std::string>>, const At& at) {
    return holds_names(at.field) ? holding(Kind::list, plain(Kind::name)) : plain(Kind::texts);
}

/// The limits of a check: no other field holds plain numbers alone.
Shape shape_of(Type<std::vector<double>>, const At&) { return numbers(2); }

/// Vintages.
Shape shape_of(Type<std::vector<std::pair<Date, Scalar>>>, const At& at) {
    return holding(Kind::dated, plain(Kind::scalar, at.range));
}

Shape shape_of(Type<std::vector<Payment>>, const At&) {
    return holding(Kind::list, object(fields_of<Payment>()));
}

template <HasWords Enum> Shape shape_of(Type<Enum>, const At&) {
    Shape shape = plain(Kind::word);
    for (const auto& entry : Words<Enum>::table)
        shape.words.push_back(entry.first);
    return shape;
}

template <HasFields T> Shape shape_of(Type<T>, const At&) { return object(fields_of<T>()); }

template <class T> Shape shape_of(Type<std::optional<T>>, const At& at) {
    return shape_of(Type<T>{}, at);
}

template <class T> Shape shape_of(Type<Named<T>>, const At& at) {
    return holding(Kind::named, shape_of(Type<T>{}, at));
}

/// Told apart by the key that has the amount.
Shape shape_of(Type<Deliveries>, const At&) {
    const Shape amount = plain(Kind::scalar, not_negative);
    Shape deliveries = plain(Kind::one_of_form);
    deliveries.forms.push_back(object(fields_of<UnitDeliveries>(), "units"));
    deliveries.forms.push_back(
        object({row("schedule", "units by month, quarter or year, even within each",
                    holding(Kind::spanned, amount), true)},
               "schedule"));
    for (const auto& [form, doc] :
         {std::pair<std::string_view, std::string_view>(
              "reach", "buy what is missing for this many units of the accelerator"),
          {"reach_h100e", "buy what is missing for this many H100-equivalents of the fleet"}})
        deliveries.forms.push_back(
            object(joined({row(form, doc, amount, true)}, fields_of<ReachDeliveries>()), form));
    return deliveries;
}

/// An object of a kind: the word that tells it, and its fields.
Shape of_kind(std::string_view kind, Fields fields) {
    Shape word = plain(Kind::word);
    word.words = {kind};
    return object(
        joined({row("kind", "which kind it is", std::move(word), true)}, std::move(fields)), kind);
}

template <class... Kinds> Shape kinds_of(Type<std::variant<Kinds...>>, const Fields& common = {}) {
    Shape shape = plain(Kind::one_of_kind);
    (shape.forms.push_back(of_kind(Kinds::kind, joined(common, fields_of<Kinds>()))), ...);
    return shape;
}

Shape shape_of(Type<Source>, const At&) { return kinds_of(Type<Source>{}); }

Shape shape_of(Type<Workload>, const At&) {
    return kinds_of(Type<decltype(Workload::kind)>{}, fields_of<Workload>());
}

Shape shape_of(Type<AcceleratorEntry>, const At&) {
    Fields fields{
        row("like", "the accelerator whose figures it has where it gives none", plain(Kind::name)),
        row("name", "for people", plain(Kind::text)),
        row("vendor", "who makes it", plain(Kind::text))};
    for (const FigureKind& figure : figure_kinds)
        fields.push_back({figure.name, figure.doc, false, plain(Kind::number, positive),
                          std::string(figure.unit)});
    return object(std::move(fields));
}

Shape shape_of(Type<Finance>, const At&) {
    return object(joined(fields_of<Finance>(),
                         {row("year_starts", "first month of the financial year, \"01\" to \"12\"",
                              plain(Kind::month))}));
}

template <class Struct, class Member>
void append(Fields& fields, const Field<Struct, Member>& from) {
    fields.push_back(row(from.name, from.doc, shape_of(Type<Member>{}, At{from.name, from.range}),
                         from.is_required));
}

template <HasFields T> Fields fields_of() {
    Fields fields;
    std::apply([&](const auto&... rows) { (append(fields, rows), ...); }, T::fields());
    return fields;
}

const Shape* shape_among(const Fields& fields, std::string_view key) {
    const auto found = std::ranges::find(fields, key, &ShapeField::name);
    return found == fields.end() ? nullptr : &found->shape;
}

} // namespace

const Shape& scenario_shape() {
    static const Shape shape = object(joined(
        fields_of<Scenario>(),
        {row("variants", "named patches of this file", holding(Kind::named, plain(Kind::patch))),
         row("extends", "the scenario that this file is a patch of; relative to this file",
             plain(Kind::text))}));
    return shape;
}

const Shape* shape_at(const Shape& shape, std::string_view key) {
    switch (shape.kind) {
    case Kind::object:
        return shape_among(shape.fields, key);
    case Kind::series:
        if (const Shape* found = shape_among(series_forms(), key))
            return found;
        [[fallthrough]];
    case Kind::scalar:
        return shape_among(value_forms(), key);
    case Kind::named:
    case Kind::dated:
    case Kind::spanned:
        return &shape.item.front();
    case Kind::one_of_kind:
    case Kind::one_of_form:
        for (const Shape& form : shape.forms)
            if (const Shape* found = shape_among(form.fields, key))
                return found;
        return nullptr;
    default:
        return nullptr;
    }
}

} // namespace fleetcast
