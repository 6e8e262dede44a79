// Philox, the shuffle of Latin hypercubes and scrambled Sobol points over lanes.
#include "sampling_lanes.hpp"

#include <fleetcast/base/lanes.hpp>

#include <immintrin.h>

namespace fleetcast::FLEETCAST_LEVEL {

namespace {

// As many words of 64 bits as this level has in a register. They mostly hold 32 bits: product()
// takes the lower halves, for which the compiler does not find the instruction by itself.
#if defined(__AVX512F__)
using Words [[gnu::vector_size(64)]] = std::uint64_t;
using Doubles [[gnu::vector_size(64)]] = double;
using HalfWords [[gnu::vector_size(32)]] = std::uint32_t;
FLEETCAST_INLINE Words product(Words a, Words b) {
    // The form without mask draws a false warning.
    return (Words)_mm512_maskz_mul_epu32(0xff, (__m512i)a, (__m512i)b);
}
#elif defined(__AVX2__)
using Words [[gnu::vector_size(32)]] = std::uint64_t;
using Doubles [[gnu::vector_size(32)]] = double;
using HalfWords [[gnu::vector_size(16)]] = std::uint32_t;
FLEETCAST_INLINE Words product(Words a, Words b) {
    return (Words)_mm256_mul_epu32((__m256i)a, (__m256i)b);
}
#else
using Words [[gnu::vector_size(16)]] = std::uint64_t;
using Doubles [[gnu::vector_size(16)]] = double;
using HalfWords [[gnu::vector_size(8)]] = std::uint32_t;
FLEETCAST_INLINE Words product(Words a, Words b) {
    return (Words)_mm_mul_epu32((__m128i)a, (__m128i)b);
}
#endif

constexpr std::size_t width = sizeof(Words) / sizeof(std::uint64_t);
constexpr std::uint64_t low_half = 0xffffffffU;
constexpr std::uint64_t of_2_52 = 0x4330000000000000U; // the bits of 2^52

FLEETCAST_INLINE Words all(std::uint64_t word) { return Words{} + word; }

FLEETCAST_INLINE Words from(std::uint64_t first) {
    Words words = all(first);
    for (std::size_t j = 0; j < width; ++j)
        words[j] += j;
    return words;
}

/// Whole numbers below 2^52.
FLEETCAST_INLINE Doubles whole(Words n) { return (Doubles)(n | of_2_52) - 0x1p52; }

/// The words that belong to the first `left` lanes.
template <class Vector> FLEETCAST_INLINE void store(Vector from, void* to, std::size_t left) {
    if (left >= width)
        __builtin_memcpy(to, &from, sizeof(from));
    else
        __builtin_memcpy(to, &from, left * sizeof(std::uint64_t));
}

/// Philox4x32-10: two words of the result, the others unused, as a number of 52 bits.
FLEETCAST_INLINE Words philox(const TrialRow& row, Words trial) {
    Words c0 = trial, c1 = trial >> 32;
    Words c2 = all(row.stream), c3 = c2 >> 32;
    auto k0 = static_cast<std::uint32_t>(row.seed), k1 = static_cast<std::uint32_t>(row.seed >> 32);
#pragma GCC unroll 10
    for (int round = 0; round < 10; ++round) {
        const Words product0 = product(c0, all(0xd2511f53U));
        const Words product1 = product(c2, all(0xcd9e8d57U));
        c0 = (product1 >> 32) ^ c1 ^ k0;
        c1 = product1;
        c2 = (product0 >> 32) ^ c3 ^ k1;
        c3 = product0;
        k0 += 0x9e3779b9U;
        k1 += 0xbb67ae85U;
    }
    return ((c1 & low_half) << 20) | ((c0 & low_half) >> 12);
}

/// (bits + 1/2) 2^-52.
FLEETCAST_INLINE Doubles of_bits(Words bits) {
    return ((Doubles)(bits | of_2_52) - (0x1p52 - 0.5)) * 0x1p-52;
}

void bits(TrialRow row, std::uint64_t* found, std::size_t n) {
    const Words trial = from(row.first);
    for (std::size_t i = 0; i < n; i += width)
        store(philox(row, trial + i), found + i, n - i);
}

void random(TrialRow row, double* u, std::size_t n) {
    const Words trial = from(row.first);
    for (std::size_t i = 0; i < n; i += width)
        store(of_bits(philox(row, trial + i)), u + i, n - i);
}

/// A hash of 32 bits, spread evenly over the numbers below `range`.
FLEETCAST_INLINE Words shift(Words word, const std::uint64_t* keys, std::uint32_t range) {
    Words hash = product(word ^ (keys[0] >> 20), all(0x9e3779b1U));
    hash = product((hash >> 32) ^ hash ^ (keys[1] >> 20), all(0x85ebca6bU));
    return product((hash >> 32) ^ hash, all(range)) >> 32;
}

FLEETCAST_INLINE Words shuffled(const Shuffle& shuffle, const std::uint64_t* keys, Words index) {
    // The quotient is no nearer to a whole number than 1/(2 columns): rounding does no harm.
    const Doubles quotient = (whole(index) + 0.5) * (1.0 / shuffle.columns);
    Words row = ((Words)(quotient + 0.5 + 0x1p52) ^ of_2_52) - 1;
    Words column = index - product(row, all(shuffle.columns));
#pragma GCC unroll 3
    for (std::size_t round = 0; round < Shuffle::rounds; ++round) {
        row += shift(column, keys + 4 * round, shuffle.rows);
        row -= (Words)(row >= shuffle.rows) & shuffle.rows;
        column += shift(row, keys + 4 * round + 2, shuffle.columns);
        column -= (Words)(column >= shuffle.columns) & shuffle.columns;
    }
    return product(row, all(shuffle.columns)) + column;
}

void stratified(TrialRow row, const Shuffle& shuffle, const std::uint64_t* keys,
                std::uint64_t first, double* u, std::size_t n) {
    std::uint64_t stratum[lanes];
    const Words index = from(first);
    Words outside = {};
    for (std::size_t i = 0; i < n; i += width) {
        const Words found = shuffled(shuffle, keys, index + i);
        // Beyond n, where an index may be too large, nothing counts.
        outside |= (Words)(found >= shuffle.size) & (Words)(from(i) < n);
        store(found, stratum + i, n - i);
    }
    std::uint64_t any = 0;
    for (std::size_t j = 0; j < width; ++j)
        any |= outside[j];
    if (any != 0)
        for (std::size_t i = 0; i < n; ++i)
            while (stratum[i] >= shuffle.size)
                stratum[i] = shuffled(shuffle, keys, all(stratum[i]))[0];

    // stratum + jitter must be exact: so many bits of the jitter have no room.
    unsigned lost = 0;
    while ((shuffle.size - 1) >> lost != 0)
        ++lost;
    const std::uint64_t mask = ~((std::uint64_t{1} << lost) - 1);
    const double half = 0.5 * static_cast<double>(std::uint64_t{1} << lost);
    const auto size = static_cast<double>(shuffle.size);
    const Words trial = from(row.first);
    for (std::size_t i = 0; i < n; i += width) {
        Words which = {};
        __builtin_memcpy(&which, stratum + i, (n - i < width ? n - i : width) * sizeof(u[0]));
        const Doubles jitter = (whole(philox(row, trial + i) & mask) + half) * 0x1p-52;
        store((whole(which) + jitter) / size, u + i, n - i);
    }
}

/// A nested uniform scramble of numbers with reversed bits: each step lets a bit depend on lower
/// ones only. After S. Laine and T. Karras, "Stratified sampling for stochastic transparency",
/// Computer Graphics Forum 30 (2011), with the constants of N. Vegdahl (2021); twice.
FLEETCAST_INLINE std::uint32_t scrambled(std::uint32_t x,
                                         const std::uint32_t (&keys)[scramble_keys]) {
#pragma GCC unroll 2
    for (std::size_t round = 0; round < scramble_keys; round += 2) {
        x ^= x * 0x3d20adeaU;
        x += keys[round];
        x *= keys[round + 1] | 1U;
        x ^= x * 0x05526c56U;
        x ^= x * 0x53a22864U;
    }
    return x;
}

FLEETCAST_INLINE std::uint32_t with_bits_reversed(std::uint32_t x) {
    x = ((x >> 1) & 0x55555555U) | ((x & 0x55555555U) << 1);
    x = ((x >> 2) & 0x33333333U) | ((x & 0x33333333U) << 2);
    x = ((x >> 4) & 0x0f0f0f0fU) | ((x & 0x0f0f0f0fU) << 4);
    x = ((x >> 8) & 0x00ff00ffU) | ((x & 0x00ff00ffU) << 8);
    return (x >> 16) | (x << 16);
}

void sobol(TrialRow row, const std::uint32_t* directions, const std::uint64_t* keys,
           std::uint32_t first, double* u, std::size_t n) {
    std::uint32_t points[2 * lanes] = {}; // the upper half lets whole registers be read
    for (std::size_t bit = 0; bit < sobol_bits; ++bit)
        if ((first & ~(lanes - 1)) >> bit & 1U)
            points[0] ^= directions[bit];
    for (std::size_t known = 1, bit = 0; known < lanes; known *= 2, ++bit)
        for (std::size_t i = 0; i < known; ++i)
            points[known + i] = points[i] ^ directions[bit];

    std::uint32_t short_keys[scramble_keys];
    for (std::size_t k = 0; k < scramble_keys; ++k)
        short_keys[k] = static_cast<std::uint32_t>(keys[k] >> 20);
    std::uint32_t* const wanted = points + (first & (lanes - 1));
    for (std::size_t i = 0; i < n; ++i)
        wanted[i] = with_bits_reversed(scrambled(wanted[i], short_keys));

    const Words trial = from(row.first);
    for (std::size_t i = 0; i < n; i += width) {
        HalfWords upper;
        __builtin_memcpy(&upper, wanted + i, sizeof(upper));
        const Words lower = philox(row, trial + i) & 0xfffffU;
        store(of_bits(__builtin_convertvector(upper, Words) << 20 | lower), u + i, n - i);
    }
}

} // namespace

const SamplingLoops sampling_loops = {bits, random, stratified, sobol};

} // namespace fleetcast::FLEETCAST_LEVEL
