#include <fleetcast/base/printable.hpp>

#include <fmt/format.h>
#include <utf8proc.h>

#include <cstdint>

namespace fleetcast {

namespace {

bool must_be_escaped(utf8proc_int32_t code) {
    switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF: // bidi controls, zero-width joiners, tags
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return true;
    default:
        return false;
    }
}

std::string escape(utf8proc_int32_t code) {
    const auto number = static_cast<std::uint32_t>(code);
    if (number < 0x80)
        return fmt::format("\\x{:02x}", number);
    return number <= 0xffff ? fmt::format("\\u{:04x}", number) : fmt::format("\\U{:08x}", number);
}

} // namespace

Glyph glyph_at(std::string_view text, std::size_t offset) {
    const auto* const bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + offset;
    const auto left = static_cast<utf8proc_ssize_t>(text.size() - offset);
    utf8proc_int32_t code = 0;
    const utf8proc_ssize_t length = utf8proc_iterate(bytes, left, &code);
    if (length <= 0)
        return {1, fmt::format("\\x{:02x}", unsigned{*bytes}), 4, false};
    const auto size = static_cast<std::size_t>(length);
    if (must_be_escaped(code)) {
        std::string shown = escape(code);
        const std::size_t width = shown.size();
        return {size, std::move(shown), width, true};
    }
    return {size, std::string(text.substr(offset, size)),
            static_cast<std::size_t>(utf8proc_charwidth(code)), true};
}

std::string printable(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const Glyph glyph = glyph_at(text, at);
        result += glyph.shown;
        at += glyph.bytes;
    }
    return result;
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Glyph glyph = glyph_at(text, at);
        width += glyph.width;
        at += glyph.bytes;
    }
    return width;
}

} // namespace fleetcast
