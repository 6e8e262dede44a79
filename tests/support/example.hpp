// The text of an example as one file: what it extends is laid under it.
#pragma once

#include <fleetcast/load/read_file.hpp>
#include <fleetcast/load/scenario.hpp>

#include <filesystem>
#include <stdexcept>
#include <string>

namespace fleetcast::testing {

inline std::string example_text(const std::filesystem::path& path) {
    SourceText source = read_source(path.string());
    std::string text = source.text;
    const LoadedScenario loaded = load_scenario(std::move(source));
    if (!loaded.problems.empty())
        throw std::runtime_error(format_problem(loaded.problems.front(), loaded.sources));
    return loaded.patches.empty() ? text : compact_json(loaded.document);
}

} // namespace fleetcast::testing
