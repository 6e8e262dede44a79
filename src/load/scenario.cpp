#include <fleetcast/load/scenario.hpp>

#include <fleetcast/load/reader.hpp>

#include <fmt/format.h>
#include <sha256.h>

#include <algorithm>
#include <array>

namespace fleetcast {

namespace {

std::string sha256_of(const std::string& bytes) {
    std::array<char, SHA256_DIGEST_STRING_LENGTH> hex{};
    SHA256Data(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(), hex.data());
    return hex.data();
}

std::string file_of(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }

std::string stem_of(const std::string& path) {
    if (path == "-")
        return "stdin";
    const std::string file = file_of(path);
    const auto dot = file.find_last_of('.');
    return dot == std::string::npos || dot == 0 ? file : file.substr(0, dot);
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
        } else if (!is_common_key(member.key)) {
            refuse_key(reader, spot, member, allowed, false);
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

LoadedScenario load_scenario(SourceText text) {
    LoadedScenario loaded;
    loaded.name = stem_of(text.name);
    loaded.file = file_of(text.name);
    loaded.sha256 = sha256_of(text.text);
    loaded.sources.texts.push_back(std::move(text));
    auto document = parse_document(loaded.sources, 0);
    if (auto* problems = std::get_if<Problems>(&document)) {
        loaded.problems = std::move(*problems);
        return loaded;
    }
    loaded.document = std::get<Node>(std::move(document));
    Reader reader;
    read_object(reader, Spot{&loaded.document, "", ""}, loaded.scenario);
    loaded.problems = std::move(reader.problems);
    return loaded;
}

Problems placed(Problems problems, const LoadedScenario& loaded) {
    for (Problem& problem : problems)
        if (problem.place.file == Place::nowhere && !problem.path.empty())
            problem.place = locate(loaded.document, problem.path);
    return in_file_order(std::move(problems));
}

} // namespace fleetcast
