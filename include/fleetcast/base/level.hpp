// For which x86-64 the loops over lanes are compiled, and which of them this processor can run.
// Interface: Level, best_level(). Results are the same bytes at every level.
#pragma once

namespace fleetcast {

/// Microarchitecture levels of the x86-64 psABI: SSE2, AVX2, AVX-512.
enum class Level { baseline, v3, v4 };

/// The highest level of this processor that the program was compiled for.
Level best_level();

} // namespace fleetcast
