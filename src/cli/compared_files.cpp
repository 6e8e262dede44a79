// A file is read once, for it may be a pipe; only then it shows what it holds.
#include <fleetcast/cli/compared_files.hpp>

#include <fleetcast/base/printable.hpp>
#include <fleetcast/cli/console.hpp>
#include <fleetcast/cli/shared_options.hpp>
#include <fleetcast/report/read_result.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace fleetcast {
namespace {

/// Adds a scenario and tells what is wrong with it.
void add(ComparedFiles& all, const GivenFile& file, Examined examined, const ReadRequest& request) {
    all.exit = more_severe(all.exit, tell_examined(examined, file.path, request));
    all.files.push_back({file, std::move(examined)});
}

Examined examined_of(const GivenFile& file, SourceText text, const Catalog& catalog,
                     const ReadRequest& request) {
    return read_scenario(file, std::move(text), catalog, request,
                         stop_after(request.timeout, file.path));
}

/// The document, where it is a saved result; a text with faults is left to the reader of scenarios.
std::optional<Node> saved_result_of(const Sources& sources) {
    auto document = parse_document(sources, 0, 0, WholeNumbers::rounded);
    if (auto* node = std::get_if<Node>(&document); node != nullptr && is_saved_result(*node))
        return std::move(*node);
    return std::nullopt;
}

void add_file(ComparedFiles& all, const GivenFile& file, const Catalog& catalog,
              const ReadRequest& request) {
    Sources sources{{read_text(file, request.talk)}};
    const auto document = saved_result_of(sources);
    if (!document)
        return add(all, file, examined_of(file, std::move(sources.texts.front()), catalog, request),
                   request);
    auto result = read_result(*document);
    if (const auto* problems = std::get_if<Problems>(&result)) {
        tell(*problems, sources, request.talk);
        all.exit = more_severe(all.exit, Exit::bad_input);
        return;
    }
    all.files.push_back({file, std::get<ForecastResult>(std::move(result))});
}

} // namespace

ComparedFiles read_compared(const std::vector<std::string>& paths, const Catalog& catalog,
                            const ReadRequest& request) {
    ComparedFiles all;
    for (const GivenFile& file : given_files(paths, request.talk)) {
        try {
            add_file(all, file, catalog, request);
        } catch (const Failure& failure) {
            if (failure.code == Exit::usage)
                throw;
            say(fmt::format("fleetcast: {}", failure.what()));
            all.exit = more_severe(all.exit, failure.code);
        }
    }
    return all;
}

ComparedFiles read_variants(const std::string& path, const Catalog& catalog,
                            const ReadRequest& request) {
    ComparedFiles all;
    const GivenFile file = given_files({path}, request.talk).front();
    const SourceText text = read_text(file, request.talk);
    const Examined base = examined_of(file, text, catalog, request);
    add(all, file, base, request);
    if (all.exit != Exit::ok)
        return all;
    const std::vector<std::string> names = variant_names(base.loaded);
    if (names.empty())
        throw Failure(Exit::usage, fmt::format("{} has no variants", printable(path)));
    for (const std::string& name : names) {
        ReadRequest of_variant = request;
        of_variant.patches.variant = name;
        Examined variant = examined_of(file, text, catalog, of_variant);
        variant.problems = of_variant_alone(std::move(variant.problems), base.problems, name);
        add(all, file, std::move(variant), request);
    }
    return all;
}

} // namespace fleetcast
