// Where the trials of a run take their uniforms from (rules.md, R1 and R6).
// Interface: Sampling, Sampler, fnv1a64(), uniform().
#pragma once

#include <fleetcast/base/level.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace fleetcast {

enum class Sampling { random, lhs, sobol };

/// Independent replicates of a stratified run, from which its standard errors are taken.
inline constexpr std::uint64_t stratified_replicates = 16;

/// 64-bit FNV-1a hash of the bytes; of a path: the random stream of that input.
std::uint64_t fnv1a64(std::string_view text);

/// The uniform of one trial, strictly between 0 and 1: one call of Philox4x32-10 (J. K. Salmon et
/// al., "Parallel random numbers: as easy as 1, 2, 3", SC11).
double uniform(std::uint64_t seed, std::uint64_t stream, std::uint64_t trial);

/// How many trials a run of `asked` has: rounded up to whole replicates where there are some.
std::uint64_t trials_of_run(Sampling sampling, std::uint64_t asked);

/// The uniforms of all draws of a run; a pure function of what it is made from. Of stratified runs
/// (lhs, sobol), trials k = 0, 1, ... belong to replicate k / (trials / 16). A Sobol sequence has
/// 3667 dimensions; the streams beyond, by rank, are drawn as in Sampling::random.
class Sampler {
public:
    /// `streams` of the draws in use, in any order, each once; `trials` is that of the whole run,
    /// as trials_of_run() has it, at most 2^36 of a stratified one.
    Sampler(Sampling sampling, std::uint64_t seed, std::uint64_t trials,
            std::vector<std::uint64_t> streams, Level level = best_level());

    /// u of the stream streams[draw] in the trials first, first + 1, ...; each strictly between 0
    /// and 1. Safe to call from several threads.
    void fill(std::size_t draw, std::uint64_t first, std::span<double> u) const;

private:
    using Directions = std::array<std::uint32_t, 32>; // direction numbers, their bits in reverse

    Sampling sampling_;
    Level level_;
    std::uint64_t seed_;
    std::vector<std::uint64_t> streams_; // [draw]
    std::uint64_t replicate_trials_ = 1; // of lhs and sobol
    std::uint32_t shuffle_rows_ = 1, shuffle_columns_ = 1;
    std::vector<std::size_t> dimensions_; // [draw], of sobol
    std::vector<Directions> directions_;  // [dimension], of sobol
};

} // namespace fleetcast
