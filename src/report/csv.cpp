// RFC 4180, and the defence against formulas in texts (OWASP ASVS 1.2.10).
#include <fleetcast/report/csv.hpp>

#include <fleetcast/base/text.hpp>
#include <fleetcast/report/figure_text.hpp>

namespace fleetcast {
namespace {

constexpr std::string_view formula_starts = "=+-@\t\r";

std::string field(std::string_view raw) {
    std::string text = valid_utf8(raw);
    if (!text.empty() && formula_starts.find(text[0]) != std::string_view::npos)
        text.insert(text.begin(), '\'');
    if (text.find_first_of(",\"\r\n") == std::string::npos)
        return text;
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"')
            quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

struct CellText {
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(double value) const { return figure_text(value); }
    std::string operator()(const std::string& text) const { return field(text); }
    std::string operator()(const Day& day) const { return day.iso; }
};

} // namespace

std::string to_csv(const Table& table) {
    std::string bytes;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        if (c > 0)
            bytes += ',';
        bytes += field(table.columns[c].name);
    }
    bytes += "\r\n";
    for (const auto& row : table.rows) {
        for (std::size_t c = 0; c < row.size(); ++c) {
            if (c > 0)
                bytes += ',';
            bytes += std::visit(CellText{}, row[c]);
        }
        bytes += "\r\n";
    }
    return bytes;
}

} // namespace fleetcast
