// The loops over lanes of sampling.cpp: their table, one for each level.
#pragma once

#include <fleetcast/base/level.hpp>

#include <cstddef>
#include <cstdint>

namespace fleetcast {

/// Trials first, first + 1, ... of one stream.
struct TrialRow {
    std::uint64_t seed = 0, stream = 0, first = 0;
};

/// A permutation of the numbers below rows x columns, and by walking on from what is not below
/// `size`, of those below that. A number is taken apart into row and column, which are shifted in
/// turn by a hash of the other: a Feistel network for unequal halves (J. Black and P. Rogaway,
/// "Ciphers with arbitrary finite domains", CT-RSA 2002).
struct Shuffle {
    static constexpr std::size_t rounds = 3;
    static constexpr std::size_t key_count = 4 * rounds;
    std::uint64_t size = 1;
    std::uint32_t rows = 1, columns = 1; // size <= rows x columns
};

inline constexpr std::size_t sobol_bits = 32; // direction numbers of a dimension
inline constexpr std::size_t scramble_keys = 4;

/// Loops over n <= lanes trials. Of keys, which are made as trials are, the upper 32 bits are used.
struct SamplingLoops {
    /// The 52 bits of uniform(): u = (bits + 1/2) 2^-52.
    void (*bits)(TrialRow, std::uint64_t* bits, std::size_t n);
    void (*random)(TrialRow, double* u, std::size_t n);
    /// u = (pi(index) + uniform())/size, index = first, first + 1, ...; uniform() loses bits for
    /// which there is no room.
    void (*stratified)(TrialRow, const Shuffle&, const std::uint64_t* keys, std::uint64_t first,
                       double* u, std::size_t n);
    /// Scrambled Sobol points `first`, first + 1, ..., which must lie in one aligned row of
    /// `lanes`; below their 32 bits those of uniform(). The direction numbers have their bits in
    /// reverse.
    void (*sobol)(TrialRow, const std::uint32_t* directions, const std::uint64_t* keys,
                  std::uint32_t first, double* u, std::size_t n);
};

namespace baseline {
extern const SamplingLoops sampling_loops;
}
namespace v3 {
extern const SamplingLoops sampling_loops;
}
namespace v4 {
extern const SamplingLoops sampling_loops;
}

/// Those compiled for `level`.
inline const SamplingLoops& sampling_loops(Level level) {
    switch (level) {
    case Level::v4:
        return v4::sampling_loops;
    case Level::v3:
        return v3::sampling_loops;
    case Level::baseline:
        break;
    }
    return baseline::sampling_loops;
}

} // namespace fleetcast
