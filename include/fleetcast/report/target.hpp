// What an output's name stands for once its links are followed. Writes nothing.
#pragma once

#include <optional>
#include <string>

#include <sys/types.h>

namespace fleetcast {

enum class TargetKind { descriptor, direct, file };

struct Target {
    TargetKind kind = TargetKind::file;
    int descriptor = -1;        // of this process: 1 for "-" and /dev/stdout
    std::string path;           // absolute, links followed
    std::string folder;         // of a file
    std::optional<mode_t> mode; // permission bits of a file that exists
    uid_t owner = 0;            // of a file that exists
    gid_t group = 0;
    bool operator==(const Target&) const = default;
};

/// The target of a name, or the errno that stands against writing there.
struct Resolved {
    Target target;
    int error = 0;
};
Resolved resolve_target(const std::string& name);

/// "standard output" or the path as given, harmless on a terminal.
std::string shown_target(const std::string& name);

} // namespace fleetcast
