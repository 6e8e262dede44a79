// What a user lays over a scenario on the command line.
// Interface: Patch, PatchRequest, AppliedPatch. How they are laid on is left to merge.hpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace fleetcast {

/// One --overlay or --set, as it was given.
struct Patch {
    enum class Kind { overlay, set };
    Kind kind = Kind::set;
    std::string text; // the path of a file, or "PATH=JSON"
    bool operator==(const Patch&) const = default;
};

/// What is laid over every scenario of a command line, in this order.
struct PatchRequest {
    std::optional<std::string> variant;
    std::vector<Patch> patches;     // as they stand on the command line
    std::vector<std::string> roots; // --allow-root: folders in which `extends` may reach, too
    bool operator==(const PatchRequest&) const = default;
};

/// A patch that went into a scenario, for the manifest.
struct AppliedPatch {
    std::string kind;   // "extends", "variant", "overlay" or "set"
    std::string name;   // file without folder, name of the variant, or "PATH=JSON"
    std::string sha256; // of the bytes of the file; of the variant as compact JSON; of the text
    bool operator==(const AppliedPatch&) const = default;
};

} // namespace fleetcast
