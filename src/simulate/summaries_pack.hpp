// Eight doubles in the registers of a level, for summaries.lanes.cpp alone. Interface: Pack, Flags
// (one of eight each) and what is done with them. Comparisons with NaN are false, and least() and
// most() return their second argument where the first is NaN, as the instructions do.
#pragma once

#include <fleetcast/base/lanes.hpp>

#include <cstdint>
#include <immintrin.h>

namespace fleetcast::FLEETCAST_LEVEL {

#if defined(__AVX512F__)

struct Pack {
    __m512d v;
};
struct Flags {
    __mmask8 bits;
};
struct Tally { // eight counters
    __m512i v;
};

FLEETCAST_INLINE Pack load(const double* p) { return {_mm512_loadu_pd(p)}; }
FLEETCAST_INLINE void store(double* p, Pack a) { _mm512_storeu_pd(p, a.v); }
FLEETCAST_INLINE Pack splat(double x) { return {_mm512_set1_pd(x)}; }
FLEETCAST_INLINE Pack add(Pack a, Pack b) { return {_mm512_add_pd(a.v, b.v)}; }
FLEETCAST_INLINE Pack sub(Pack a, Pack b) { return {_mm512_sub_pd(a.v, b.v)}; }
FLEETCAST_INLINE Pack mul(Pack a, Pack b) { return {_mm512_mul_pd(a.v, b.v)}; }
// The forms without mask draw a false warning.
FLEETCAST_INLINE Pack least(Pack a, Pack b) { return {_mm512_maskz_min_pd(0xff, a.v, b.v)}; }
FLEETCAST_INLINE Pack most(Pack a, Pack b) { return {_mm512_maskz_max_pd(0xff, a.v, b.v)}; }
FLEETCAST_INLINE Flags less(Pack a, Pack b) { return {_mm512_cmp_pd_mask(a.v, b.v, _CMP_LT_OQ)}; }
FLEETCAST_INLINE Flags up_to(Pack a, Pack b) { return {_mm512_cmp_pd_mask(a.v, b.v, _CMP_LE_OQ)}; }
FLEETCAST_INLINE Flags equal(Pack a, Pack b) { return {_mm512_cmp_pd_mask(a.v, b.v, _CMP_EQ_OQ)}; }
FLEETCAST_INLINE Flags and_not(Flags a, Flags b) {
    return {static_cast<__mmask8>(a.bits & ~b.bits)};
}
FLEETCAST_INLINE Flags either(Flags a, Flags b) { return {static_cast<__mmask8>(a.bits | b.bits)}; }
FLEETCAST_INLINE unsigned bits(Flags a) { return a.bits; }
FLEETCAST_INLINE Pack where(Flags a, Pack b) { return {_mm512_maskz_mov_pd(a.bits, b.v)}; }
FLEETCAST_INLINE Pack pick(Flags a, Pack b, Pack c) {
    return {_mm512_mask_mov_pd(c.v, a.bits, b.v)};
}

FLEETCAST_INLINE Tally none() { return {_mm512_setzero_si512()}; }
FLEETCAST_INLINE void tally(Tally& t, Flags a) {
    t.v = _mm512_mask_sub_epi64(t.v, a.bits, t.v, _mm512_set1_epi64(-1));
}
FLEETCAST_INLINE std::uint64_t total(Tally t) {
    std::uint64_t parts[8];
    __builtin_memcpy(parts, &t.v, sizeof(parts));
    return ((parts[0] + parts[1]) + (parts[2] + parts[3])) +
           ((parts[4] + parts[5]) + (parts[6] + parts[7]));
}
/// Writes the flagged values to p, and rubbish up to p + 8; returns the end of the former. To a
/// register and then whole: the instruction that does it in memory is slow on some processors.
FLEETCAST_INLINE double* put(double* p, Pack a, Flags flags) {
    _mm512_storeu_pd(p, _mm512_maskz_compress_pd(flags.bits, a.v));
    return p + __builtin_popcount(flags.bits);
}

#elif defined(__AVX2__)

struct Pack {
    __m256d v[2];
};
struct Flags {
    __m256d v[2];
};
struct Tally {
    __m256i v;
};

FLEETCAST_INLINE Pack load(const double* p) {
    return {{_mm256_loadu_pd(p), _mm256_loadu_pd(p + 4)}};
}
FLEETCAST_INLINE void store(double* p, Pack a) {
    _mm256_storeu_pd(p, a.v[0]);
    _mm256_storeu_pd(p + 4, a.v[1]);
}
FLEETCAST_INLINE Pack splat(double x) { return {{_mm256_set1_pd(x), _mm256_set1_pd(x)}}; }
FLEETCAST_INLINE Pack add(Pack a, Pack b) {
    return {{_mm256_add_pd(a.v[0], b.v[0]), _mm256_add_pd(a.v[1], b.v[1])}};
}
FLEETCAST_INLINE Pack sub(Pack a, Pack b) {
    return {{_mm256_sub_pd(a.v[0], b.v[0]), _mm256_sub_pd(a.v[1], b.v[1])}};
}
FLEETCAST_INLINE Pack mul(Pack a, Pack b) {
    return {{_mm256_mul_pd(a.v[0], b.v[0]), _mm256_mul_pd(a.v[1], b.v[1])}};
}
FLEETCAST_INLINE Pack least(Pack a, Pack b) {
    return {{_mm256_min_pd(a.v[0], b.v[0]), _mm256_min_pd(a.v[1], b.v[1])}};
}
FLEETCAST_INLINE Pack most(Pack a, Pack b) {
    return {{_mm256_max_pd(a.v[0], b.v[0]), _mm256_max_pd(a.v[1], b.v[1])}};
}
FLEETCAST_INLINE Flags less(Pack a, Pack b) {
    return {{_mm256_cmp_pd(a.v[0], b.v[0], _CMP_LT_OQ), _mm256_cmp_pd(a.v[1], b.v[1], _CMP_LT_OQ)}};
}
FLEETCAST_INLINE Flags up_to(Pack a, Pack b) {
    return {{_mm256_cmp_pd(a.v[0], b.v[0], _CMP_LE_OQ), _mm256_cmp_pd(a.v[1], b.v[1], _CMP_LE_OQ)}};
}
FLEETCAST_INLINE Flags equal(Pack a, Pack b) {
    return {{_mm256_cmp_pd(a.v[0], b.v[0], _CMP_EQ_OQ), _mm256_cmp_pd(a.v[1], b.v[1], _CMP_EQ_OQ)}};
}
FLEETCAST_INLINE Flags and_not(Flags a, Flags b) {
    return {{_mm256_andnot_pd(b.v[0], a.v[0]), _mm256_andnot_pd(b.v[1], a.v[1])}};
}
FLEETCAST_INLINE Flags either(Flags a, Flags b) {
    return {{_mm256_or_pd(a.v[0], b.v[0]), _mm256_or_pd(a.v[1], b.v[1])}};
}
FLEETCAST_INLINE unsigned bits(Flags a) {
    return static_cast<unsigned>(_mm256_movemask_pd(a.v[0])) |
           static_cast<unsigned>(_mm256_movemask_pd(a.v[1])) << 4;
}
FLEETCAST_INLINE Pack where(Flags a, Pack b) {
    return {{_mm256_and_pd(a.v[0], b.v[0]), _mm256_and_pd(a.v[1], b.v[1])}};
}
FLEETCAST_INLINE Pack pick(Flags a, Pack b, Pack c) {
    return {{_mm256_blendv_pd(c.v[0], b.v[0], a.v[0]), _mm256_blendv_pd(c.v[1], b.v[1], a.v[1])}};
}

FLEETCAST_INLINE Tally none() { return {_mm256_setzero_si256()}; }
FLEETCAST_INLINE void tally(Tally& t, Flags a) {
    t.v = _mm256_sub_epi64(
        t.v, _mm256_add_epi64(_mm256_castpd_si256(a.v[0]), _mm256_castpd_si256(a.v[1])));
}
FLEETCAST_INLINE std::uint64_t total(Tally t) {
    std::uint64_t parts[4];
    __builtin_memcpy(parts, &t.v, sizeof(parts));
    return (parts[0] + parts[1]) + (parts[2] + parts[3]);
}

/// For four flags: which halves of doubles go where to bring the flagged ones to the front.
alignas(32) constexpr std::uint32_t to_front[16][8] = {
    {0, 1, 2, 3, 4, 5, 6, 7}, {0, 1, 2, 3, 4, 5, 6, 7}, {2, 3, 0, 1, 4, 5, 6, 7},
    {0, 1, 2, 3, 4, 5, 6, 7}, {4, 5, 0, 1, 2, 3, 6, 7}, {0, 1, 4, 5, 2, 3, 6, 7},
    {2, 3, 4, 5, 0, 1, 6, 7}, {0, 1, 2, 3, 4, 5, 6, 7}, {6, 7, 0, 1, 2, 3, 4, 5},
    {0, 1, 6, 7, 2, 3, 4, 5}, {2, 3, 6, 7, 0, 1, 4, 5}, {0, 1, 2, 3, 6, 7, 4, 5},
    {4, 5, 6, 7, 0, 1, 2, 3}, {0, 1, 4, 5, 6, 7, 2, 3}, {2, 3, 4, 5, 6, 7, 0, 1},
    {0, 1, 2, 3, 4, 5, 6, 7}};

FLEETCAST_INLINE double* put_half(double* p, __m256d a, unsigned flags) {
    const __m256i order = _mm256_load_si256(reinterpret_cast<const __m256i*>(to_front[flags]));
    const __m256 front = _mm256_permutevar8x32_ps(_mm256_castpd_ps(a), order);
    _mm256_storeu_pd(p, _mm256_castps_pd(front));
    return p + __builtin_popcount(flags);
}
FLEETCAST_INLINE double* put(double* p, Pack a, Flags flags) {
    const unsigned all = bits(flags);
    return put_half(put_half(p, a.v[0], all & 15), a.v[1], all >> 4);
}

#else

struct Pack {
    __m128d v[4];
};
struct Flags {
    __m128d v[4];
};
struct Tally {
    __m128i v;
};

FLEETCAST_INLINE Pack load(const double* p) {
    return {{_mm_loadu_pd(p), _mm_loadu_pd(p + 2), _mm_loadu_pd(p + 4), _mm_loadu_pd(p + 6)}};
}
FLEETCAST_INLINE void store(double* p, Pack a) {
    for (int i = 0; i < 4; ++i)
        _mm_storeu_pd(p + 2 * i, a.v[i]);
}
FLEETCAST_INLINE Pack splat(double x) {
    const __m128d v = _mm_set1_pd(x);
    return {{v, v, v, v}};
}
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage): a template could be merged with another level's
#define FLEETCAST_FOUR(name, result, instruction)                                                  \
    FLEETCAST_INLINE result name(Pack a, Pack b) {                                                 \
        return {{instruction(a.v[0], b.v[0]), instruction(a.v[1], b.v[1]),                         \
                 instruction(a.v[2], b.v[2]), instruction(a.v[3], b.v[3])}};                       \
    }
