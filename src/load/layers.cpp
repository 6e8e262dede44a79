#include <fleetcast/load/layers.hpp>

#include <fleetcast/base/printable.hpp>
#include <fleetcast/load/read_file.hpp>

#include <fmt/format.h>
#include <sha256.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

namespace fleetcast {

namespace {

namespace fs = std::filesystem;

fs::path folder_of(const std::string& file) {
    const fs::path parent = file == "-" ? fs::path() : fs::path(file).parent_path();
    return parent.empty() ? fs::path(".") : parent;
}

bool lies_in(const fs::path& path, const fs::path& folder) {
    const auto [end, rest] = std::ranges::mismatch(folder, path);
    return end == folder.end() && rest != path.end();
}

bool is_hex(char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; }

/// Why a text cannot name a base, by its letters alone; empty where it can.
std::string fault_of(const std::string& text) {
    constexpr std::string_view relative = "must be a path relative to this file, with slashes: ";
    if (text.empty())
        return std::string(relative) + "it is empty";
    if (text.find('\0') != text.npos)
        return std::string(relative) + "it holds a NUL";
    if (text.find("://") != text.npos || text.starts_with("file:"))
        return std::string(relative) + "addresses are not read";
    if (text == "-")
        return std::string(relative) + "standard input cannot be extended";
    if (text[0] == '/')
        return std::string(relative) + "it is absolute";
    if (text.find('\\') != text.npos || (text.size() > 1 && text[1] == ':'))
        return std::string(relative) + "drives and backslashes are not understood";
    for (std::size_t at = text.find('%'); at != text.npos; at = text.find('%', at + 1))
        if (at + 2 < text.size() && is_hex(text[at + 1]) && is_hex(text[at + 2]))
            return std::string(relative) + "percent escapes are not decoded";
    return {};
}

class LayerReader {
public:
    LayerReader(Sources sources, const std::vector<std::string>& roots) : roots_(roots) {
        layers_.sources = std::move(sources);
    }

    Layers read(std::uint32_t file) {
        const std::string& name = layers_.sources.texts.at(file).name;
        seen_.push_back({name == "-" ? fs::path() : real(name), name});
        for (std::optional<std::uint32_t> next = file; next;)
            next = read_one(*next);
        std::ranges::reverse(layers_.documents);
        std::ranges::reverse(layers_.bases);
        return std::move(layers_);
    }

private:
    struct Seen {
        fs::path real;
        std::string name;
    };

    static fs::path real(const fs::path& path) {
        std::error_code error;
        const fs::path found = fs::weakly_canonical(fs::absolute(path), error);
        return error ? fs::absolute(path).lexically_normal() : found;
    }

    /// Parses a file; the text of its base, if it has one.
    std::optional<std::uint32_t> read_one(std::uint32_t file) {
        auto parsed = parse_document(layers_.sources, file);
        if (auto* problems = std::get_if<Problems>(&parsed)) {
            layers_.problems = std::move(*problems);
            return std::nullopt;
        }
        Node document = std::get<Node>(std::move(parsed));
        std::optional<Node> base;
        const auto extends = std::ranges::find(document.members, "extends", &Member::key);
        if (extends != document.members.end()) {
            base = std::move(extends->value);
            document.members.erase(extends);
        }
        layers_.documents.push_back(std::move(document));
        return base ? read_base(*base, file) : std::nullopt;
    }

    std::optional<std::uint32_t> read_base(const Node& extends, std::uint32_t file) {
        const auto refuse = [&](std::string message, std::string hint = {}) {
            layers_.problems.push_back(
                {Severity::error, extends.place, "extends", std::move(message), std::move(hint)});
            return std::nullopt;
        };
        if (extends.kind != Node::Kind::string)
            return refuse(
                fmt::format("must be the path of a file, got {}", describe(extends.kind)));
        if (const std::string fault = fault_of(extends.text); !fault.empty())
            return refuse(fault);
        const fs::path path =
            (folder_of(layers_.sources.texts[file].name) / extends.text).lexically_normal();
        const fs::path found = real(path);
        if (std::ranges::none_of(roots_, [&](const auto& root) { return lies_in(found, root); }))
            return refuse("lies outside the folder of the scenario",
                          "--allow-root DIR lets bases lie in another folder, too");
        const auto again = std::ranges::find(seen_, found, &Seen::real);
        if (again != seen_.end())
            return refuse("goes round in a circle: " + circle(again, path.string()));
        if (seen_.size() == chain_cap)
            return refuse(fmt::format("makes a chain of more than {} files", chain_cap));
        seen_.push_back({found, path.string()});
        layers_.sources.texts.push_back(read(extends, path.string()));
        const auto index = static_cast<std::uint32_t>(layers_.sources.texts.size() - 1);
        const std::string& text = layers_.sources.texts.back().text;
        layers_.bases.push_back({"extends", path.filename().string(), sha256_of(text)});
        return index;
    }

    /// A base that cannot be read ends all, with the place that asked for it.
    SourceText read(const Node& extends, const std::string& path) const {
        try {
            return read_source(path);
        } catch (const Failure& failure) {
            const std::string text = format_problem(
                {Severity::error, extends.place, "extends", failure.what(), {}}, layers_.sources);
            throw Failure(failure.code, text.substr(0, text.find_last_not_of('\n') + 1));
        }
    }

    std::string circle(std::vector<Seen>::const_iterator from, const std::string& last) const {
        std::string text;
        for (; from != seen_.end(); ++from)
            text += from->name + " -> ";
        return text + last;
    }

    const std::vector<std::string>& roots_;
    std::vector<Seen> seen_; // the chain so far
    Layers layers_;
};

} // namespace

std::vector<std::string> allowed_roots(const std::string& scenario,
                                       const std::vector<std::string>& more) {
    std::vector<std::string> roots;
    const auto add = [&](const fs::path& folder) {
        std::error_code error;
        const fs::path found = fs::canonical(folder, error);
        if (!error)
            roots.push_back(found.string());
    };
    add(folder_of(scenario));
    for (const std::string& folder : more) {
        if (std::error_code error; !fs::is_directory(folder, error))
            throw Failure(Exit::io, fmt::format("--allow-root {}: {}", printable(folder),
                                                error ? error.message() : "is no folder"));
        add(folder);
    }
    return roots;
}

Layers read_layers(Sources sources, std::uint32_t file, const std::vector<std::string>& roots) {
    return LayerReader(std::move(sources), roots).read(file);
}

std::string sha256_of(const std::string& bytes) {
    std::array<char, SHA256_DIGEST_STRING_LENGTH> hex{};
    SHA256Data(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(), hex.data());
    return hex.data();
}

} // namespace fleetcast
