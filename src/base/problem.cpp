#include <fleetcast/base/problem.hpp>

#include <fleetcast/base/printable.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace fleetcast {

namespace {

constexpr std::size_t window = 100;      // columns of a source line that are shown
constexpr std::size_t text_limit = 2000; // bytes of a message, path or hint that are shown
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
constexpr std::string_view indent = "  ";

// The CR of a CRLF is no break of its own.
bool is_break(std::string_view text, std::size_t at) {
    return text[at] == '\n' ||
           (text[at] == '\r' && (at + 1 == text.size() || text[at + 1] != '\n'));
}

std::size_t line_start(std::string_view text, std::size_t offset) {
    while (offset > 0 && !is_break(text, offset - 1))
        --offset;
    return offset == 0 && text.starts_with(byte_order_mark) ? byte_order_mark.size() : offset;
}

std::size_t line_end(std::string_view text, std::size_t offset) {
    return std::min(text.find_first_of("\r\n", offset), text.size());
}

// Start of the code point that ends before `at`.
std::size_t previous(std::string_view text, std::size_t at) {
    std::size_t start = at - 1;
    for (std::size_t back = 2; back <= 4 && back <= at; ++back)
        if (glyph_at(text, at - back).bytes == back)
            start = at - back;
    return start;
}

Glyph source_glyph(std::string_view text, std::size_t at) {
    Glyph glyph = glyph_at(text, at);
    if (text[at] == '\t')
        glyph = {1, " ", 1, true};
    return glyph;
}

struct Side {
    std::vector<Glyph> glyphs; // outward from the caret
    std::size_t width = 0;
    bool is_whole = true; // reaches the end of the line

    void cut(std::size_t columns) {
        while (width > columns) {
            width -= glyphs.back().width;
            glyphs.pop_back();
            is_whole = false;
        }
    }
};

// Looks at no more of a line than can be shown: a line may be megabytes long.
Side before(std::string_view text, std::size_t start, std::size_t at) {
    Side side;
    while (at > start && side.glyphs.size() <= window) {
        at = std::max(start, previous(text, at));
        side.glyphs.push_back(source_glyph(text, at));
        side.width += side.glyphs.back().width;
    }
    side.is_whole = at <= start;
    return side;
}

Side after(std::string_view text, std::size_t at, std::size_t end) {
    Side side;
    while (at < end && side.glyphs.size() <= window) {
        side.glyphs.push_back(source_glyph(text, at));
        side.width += side.glyphs.back().width;
        at += side.glyphs.back().bytes;
    }
    side.is_whole = at >= end;
    return side;
}

// The source line, or a part of it round the caret, and the caret; nothing for a blank line.
std::string excerpt(std::string_view text, std::size_t offset) {
    const std::size_t start = line_start(text, offset);
    const std::size_t end = line_end(text, offset);
    offset = std::max(start, offset);
    if (start >= end || text.substr(start, end - start).find_first_not_of(" \t") == text.npos)
        return {};
    Side left = before(text, start, offset);
    Side right = after(text, offset, end);
    if (!left.is_whole || !right.is_whole || left.width + right.width > window) {
        const std::size_t half = window / 2;
        left.cut(right.is_whole && right.width < half ? window - right.width : half);
        right.cut(window - left.width);
    }
    std::string line = left.is_whole ? "" : "...";
    const std::size_t caret = line.size() + left.width;
    for (auto glyph = left.glyphs.rbegin(); glyph != left.glyphs.rend(); ++glyph)
        line += glyph->shown;
    for (const Glyph& glyph : right.glyphs)
        line += glyph.shown;
    line += right.is_whole ? "" : "...";
    return fmt::format("{0}{1}\n{0}{2:{3}}^\n", indent, line, "", caret);
}

std::string_view name_of(Severity severity) {
    switch (severity) {
    case Severity::error:
        return "error";
    case Severity::warning:
        return "warning";
    case Severity::note:
        break;
    }
    return "note";
}

std::string shown(std::string_view text) {
    if (text.size() <= text_limit)
        return printable(text);
    std::size_t end = 0;
    while (end < text_limit)
        end += glyph_at(text, end).bytes;
    return printable(text.substr(0, end)) + "...";
}

} // namespace

Position position_of(std::string_view text, std::size_t offset) {
    offset = std::min(offset, text.size());
    Position position;
    position.line += std::count(text.begin(), text.begin() + offset, '\n');
    for (std::size_t at = text.find('\r'); at < offset; at = text.find('\r', at + 1))
        position.line += is_break(text, at);
    for (std::size_t at = line_start(text, offset); at < offset; ++position.column)
        at += static_cast<unsigned char>(text[at]) < 0x80 ? 1 : glyph_at(text, at).bytes;
    return position;
}

std::string format_problem(const Problem& problem, const Sources& sources) {
    std::string result;
    std::string lines;
    if (problem.place.file < sources.texts.size()) {
        const auto& [name, text] = sources.texts[problem.place.file];
        const std::size_t offset = std::min(problem.place.offset, text.size());
        const Position position = position_of(text, offset);
        result = fmt::format("{}:{}:{}: ", shown(name), position.line, position.column);
        lines = excerpt(text, offset);
    }
    result += name_of(problem.severity);
    result += ": ";
    if (!problem.path.empty())
        result += shown(problem.path) + ": ";
    result += shown(problem.message) + '\n' + lines;
    if (!problem.hint.empty())
        fmt::format_to(std::back_inserter(result), "{}hint: {}\n", indent, shown(problem.hint));
    return result;
}

Problems in_file_order(Problems problems) {
    // Place::nowhere is the greatest file number, so what has no place comes last.
    const auto key = [](const Problem& problem) {
        const Place& place = problem.place;
        return std::pair(place.file, place.file == Place::nowhere ? 0 : place.offset);
    };
    std::stable_sort(problems.begin(), problems.end(),
                     [&](const Problem& a, const Problem& b) { return key(a) < key(b); });
    return problems;
}

bool has_errors(const Problems& problems) {
    return std::any_of(problems.begin(), problems.end(),
                       [](const Problem& problem) { return problem.severity == Severity::error; });
}

} // namespace fleetcast
