// Padding goes outside the colours, so that the same text has the same width with and without.
#include <fleetcast/report/layout.hpp>

#include "padding.hpp"

#include <fleetcast/base/printable.hpp>
#include <fleetcast/base/text.hpp>

#include <algorithm>

namespace fleetcast {

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

namespace {

constexpr int gap = 2;            // between labels and texts
constexpr int widest_prose = 100; // longer lines are hard to read

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

std::string list(const std::vector<ListItem>& items, const TerminalStyle& style) {
    const std::string margin = spaces(indent_of(style));
    std::vector<std::string> labels;
    int label_width = 0;
    for (const ListItem& item : items) {
        labels.push_back(
            cut_middle(item.label.text, std::max(12, style.width / 3), ellipsis(style)));
        label_width = std::max(label_width, columns_of(labels.back()));
    }
    std::string result;
    for (std::size_t i = 0; i < items.size(); ++i)
        result += hanging(margin + left({labels[i], items[i].label.ink}, label_width + gap, style),
                          columns_of(margin) + label_width + gap, items[i].text, style);
    return result;
}

std::string section(std::string_view title, const std::vector<ListItem>& items,
                    const TerminalStyle& style) {
    return items.empty() ? "" : heading(title, style) + list(items, style);
}

std::string heading(std::string_view text, const TerminalStyle& style) {
    return prose({spaces(indent_of(style))}, {std::string(text), Ink::bold}, style);
}

std::string note(std::string_view text, const TerminalStyle& style) {
    return prose({spaces(indent_of(style))}, {std::string(text), Ink::dim}, style);
}

} // namespace fleetcast
