#include <fleetcast/load/reader.hpp>

#include <fleetcast/base/suggest.hpp>
#include <fleetcast/model/words.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace fleetcast {

namespace {

constexpr std::size_t longest_name = 64;
constexpr double share_slack = 1e-9;

template <HasWords Enum> void read_word(Reader& reader, const Spot& spot, Enum& out) {
    if (spot.node->kind != Node::Kind::string)
        return reader.mismatch(spot, "a string");
    std::vector<std::string> allowed;
    for (const auto& [word, value] : Words<Enum>::table) {
        if (word == spot.node->text) {
            out = value;
            return;
        }
        allowed.emplace_back(word);
    }
    reader.wrong(
        spot,
        fmt::format("must be one of {}, got \"{}\"", fmt::join(allowed, ", "), spot.node->text),
        did_you_mean(spot.node->text, allowed));
}

template <class Item, class ReadItem>
void read_array(Reader& reader, const Spot& spot, std::vector<Item>& out,
                const ReadItem& read_item) {
    if (spot.node->kind != Node::Kind::array)
        return reader.mismatch(spot, "an array");
    for (std::size_t i = 0; i < spot.node->items.size(); ++i) {
        out.emplace_back();
        read_item(
            reader,
            Spot{&spot.node->items[i], fmt::format("{}.{}", spot.path, i), spot.name, spot.range},
            out.back());
    }
}

} // namespace

void Reader::wrong(const Spot& spot, std::string message, std::string hint) {
    problems.push_back(
        {Severity::error, spot.node->place, spot.path, std::move(message), std::move(hint)});
}

void Reader::wrong_key(const Spot& parent, const Member& member, std::string message,
                       std::string hint) {
    problems.push_back({Severity::error, member.key_place, parent.below(member).path,
                        std::move(message), std::move(hint)});
}

void Reader::mismatch(const Spot& spot, std::string_view wanted) {
    std::string got(describe(spot.node->kind));
    if (spot.node->kind == Node::Kind::string)
        got = fmt::format("the string \"{}\"", spot.node->text.substr(0, 40));
    else if (spot.node->kind == Node::Kind::number)
        got = "the number " + spot.node->text;
    else if (spot.node->kind == Node::Kind::boolean)
        got = spot.node->boolean ? "true" : "false";
    wrong(spot, fmt::format("must be {}, got {}", wanted, got));
}

bool Reader::is_object(const Spot& spot) {
    if (spot.node->kind != Node::Kind::object)
        mismatch(spot, "an object");
    return spot.node->kind == Node::Kind::object;
}

bool is_common_key(std::string_view key) {
    return key == "$schema" || key == "$comment" || key == "title" || key == "citation" ||
           key.starts_with("x-");
}

bool check_common(Reader& reader, const Spot& parent, const Member& member) {
    const bool is_common = is_common_key(member.key);
    const bool may_be_anything = member.key == "$comment" || member.key.starts_with("x-");
    if (is_common && !may_be_anything && member.value.kind != Node::Kind::string)
        reader.mismatch(parent.below(member), "a string");
    return is_common;
}

bool is_misspelt(const Spot& spot, std::string_view name, std::span<const std::string> allowed) {
    return std::ranges::any_of(spot.node->members, [&](const Member& member) {
        return !is_common_key(member.key) &&
               std::ranges::find(allowed, member.key) == allowed.end() &&
               nearest_name(member.key, allowed) == name;
    });
}

void refuse_key(Reader& reader, const Spot& parent, const Member& member,
                std::span<const std::string> allowed) {
    std::string hint = did_you_mean(member.key, allowed);
    reader.wrong_key(parent, member, "unknown key",
                     hint.empty() ? fmt::format("known here: {}", fmt::join(allowed, ", ")) : hint);
}

bool is_name(std::string_view text) {
    const auto is_alphanumeric = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    return !text.empty() && text.size() <= longest_name && is_alphanumeric(text.front()) &&
           std::ranges::all_of(text,
                               [&](char c) { return is_alphanumeric(c) || c == '_' || c == '-'; });
}

bool check_name(Reader& reader, const Spot& parent, const Member& member) {
    if (is_name(member.key))
        return true;
    reader.wrong_key(parent, member, std::string(no_name),
                     "free text can go into a \"title\" beside it");
    return false;
}

