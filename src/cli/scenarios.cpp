#include <fleetcast/cli/scenarios.hpp>

#include <fleetcast/analyse/examine.hpp>
#include <fleetcast/base/printable.hpp>
#include <fleetcast/cli/console.hpp>
#include <fleetcast/cli/shared_options.hpp>
#include <fleetcast/cli/values.hpp>
#include <fleetcast/load/read_file.hpp>
#include <fleetcast/report/read_result.hpp>
#include <fleetcast/report/write.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <set>

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

void tell_count(const Problems& problems, const std::string& file) {
    const auto errors = std::ranges::count(problems, Severity::error, &Problem::severity);
    if (errors > 0)
        say(fmt::format("fleetcast: {} error{} in {}", errors, errors == 1 ? "" : "s",
                        printable(file)));
}

constexpr std::size_t most_folders = 40; // of a name

/// The last `parts` folders and the file's name, with or without its extension.
std::string name_with(const fs::path& path, std::size_t parts, bool with_extension) {
    fs::path name = with_extension ? path.filename() : path.stem();
    fs::path folder = path.parent_path();
    for (; parts > 0 && folder.has_relative_path() && folder.filename() != "..";
         --parts, folder = folder.parent_path())
        name = folder.filename() / name;
    return name.string();
}

/// A shell hands on a pattern that matches nothing as it is.
void refuse_pattern(const std::string& path) {
    std::error_code error;
    if (path.find_first_of("*?[") != path.npos && !fs::exists(path, error))
        throw Failure(Exit::usage, fmt::format("no scenarios: nothing matches {}", shown(path)));
}

/// What is wrong only with a variant of the scenario, which is valid without: said of that variant.
void append_problems_of_variants(Examined& examined, const Catalog& catalog,
                                 const ReadRequest& request, const Stop& stop) {
    const Problems of_scenario = examined.problems;
    for (const std::string& name : variant_names(examined.loaded)) {
        PatchRequest patches = request.patches;
        patches.variant = name;
        const LoadedScenario variant =
            load_scenario(examined.loaded.sources.texts.front(), patches);
        Problems problems = examine(variant, catalog, stop);
        std::erase_if(problems,
                      [](const Problem& problem) { return problem.severity == Severity::note; });
        std::ranges::move(of_variant_alone(std::move(problems), of_scenario, name),
                          std::back_inserter(examined.problems));
    }
    examined.problems = in_file_order(std::move(examined.problems));
}

} // namespace

std::vector<std::string> distinct_names(const std::vector<std::string>& paths) {
    std::map<fs::path, int> stems; // in their folders: plan.json may stand beside plan.jsonc
    for (const std::string& path : paths)
        ++stems[fs::path(path).lexically_normal().replace_extension()];
    std::vector<std::string> names(paths.size());
    std::map<std::string, int> uses{{"", 2}};
    for (std::size_t parts = 0; parts <= 2 * most_folders; ++parts) {
        for (std::size_t i = 0; i < paths.size(); ++i) {
            if (uses[names[i]] < 2)
                continue;
            const fs::path given = fs::path(paths[i]).lexically_normal();
            const bool needs_extension = stems[fs::path(given).replace_extension()] > 1;
            // Where the folders that were given tell nothing apart, those above them must.
            const fs::path path = parts <= most_folders ? given : fs::path(absolute_of(paths[i]));
            names[i] = paths[i] == "-"
                           ? "stdin"
                           : name_with(path, parts % (most_folders + 1), needs_extension);
        }
        uses.clear();
        for (const std::string& name : names)
            ++uses[name];
    }
    for (std::size_t i = 0; i < paths.size(); ++i)
        if (uses[names[i]] > 1) // stdin beside stdin.json
            names[i] = paths[i];
    return names;
}

void refuse_inputs(const std::vector<std::string>& targets, const LoadedScenario& loaded) {
    std::vector<std::string> inputs;
    for (const SourceText& text : loaded.sources.texts)
        if (text.name != "--set")
            inputs.push_back(text.name);
    if (inputs.size() > 1) // the file itself was looked at before
        check_targets(targets, inputs, false);
}

