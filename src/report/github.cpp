// A job may have 50 annotations; three kinds of ten stay below that.
#include <fleetcast/report/github.hpp>

#include <fleetcast/base/printable.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace fleetcast {
namespace {

struct Kind {
    Severity severity;
    std::string_view command, plural;
};

constexpr std::array<Kind, 3> kinds = {{{Severity::error, "error", "errors"},
                                        {Severity::warning, "warning", "warnings"},
                                        {Severity::note, "notice", "notices"}}};

/// The text with those characters as %XX, and every other control character as \x1b.
std::string escaped(std::string_view text, std::string_view syntax) {
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        const Glyph glyph = glyph_at(text, at);
        if (syntax.find(text[at]) != syntax.npos)
            result += fmt::format("%{:02X}", static_cast<unsigned char>(text[at]));
        else
            result += glyph.shown;
        at += glyph.bytes;
    }
    return result;
}

std::string message_text(std::string_view text) { return escaped(text, "%\r\n"); }
std::string property_text(std::string_view text) { return escaped(text, "%\r\n:,"); }

std::string line_of(const Annotation& annotation, const Kind& kind) {
    std::string properties;
    const auto add = [&](std::string_view name, const std::string& value) {
        properties += fmt::format("{}{}={}", properties.empty() ? " " : ",", name, value);
    };
    if (!annotation.file.empty()) {
        add("file", property_text(annotation.file));
        if (annotation.line > 0)
            add("line", std::to_string(annotation.line));
        if (annotation.line > 0 && annotation.column > 0)
            add("col", std::to_string(annotation.column));
    }
    if (!annotation.title.empty())
        add("title", property_text(annotation.title));
    return fmt::format("::{}{}::{}\n", kind.command, properties, message_text(annotation.message));
}

} // namespace

std::string github_annotations(const std::vector<Annotation>& annotations,
                               std::string_view where_all_stand) {
    std::string text;
    for (const Kind& kind : kinds) {
        const auto all = static_cast<std::size_t>(
            std::ranges::count(annotations, kind.severity, &Annotation::kind));
        const std::size_t whole = all > annotations_of_a_kind ? annotations_of_a_kind - 1 : all;
        std::size_t told = 0;
        for (const Annotation& annotation : annotations)
            if (annotation.kind == kind.severity && told++ < whole)
                text += line_of(annotation, kind);
        if (all > whole)
            text += fmt::format("::{}::and {} more {}, {}\n", kind.command, all - whole,
                                kind.plural, message_text(where_all_stand));
    }
    return text;
}

} // namespace fleetcast