FLEETCAST_FOUR(add, Pack, _mm_add_pd)
FLEETCAST_FOUR(sub, Pack, _mm_sub_pd)
FLEETCAST_FOUR(mul, Pack, _mm_mul_pd)
FLEETCAST_FOUR(least, Pack, _mm_min_pd)
FLEETCAST_FOUR(most, Pack, _mm_max_pd)
FLEETCAST_FOUR(less, Flags, _mm_cmplt_pd)
FLEETCAST_FOUR(up_to, Flags, _mm_cmple_pd)
FLEETCAST_FOUR(equal, Flags, _mm_cmpeq_pd)
#undef FLEETCAST_FOUR
FLEETCAST_INLINE Flags and_not(Flags a, Flags b) {
    return {{_mm_andnot_pd(b.v[0], a.v[0]), _mm_andnot_pd(b.v[1], a.v[1]),
             _mm_andnot_pd(b.v[2], a.v[2]), _mm_andnot_pd(b.v[3], a.v[3])}};
}
FLEETCAST_INLINE Flags either(Flags a, Flags b) {
    return {{_mm_or_pd(a.v[0], b.v[0]), _mm_or_pd(a.v[1], b.v[1]), _mm_or_pd(a.v[2], b.v[2]),
             _mm_or_pd(a.v[3], b.v[3])}};
}
FLEETCAST_INLINE unsigned bits(Flags a) {
    const __m128i low = _mm_packs_epi32(_mm_castpd_si128(a.v[0]), _mm_castpd_si128(a.v[1]));
    const __m128i high = _mm_packs_epi32(_mm_castpd_si128(a.v[2]), _mm_castpd_si128(a.v[3]));
    const __m128i pairs = _mm_packs_epi32(low, high); // each flag is 16 bits, in order
    return static_cast<unsigned>(_mm_movemask_epi8(_mm_packs_epi16(pairs, pairs))) & 0xff;
}
FLEETCAST_INLINE Pack where(Flags a, Pack b) {
    return {{_mm_and_pd(a.v[0], b.v[0]), _mm_and_pd(a.v[1], b.v[1]), _mm_and_pd(a.v[2], b.v[2]),
             _mm_and_pd(a.v[3], b.v[3])}};
}
FLEETCAST_INLINE Pack pick(Flags a, Pack b, Pack c) {
    Pack picked = c;
    for (int i = 0; i < 4; ++i)
        picked.v[i] = _mm_or_pd(_mm_and_pd(a.v[i], b.v[i]), _mm_andnot_pd(a.v[i], c.v[i]));
    return picked;
}

