// Reads scalars and series: numbers, distributions, references, formulas, points and growth.
#include <fleetcast/load/reader.hpp>

#include <fleetcast/load/formula.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace fleetcast {

namespace {

constexpr std::array<std::string_view, 9> distribution_keys{"uniform",  "triangular", "pert",
                                                            "normal",   "lognormal",  "interval",
                                                            "discrete", "mixture",    "empirical"};

const std::vector<std::string> scalar_keys{"uniform",   "triangular", "pert",     "normal",
                                           "lognormal", "interval",   "discrete", "mixture",
                                           "empirical", "ref",        "formula"};

/// The numbers of `{"uniform":[a,b]}`; nothing when they are not that many.
std::optional<std::vector<double>> numbers(Reader& reader, const Spot& spot, std::size_t count,
                                           std::string_view what) {
    std::vector<double> values;
    const auto before = reader.problems.size();
    read(reader, spot, values);
    if (reader.problems.size() != before)
        return std::nullopt;
    if (values.size() == count)
        return values;
    reader.wrong(spot, fmt::format("takes {} numbers, {}, got {}", count, what, values.size()));
    return std::nullopt;
}

/// `[[item, weight], ...]`.
template <class Item, class ReadItem>
std::vector<std::pair<Item, double>> weighted(Reader& reader, const Spot& spot,
                                              const ReadItem& read_item) {
    std::vector<std::pair<Item, double>> pairs;
    if (spot.node->kind != Node::Kind::array) {
        reader.mismatch(spot, "an array of [value, weight]");
        return pairs;
    }
    for (std::size_t i = 0; i < spot.node->items.size(); ++i) {
        const Node& item = spot.node->items[i];
        const Spot at{&item, fmt::format("{}.{}", spot.path, i), spot.name};
        if (item.kind != Node::Kind::array || item.items.size() != 2) {
            reader.wrong(at, "must be a pair [value, weight]");
            continue;
        }
        pairs.emplace_back();
        read_item(Spot{&item.items[0], at.path + ".0", spot.name}, pairs.back().first);
        read(reader, Spot{&item.items[1], at.path + ".1", spot.name}, pairs.back().second);
    }
    return pairs;
}

Interval read_interval(Reader& reader, const Spot& owner, const Spot& spot) {
    Interval interval;
    if (const auto ends = numbers(reader, spot, 2, "[low, high]")) {
        interval.low = (*ends)[0];
        interval.high = (*ends)[1];
    }
    if (const Node* confidence = owner.child("confidence"))
        read(reader,
             {confidence,
              owner.path + ".confidence",
              "confidence",
              {.low = 0, .high = 1, .low_open = true, .high_open = true}},
             interval.confidence);
    const Node* shape = owner.child("shape");
    if (!shape) {
        interval.shape = owner.name.ends_with("_share") ? IntervalShape::logit_normal
                         : interval.low > 0             ? IntervalShape::lognormal
                                                        : IntervalShape::normal;
    } else if (shape->text == "lognormal") {
        interval.shape = IntervalShape::lognormal;
    } else if (shape->text == "normal") {
        interval.shape = IntervalShape::normal;
    } else if (shape->text == "logit-normal") {
        interval.shape = IntervalShape::logit_normal;
    } else {
        reader.wrong({shape, owner.path + ".shape", "shape"},
                     "must be one of lognormal, normal, logit-normal");
    }
    return interval;
}

Lognormal read_lognormal(Reader& reader, const Spot& spot) {
    struct Fields : Lognormal {
        static constexpr auto fields() {
            return std::tuple{
                field("median", &Lognormal::median, "half of the values lie below").required(),
                field("sigma", &Lognormal::sigma, "standard deviation of the logarithm")
                    .required()};
        }
    };
    Fields out;
    read_object(reader, spot, out);
    return out;
}

/// Reads a simple distribution by its key into any variant that holds it.
template <class Variant>
bool read_shape(Reader& reader, const Spot& owner, const Member& member, Variant& out) {
    const Spot spot{&member.value, owner.path + "." + member.key, owner.name};
    const std::string& key = member.key;
    if (key == "uniform") {
        if (const auto v = numbers(reader, spot, 2, "[low, high]"))
            out = Uniform{(*v)[0], (*v)[1]};
    } else if (key == "triangular") {
        if (const auto v = numbers(reader, spot, 3, "[min, mode, max]"))
            out = Triangular{(*v)[0], (*v)[1], (*v)[2]};
    } else if (key == "pert") {
        if (const auto v = numbers(reader, spot, 3, "[min, mode, max]"))
            out = Pert{(*v)[0], (*v)[1], (*v)[2]};
    } else if (key == "normal") {
        if (const auto v = numbers(reader, spot, 2, "[mean, sd]"))
            out = Normal{(*v)[0], (*v)[1]};
    } else if (key == "lognormal") {
        out = read_lognormal(reader, spot);
    } else if (key == "interval") {
        out = read_interval(reader, owner, spot);
    } else if (key == "discrete") {
        out = Discrete{
            weighted<double>(reader, spot, [&](const Spot& s, double& v) { read(reader, s, v); })};
    } else if (key == "empirical") {
        Empirical empirical;
        read(reader, spot, empirical.values);
        out = std::move(empirical);
    } else {
        return false;
    }
    return true;
}

void read_component(Reader& reader, const Spot& spot, Component& out) {
    if (spot.node->kind == Node::Kind::number) {
        out = spot.node->number;
        return;
    }
    if (spot.node->kind != Node::Kind::object)
        return reader.mismatch(spot, "a number or a distribution");
    bool found = false;
    for (const Member& member : spot.node->members) {
        if (read_shape(reader, spot, member, out)) {
            if (found)
                reader.wrong_key(spot, member, "a second distribution");
            found = true;
        } else if (member.key == "truncate" || member.key == "clamp" || member.key == "mixture") {
            reader.wrong_key(spot, member, "may not stand inside a mixture");
        } else if (!is_common_key(member.key) && member.key != "confidence" &&
                   member.key != "shape") {
            refuse_key(reader, spot, member, scalar_keys, false);
        }
    }
    if (!found && spot.node->members.empty())
        reader.wrong(spot, "must be a number or a distribution, got an empty object");
}

std::optional<Bounds> read_bounds(Reader& reader, const Spot& owner, const std::string& key) {
    const Node* node = owner.child(key);
    if (!node)
        return std::nullopt;
    const Spot spot{node, owner.path + "." + key, key};
    if (node->kind != Node::Kind::array || node->items.size() != 2) {
        reader.wrong(spot, "must be [low, high], either of them null");
        return std::nullopt;
    }
    Bounds bounds;
    if (node->items[0].kind != Node::Kind::null)
        read(reader, {&node->items[0], spot.path + ".0", key}, bounds.low);
    if (node->items[1].kind != Node::Kind::null)
        read(reader, {&node->items[1], spot.path + ".1", key}, bounds.high);
    return bounds;
}

/// A distribution whose support can leave the legal range is refused.
void check_support(Reader& reader, const Spot& spot, const Distribution& distribution) {
    const Support reach = support(distribution);
    const bool low_out = spot.range.low_open ? (reach.low < spot.range.low ||
                                                (reach.low == spot.range.low && !reach.low_open))
                                             : reach.low < spot.range.low;
    const bool high_out =
        spot.range.high_open
            ? (reach.high > spot.range.high || (reach.high == spot.range.high && !reach.high_open))
            : reach.high > spot.range.high;
    if (low_out || high_out)
        reader.wrong(spot,
                     fmt::format("must be {}, but {} can leave that range", text_of(spot.range),
                                 describe(distribution)),
                     "\"truncate\":[low,high] or \"clamp\":[low,high] beside the distribution "
                     "keeps it inside");
}

void read_distribution(Reader& reader, const Spot& spot, const Member& member, Scalar& out) {
    const auto before = reader.problems.size();
    Distribution distribution;
    if (member.key == "mixture")
        distribution.shape = Mixture{weighted<Component>(
            reader, Spot{&member.value, spot.path + ".mixture", spot.name},
            [&](const Spot& s, Component& c) { read_component(reader, s, c); })};
    else
        read_shape(reader, spot, member, distribution.shape);
    distribution.truncate = read_bounds(reader, spot, "truncate");
    distribution.clamp = read_bounds(reader, spot, "clamp");
    if (reader.problems.size() != before)
        return;
    for (const std::string& message : problems_of(distribution))
        reader.wrong(spot, message);
    if (reader.problems.size() == before)
        check_support(reader, spot, distribution);
    out.value = std::move(distribution);
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
        if (is_common_key(member.key))
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
    part("growth_per_year", any_number, out.growth_per_year);
    part("base", any_number, out.base);
}

void refuse_others(Reader& reader, const Spot& spot, std::initializer_list<std::string> allowed) {
    const std::vector<std::string> keys(allowed);
    for (const Member& member : spot.node->members)
        if (!is_common_key(member.key) && std::ranges::find(keys, member.key) == keys.end())
            refuse_key(reader, spot, member, keys, false);
}

void read_citation(Reader& reader, const Spot& spot, std::string& out) {
    if (const Node* node = spot.child("citation"))
        read(reader, {node, spot.path + ".citation", "citation"}, out);
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
    read_citation(reader, spot, out.citation);
    const Member* form = nullptr;
    bool is_distribution = false;
    const auto before = reader.problems.size();
    for (const Member& member : spot.node->members) {
        const bool shape =
            std::ranges::find(distribution_keys, member.key) != distribution_keys.end();
        if (shape || member.key == "ref" || member.key == "formula") {
            if (form)
                reader.wrong_key(
                    spot, member,
                    fmt::format("stands beside \"{}\": one value takes one form", form->key));
            else
                form = &member;
            is_distribution = is_distribution || shape;
        } else if (member.key == "points" || member.key == "start" ||
                   member.key == "growth_per_year") {
            return reader.wrong(spot, "varies in time, but this value cannot: a scalar is needed");
        } else if (!is_common_key(member.key) && member.key != "truncate" &&
                   member.key != "clamp" && member.key != "confidence" && member.key != "shape") {
            refuse_key(reader, spot, member, scalar_keys, false);
        }
    }
    if (!form) { // a misspelt form was reported at its key
        if (reader.problems.size() == before)
            reader.wrong(spot, "must be a number or a distribution",
                         fmt::format("one of {}", fmt::join(scalar_keys, ", ")));
        return;
    }
    for (const char* beside : {"truncate", "clamp", "confidence", "shape"}) {
        const bool of_interval = beside[0] == 'c' ? beside[1] == 'o' : beside[0] == 's';
        if (spot.child(beside) && (of_interval ? form->key != "interval" : !is_distribution))
            reader.wrong(spot, fmt::format("\"{}\" goes with {} only", beside,
                                           of_interval ? "an interval" : "a distribution"));
    }
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
        read_citation(reader, spot, out.citation);
        out.value = std::move(points);
    } else if (object && (spot.child("start") || spot.child("growth_per_year"))) {
        Growth growth;
        read_growth(reader, spot, growth);
        refuse_others(reader, spot, {"start", "growth_per_year", "base"});
        read_citation(reader, spot, out.citation);
        out.value = std::move(growth);
    } else {
        Scalar scalar;
        read(reader, spot, scalar);
        out.citation = scalar.citation;
        out.value = std::move(scalar);
    }
}

} // namespace fleetcast
