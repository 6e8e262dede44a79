# Writes the C++ file that holds every JSON and Markdown file under data/ and examples/, and the workflows
# there (see base/embedded.hpp).
# Run as: cmake -DROOT=<tree> -DOUTPUT=<file> -P embed.cmake
cmake_minimum_required(VERSION 3.25)

set(code "// Written by cmake/embed.cmake from data/ and examples/.
#include <fleetcast/base/embedded.hpp>

#include <array>

namespace fleetcast {
namespace {

using namespace std::string_view_literals;

constexpr std::array files = {
")
file(GLOB_RECURSE paths RELATIVE "${ROOT}"
  "${ROOT}/data/*.json" "${ROOT}/data/*.md" "${ROOT}/examples/*.json" "${ROOT}/examples/*.md"
  "${ROOT}/examples/*.yml")
list(FILTER paths EXCLUDE REGEX "\\.schema\\.json$") # the program writes it itself
list(SORT paths)
foreach(path IN LISTS paths)
  file(READ "${ROOT}/${path}" text)
  if(text MATCHES "\\)embedded\"")
    message(FATAL_ERROR "${path}: holds the end mark of a raw string")
  endif()
  string(APPEND code "    EmbeddedFile{\"${path}\"sv, R\"embedded(${text})embedded\"sv},\n")
endforeach()
string(APPEND code "};

} // namespace

std::span<const EmbeddedFile> embedded_files() { return files; }

} // namespace fleetcast
")
file(WRITE "${OUTPUT}" "${code}")
