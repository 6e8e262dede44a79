// Reads a tree of JSON values into structs by their field tables, and collects every mistake.
// Interface: Spot, Reader, read_object(). The readers of single types are in reader.cpp,
// read_value.cpp, read_source.cpp, read_workload.cpp and scenario.cpp.
#pragma once

#include <fleetcast/base/field.hpp>
#include <fleetcast/load/document.hpp>
#include <fleetcast/model/scenario.hpp>

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

namespace fleetcast {

/// A value that is being read: where it stands, what it is called and what is legal there.
struct Spot {
    const Node* node;
    std::string path; // dotted
    std::string name; // of the field or input: `_share` decides what an interval is
    Range range{};

    /// The value of a key, or nullptr.
    const Node* child(std::string_view key) const {
        const Member* member = node->find(key);
        return member ? &member->value : nullptr;
    }

    /// The spot of a member below.
    Spot below(const Member& member, Range legal = {}) const {
        return {&member.value, path.empty() ? member.key : path + "." + member.key, member.key,
                legal};
    }
};

/// Collects the mistakes of one file.
class Reader {
public:
    void wrong(const Spot& spot, std::string message, std::string hint = {});
    void wrong_key(const Spot& parent, const Member& member, std::string message,
                   std::string hint = {});
    /// "must be a number, got a string": a type error.
    void mismatch(const Spot& spot, std::string_view wanted);
    /// Whether the value is an object; else a type error.
    bool is_object(const Spot& spot);

    Problems problems;
};

/// Keys that every object may have: $schema, $comment, title, citation and x-*.
bool is_common_key(std::string_view key);

/// Whether the key is such a one; a title, citation or $schema that is no text is reported.
bool check_common(Reader& reader, const Spot& parent, const Member& member);

/// Whether an unknown key of the object is most likely a misspelling of `name`.
bool is_misspelt(const Spot& spot, std::string_view name, std::span<const std::string> allowed);

/// Reports a key that is not among the allowed ones.
void refuse_key(Reader& reader, const Spot& parent, const Member& member,
                std::span<const std::string> allowed);

/// Whether a text follows the pattern of names.
bool is_name(std::string_view text);

/// The problem with a text that does not.
inline constexpr std::string_view no_name =
    "is no name: it must match ^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$";

/// Whether a name may be given to a source, site, input, ...; else it is reported.
bool check_name(Reader& reader, const Spot& parent, const Member& member);

/// The word at "kind" of an object, if it is one of these; else it is reported.
std::optional<std::string> read_kind(Reader& reader, const Spot& spot,
                                     const std::vector<std::string>& kinds);

void read(Reader& reader, const Spot& spot, double& out);
/// A whole number, for fields whose range lies within that of an int.
void read(Reader& reader, const Spot& spot, int& out);
void read(Reader& reader, const Spot& spot, std::string& out);
void read(Reader& reader, const Spot& spot, std::vector<std::string>& out);
void read(Reader& reader, const Spot& spot, std::vector<double>& out);
void read(Reader& reader, const Spot& spot, Date& out);
void read(Reader& reader, const Spot& spot, Scalar& out);
void read(Reader& reader, const Spot& spot, Series& out);
void read(Reader& reader, const Spot& spot, Step& out);
void read(Reader& reader, const Spot& spot, Every& out);
void read(Reader& reader, const Spot& spot, Basis& out);
void read(Reader& reader, const Spot& spot, Curve& out);
void read(Reader& reader, const Spot& spot, CheckSeverity& out);
void read(Reader& reader, const Spot& spot, IntervalShape& out);
void read(Reader& reader, const Spot& spot, Threshold& out);
void read(Reader& reader, const Spot& spot, Deliveries& out);
void read(Reader& reader, const Spot& spot, std::vector<Payment>& out);
void read(Reader& reader, const Spot& spot, Source& out);
void read(Reader& reader, const Spot& spot, Workload& out);
void read(Reader& reader, const Spot& spot, AcceleratorEntry& out);
void read(Reader& reader, const Spot& spot, Finance& out);
void read(Reader& reader, const Spot& spot, std::vector<std::pair<Date, Scalar>>& out);

template <HasFields T>
void read_object(Reader& reader, const Spot& spot, T& out,
                 std::span<const std::string> extra_keys = {});

template <HasFields T> void read(Reader& reader, const Spot& spot, T& out) {
    read_object(reader, spot, out);
}

template <class T> void read(Reader& reader, const Spot& spot, std::optional<T>& out) {
    T value{};
    read(reader, spot, value);
    out = std::move(value);
}

template <class T> void read(Reader& reader, const Spot& spot, Named<T>& out) {
    if (!reader.is_object(spot))
        return;
    for (const Member& member : spot.node->members) {
        if (check_common(reader, spot, member) || !check_name(reader, spot, member))
            continue;
        out.emplace_back(member.key, T{});
        read(reader, spot.below(member, spot.range), out.back().second);
    }
}

/// Fills a struct by its field table: unknown and missing keys are reported. `extra_keys` are
/// read by the caller.
template <HasFields T>
void read_object(Reader& reader, const Spot& spot, T& out,
                 std::span<const std::string> extra_keys) {
    if (!reader.is_object(spot))
        return;
    std::vector<std::string> allowed(extra_keys.begin(), extra_keys.end());
    std::vector<std::pair<std::string, std::string>> missing; // name, what it means
    const auto read_field = [&](const auto& row) {
        allowed.emplace_back(row.name);
        if (const Node* value = spot.child(row.name)) {
            const std::string name(row.name);
            read(reader,
                 {value, spot.path.empty() ? name : spot.path + "." + name, name, row.range},
                 out.*row.member);
        } else if (row.is_required) {
            missing.emplace_back(row.name, row.doc);
        }
    };
    std::apply([&](const auto&... rows) { (read_field(rows), ...); }, T::fields());
    for (const auto& [name, doc] : missing)
        if (!is_misspelt(spot, name, allowed))
            reader.wrong(spot, "needs \"" + name + "\"", doc);
    for (const Member& member : spot.node->members) {
        if (!check_common(reader, spot, member) &&
            std::ranges::find(allowed, member.key) == allowed.end())
            refuse_key(reader, spot, member, allowed);
        if constexpr (requires { out.title; })
            if (member.key == "title")
                out.title = member.value.text;
    }
}

} // namespace fleetcast
