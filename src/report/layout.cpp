// Padding goes outside the colours, so that the same text has the same width with and without.
#include <fleetcast/report/layout.hpp>

#include <fleetcast/base/printable.hpp>
#include <fleetcast/base/text.hpp>

#include <algorithm>
#include <utility>

namespace fleetcast {
namespace {

constexpr int gap = 2;            // between columns
constexpr int title_width = 11;   // a longer title is wrapped
constexpr int widest_prose = 100; // longer lines are hard to read

std::string spaces(int count) {
    return std::string(static_cast<std::size_t>(std::max(count, 0)), ' ');
}

std::string right(const Piece& piece, int width, const TerminalStyle& style) {
    return spaces(width - columns_of(piece.text)) + paint(piece.text, piece.ink, style);
}

std::string left(const Piece& piece, int width, const TerminalStyle& style) {
    return paint(piece.text, piece.ink, style) + spaces(width - columns_of(piece.text));
}

std::string without_trailing_spaces(std::string line) {
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
}

/// Wrapped text behind a lead of `lead_width` columns, which is ready to print.
std::string hanging(const std::string& lead, int lead_width, const Piece& text,
                    const TerminalStyle& style) {
    std::string result;
    for (const std::string& line :
         wrap(text.text, std::min(style.width, widest_prose) - lead_width)) {
        const std::string before = result.empty() ? lead : spaces(lead_width);
        result += without_trailing_spaces(before + paint(line, text.ink, style)) + '\n';
    }
    return result;
}

/// A column laid out: its title in lines, and how wide it is.
struct Laid {
    const GridColumn* column;
    std::vector<std::string> title;
    int width = 0;
};

Laid lay(const GridColumn& column) {
    Laid laid{&column, {}, columns_of(column.unit)};
    for (const std::string& cell : column.cells)
        laid.width = std::max(laid.width, columns_of(cell));
    laid.title = wrap(column.title, std::max(laid.width, title_width));
    for (const std::string& line : laid.title)
        laid.width = std::max(laid.width, columns_of(line));
    return laid;
}

/// Columns shared out over as few blocks as the width allows.
std::vector<std::vector<Laid>> blocks_of(const Grid& grid, int room) {
    std::vector<std::vector<Laid>> blocks;
    int used = 0;
    for (const GridColumn& column : grid.columns) {
        Laid laid = lay(column);
        if (blocks.empty() || used + gap + laid.width > room) {
            blocks.emplace_back();
            used = 0;
        }
        used += gap + laid.width;
        blocks.back().push_back(std::move(laid));
    }
    return blocks;
}

std::string render_block(const Grid& grid, const std::vector<Laid>& block,
                         const std::vector<std::string>& labels, int label_width,
                         const TerminalStyle& style) {
    const std::string margin = spaces(indent_of(style));
    std::size_t title_lines = 0;
    int width = label_width;
    for (const Laid& laid : block) {
        title_lines = std::max(title_lines, laid.title.size());
        width += gap + laid.width;
    }
    std::string text;
    for (std::size_t line = 0; line < title_lines; ++line) { // titles end on the same line
        std::string row = margin + spaces(label_width);
        for (const Laid& laid : block) {
            const std::size_t above = title_lines - laid.title.size();
            const std::string part = line < above ? "" : laid.title[line - above];
            row += spaces(gap) +
                   right({part, part.empty() ? Ink::plain : Ink::bold}, laid.width, style);
        }
        text += without_trailing_spaces(std::move(row)) + '\n';
    }
    std::string units = margin + left({grid.corner, Ink::dim}, label_width, style);
    for (const Laid& laid : block)
        units += spaces(gap) + right({laid.column->unit, Ink::dim}, laid.width, style);
    text += without_trailing_spaces(std::move(units)) + '\n';
    text += margin + paint(rule(width, style), Ink::dim, style) + '\n';
    for (std::size_t r = 0; r < labels.size(); ++r) {
        std::string row = margin + left({labels[r]}, label_width, style);
        for (const Laid& laid : block) {
            const std::string& cell = laid.column->cells[r];
            const Ink ink = cell == no_figure(style) || cell == "0" ? Ink::dim : Ink::plain;
            row += spaces(gap) + right({cell, ink}, laid.width, style);
        }
        text += without_trailing_spaces(std::move(row)) + '\n';
    }
    return text;
}

} // namespace

std::string paint(std::string_view text, Ink ink, const TerminalStyle& style) {
    constexpr std::string_view codes[] = {"",           "\x1b[1m",  "\x1b[2m", "\x1b[32m",
                                          "\x1b[1;31m", "\x1b[33m", "\x1b[36m"};
    if (!style.color || ink == Ink::plain || text.empty())
        return std::string(text);
    return std::string(codes[static_cast<std::size_t>(ink)]) + std::string(text) + "\x1b[0m";
}

int indent_of(const TerminalStyle& style) { return style.width >= 60 ? 2 : 0; }

std::string_view ellipsis(const TerminalStyle& style) { return style.unicode ? "…" : "..."; }

std::string_view no_figure(const TerminalStyle& style) { return style.unicode ? "·" : "-"; }

std::string rule(int width, const TerminalStyle& style) {
    std::string line;
    for (int i = 0; i < width; ++i)
        line += style.unicode ? "─" : "-";
    return line;
}

std::string prose(const Piece& lead, const Piece& text, const TerminalStyle& style) {
    return hanging(paint(lead.text, lead.ink, style), columns_of(lead.text), text, style);
}

std::string section(std::string_view title, const std::vector<ListItem>& items,
                    const TerminalStyle& style) {
    if (items.empty())
        return {};
    const std::string margin = spaces(indent_of(style));
    std::vector<std::string> labels;
    int label_width = 0;
    for (const ListItem& item : items) {
        labels.push_back(
            cut_middle(item.label.text, std::max(12, style.width / 3), ellipsis(style)));
        label_width = std::max(label_width, columns_of(labels.back()));
    }
    std::string result = prose({margin}, {std::string(title), Ink::bold}, style);
    for (std::size_t i = 0; i < items.size(); ++i)
        result += hanging(margin + left({labels[i], items[i].label.ink}, label_width + gap, style),
                          columns_of(margin) + label_width + gap, items[i].text, style);
    return result;
}

std::string render_grid(const Grid& grid, const TerminalStyle& style) {
    const int room = style.width - indent_of(style);
    const int longest = std::max(10, room / 3);
    int label_width = columns_of(grid.corner);
    std::vector<std::string> labels;
    for (const std::string& label : grid.labels) {
        labels.push_back(cut_middle(label, longest, ellipsis(style)));
        label_width = std::max(label_width, columns_of(labels.back()));
    }
    std::string text;
    for (const auto& block : blocks_of(grid, room - label_width)) {
        if (!text.empty())
            text += '\n';
        text += render_block(grid, block, labels, label_width, style);
    }
    return text;
}

} // namespace fleetcast
