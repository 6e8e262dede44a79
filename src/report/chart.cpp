// The axis begins at 0 unless figures are below it: a line must not exaggerate.
#include <fleetcast/report/chart.hpp>

#include "padding.hpp"

#include <fleetcast/base/text.hpp>

#include <algorithm>
#include <cmath>

namespace fleetcast {
namespace {

constexpr int line_rows = 7;
constexpr int fan_rows = 11; // a band needs the finer grain
constexpr int widest = 76;
constexpr int narrowest = 12; // columns of the plot; below that no chart is drawn

/// Dots in cells of `wide` x `high` dots each, from the top left.
class Canvas {
public:
    Canvas(int across, int down, bool braille)
        : wide(braille ? 2 : 1), high(braille ? 4 : 1), columns(across), rows(down),
          cells_(static_cast<std::size_t>(across * down)) {}

    void dot(int x, int y) {
        constexpr unsigned char bits[4][2] = {
            {0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
        auto& cell = cells_[static_cast<std::size_t>(y / high * columns + x / wide)];
        cell = static_cast<unsigned char>(cell | bits[y % high][x % wide]);
    }

    unsigned char cell(int r, int column) const {
        return cells_[static_cast<std::size_t>(r * columns + column)];
    }

    const int wide, high;    // [dots per cell]
    const int columns, rows; // [cells]

private:
    std::vector<unsigned char> cells_; // [row][column]
};

/// Linear between periods; nothing beside a figure without a meaning.
std::optional<double> between(const std::vector<std::optional<double>>& figures, double at) {
    const auto before = static_cast<std::size_t>(at);
    const std::size_t after = std::min(before + 1, figures.size() - 1);
    if (!figures[before])
        return std::nullopt;
    const double part = at - static_cast<double>(before);
    if (part < 1e-9)
        return figures[before];
    if (!figures[after])
        return std::nullopt;
    return *figures[before] + part * (*figures[after] - *figures[before]);
}

/// What the axis spans and where a figure lies on it.
struct Axis {
    double low = 0, high = 0;

    void include(const std::vector<std::optional<double>>& figures) {
        for (const auto& figure : figures) {
            low = std::min(low, figure.value_or(0));
            high = std::max(high, figure.value_or(0));
        }
    }
    int dot_of(double value, const Canvas& canvas) const { // from the top
        return static_cast<int>(
            std::lround((high - value) / (high - low) * (canvas.rows * canvas.high - 1)));
    }
};

/// The place among the periods of a column of dots.
double period_at(int x, const Canvas& canvas, std::size_t periods) {
    return static_cast<double>(x) * static_cast<double>(periods - 1) /
           static_cast<double>(canvas.columns * canvas.wide - 1);
}

void draw_line(Canvas& canvas, const LineChart& chart, const Axis& axis) {
    int last = -1; // none
    for (int x = 0; x < canvas.columns * canvas.wide; ++x) {
        const auto value = between(chart.figures, period_at(x, canvas, chart.figures.size()));
        if (!value) {
            last = -1;
            continue;
        }
        const int y = axis.dot_of(*value, canvas);
        const int from =
            last < 0 || y < last ? y : std::min(last + 1, y); // no gap where it is steep
        const int to = last < 0 || y >= last ? y : last - 1;
        for (int dot = from; dot <= to; ++dot)
            canvas.dot(x, dot);
        last = y;
    }
}

/// Every second dot between the ends, not beside the line, which so stays visible.
void draw_band(Canvas& canvas, const LineChart& chart, const Axis& axis) {
    for (int x = 0; x < canvas.columns * canvas.wide; ++x) {
        const double at = period_at(x, canvas, chart.figures.size());
        const auto low = between(chart.low, at), high = between(chart.high, at),
                   middle = between(chart.figures, at);
        if (!low || !high)
            continue;
        const int line = middle ? axis.dot_of(*middle, canvas) : -2;
        for (int y = axis.dot_of(*high, canvas); y <= axis.dot_of(*low, canvas); ++y)
            if (canvas.high == 1 || (x % 2 == 0 && (x / 2 + y) % 2 == 0 && std::abs(y - line) > 1))
                canvas.dot(x, y);
    }
}

/// A row of the chart: the line over the band, spaces at the end cut off.
std::string row_of(const Canvas& line, const Canvas& band, int r, const TerminalStyle& style) {
    std::string text, run;
    Ink ink = Ink::cyan; // of the run
    for (int c = 0; c < line.columns; ++c) {
        const unsigned char above = line.cell(r, c), below = band.cell(r, c);
        const unsigned bits = static_cast<unsigned>(above | below);
        const Ink own = bits == 0 ? ink : above != 0 ? Ink::cyan : Ink::dim;
        if (own != ink) {
            text += paint(run, ink, style);
            run.clear();
            ink = own;
        }
        if (bits == 0)
            run += ' ';
        else if (line.high == 1)
            run += above != 0 ? '*' : ':';
        else
            ((run += '\xe2') += static_cast<char>(0xa0 | bits >> 6)) +=
                static_cast<char>(0x80 | (bits & 0x3f)); // U+2800 + bits in UTF-8
    }
    return text + paint(run.erase(run.find_last_not_of(' ') + 1), ink, style);
}

/// Whether there are figures enough, and not all the same.
bool says_something(const LineChart& chart) {
    std::optional<double> first;
    std::size_t known = 0;
    bool same = true;
    for (const auto* figures : {&chart.figures, &chart.low, &chart.high})
        for (const auto& figure : *figures) {
            if (!figure)
                continue;
            known += figures == &chart.figures ? 1 : 0;
            same = same && *figure == first.value_or(*figure);
            first = first.value_or(*figure);
        }
    return known >= 4 && !same;
}

} // namespace

std::string render_chart(const LineChart& chart, const TerminalStyle& style) {
    Axis axis;
    for (const auto* figures : {&chart.figures, &chart.low, &chart.high})
        axis.include(*figures);
    if (!says_something(chart) || !std::isfinite(axis.high - axis.low))
        return {};

    const Scale& scale = chart.scale;
    const bool fan = !chart.low.empty();
    const int rows = fan ? fan_rows : line_rows;
    std::vector<std::string> marks(static_cast<std::size_t>(rows)); // of the y axis
    marks.front() = human(axis.high, scale, "");
    marks[marks.size() / 2] = human(axis.low + (axis.high - axis.low) / 2, scale, "");
    marks.back() = human(axis.low, scale, "");
    int mark_width = 0;
    for (const std::string& mark : marks)
        mark_width = std::max(mark_width, columns_of(mark));
    const int room = std::min(style.width - indent_of(style), widest);
    const int columns = room - mark_width - 2;
    const std::string& last_label = chart.labels.back();
    if (columns <
        std::max(narrowest, columns_of(chart.labels.front()) + columns_of(last_label) + 2))
        return {};

    Canvas line(columns, rows, style.unicode), band(columns, rows, style.unicode);
    draw_line(line, chart, axis);
    if (fan)
        draw_band(band, chart, axis);
    const std::string margin = spaces(indent_of(style));
    std::string text = margin + paint(chart.title, Ink::bold, style) + '\n';
    if (!chart.legend.empty())
        text += note(chart.legend, style);
    for (int r = 0; r < rows; ++r) {
        const std::string& mark = marks[static_cast<std::size_t>(r)];
        const std::string tick =
            style.unicode ? (mark.empty() ? "│" : "┤") : (mark.empty() ? "|" : "+");
        text += margin + spaces(mark_width - columns_of(mark)) + mark + ' ' +
                paint(tick, Ink::dim, style) + row_of(line, band, r, style) + '\n';
    }
    const std::string& first_label = chart.labels.front();
    text += margin + spaces(mark_width + 2) + first_label +
            spaces(columns - columns_of(first_label) - columns_of(last_label)) + last_label + '\n';
    return text;
}

} // namespace fleetcast
