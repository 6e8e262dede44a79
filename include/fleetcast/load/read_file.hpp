// The only reader of files: bytes within the cap, or the reason why not.
#pragma once

#include <fleetcast/base/problem.hpp>

#include <string>

namespace fleetcast {

inline constexpr std::size_t input_cap = std::size_t{64} << 20; // [byte]

/// Reads a whole file, a FIFO, or standard input for "-".
/// Throws Failure: io (4) with path and errno text for what cannot be opened or read (a directory
/// too), bad_input (3) for more than input_cap bytes.
SourceText read_source(const std::string& path);

} // namespace fleetcast
