// What a file of loops over lanes is made with. Such a file, *.lanes.cpp, is compiled once for each
// Level; FLEETCAST_LEVEL is the namespace of that copy. It offers a table of functions over plain
// arrays and calls nothing that another file may share: an inline function of the library, compiled
// for AVX-512 here, could be the copy that the linker keeps for all.
#pragma once

#include <cstddef>

// NOLINTBEGIN(cppcoreguidelines-macro-usage)
#define FLEETCAST_INLINE [[gnu::always_inline]] static inline
// NOLINTEND(cppcoreguidelines-macro-usage)

namespace fleetcast {

/// Trials that run side by side at most; the length of a row of lanes. A power of two.
inline constexpr std::size_t lanes = 128;

} // namespace fleetcast
