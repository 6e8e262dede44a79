// A file and the files that it extends, read in one go. Interface: read_layers().
// How they are laid over each other is left to merge.hpp.
#pragma once

#include <fleetcast/load/document.hpp>
#include <fleetcast/load/patch.hpp>

#include <string>
#include <vector>

namespace fleetcast {

inline constexpr std::size_t chain_cap = 16; // files of a chain of `extends`

/// The documents of a chain without their "extends", the base of all first.
struct Layers {
    Sources sources; // those given and one text for each base
    std::vector<Node> documents;
    std::vector<AppliedPatch> bases; // kind "extends", in the order of the documents
    Problems problems;               // where there are any, the documents are not whole
};

/// Folders in which bases may lie: that of the scenario named on the command line ("-": the current
/// one), and others. Real paths. Failure (io) for another that is no folder.
std::vector<std::string> allowed_roots(const std::string& scenario,
                                       const std::vector<std::string>& more);

/// Reads the bases of sources.texts[file]. Problems: what is wrong in a file, a base outside the
/// roots once links are followed (nothing of it is read), a cycle, more than chain_cap files.
/// Failure (io): a base that cannot be read.
Layers read_layers(Sources sources, std::uint32_t file, const std::vector<std::string>& roots);

/// SHA-256 in hex.
std::string sha256_of(const std::string& bytes);

} // namespace fleetcast
