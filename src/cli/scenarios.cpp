#include <fleetcast/cli/scenarios.hpp>

#include <fleetcast/analyse/examine.hpp>
#include <fleetcast/base/printable.hpp>
#include <fleetcast/cli/console.hpp>
#include <fleetcast/load/read_file.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <optional>

namespace fleetcast {
namespace {

namespace fs = std::filesystem;

/// What tells files apart: links followed where the file is there.
std::string identity_of(const std::string& path) {
    if (path == "-")
        return path;
    std::error_code error;
    const fs::path real = fs::canonical(path, error);
    return error ? path : real.string();
}

/// What names are made of: absolute, but with links as they were given.
std::string absolute_of(const std::string& path) {
    if (path == "-")
        return path;
    std::error_code error;
    const fs::path absolute = fs::absolute(path, error).lexically_normal();
    return error ? path : absolute.string();
}

Exit more_severe(Exit a, Exit b) {
    constexpr std::array order{Exit::internal, Exit::refused, Exit::io, Exit::bad_input, Exit::ok};
    return std::ranges::find(order, a) < std::ranges::find(order, b) ? a : b;
}

std::optional<SourceText> read_or_tell(const std::string& path, Exit& exit) {
    try {
        return read_source(path);
    } catch (const Failure& failure) {
        say(fmt::format("fleetcast: {}", failure.what()));
        exit = more_severe(exit, failure.code);
    }
    return std::nullopt;
}

void tell_count(const Problems& problems, const std::string& file) {
    const auto errors = std::ranges::count(problems, Severity::error, &Problem::severity);
    if (errors > 0)
        say(fmt::format("fleetcast: {} error{} in {}", errors, errors == 1 ? "" : "s",
                        printable(file)));
}

/// The last `parts` folders and the file's name, without its extension.
std::string name_with(const fs::path& path, std::size_t parts) {
    fs::path name = path.stem();
    fs::path folder = path.parent_path();
    for (; parts > 0 && folder.has_relative_path(); --parts, folder = folder.parent_path())
        name = folder.filename() / name;
    return name.string();
}

} // namespace

std::vector<std::string> distinct_names(const std::vector<std::string>& paths) {
    constexpr std::size_t most_folders = 40;
    std::vector<std::string> names(paths.size());
    for (std::size_t parts = 0; parts <= most_folders; ++parts) {
        std::map<std::string, int> uses;
        for (const std::string& name : names)
            ++uses[name];
        for (std::size_t i = 0; i < paths.size(); ++i)
            if (uses[names[i]] > 1 || names[i].empty())
                names[i] = paths[i] == "-" ? "stdin" : name_with(paths[i], parts);
    }
    std::map<std::string, int> uses; // plan.json beside plan.jsonc, stdin beside stdin.json
    for (const std::string& name : names)
        ++uses[name];
    for (std::size_t i = 0; i < paths.size(); ++i)
        if (uses[names[i]] > 1)
            names[i] = paths[i] == "-" ? "-" : names[i] + fs::path(paths[i]).extension().string();
    return names;
}

void tell(const Problems& problems, const Sources& sources, Talk talk) {
    for (const Problem& problem : problems) {
        if (problem.severity != Severity::error && talk == Talk::quiet)
            continue;
        std::string text;
        if (problem.place.file == Place::nowhere && !sources.texts.empty())
            text = printable(sources.texts.front().name) + ": ";
        say(text + format_problem(problem, sources));
    }
}

Batch read_scenarios(const std::vector<std::string>& paths, const Catalog& catalog, Talk talk,
                     Notes notes) {
    if (paths.empty())
        throw Failure(Exit::usage, "no scenarios: name one or more files, or - for standard input");
    Batch batch;
    std::vector<std::string> seen, absolute;
    for (const std::string& path : paths) {
        const std::string identity = identity_of(path);
        if (std::ranges::find(seen, identity) != seen.end()) {
            if (talk != Talk::quiet)
                say(fmt::format("note: {} is given twice: it is used once", printable(path)));
            continue;
        }
        seen.push_back(identity);
        auto text = read_or_tell(path, batch.exit);
        if (!text)
            continue;
        if (talk == Talk::verbose)
            say(fmt::format("fleetcast: read {}, {} bytes", printable(path), text->text.size()));
        Examined examined{load_scenario(std::move(*text)), {}};
        if (examined.loaded.document.find("fleetcast_result") != nullptr) {
            say(fmt::format("fleetcast: {}: a saved result, where a scenario is expected: saved "
                            "results are not yet supported",
                            printable(path)));
            batch.exit = more_severe(batch.exit, Exit::bad_input);
            continue;
        }
        absolute.push_back(absolute_of(path));
        examined.problems = examine(examined.loaded, catalog);
        if (notes == Notes::of_the_whole)
            std::erase_if(examined.problems, [](const Problem& problem) {
                return problem.severity == Severity::note && problem.place.file != Place::nowhere;
            });
        tell(examined.problems, examined.loaded.sources, talk);
        tell_count(examined.problems, path);
        if (has_errors(examined.problems))
            batch.exit = more_severe(batch.exit, Exit::bad_input);
        batch.scenarios.push_back(std::move(examined));
    }
    const std::vector<std::string> names = distinct_names(absolute);
    for (std::size_t i = 0; i < names.size(); ++i)
        batch.scenarios[i].loaded.name = names[i];
    return batch;
}

} // namespace fleetcast