Problems of_variant_alone(Problems problems, const Problems& of_scenario, const std::string& name) {
    std::erase_if(problems, [&](const Problem& problem) {
        return std::ranges::find(of_scenario, problem) != of_scenario.end();
    });
    for (Problem& problem : problems)
        problem.message.insert(0, fmt::format("in variant {}: ", name));
    return problems;
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

std::vector<GivenFile> given_files(const std::vector<std::string>& paths, Talk talk) {
    if (paths.empty())
        throw Failure(Exit::usage, "no scenarios: name one or more files, or - for standard input");
    std::set<std::string> seen;
    std::vector<GivenFile> files;
    std::vector<std::string> given;
    for (const std::string& path : paths) {
        refuse_pattern(path);
        if (!seen.insert(identity_of(path)).second) {
            if (talk != Talk::quiet)
                say(fmt::format("note: {} is given twice: it is used once", printable(path)));
            continue;
        }
        files.push_back({path, ""});
        given.push_back(path);
    }
    const std::vector<std::string> names = distinct_names(given);
    for (std::size_t i = 0; i < files.size(); ++i)
        files[i].name = names[i];
    return files;
}

std::string text_of_errors(const Problems& problems, const Sources& sources) {
    std::string text;
    for (const Problem& problem : problems)
        if (problem.severity == Severity::error)
            text += format_problem(problem, sources);
    return text;
}

SourceText read_text(const GivenFile& file, Talk talk) {
    SourceText text = read_source(file.path);
    if (talk == Talk::verbose)
        say(fmt::format("fleetcast: read {}, {} bytes", printable(file.path), text.text.size()));
    return text;
}

Examined read_scenario(const GivenFile& file, const Catalog& catalog, const ReadRequest& request,
                       const Stop& stop) {
    return read_scenario(file, read_text(file, request.talk), catalog, request, stop);
}

Examined read_scenario(const GivenFile& file, SourceText text, const Catalog& catalog,
                       const ReadRequest& request, const Stop& stop) {
    Examined examined{load_scenario(std::move(text), request.patches), {}};
    LoadedScenario& loaded = examined.loaded;
    if (is_saved_result(loaded.document))
        throw Failure(
            Exit::bad_input,
            fmt::format("{}: a saved result, where a scenario is expected", printable(file.path)));
    loaded.name = file.name + (request.patches.variant ? "@" + *request.patches.variant : "");
    examined.problems = examine(loaded, catalog, stop);
    if (request.variants && !request.patches.variant && !has_errors(examined.problems))
        append_problems_of_variants(examined, catalog, request, stop);
    if (request.notes == Notes::of_the_whole)
        std::erase_if(examined.problems, [](const Problem& problem) {
            return problem.severity == Severity::note && problem.place.file != Place::nowhere;
        });
    return examined;
}

Exit tell_examined(const Examined& examined, const std::string& path, const ReadRequest& request) {
    if (request.tells) {
        tell(examined.problems, examined.loaded.sources, request.talk);
        tell_count(examined.problems, path);
    }
    return has_errors(examined.problems) ? Exit::bad_input : Exit::ok;
}

Batch read_scenarios(const std::vector<std::string>& paths, const Catalog& catalog,
                     const ReadRequest& request) {
    Batch batch;
    for (const GivenFile& file : given_files(paths, request.tells ? request.talk : Talk::quiet)) {
        try {
            batch.scenarios.push_back(
                read_scenario(file, catalog, request, stop_after(request.timeout, file.path)));
        } catch (const Failure& failure) {
            if (failure.code == Exit::usage)
                throw;
            if (request.tells)
                say(fmt::format("fleetcast: {}", failure.what()));
            batch.unread.push_back({Severity::error, file.path, 0, 0, "", failure.what(), ""});
            batch.exit = more_severe(batch.exit, failure.code);
            continue;
        }
        batch.exit =
            more_severe(batch.exit, tell_examined(batch.scenarios.back(), file.path, request));
    }
    return batch;
}

} // namespace fleetcast
