// Look-up by path; embedded_files() itself is written by cmake/embed.cmake.
#include <fleetcast/base/embedded.hpp>

#include <algorithm>

namespace fleetcast {

std::string_view embedded_text(std::string_view path) {
    const auto files = embedded_files();
    const auto found = std::ranges::find(files, path, &EmbeddedFile::path);
    return found == files.end() ? std::string_view{} : found->text;
}

} // namespace fleetcast
