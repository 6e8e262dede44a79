// The texts that JSON is written with by hand. Interface: quoted(), json_array(), json_rows().
#pragma once

#include <string>
#include <string_view>

namespace fleetcast {

/// The text as a JSON string, in quotes; bytes that are no UTF-8 become U+FFFD.
std::string quoted(std::string_view raw);

/// `[a,b]`, each as `write` writes it.
template <class List, class Write> std::string json_array(const List& list, Write write) {
    std::string text = "[";
    for (const auto& each : list) {
        if (text.size() > 1)
            text += ',';
        text += write(each);
    }
    return text + ']';
}

/// The same with one element on a line.
template <class List, class Write> std::string json_rows(const List& list, Write write) {
    if (list.empty())
        return "[]";
    std::string text = "[";
    for (const auto& each : list) {
        text += text.size() > 1 ? ",\n" : "\n";
        text += write(each);
    }
    return text + "\n]";
}

} // namespace fleetcast
