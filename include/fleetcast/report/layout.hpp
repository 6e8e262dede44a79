// Lines for a terminal: colours, wrapped prose, and grids of numbers that are never cut.
// Interface: TerminalStyle, Ink, paint(), prose(), heading(), note(), list(), section(), Grid,
// render_grid().
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fleetcast {

struct TerminalStyle {
    int width = 80; // [columns]
    bool color = false;
    bool unicode = true;
    bool operator==(const TerminalStyle&) const = default;
};

enum class Ink { plain, bold, dim, green, red, yellow, cyan };

/// The text in that ink, or as it is where the style has no colour.
std::string paint(std::string_view text, Ink ink, const TerminalStyle& style);

/// Spaces at the left of tables and lists; none on narrow terminals.
int indent_of(const TerminalStyle& style);

std::string_view ellipsis(const TerminalStyle& style);
/// What stands for a figure without a meaning.
std::string_view no_figure(const TerminalStyle& style);
/// A horizontal line.
std::string rule(int width, const TerminalStyle& style);

struct Piece {
    std::string text;
    Ink ink = Ink::plain;
};

/// The text made printable and wrapped to the width, `lead` (printable) before its first line and
/// as many spaces before the others; ends in a newline.
std::string prose(const Piece& lead, const Piece& text, const TerminalStyle& style);

struct ListItem {
    Piece label; // any text; shortened where it is long
    Piece text;
};

/// A bold line, or a dim one, at the indent.
std::string heading(std::string_view text, const TerminalStyle& style);
std::string note(std::string_view text, const TerminalStyle& style);

/// The items, their texts aligned.
std::string list(const std::vector<ListItem>& items, const TerminalStyle& style);

/// A title and its items; empty without items.
std::string section(std::string_view title, const std::vector<ListItem>& items,
                    const TerminalStyle& style);

struct GridColumn {
    std::string title;
    std::string unit;
    std::vector<std::string> cells;      // [row], ready to print
    std::vector<std::string> bands = {}; // [row], dim behind the cells; or none at all
    std::string group = {}; // a title over the columns that share it, which stay side by side
};

struct Grid {
    std::string corner;              // over the labels
    std::vector<std::string> labels; // [row], any text
    std::vector<GridColumn> columns;
};

/// Right-aligned columns under titles and units. Columns beyond the width follow in further
/// blocks with the labels again, and so do bands that find no place beside their cells; long labels
/// lose their middle, numbers nothing.
std::string render_grid(const Grid& grid, const TerminalStyle& style);

} // namespace fleetcast
