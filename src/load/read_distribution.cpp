// A simple distribution is a row of one table: its key and its reader. A mixture holds several.
#include "read_distribution.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace fleetcast {

namespace {

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

template <class T>
void read_pair(Reader& reader, const Spot& spot, std::string_view what, Component& out) {
    if (const auto v = numbers(reader, spot, 2, what))
        out = T{(*v)[0], (*v)[1]};
}

template <class T> void read_triple(Reader& reader, const Spot& spot, Component& out) {
    if (const auto v = numbers(reader, spot, 3, "[min, mode, max]"))
        out = T{(*v)[0], (*v)[1], (*v)[2]};
}

void read_uniform(Reader& reader, const Spot&, const Spot& spot, Component& out) {
    read_pair<Uniform>(reader, spot, "[low, high]", out);
}

void read_triangular(Reader& reader, const Spot&, const Spot& spot, Component& out) {
    read_triple<Triangular>(reader, spot, out);
}

void read_pert(Reader& reader, const Spot&, const Spot& spot, Component& out) {
    read_triple<Pert>(reader, spot, out);
}

void read_normal(Reader& reader, const Spot&, const Spot& spot, Component& out) {
    read_pair<Normal>(reader, spot, "[mean, sd]", out);
}

void read_interval(Reader& reader, const Spot& owner, const Spot& spot, Component& out) {
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
    } else {
        read(reader, {shape, owner.path + ".shape", "shape"}, interval.shape);
    }
    out = interval;
}

void read_lognormal(Reader& reader, const Spot&, const Spot& spot, Component& out) {
    struct Fields : Lognormal {
        static constexpr auto fields() {
            return std::tuple{
                field("median", &Lognormal::median, "half of the values lie below").required(),
                field("sigma", &Lognormal::sigma, "standard deviation of the logarithm")
                    .required()};
        }
    };
    Fields fields;
    read_object(reader, spot, fields);
    out = static_cast<Lognormal>(fields);
}

void read_discrete(Reader& reader, const Spot&, const Spot& spot, Component& out) {
    out = Discrete{
        weighted<double>(reader, spot, [&](const Spot& s, double& v) { read(reader, s, v); })};
}

void read_empirical(Reader& reader, const Spot&, const Spot& spot, Component& out) {
    Empirical empirical;
    read(reader, spot, empirical.values);
    out = std::move(empirical);
}

struct SimpleDistribution {
    std::string_view key;
    void (*read)(Reader& reader, const Spot& owner, const Spot& spot, Component& out);
};

constexpr std::array<SimpleDistribution, 8> simple_distributions{{
    {"uniform", read_uniform},
    {"triangular", read_triangular},
    {"pert", read_pert},
    {"normal", read_normal},
    {"lognormal", read_lognormal},
    {"interval", read_interval},
    {"discrete", read_discrete},
    {"empirical", read_empirical},
}};

const SimpleDistribution* simple_distribution(std::string_view key) {
    const auto found = std::ranges::find(simple_distributions, key, &SimpleDistribution::key);
    return found == simple_distributions.end() ? nullptr : &*found;
}

Spot below(const Spot& owner, const Member& member) {
    return {&member.value, owner.path + "." + member.key, owner.name};
}

constexpr std::array<std::string_view, 5> not_in_mixtures{"truncate", "clamp", "mixture", "ref",
                                                          "formula"};

bool goes_with_interval(std::string_view key) { return key == "confidence" || key == "shape"; }

void read_component(Reader& reader, const Spot& spot, Component& out) {
    if (spot.node->kind == Node::Kind::number) {
        out = spot.node->number;
        return;
    }
    if (spot.node->kind != Node::Kind::object)
        return reader.mismatch(spot, "a number or a distribution");
    const Member* form = nullptr;
    const auto before = reader.problems.size();
    for (const Member& member : spot.node->members) {
        if (const SimpleDistribution* simple = simple_distribution(member.key)) {
            simple->read(reader, spot, below(spot, member), out);
            if (form)
                reader.wrong_key(spot, member, "a second distribution");
            form = &member;
        } else if (std::ranges::find(not_in_mixtures, member.key) != not_in_mixtures.end()) {
            reader.wrong_key(spot, member, "may not stand inside a mixture");
        } else if (!check_common(reader, spot, member) && !goes_with_interval(member.key)) {
            refuse_key(reader, spot, member, scalar_keys());
        }
    }
    if (!form && reader.problems.size() == before)
        return reader.wrong(spot, "must be a number or a distribution");
    if (form && form->key != "interval")
        for (const Member& member : spot.node->members)
            if (goes_with_interval(member.key))
                reader.wrong_key(spot, member, "goes with an interval only");
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
    if (!lies_within(support(distribution), spot.range))
        reader.wrong(spot,
                     fmt::format("must be {}, but {} can leave that range", text_of(spot.range),
                                 describe(distribution)),
                     "\"truncate\":[low,high] or \"clamp\":[low,high] beside the distribution "
                     "keeps it inside");
}

} // namespace

bool is_distribution(std::string_view key) {
    return key == "mixture" || simple_distribution(key) != nullptr;
}

const std::vector<std::string>& scalar_keys() {
    static const std::vector<std::string> keys = [] {
        std::vector<std::string> all;
        for (const SimpleDistribution& simple : simple_distributions)
            all.emplace_back(simple.key);
        all.insert(all.end(), {"mixture", "ref", "formula"});
        return all;
    }();
    return keys;
}

void read_distribution(Reader& reader, const Spot& spot, const Member& form, Scalar& out) {
    const auto before = reader.problems.size();
    Distribution distribution;
    if (const SimpleDistribution* simple = simple_distribution(form.key)) {
        Component component;
        simple->read(reader, spot, below(spot, form), component);
        std::visit(
            [&]<class T>(T& shape) {
                if constexpr (!std::is_same_v<T, double>)
                    distribution.shape = std::move(shape);
            },
            component);
    } else {
        distribution.shape = Mixture{
            weighted<Component>(reader, below(spot, form), [&](const Spot& s, Component& c) {
                read_component(reader, s, c);
            })};
    }
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

} // namespace fleetcast
