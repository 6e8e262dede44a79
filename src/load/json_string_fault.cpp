// What is wrong with a string of a JSON text: string_fault() of json_text.hpp.
#include "json_text.hpp"

#include <fleetcast/base/printable.hpp>

#include <fmt/format.h>

namespace fleetcast {

namespace {

constexpr std::string_view hex_digits = "0123456789abcdefABCDEF";

Fault cut_string(std::string_view text, std::size_t start) {
    return {text.size(), "the text ends inside a string",
            fmt::format("the string begins at {}", shown_position(text, start))};
}

// Whether the four digits of \uXXXX at `at` (of the backslash) begin with d and one of `second`.
bool is_surrogate(std::string_view text, std::size_t at, std::string_view second) {
    return text.substr(at, 2) == "\\u" && (text[at + 2] == 'd' || text[at + 2] == 'D') &&
           second.find(text[at + 3]) != second.npos;
}

// The fault of the escape at `at`, if it has one.
std::optional<Fault> escape_fault(std::string_view text, std::size_t start, std::size_t at) {
    if (at + 1 == text.size())
        return cut_string(text, start);
    if (text[at + 1] != 'u') {
        if (std::string_view("\"\\/bfnrt").find(text[at + 1]) != std::string_view::npos)
            return std::nullopt;
        return Fault{at, fmt::format("{} is not an escape", "\\" + glyph_at(text, at + 1).shown),
                     "write \\\\ for a backslash"};
    }
    for (std::size_t digit = at + 2; digit < at + 6; ++digit) {
        if (digit == text.size())
            return cut_string(text, start);
        if (hex_digits.find(text[digit]) == hex_digits.npos)
            return Fault{at, "\\u takes four hexadecimal digits", {}};
    }
    return std::nullopt;
}

std::optional<Fault> control_fault(std::string_view text, std::size_t at) {
    if (text[at] == '\n' || text[at] == '\r')
        return Fault{at, "a line break inside a string", "close the string, or write \\n"};
    if (static_cast<unsigned char>(text[at]) < 0x20)
        return Fault{at, "a control character inside a string",
                     fmt::format("write it as \\u{:04x}", unsigned(text[at]))};
    return std::nullopt;
}

} // namespace

std::optional<Fault> string_fault(std::string_view text, std::size_t start) {
    bool awaits_low = false; // the last escape was the first half of a surrogate pair
    for (std::size_t at = start + 1; at < text.size();) {
        if (text[at] == '\\')
            if (auto fault = escape_fault(text, start, at))
                return fault;
        const bool is_low = text[at] == '\\' && is_surrogate(text, at, "cdefCDEF");
        if (is_low != awaits_low) {
            const std::size_t escape = awaits_low ? at - 6 : at;
            return Fault{
                escape, fmt::format("{} is half a surrogate pair", text.substr(escape, 6)), {}};
        }
        if (text[at] == '"')
            return std::nullopt;
        if (auto fault = control_fault(text, at))
            return fault;
        awaits_low = is_surrogate(text, at, "89abAB");
        at += text[at] != '\\' ? 1 : text[at + 1] == 'u' ? 6 : 2;
    }
    return cut_string(text, start);
}

} // namespace fleetcast
