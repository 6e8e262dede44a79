// Text made safe to show: what would move the cursor, change colours or turn the reading order is
// written out as \x1b or \u202e. Interface: Glyph, glyph_at(), printable(), display_width().
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fleetcast {

/// One code point, or one byte that is not UTF-8, and how it is shown.
struct Glyph {
    std::size_t bytes = 0;
    std::string shown;
    std::size_t width = 0; // [terminal columns]
    bool valid = true;     // false: not UTF-8
};

/// The glyph that begins at `offset`, which must be less than the size of the text. Controls,
/// format and bidi characters, line and paragraph separators are escaped, invalid bytes as \xff.
Glyph glyph_at(std::string_view text, std::size_t offset);

/// The whole text as glyph_at() shows it.
std::string printable(std::string_view text);

/// Columns that the printable form of the text takes in a terminal.
std::size_t display_width(std::string_view text);

} // namespace fleetcast