std::optional<std::string> read_kind(Reader& reader, const Spot& spot,
                                     const std::vector<std::string>& kinds) {
    const Node* kind = spot.child("kind");
    if (!kind) {
        reader.wrong(spot, "needs \"kind\"", fmt::format("one of {}", fmt::join(kinds, ", ")));
        return std::nullopt;
    }
    const Spot at{kind, spot.path + ".kind", "kind"};
    if (kind->kind != Node::Kind::string) {
        reader.mismatch(at, "a string");
        return std::nullopt;
    }
    if (std::ranges::find(kinds, kind->text) != kinds.end())
        return kind->text;
    reader.wrong(at,
                 fmt::format("must be one of {}, got \"{}\"", fmt::join(kinds, ", "), kind->text),
                 did_you_mean(kind->text, kinds));
    return std::nullopt;
}

void read(Reader& reader, const Spot& spot, double& out) {
    if (spot.node->kind != Node::Kind::number)
        return reader.mismatch(spot, "a number");
    out = spot.node->number;
    if (!spot.range.holds(out))
        reader.wrong(spot, fmt::format("must be {}, got {}", text_of(spot.range), spot.node->text));
}

void read(Reader& reader, const Spot& spot, int& out) {
    const auto before = reader.problems.size();
    double value = 0;
    read(reader, spot, value);
    if (reader.problems.size() != before)
        return;
    if (value != std::floor(value))
        return reader.wrong(spot, fmt::format("must be a whole number, got {}", spot.node->text));
    out = static_cast<int>(value);
}

void read(Reader& reader, const Spot& spot, std::string& out) {
    if (spot.node->kind != Node::Kind::string)
        return reader.mismatch(spot, "a string");
    out = spot.node->text;
}

void read(Reader& reader, const Spot& spot, std::vector<std::string>& out) {
    read_array(reader, spot, out,
               [](Reader& r, const Spot& s, std::string& item) { read(r, s, item); });
}

void read(Reader& reader, const Spot& spot, std::vector<double>& out) {
    read_array(reader, spot, out, [](Reader& r, const Spot& s, double& item) { read(r, s, item); });
}

void read(Reader& reader, const Spot& spot, std::vector<Payment>& out) {
    const auto before = reader.problems.size();
    read_array(reader, spot, out,
               [](Reader& r, const Spot& s, Payment& item) { read_object(r, s, item); });
    if (reader.problems.size() != before)
        return;
    double sum = 0;
    for (const Payment& part : out)
        sum += part.share;
    if (std::fabs(sum - 1) > share_slack)
        reader.wrong(spot, fmt::format("shares must sum to 1 within 1e-9, got the sum {}", sum));
}

void read(Reader& reader, const Spot& spot, Date& out) {
    if (spot.node->kind != Node::Kind::string)
        return reader.mismatch(spot, "a date such as \"2024-03\" or \"2024-03-15\"");
    if (const auto date = parse_date(spot.node->text))
        out = *date;
    else
        reader.wrong(
            spot,
            fmt::format("must be a date such as \"2024-03\" or \"2024-03-15\", from 1970-01 to "
                        "2199-12, got \"{}\"",
                        spot.node->text));
}

void read(Reader& reader, const Spot& spot, Step& out) { read_word(reader, spot, out); }
void read(Reader& reader, const Spot& spot, Every& out) { read_word(reader, spot, out); }
void read(Reader& reader, const Spot& spot, Basis& out) { read_word(reader, spot, out); }
void read(Reader& reader, const Spot& spot, Curve& out) { read_word(reader, spot, out); }
void read(Reader& reader, const Spot& spot, CheckSeverity& out) { read_word(reader, spot, out); }
void read(Reader& reader, const Spot& spot, IntervalShape& out) { read_word(reader, spot, out); }

void read(Reader& reader, const Spot& spot, Threshold& out) {
    if (spot.node->kind == Node::Kind::string) {
        Date date;
        read(reader, spot, date);
        out = date;
    } else if (spot.node->kind == Node::Kind::number) {
        out = spot.node->number;
    } else {
        reader.mismatch(spot, "a number, or a date where the metric is one");
    }
}

} // namespace fleetcast
