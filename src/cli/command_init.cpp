// fleetcast init: an example as a start of one's own.
#include <fleetcast/base/embedded.hpp>
#include <fleetcast/base/printable.hpp>
#include <fleetcast/base/suggest.hpp>
#include <fleetcast/cli/console.hpp>
#include <fleetcast/cli/help.hpp>
#include <fleetcast/cli/schema.hpp>
#include <fleetcast/cli/values.hpp>
#include <fleetcast/load/scenario.hpp>
#include <fleetcast/report/write.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace fleetcast {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view root = "examples/";
constexpr std::string_view main_file = "/scenario.json";
constexpr std::string_view schema_of_examples = "../../data/scenario.schema.json";
// In a folder of its own: what is said of *.json is meant for scenarios.
constexpr std::string_view schema_of_user = "schema/scenario.schema.json";

std::vector<std::string> template_names() {
    std::vector<std::string> names;
    for (const EmbeddedFile& file : embedded_files())
        if (file.path.starts_with(root) && file.path.ends_with(main_file))
            names.emplace_back(
                file.path.substr(root.size(), file.path.size() - root.size() - main_file.size()));
    return names;
}

std::string title_of(const std::string& name) {
    const std::string path = fmt::format("{}{}{}", root, name, main_file);
    return load_scenario({path, std::string(embedded_text(path))}).scenario.title;
}

std::string list_of_templates() {
    std::vector<Entry> list;
    for (const std::string& name : template_names())
        list.push_back({name, title_of(name)});
    return "Templates:\n\n" + entries(list) +
           "\nWrite one into a folder of its own:\n\n  fleetcast init first-order my-plan\n";
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

/// The texts speak of the example's place in the source tree; here its files lie beside it.
std::string relocated(std::string_view text, const std::string& folder) {
    return replaced(replaced(std::string(text), folder, ""), schema_of_examples, schema_of_user);
}

std::vector<Output> files_of(const std::string& name, const fs::path& directory) {
    const std::string folder = fmt::format("{}{}/", root, name);
    std::vector<Output> files;
    for (const EmbeddedFile& file : embedded_files())
        if (file.path.starts_with(folder))
            files.push_back({(directory / file.path.substr(folder.size())).string(),
                             relocated(file.text, folder)});
    files.push_back({(directory / schema_of_user).string(), schema_text()});
    return files;
}

[[noreturn]] void fail(const fs::path& path, const std::string& why) {
    throw Failure(Exit::io, fmt::format("cannot write {}: {}", printable(path.string()), why));
}

void write_into(const fs::path& directory, const std::vector<Output>& files) {
    for (const Output& file : files) {
        std::error_code error;
        if (fs::exists(fs::symlink_status(file.target, error)))
            fail(file.target, "it exists; nothing was written");
    }
    std::vector<fs::path> made; // the inner ones last
    const auto remove_made = [&] {
        std::error_code error;
        for (; !made.empty(); made.pop_back())
            fs::remove(made.back(), error); // only when it is empty
    };
    for (const fs::path& folder : {directory, (directory / schema_of_user).parent_path()}) {
        std::error_code error;
        if (fs::create_directories(folder, error))
            made.push_back(folder);
        if (error) {
            remove_made();
            fail(folder, error.message());
        }
    }
    try {
        write_outputs(files, true);
    } catch (const Failure&) {
        remove_made();
        throw;
    }
}

std::string quoted(const std::string& path) {
    const bool is_plain =
        path.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                               "0123456789/._-") == path.npos;
    return is_plain ? path : "'" + printable(path) + "'";
}

int run(const Arguments& arguments) {
    if (arguments.names.empty()) {
        print(list_of_templates());
        return 0;
    }
    if (arguments.names.size() > 2)
        throw Failure(Exit::usage,
                      fmt::format("init takes a template and a folder, but {} is a third",
                                  shown(arguments.names[2])));
    const std::string& name = arguments.names.front();
    const std::vector<std::string> templates = template_names();
    if (std::ranges::find(templates, name) == templates.end()) {
        const std::string hint = did_you_mean(name, templates);
        throw Failure(Exit::usage,
                      fmt::format("unknown template {}: {}{}there are {}", shown(name), hint,
                                  hint.empty() ? "" : " ", fmt::join(templates, ", ")));
    }
    const std::string directory = arguments.names.size() == 2 ? arguments.names[1] : name;
    if (directory.empty())
        throw Failure(Exit::usage, "the folder's name is empty");
    const std::vector<Output> files = files_of(name, directory);
    write_into(directory, files);
    std::string text;
    for (const Output& file : files)
        text += fmt::format("wrote {}\n", printable(file.target));
    const std::string scenario = quoted((fs::path(directory) / "scenario.json").string());
    print(text +
          fmt::format("\nNext:\n\n  fleetcast forecast {0}\n  fleetcast validate {0}\n", scenario));
    return 0;
}

} // namespace

Command init_command() {
    return {
        .name = "init",
        .synopsis = "[TEMPLATE] [DIR]",
        .summary = "a commented scenario to start from",
        .about = "Writes a scenario with its README into DIR, a folder with the template's name by "
                 "default, and the schema that the scenario names into DIR/schema: editors "
                 "complete by it. A file that exists is never replaced: then nothing is written, "
                 "and the "
                 "exit code is 4. Without a template it lists them.",
        .options = {},
        .examples = {"fleetcast init", "fleetcast init first-order",
                     "fleetcast init meta-2024 my-plan"},
        .run = run,
    };
}

} // namespace fleetcast
