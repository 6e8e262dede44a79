// Encoding, token borders and numbers; syntax_fault() is in json_fault.cpp.
#include "json_text.hpp"

#include <fleetcast/base/printable.hpp>
#include <fleetcast/base/problem.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace fleetcast {

namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
constexpr std::string_view utf8_hint = "save the file as UTF-8";

// Whether the text stops within a code point that could have been sound: at most 3 bytes are left,
// and some continuation makes them one.
bool is_cut(std::string_view rest) {
    if (rest.size() > 3)
        return false;
    for (const char continuation : {'\x80', '\xbf'}) {
        const Glyph glyph = glyph_at(std::string(rest).append(3, continuation), 0);
        if (glyph.valid && glyph.bytes > rest.size())
            return true;
    }
    return false;
}

} // namespace

std::optional<Fault> encoding_fault(std::string_view text) {
    if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff"))
        return Fault{0, "the text is UTF-16, not UTF-8", std::string(utf8_hint)};
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte == 0)
            return Fault{at, fmt::format("a NUL at byte {}", at),
                         at < 2 ? "is it UTF-16? save the file as UTF-8" : ""};
        if (byte < 0x80) {
            ++at;
            continue;
        }
        const Glyph glyph = glyph_at(text, at);
        if (!glyph.valid && is_cut(text.substr(at)))
            return Fault{text.size(), "the text ends within a character", {}};
        if (!glyph.valid)
            return Fault{at, fmt::format("byte {} (0x{:02x}) is not UTF-8", at, unsigned{byte}),
                         std::string(utf8_hint)};
        at += glyph.bytes;
    }
    return std::nullopt;
}

std::size_t content_start(std::string_view text) {
    return text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
}

std::size_t skip_blank(std::string_view text, std::size_t at) {
    for (;;) {
        while (at < text.size() &&
               (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r'))
            ++at;
        if (at + 1 >= text.size() || text[at] != '/')
            return at;
        if (text[at + 1] == '/') {
            at = std::min(text.find_first_of("\r\n", at), text.size());
        } else {
            const std::size_t end = text[at + 1] == '*' ? text.find("*/", at + 2) : text.npos;
            if (end == text.npos)
                return at;
            at = end + 2;
        }
    }
}

std::size_t number_end(std::string_view text, std::size_t at) {
    const auto skip = [&](std::string_view any_of) {
        if (at < text.size() && any_of.find(text[at]) != any_of.npos)
            ++at;
    };
    const auto skip_digits = [&] {
        while (at < text.size() && text[at] >= '0' && text[at] <= '9')
            ++at;
    };
    skip("-");
    if (text[at] == '0')
        ++at; // digits after a leading 0 are no part of it
    else
        skip_digits();
    if (at < text.size() && text[at] == '.') {
        ++at;
        skip_digits();
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        skip("+-");
        skip_digits();
    }
    return at;
}

std::size_t string_end(std::string_view text, std::size_t at) {
    for (++at; text[at] != '"'; ++at)
        if (text[at] == '\\')
            ++at;
    return at + 1;
}

bool is_integer(std::string_view written) { return written.find_first_of(".eE") == written.npos; }

bool is_exact(std::string_view digits, double value) {
    constexpr std::size_t always_exact = 15; // [digits]
    if (digits.size() <= always_exact)
        return true;
    std::array<char, 320> exact; // the greatest double has 309 digits
    const auto [end, error] = std::to_chars(exact.data(), exact.data() + exact.size(),
                                            std::abs(value), std::chars_format::fixed, 0);
    return error == std::errc{} &&
           digits == std::string_view(exact.data(), static_cast<std::size_t>(end - exact.data()));
}

std::string shown_position(std::string_view text, std::size_t offset) {
    const Position position = position_of(text, offset);
    return fmt::format("{}:{}", position.line, position.column);
}

std::string shortened(std::string_view part) {
    constexpr std::size_t limit = 40;
    if (part.size() <= limit)
        return std::string(part);
    std::size_t end = 0;
    while (end < limit)
        end += glyph_at(part, end).bytes;
    return std::string(part.substr(0, end)) + "...";
}

} // namespace fleetcast
