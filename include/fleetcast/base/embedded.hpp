// The texts built into the program: the JSON and Markdown files of data/ and examples/.
// The tables are written by cmake/embed.cmake; what the texts mean is left to their readers.
#pragma once

#include <span>
#include <string_view>

namespace fleetcast {

struct EmbeddedFile {
    std::string_view path; // from the root of the project: "data/catalog.json"
    std::string_view text;
};

/// Every embedded file, ordered by path.
std::span<const EmbeddedFile> embedded_files();

/// The text of an embedded file by its path; empty where there is no such file.
std::string_view embedded_text(std::string_view path);

} // namespace fleetcast
