// Columns become spans that stay side by side, spans become blocks, and each block is printed
// under the labels.
#include <fleetcast/report/layout.hpp>

#include "padding.hpp"

#include <fleetcast/base/text.hpp>

#include <algorithm>
#include <utility>

namespace fleetcast {
namespace {

constexpr int gap = 2;          // between columns
constexpr int group_gap = 3;    // between groups of columns
constexpr int title_width = 11; // a longer title is wrapped
constexpr int word_width = 16;  // a longer word is broken

/// Room for a title, so that its words stay whole.
int title_room(std::string_view title, int width) {
    int longest = 0;
    for (std::size_t at = 0; at < title.size();) {
        const std::size_t end = std::min(title.find(' ', at), title.size());
        longest = std::max(longest, columns_of(title.substr(at, end - at)));
        at = end + 1;
    }
    return std::max({width, title_width, std::min(longest, word_width)});
}

/// A column laid out: its title in lines, and how wide it is with the space before it.
struct Laid {
    GridColumn column;
    std::vector<std::string> title;
    int width = 0;
    int band_width = 0; // of it, with the space before the band
    int before = gap;
};

Laid lay(GridColumn column) {
    Laid laid;
    for (const std::string& band : column.bands)
        if (!band.empty())
            laid.band_width = std::max(laid.band_width, 1 + columns_of(band));
    for (const std::string& cell : column.cells)
        laid.width = std::max(laid.width, columns_of(cell));
    laid.width = std::max(laid.width + laid.band_width, columns_of(column.unit));
    laid.title = wrap(column.title, title_room(column.title, laid.width));
    for (const std::string& line : laid.title)
        laid.width = std::max(laid.width, columns_of(line));
    laid.column = std::move(column);
    return laid;
}

/// The column; where its cells and bands do not fit side by side, one of each.
std::vector<Laid> fitted(const GridColumn& column, int room) {
    Laid whole = lay(column);
    if (whole.band_width == 0 || gap + whole.width <= room)
        return {std::move(whole)};
    GridColumn cells = column, bands = column;
    cells.bands.clear();
    bands.cells = std::move(bands.bands);
    bands.bands.clear();
    return {lay(std::move(cells)), lay(std::move(bands))};
}

/// Columns that stay side by side, under a common title where they have one.
struct Span {
    std::vector<Laid> columns;
    std::vector<std::string> title;
    int width = 0; // with the spaces between, not before
};

/// Gives the group's title room: in lines, or by a wider first column.
void entitle(Span& span) {
    const std::string& group = span.columns.front().column.group;
    if (group.empty())
        return;
    span.title = wrap(group, title_room(group, span.width));
    for (const std::string& line : span.title) {
        const int missing = std::max(0, columns_of(line) - span.width);
        span.columns.front().width += missing;
        span.width += missing;
    }
}

/// Columns of a group in one span, or each in its own where the room is less than the group takes.
std::vector<Span> spans_of(const Grid& grid, int room) {
    std::vector<Span> spans;
    for (auto column = grid.columns.begin(); column != grid.columns.end();) {
        const auto end = column->group.empty()
                             ? column + 1
                             : std::find_if(column, grid.columns.end(), [&](const auto& each) {
                                   return each.group != column->group;
                               });
        Span whole;
        for (; column != end; ++column) {
            for (Laid& laid : fitted(*column, room)) {
                whole.width += gap + laid.width;
                whole.columns.push_back(std::move(laid));
            }
        }
        if (whole.width <= room) {
            whole.width -= gap;
            spans.push_back(std::move(whole));
        } else {
            for (Laid& laid : whole.columns)
                spans.push_back({{std::move(laid)}, {}, laid.width});
        }
    }
    for (Span& span : spans)
        entitle(span);
    return spans;
}

/// Spans shared out over as few blocks as the width allows.
std::vector<std::vector<Span>> blocks_of(const Grid& grid, int room) {
    std::vector<std::vector<Span>> blocks;
    int used = 0;
    for (Span& span : spans_of(grid, room)) {
        const int between = span.title.empty() ? gap : group_gap;
        if (blocks.empty() || used + between + span.width > room) {
            blocks.emplace_back();
            used = 0;
        }
        Laid& first = span.columns.front();
        first.before = used > 0 ? between : gap;
        used += first.before + span.width;
        blocks.back().push_back(std::move(span));
    }
    return blocks;
}

/// Titles over the columns or over the groups, which end on the same line, beside the label.
template <class Titled>
std::string title_lines(const std::vector<Titled>& all, const Piece& label, int label_width,
                        const TerminalStyle& style) {
    std::size_t lines = 0;
    for (const Titled& each : all)
        lines = std::max(lines, each.title.size());
    std::string text;
    for (std::size_t line = 0; line < lines; ++line) {
        const Piece& own = line + 1 == lines ? label : Piece();
        std::string row = spaces(indent_of(style)) + left(own, label_width, style);
        for (const Titled& each : all) {
            const std::size_t above = lines - each.title.size();
            const std::string part = line < above ? "" : each.title[line - above];
            row += spaces(each.before) +
                   right({part, part.empty() ? Ink::plain : Ink::bold}, each.width, style);
        }
        text += without_trailing_spaces(std::move(row)) + '\n';
    }
    return text;
}

/// Whether the line of units is left out: where groups say them.
bool without_units(const Grid& grid) {
    bool grouped = false, units = false;
    for (const GridColumn& column : grid.columns) {
        grouped = grouped || !column.group.empty();
        units = units || !column.unit.empty();
    }
    return grouped && !units;
}

std::string render_block(const Grid& grid, const std::vector<Span>& spans,
                         const std::vector<std::string>& labels, int label_width,
                         const TerminalStyle& style) {
    const std::string margin = spaces(indent_of(style));
    struct Over {
        std::vector<std::string> title;
        int width, before;
    };
    std::vector<Over> over;
    std::vector<Laid> block;
    int width = label_width;
    for (const Span& span : spans) {
        over.push_back({span.title, span.width, span.columns.front().before});
        block.insert(block.end(), span.columns.begin(), span.columns.end());
        width += span.width + span.columns.front().before;
    }
    const bool bare = without_units(grid);
    const Piece corner{grid.corner, Ink::dim};
    std::string text = title_lines(over, {}, label_width, style);
    text += title_lines(block, bare ? corner : Piece(), label_width, style);
    if (!bare) {
        std::string units = margin + left(corner, label_width, style);
        for (const Laid& laid : block)
            units += spaces(laid.before) + right({laid.column.unit, Ink::dim}, laid.width, style);
        text += without_trailing_spaces(std::move(units)) + '\n';
    }
    text += margin + paint(rule(width, style), Ink::dim, style) + '\n';
    for (std::size_t r = 0; r < labels.size(); ++r) {
        std::string row = margin + left({labels[r]}, label_width, style);
        for (const Laid& laid : block) {
            const std::string& cell = laid.column.cells[r];
            const Ink ink = cell == no_figure(style) || cell == "0" ? Ink::dim : Ink::plain;
            row += spaces(laid.before) + right({cell, ink}, laid.width - laid.band_width, style);
            if (laid.band_width > 0) {
                const std::string& band = laid.column.bands[r];
                row += ' ' + right({band, Ink::dim}, laid.band_width - 1, style);
            }
        }
        text += without_trailing_spaces(std::move(row)) + '\n';
    }
    return text;
}

} // namespace

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
