// The only writer of files and of standard output: each target whole or not at all.
// Interface: check_targets() before the run, write_outputs() after it, remove_unfinished() in
// signal handlers. SIGPIPE and SIGXFSZ must be ignored by the program.
#pragma once

#include <string>
#include <vector>

namespace fleetcast {

/// Bytes and where they go: a path, or "-" for standard output.
struct Output {
    std::string target;
    std::string bytes;
    bool operator==(const Output&) const = default;
};

/// Finds before the run what would stop write_outputs(). Failure (usage): a file named twice, or
/// one that is also an input (compared after links are followed). Failure (io): a folder that is
/// missing, no folder or read-only, a target that is a folder or may not be written, or that
/// exists when `no_clobber`.
void check_targets(const std::vector<std::string>& targets, const std::vector<std::string>& inputs,
                   bool no_clobber);

/// Writes the files in order, then standard output. A file is written beside its target, synced
/// and renamed; it keeps the permission bits of the one it replaces, and links are followed.
/// Devices, FIFOs and /dev/stdout are written directly. Failure (io) with the path and the
/// system's text; Failure (pipe) when a reader closed its end.
void write_outputs(const std::vector<Output>& outputs, bool no_clobber = false);

/// Removes the temporary file being written, if there is one; safe in a signal handler.
void remove_unfinished() noexcept;

} // namespace fleetcast
