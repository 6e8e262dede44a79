// One row of a struct's schema: the key, the member it fills, its legal range and what it means.
// Reading, range checks, unknown keys and help follow from the rows; the structs are in model/.
#pragma once

#include <limits>
#include <string>
#include <string_view>

namespace fleetcast {

/// Legal values of a number; an open end is excluded.
struct Range {
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
    bool low_open = false;
    bool high_open = false;

    constexpr bool holds(double value) const {
        return (low_open ? value > low : value >= low) &&
               (high_open ? value < high : value <= high);
    }
    bool operator==(const Range&) const = default;
};

/// "at least 0 and below 1": a range in words.
std::string text_of(const Range& range);

inline constexpr Range any_number{};
inline constexpr Range not_negative{.low = 0};
inline constexpr Range positive{.low = 0, .low_open = true};
inline constexpr Range share_range{.low = 0, .high = 1};

template <class Struct, class Member> struct Field {
    std::string_view name;
    Member Struct::*member;
    std::string_view doc;
    Range range{};
    bool is_required = false;

    constexpr Field in(Range legal) const {
        Field copy = *this;
        copy.range = legal;
        return copy;
    }
    constexpr Field required() const {
        Field copy = *this;
        copy.is_required = true;
        return copy;
    }
};

/// A key and the member it fills.
template <class Struct, class Member>
constexpr Field<Struct, Member> field(std::string_view name, Member Struct::*member,
                                      std::string_view doc) {
    return {name, member, doc};
}

/// A struct with a table of its fields.
template <class T>
concept HasFields = requires {
    T::fields();
};

} // namespace fleetcast
