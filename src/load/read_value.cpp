// Reads scalars and series: numbers, references, formulas, points and growth. Distributions are
// read in read_distribution.cpp.
#include "read_distribution.hpp"

#include <fleetcast/load/formula.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace fleetcast {

namespace {

/// A key that stands beside the form of a value.
struct Beside {
    std::string_view key;
    std::string_view with;
    bool (*fits)(std::string_view form);
};

bool is_interval(std::string_view form) { return form == "interval"; }

constexpr std::array<Beside, 4> besides{{
    {"truncate", "a distribution", is_distribution},
    {"clamp", "a distribution", is_distribution},
    {"confidence", "an interval", is_interval},
    {"shape", "an interval", is_interval},
}};

bool may_stand_beside(std::string_view key) {
    return std::ranges::find(besides, key, &Beside::key) != besides.end();
}

void read_reference(Reader& reader, const Spot& spot, Scalar& out) {
    if (spot.node->kind != Node::Kind::string)
        return reader.mismatch(spot, "a path such as \"inputs.electricity\"");
    const std::string& path = spot.node->text;
    if (!path.starts_with("inputs.") || path.size() == 7)
        return reader.wrong(
            spot,
            fmt::format("must name an input, such as \"inputs.electricity\", got \"{}\"", path));
    out.value = Reference{path.substr(7)};
}

void read_formula(Reader& reader, const Spot& spot, Scalar& out) {
    if (spot.node->kind != Node::Kind::string)
        return reader.mismatch(spot, "a formula in a string");
    auto parsed = parse_formula(spot.node->text);
    if (const auto* mistake = std::get_if<FormulaMistake>(&parsed))
        return reader.wrong(spot, fmt::format("{} (character {} of the formula)", mistake->message,
                                              mistake->position + 1));
    out.value = std::get<Formula>(std::move(parsed));
}

void read_points(Reader& reader, const Spot& spot, Points& out) {
    const Spot table{spot.child("points"), spot.path + ".points", spot.name, spot.range};
    if (const Node* between = spot.child("between")) {
        out.linear = between->text == "linear";
        if (!out.linear && between->text != "step")
            reader.wrong({between, spot.path + ".between", "between"}, "must be step or linear");
    }
    if (!reader.is_object(table))
        return;
    const auto before = reader.problems.size();
    for (const Member& member : table.node->members) {
        if (check_common(reader, table, member))
            continue;
        const auto date = parse_date(member.key);
        if (!date) {
            reader.wrong_key(table, member, "must be a date such as \"2024-03\" or \"2024-03-15\"");
            continue;
        }
        out.points.emplace_back(*date, Scalar{});
        out.keys.push_back(member.key);
        read(reader, {&member.value, table.path + "." + member.key, spot.name, spot.range},
             out.points.back().second);
    }
    if (out.points.empty()) {
        if (reader.problems.size() == before)
            reader.wrong(table, "needs at least one point");
        return;
    }
    std::vector<std::size_t> order(out.points.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    const auto moment = [&](std::size_t i) { return first_moment(out.points[i].first); };
    std::ranges::stable_sort(order, {}, moment);
    Points sorted{{}, {}, out.linear};
    for (const std::size_t i : order) {
        if (!sorted.points.empty() && moment(i) == first_moment(sorted.points.back().first))
            reader.wrong(table, fmt::format("{} and {} are the same moment", sorted.keys.back(),
                                            out.keys[i]));
        sorted.points.push_back(out.points[i]);
        sorted.keys.push_back(out.keys[i]);
    }
    out = std::move(sorted);
}

void read_growth(Reader& reader, const Spot& spot, Growth& out) {
    const auto part = [&](const char* key, Range range, auto& value) {
        if (const Node* node = spot.child(key))
            read(reader, {node, spot.path + "." + key, spot.name, range}, value);
        else if (std::string_view(key) != "base")
            reader.wrong(spot, fmt::format("needs \"{}\"", key));
    };
    part("start", spot.range, out.start);
    part("growth_per_year", growth_range, out.growth_per_year);
    part("base", any_number, out.base);
}

void refuse_others(Reader& reader, const Spot& spot, std::initializer_list<std::string> allowed) {
    const std::vector<std::string> keys(allowed);
    for (const Member& member : spot.node->members)
        if (!check_common(reader, spot, member) &&
            std::ranges::find(keys, member.key) == keys.end())
            refuse_key(reader, spot, member, keys);
}

/// That it is a text is checked with the other keys.
std::string citation_of(const Spot& spot) {
    const Node* node = spot.child("citation");
    return node ? node->text : std::string();
}

} // namespace

void read(Reader& reader, const Spot& spot, Scalar& out) {
    if (spot.node->kind == Node::Kind::number) {
        double value = 0;
        read(reader, spot, value);
        out.value = value;
        return;
    }
    if (spot.node->kind != Node::Kind::object)
        return reader.mismatch(spot, "a number or a distribution");
    out.citation = citation_of(spot);
    const Member* form = nullptr;
    const auto before = reader.problems.size();
    for (const Member& member : spot.node->members) {
        if (is_distribution(member.key) || member.key == "ref" || member.key == "formula") {
            if (form)
                reader.wrong_key(
                    spot, member,
                    fmt::format("stands beside \"{}\": one value takes one form", form->key));
            else
                form = &member;
        } else if (member.key == "points" || member.key == "start" ||
                   member.key == "growth_per_year") {
            return reader.wrong(spot, "varies in time, but this value cannot: a scalar is needed");
        } else if (!check_common(reader, spot, member) && !may_stand_beside(member.key)) {
            refuse_key(reader, spot, member, scalar_keys());
        }
    }
    if (!form) { // a misspelt form was reported at its key
        if (reader.problems.size() == before)
            reader.wrong(spot, "must be a number or a distribution",
                         fmt::format("one of {}", fmt::join(scalar_keys(), ", ")));
        return;
    }
    for (const Beside& beside : besides)
        if (spot.child(beside.key) && !beside.fits(form->key))
            reader.wrong(spot, fmt::format("\"{}\" goes with {} only", beside.key, beside.with));
    const Spot value{&form->value, spot.path + "." + form->key, spot.name, spot.range};
    if (form->key == "ref")
        read_reference(reader, value, out);
    else if (form->key == "formula")
        read_formula(reader, value, out);
    else
        read_distribution(reader, spot, *form, out);
}

void read(Reader& reader, const Spot& spot, Series& out) {
    const bool object = spot.node->kind == Node::Kind::object;
    if (object && spot.child("points")) {
        Points points;
        read_points(reader, spot, points);
        refuse_others(reader, spot, {"points", "between"});
        out.citation = citation_of(spot);
        out.value = std::move(points);
    } else if (object && (spot.child("start") || spot.child("growth_per_year"))) {
        Growth growth;
        read_growth(reader, spot, growth);
        refuse_others(reader, spot, {"start", "growth_per_year", "base"});
        out.citation = citation_of(spot);
        out.value = std::move(growth);
    } else {
        Scalar scalar;
        read(reader, spot, scalar);
        out.citation = scalar.citation;
        out.value = std::move(scalar);
    }
}

} // namespace fleetcast
