#include "result_object.hpp"

#include <fleetcast/base/time_grid.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace fleetcast {

bool has_many_problems(const Reader& reader) {
    constexpr std::size_t many = 100; // the first ones tell enough
    return reader.problems.size() >= many;
}

ResultObject::ResultObject(Reader& reader, const Node& node, std::string path)
    : reader_(reader), node_(node), path_(std::move(path)), is_object_(reader.is_object(spot())) {}

std::string ResultObject::path_of(std::string_view key) const {
    return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
}

Spot ResultObject::spot_of(const Node& node, std::string_view key) const {
    return {&node, path_of(key), std::string(key)};
}

const Node* ResultObject::at(std::string_view key) const {
    if (!is_object_)
        return nullptr;
    const Member* member = node_.find(key);
    if (member == nullptr)
        reader_.wrong(spot(), fmt::format("needs \"{}\"", key));
    return member == nullptr ? nullptr : &member->value;
}

const Node* ResultObject::list(std::string_view key) const {
    const Node* value = at(key);
    if (value == nullptr || value->kind == Node::Kind::array)
        return value;
    reader_.mismatch(spot_of(*value, key), "an array");
    return nullptr;
}

std::string ResultObject::text(std::string_view key) const {
    std::string out;
    if (const Node* value = at(key))
        read(reader_, spot_of(*value, key), out);
    return out;
}

std::string ResultObject::label(std::string_view key) const {
    std::string out = text(key);
    if (!out.empty() && !is_name(out))
        reader_.wrong(spot_of(node_.find(key)->value, key), std::string(no_name));
    return out;
}

std::string ResultObject::word(std::string_view key, const std::vector<std::string>& words) const {
    std::string out = text(key);
    const Member* member = node_.find(key);
    if (member != nullptr && member->value.kind == Node::Kind::string &&
        std::ranges::find(words, out) == words.end())
        reader_.wrong(spot_of(member->value, key),
                      fmt::format("must be one of {}, got \"{}\"", fmt::join(words, ", "), out));
    return out;
}

double ResultObject::number(std::string_view key) const {
    double out = 0;
    if (const Node* value = at(key))
        read(reader_, spot_of(*value, key), out);
    return out;
}

std::uint64_t ResultObject::count(std::string_view key) const {
    const Node* value = at(key);
    if (value == nullptr)
        return 0;
    std::uint64_t out = 0; // out of the text: a double has not digits enough for every seed
    const char* end = value->text.data() + value->text.size();
    const auto read_to = std::from_chars(value->text.data(), end, out);
    if (value->kind != Node::Kind::number || read_to.ec != std::errc() || read_to.ptr != end)
        reader_.mismatch(spot_of(*value, key), "a whole number from 0 to 2^64 - 1");
    return out;
}

bool ResultObject::truth(std::string_view key) const {
    const Node* value = at(key);
    if (value != nullptr && value->kind != Node::Kind::boolean)
        reader_.mismatch(spot_of(*value, key), "true or false");
    return value != nullptr && value->boolean;
}

std::string ResultObject::day_of(const Spot& spot) const {
    std::string out;
    read(reader_, spot, out);
    const auto date = parse_date(out);
    if (spot.node->kind == Node::Kind::string && (!date || date->day == 0))
        reader_.wrong(spot, fmt::format("must be a day such as \"2024-03-15\", got \"{}\"",
                                        out.substr(0, 40)));
    return out;
}

std::string ResultObject::day(std::string_view key) const {
    const Node* value = at(key);
    return value == nullptr ? std::string() : day_of(spot_of(*value, key));
}

std::vector<std::string> ResultObject::texts(std::string_view key) const {
    std::vector<std::string> out;
    if (const Node* value = at(key))
        read(reader_, spot_of(*value, key), out);
    return out;
}

std::vector<double> ResultObject::numbers(std::string_view key) const {
    std::vector<double> out;
    if (const Node* value = at(key))
        read(reader_, spot_of(*value, key), out);
    return out;
}

std::vector<std::string> ResultObject::days(std::string_view key) const {
    std::vector<std::string> out;
    if (const Node* value = list(key))
        for (std::size_t i = 0; i < value->items.size() && !has_many_problems(reader_); ++i)
            out.push_back(day_of(
                {&value->items[i], fmt::format("{}.{}", path_of(key), i), std::string(key)}));
    return out;
}

} // namespace fleetcast
