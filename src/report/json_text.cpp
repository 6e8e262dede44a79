#include <fleetcast/report/json_text.hpp>

#include <fleetcast/base/text.hpp>

#include <fmt/format.h>

namespace fleetcast {

std::string quoted(std::string_view raw) {
    std::string text = "\"";
    for (const char c : valid_utf8(raw)) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            (text += '\\') += c;
        else if (c == '\n')
            text += "\\n";
        else if (byte < 0x20 || byte == 0x7f)
            text += fmt::format("\\u{:04x}", byte);
        else
            text += c;
    }
    return text + '"';
}

} // namespace fleetcast
