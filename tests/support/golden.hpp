// Golden texts and what is asked of lines on a terminal. UPDATE_GOLDEN=1 in the environment
// rewrites the golden files.
#pragma once

#include "support/catch.hpp"

#include <fleetcast/base/printable.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

namespace fleetcast::testing {

inline void check_golden(const std::string& name, const std::string& text) {
    const std::string path = std::string(FLEETCAST_ROOT) + "/tests/report/golden/" + name;
    if (std::getenv("UPDATE_GOLDEN") != nullptr)
        std::ofstream(path, std::ios::binary) << text;
    std::ifstream in(path, std::ios::binary);
    REQUIRE(in);
    CHECK(text == std::string(std::istreambuf_iterator<char>(in), {}));
}

inline std::vector<std::string> lines(const std::string& text) {
    std::vector<std::string> result;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
        result.push_back(line);
    return result;
}

inline std::size_t widest(const std::string& text) {
    std::size_t width = 0;
    for (const std::string& line : lines(text))
        width = std::max(width, display_width(line));
    return width;
}

inline bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// The text without the escapes of colours.
inline std::string without_colors(std::string text) {
    for (std::size_t at; (at = text.find("\x1b[")) != std::string::npos;)
        text.erase(at, text.find('m', at) - at + 1);
    return text;
}

inline bool is_ascii(const std::string& text) {
    return std::ranges::all_of(text, [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); });
}

} // namespace fleetcast::testing
