// Layout works on the printable form of a text, cut only where a visible character begins.
#include <fleetcast/base/text.hpp>

#include <fleetcast/base/printable.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace fleetcast {
namespace {

/// A character with the combining marks that follow it.
struct Cluster {
    std::string shown;
    int width = 0;
};

std::vector<Cluster> clusters(std::string_view text) {
    std::vector<Cluster> result;
    for (std::size_t at = 0; at < text.size();) {
        const Glyph glyph = glyph_at(text, at);
        if (glyph.width > 0 || result.empty())
            result.emplace_back();
        result.back().shown += glyph.shown;
        result.back().width += static_cast<int>(glyph.width);
        at += glyph.bytes;
    }
    return result;
}

/// Lines that grow to the right.
struct Lines {
    std::vector<std::string> texts{1};
    int used = 0; // columns of the last line

    void add(std::string_view text, int width) {
        texts.back() += text;
        used += width;
    }
    void break_line() {
        texts.emplace_back();
        used = 0;
    }
};

} // namespace

std::string shortest(double value) { return fmt::format("{}", value == 0 ? 0.0 : value); }

std::string with_thousands(double value, int decimals) {
    std::string text = fmt::format("{:.{}f}", value, decimals);
    const std::size_t point = std::min(text.find('.'), text.size());
    const std::size_t first_digit = text.starts_with('-') ? 1 : 0;
    for (std::size_t at = point; at > first_digit + 3;)
        text.insert(at -= 3, 1, ',');
    return text;
}

std::string valid_utf8(std::string_view text) {
    constexpr std::string_view replacement = "\xef\xbf\xbd";
    std::string result;
    result.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        if (static_cast<unsigned char>(text[at]) < 0x80) { // most texts, at once
            result += text[at++];
            continue;
        }
        const Glyph glyph = glyph_at(text, at);
        result += glyph.valid ? text.substr(at, glyph.bytes) : replacement;
        at += glyph.bytes;
    }
    return result;
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0)
            text += between;
        text += parts[i];
    }
    return text;
}

int columns_of(std::string_view text) { return static_cast<int>(display_width(text)); }

std::string cut_middle(std::string_view text, int width, std::string_view mark) {
    if (columns_of(text) <= width)
        return printable(text);
    const int room = std::max(0, width - columns_of(mark));
    const auto parts = clusters(text);
    std::string head, tail;
    int head_room = room - room / 2, tail_room = room / 2;
    for (auto part = parts.begin(); part != parts.end() && part->width <= head_room; ++part) {
        head += part->shown;
        head_room -= part->width;
    }
    for (auto part = parts.rbegin(); part != parts.rend() && part->width <= tail_room; ++part) {
        tail.insert(0, part->shown);
        tail_room -= part->width;
    }
    return head + std::string(mark) + tail;
}

std::vector<std::string> wrap(std::string_view text, int width) {
    width = std::max(width, 1);
    Lines lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        const std::string_view word = text.substr(at, end - at);
        at = end + 1;
        if (word.empty())
            continue;
        const int word_width = columns_of(word);
        if (lines.used > 0 && lines.used + 1 + word_width <= width)
            lines.add(" ", 1);
        else if (lines.used > 0)
            lines.break_line();
        for (const Cluster& part : clusters(word)) {
            if (lines.used > 0 && lines.used + part.width > width)
                lines.break_line();
            lines.add(part.shown, part.width);
        }
    }
    return lines.texts;
}

} // namespace fleetcast
