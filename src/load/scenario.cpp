// Puts the layers of a scenario together and reads what they make; the parts of a scenario that no
// field table says are read here, too.
#include <fleetcast/load/scenario.hpp>

#include "blame.hpp"

#include <fleetcast/base/suggest.hpp>
#include <fleetcast/load/layers.hpp>
#include <fleetcast/load/read_file.hpp>
#include <fleetcast/load/reader.hpp>
#include <fleetcast/load/set_value.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace fleetcast {

namespace {

std::string file_of(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }

std::string stem_of(const std::string& path) {
    if (path == "-")
        return "stdin";
    const std::string file = file_of(path);
    const auto dot = file.find_last_of('.');
    return dot == std::string::npos || dot == 0 ? file : file.substr(0, dot);
}

void append(std::vector<Removal>& to, std::vector<Removal> from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

/// Lays a file's document, or a part of one, over that of the scenario.
void lay(LoadedScenario& loaded, Node patch) {
    Merged result = merged(std::move(loaded.document), std::move(patch), &scenario_shape());
    loaded.document = std::move(result.document);
    append(loaded.removals, std::move(result.removals));
}

/// The variants of the document, which are no part of the scenario itself.
Node take_variants(Node& document) {
    const auto found = std::ranges::find(document.members, "variants", &Member::key);
    if (found == document.members.end())
        return {};
    Node variants = std::move(found->value);
    document.members.erase(found);
    return variants;
}

Problems problems_of_variants(const Node& variants) {
    Reader reader;
    const Spot spot{&variants, "variants", "variants"};
    if (variants.kind == Node::Kind::null && variants.place.file == Place::nowhere)
        return {}; // there are none
    if (!reader.is_object(spot))
        return std::move(reader.problems);
    for (const Member& member : variants.members) {
        if (check_common(reader, spot, member) || !check_name(reader, spot, member) ||
            !reader.is_object(spot.below(member)))
            continue;
        for (const Member& key : member.value.members)
            if (key.key == "extends" || key.key == "variants")
                reader.wrong_key(spot.below(member), key, "a variant cannot have this key",
                                 "it is a patch of the scenario that stands around it");
    }
    return std::move(reader.problems);
}

[[noreturn]] void refuse_variant(const LoadedScenario& loaded, const std::string& name) {
    const std::vector<std::string> names = variant_names(loaded);
    const std::string hint = did_you_mean(name, names);
    throw Failure(
        Exit::usage,
        fmt::format("--variant {}: {} has {}{}", name, loaded.sources.texts.front().name,
                    names.empty() ? "no variants" : fmt::format("{}", fmt::join(names, ", ")),
                    hint.empty() ? "" : "; " + hint));
}

void lay_variant(LoadedScenario& loaded, const std::string& name) {
    const std::vector<std::string> names = variant_names(loaded);
    if (std::ranges::find(names, name) == names.end())
        refuse_variant(loaded, name);
    const Node& patch = loaded.variants.find(name)->value;
    loaded.patches.push_back({"variant", name, sha256_of(compact_json(patch))});
    loaded.name += "@" + name;
    lay(loaded, patch);
}

/// Whether the overlay could be read.
bool lay_overlay(LoadedScenario& loaded, const std::string& path,
                 const std::vector<std::string>& roots) {
    loaded.sources.texts.push_back(read_source(path));
    const std::string hash = sha256_of(loaded.sources.texts.back().text);
    const auto file = static_cast<std::uint32_t>(loaded.sources.texts.size() - 1);
    Layers layers = read_layers(std::move(loaded.sources), file, roots);
    loaded.sources = std::move(layers.sources);
    std::ranges::move(layers.bases, std::back_inserter(loaded.patches));
    loaded.patches.push_back({"overlay", path == "-" ? "stdin" : file_of(path), hash});
    const bool is_read = layers.problems.empty();
    std::ranges::move(layers.problems, std::back_inserter(loaded.problems));
    for (Node& document : layers.documents) {
        if (const Node variants = take_variants(document); variants.place.file != Place::nowhere)
            loaded.problems.push_back({Severity::error, variants.place, "variants",
                                       "an overlay cannot bring variants",
                                       "they are chosen before it is laid on"});
        if (is_read)
            lay(loaded, std::move(document));
    }
    return is_read;
}

void lay_set(LoadedScenario& loaded, const std::string& text) {
    loaded.sources.texts.push_back({"--set", text});
    const auto file = static_cast<std::uint32_t>(loaded.sources.texts.size() - 1);
    Merged result =
        with_value(std::move(loaded.document), parse_set(loaded.sources, file), scenario_shape());
    loaded.document = std::move(result.document);
    append(loaded.removals, std::move(result.removals));
    loaded.patches.push_back({"set", text, sha256_of(text)});
}

/// Reads what the layers have made.
void read_all(LoadedScenario& loaded) {
    const std::array<std::string, 2> settled{"extends", "variants"};
    Reader reader;
    read_object(reader, Spot{&loaded.document, "", ""}, loaded.scenario, settled);
    loaded.problems.insert(loaded.problems.end(), reader.problems.begin(), reader.problems.end());
    loaded.problems = blamed_on_patches(std::move(loaded.problems), loaded);
}

} // namespace

void read(Reader& reader, const Spot& spot, AcceleratorEntry& out) {
    if (!reader.is_object(spot))
        return;
    std::vector<std::string> allowed{"like", "name", "vendor"};
    for (const FigureKind& kind : figure_kinds)
        allowed.emplace_back(kind.name);
    for (const Member& member : spot.node->members) {
        const Spot below = spot.below(member, positive);
        if (member.key == "like") {
            read(reader, below, out.like);
        } else if (member.key == "name") {
            read(reader, below, out.name);
        } else if (member.key == "vendor") {
            read(reader, below, out.vendor);
        } else if (std::ranges::find(figure_kinds, member.key, &FigureKind::name) !=
                   figure_kinds.end()) {
            out.figures.emplace_back(member.key, 0.0);
            read(reader, below, out.figures.back().second);
        } else if (!check_common(reader, spot, member)) {
            refuse_key(reader, spot, member, allowed);
        }
    }
}

void read(Reader& reader, const Spot& spot, Finance& out) {
    const std::array<std::string, 1> extra{"year_starts"};
    read_object(reader, spot, out, extra);
    const Node* node = spot.node->kind == Node::Kind::object ? spot.child("year_starts") : nullptr;
    if (!node)
        return;
    const Spot at{node, spot.path + ".year_starts", "year_starts"};
    if (node->kind != Node::Kind::string)
        return reader.mismatch(at, "a month from \"01\" to \"12\"");
    const auto date = parse_date("2000-" + node->text);
    if (date && date->day == 0)
        out.year_starts = static_cast<unsigned>(date->month.month());
    else
        reader.wrong(at,
                     fmt::format("must be a month from \"01\" to \"12\", got \"{}\"", node->text));
}

LoadedScenario load_scenario(SourceText text, const PatchRequest& request) {
    LoadedScenario loaded;
    loaded.name = stem_of(text.name);
    loaded.file = file_of(text.name);
    loaded.sha256 = sha256_of(text.text);
    const std::vector<std::string> roots = allowed_roots(text.name, request.roots);
    Layers layers = read_layers({{std::move(text)}}, 0, roots);
    loaded.sources = std::move(layers.sources);
    loaded.patches = std::move(layers.bases);
    loaded.problems = std::move(layers.problems);
    if (!loaded.problems.empty())
        return loaded;
    loaded.document = std::move(layers.documents.front());
    for (std::size_t i = 1; i < layers.documents.size(); ++i)
        lay(loaded, std::move(layers.documents[i]));
    loaded.variants = take_variants(loaded.document);
    loaded.problems = problems_of_variants(loaded.variants);
    if (request.variant && loaded.problems.empty())
        lay_variant(loaded, *request.variant);
    for (const Patch& patch : request.patches) {
        if (patch.kind == Patch::Kind::set)
            lay_set(loaded, patch.text);
        else if (!lay_overlay(loaded, patch.text, roots)) {
            loaded.document = {}; // of a part of the layers nothing can be said
            return loaded;
        }
    }
    read_all(loaded);
    return loaded;
}

LoadedScenario patched(const LoadedScenario& loaded, const std::vector<std::string>& sets) {
    LoadedScenario out = loaded;
    out.scenario = {};
    out.problems.clear();
    for (const std::string& text : sets)
        lay_set(out, text);
    read_all(out);
    return out;
}

std::vector<std::string> variant_names(const LoadedScenario& loaded) {
    std::vector<std::string> names;
    for (const Member& member : loaded.variants.members)
        if (!is_common_key(member.key))
            names.push_back(member.key);
    return names;
}

Problems placed(Problems problems, const LoadedScenario& loaded) {
    for (Problem& problem : problems)
        if (problem.place.file == Place::nowhere && !problem.path.empty())
            problem.place = locate(loaded.document, problem.path);
    return in_file_order(blamed_on_patches(std::move(problems), loaded));
}

} // namespace fleetcast
