// The random numbers of [R1], from the descriptions of their authors. Interface: uniform(). Which
// distribution has which path, and correlations, are left to oracle_draws.
#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace fleetcast::oracle {

using Words = std::array<std::uint32_t, 4>;

/// Philox4x32 with 10 rounds (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as
/// 1, 2, 3", SC 2011, section 3.3).
Words philox(Words counter, std::array<std::uint32_t, 2> key);

/// FNV-1a of 64 bits (Fowler, Noll and Vo).
std::uint64_t fnv1a(const std::string& text);

/// The number in (0, 1) of a stream in a trial [R1].
double uniform(std::uint64_t seed, std::uint64_t stream, std::uint64_t trial);

} // namespace fleetcast::oracle