FLEETCAST_INLINE Tally none() { return {_mm_setzero_si128()}; }
FLEETCAST_INLINE void tally(Tally& t, Flags a) {
    const __m128i low = _mm_add_epi64(_mm_castpd_si128(a.v[0]), _mm_castpd_si128(a.v[1]));
    const __m128i high = _mm_add_epi64(_mm_castpd_si128(a.v[2]), _mm_castpd_si128(a.v[3]));
    t.v = _mm_sub_epi64(t.v, _mm_add_epi64(low, high));
}
FLEETCAST_INLINE std::uint64_t total(Tally t) {
    std::uint64_t parts[2];
    __builtin_memcpy(parts, &t.v, sizeof(parts));
    return parts[0] + parts[1];
}
FLEETCAST_INLINE double* put_half(double* p, __m128d a, unsigned flags) {
    // The first to p, the second behind it or over it.
    _mm_storel_pd(p, a);
    p += flags & 1U;
    _mm_storeh_pd(p, a);
    return p + (flags >> 1 & 1U);
}
FLEETCAST_INLINE double* put(double* p, Pack a, Flags flags) {
    const unsigned all = bits(flags);
    for (unsigned i = 0; i < 4; ++i)
        p = put_half(p, a.v[i], all >> 2 * i);
    return p;
}

#endif

} // namespace fleetcast::FLEETCAST_LEVEL
