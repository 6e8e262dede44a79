// The axis begins at 0 unless figures are below it: a line must not exaggerate.
#include <fleetcast/report/chart.hpp>

#include <fleetcast/base/text.hpp>

#include <algorithm>
#include <cmath>

namespace fleetcast {
namespace {

constexpr int chart_rows = 7;
constexpr int widest = 76;
constexpr int narrowest = 12; // columns of the plot; below that no chart is drawn

std::string spaces(int count) {
    return std::string(static_cast<std::size_t>(std::max(count, 0)), ' ');
}

/// Dots in cells of `wide` x `high` dots each, from the top left.
class Canvas {
public:
    Canvas(int columns, bool braille)
        : wide(braille ? 2 : 1), high(braille ? 4 : 1), columns_(columns),
          cells_(static_cast<std::size_t>(columns * chart_rows)) {}

    void dot(int x, int y) {
        constexpr unsigned char bits[4][2] = {
            {0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
        auto& cell = cells_[static_cast<std::size_t>(y / high * columns_ + x / wide)];
        cell = static_cast<unsigned char>(cell | bits[y % high][x % wide]);
    }

    std::string row(int r) const {
        std::string text;
        for (int c = 0; c < columns_; ++c) {
            const unsigned char bits = cells_[static_cast<std::size_t>(r * columns_ + c)];
            if (bits == 0)
                text += ' ';
            else if (high == 1)
                text += '*';
            else
                ((text += '\xe2') += static_cast<char>(0xa0 | bits >> 6)) +=
                    static_cast<char>(0x80 | (bits & 0x3f)); // U+2800 + bits in UTF-8
        }
        return text.erase(text.find_last_not_of(' ') + 1);
    }

    const int wide, high; // [dots per cell]

private:
    int columns_;
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

void draw(Canvas& canvas, const LineChart& chart, int columns, double low, double high) {
    const int dots_wide = columns * canvas.wide, dots_high = chart_rows * canvas.high;
    int last = -1; // none
    for (int x = 0; x < dots_wide; ++x) {
        const double at = static_cast<double>(x) * static_cast<double>(chart.figures.size() - 1) /
                          static_cast<double>(dots_wide - 1);
        const auto value = between(chart.figures, at);
        if (!value) {
            last = -1;
            continue;
        }
        const int y =
            static_cast<int>(std::lround((high - *value) / (high - low) * (dots_high - 1)));
        const int from =
            last < 0 || y < last ? y : std::min(last + 1, y); // no gap where it is steep
        const int to = last < 0 || y >= last ? y : last - 1;
        for (int dot = from; dot <= to; ++dot)
            canvas.dot(x, dot);
        last = y;
    }
}

} // namespace

std::string render_chart(const LineChart& chart, const TerminalStyle& style) {
    double low = 0, high = 0, first = 0;
    std::size_t known = 0;
    bool same = true;
    for (const auto& figure : chart.figures) {
        if (!figure)
            continue;
        if (known++ == 0)
            first = *figure;
        same = same && *figure == first;
        low = std::min(low, *figure);
        high = std::max(high, *figure);
    }
    if (known < 4 || same || !std::isfinite(high - low))
        return {};

    const Scale& scale = chart.scale;
    std::vector<std::string> marks(chart_rows); // of the y axis
    marks.front() = human(high, scale, "");
    marks[chart_rows / 2] = human(low + (high - low) / 2, scale, "");
    marks.back() = human(low, scale, "");
    int mark_width = 0;
    for (const std::string& mark : marks)
        mark_width = std::max(mark_width, columns_of(mark));
    const int room = std::min(style.width - indent_of(style), widest);
    const int columns = room - mark_width - 2;
    const std::string& last_label = chart.labels.back();
    if (columns <
        std::max(narrowest, columns_of(chart.labels.front()) + columns_of(last_label) + 2))
        return {};

    Canvas canvas(columns, style.unicode);
    draw(canvas, chart, columns, low, high);
    const std::string margin = spaces(indent_of(style));
    std::string text = margin + paint(chart.title, Ink::bold, style) + '\n';
    for (int r = 0; r < chart_rows; ++r) {
        const std::string& mark = marks[static_cast<std::size_t>(r)];
        const std::string tick =
            style.unicode ? (mark.empty() ? "│" : "┤") : (mark.empty() ? "|" : "+");
        text += margin + spaces(mark_width - columns_of(mark)) + mark + ' ' +
                paint(tick, Ink::dim, style) + paint(canvas.row(r), Ink::cyan, style) + '\n';
    }
    const std::string& first_label = chart.labels.front();
    text += margin + spaces(mark_width + 2) + first_label +
            spaces(columns - columns_of(first_label) - columns_of(last_label)) + last_label + '\n';
    return text;
}

} // namespace fleetcast
