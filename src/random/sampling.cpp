// Streams, trials and replicates; the arithmetic of the points themselves is in sampling.lanes.cpp.
#include <fleetcast/random/sampling.hpp>

#include <fleetcast/base/lanes.hpp>

#include "sampling_lanes.hpp"

#include <boost/random/sobol.hpp>
#include <Random123/philox.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <utility>

namespace fleetcast {

namespace {

constexpr std::uint64_t most_stratified_trials = std::uint64_t{1} << 36;

/// Keys of a replicate are words of its stream from here on, far from every trial's.
constexpr std::uint64_t first_key = std::uint64_t{1} << 63;
constexpr std::size_t most_keys = 16; // of one replicate
static_assert(Shuffle::key_count <= most_keys && scramble_keys <= most_keys);

/// Rows and columns of nearly the same number whose product exceeds `size` by little, so that the
/// shuffle hardly ever has to walk on.
Shuffle shuffle_of(std::uint64_t size) {
    Shuffle best{.size = size, .rows = 1, .columns = static_cast<std::uint32_t>(size)};
    if (size <= 2)
        return best;
    constexpr std::uint64_t candidates = 256;
    const auto root = static_cast<std::uint64_t>(std::sqrt(static_cast<double>(size)));
    std::uint64_t least = size; // numbers that are not below `size`
    const std::uint64_t first = std::max<std::uint64_t>(root, 2);
    for (std::uint64_t columns = first; columns < first + std::min(candidates, first); ++columns) {
        const std::uint64_t rows = (size + columns - 1) / columns;
        if (rows < 2 || rows * columns - size >= least)
            continue;
        least = rows * columns - size;
        best.rows = static_cast<std::uint32_t>(rows);
        best.columns = static_cast<std::uint32_t>(columns);
    }
    return best;
}

std::uint32_t with_bits_reversed(std::uint32_t x) {
    std::uint32_t result = 0;
    for (int bit = 0; bit < 32; ++bit)
        result |= (x >> bit & 1U) << (31 - bit);
    return result;
}

/// direction number [bit][dimension], of S. Joe and F. Y. Kuo, SIAM J. Sci. Comput. 30 (2008)
/// 2635-2654, as Boost has them. Its points come in the order of Gray's code, and number 2^(k+1) -
/// 1 of that, counted from 0, is the k-th direction number itself. Boost leaves number 0 out.
std::vector<std::vector<std::uint32_t>> joe_kuo_directions(std::size_t dimensions) {
    boost::random::sobol_engine<std::uint32_t, sobol_bits> engine(dimensions);
    std::vector<std::vector<std::uint32_t>> result(sobol_bits,
                                                   std::vector<std::uint32_t>(dimensions));
    for (std::size_t bit = 0; bit < sobol_bits; ++bit) {
        engine.seed(static_cast<std::uint32_t>((std::uint64_t{2} << bit) - 2));
        for (std::uint32_t& direction : result[bit])
            direction = engine();
    }
    return result;
}

} // namespace

std::uint64_t fnv1a64(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return hash;
}

double uniform(std::uint64_t seed, std::uint64_t stream, std::uint64_t trial) {
    const auto low = [](std::uint64_t word) { return static_cast<std::uint32_t>(word); };
    const auto high = [](std::uint64_t word) { return static_cast<std::uint32_t>(word >> 32); };
    const r123::Philox4x32::ctr_type counter = {
        {low(trial), high(trial), low(stream), high(stream)}};
    const r123::Philox4x32::key_type key = {{low(seed), high(seed)}};
    const r123::Philox4x32::ctr_type words = r123::Philox4x32()(counter, key);
    const std::uint64_t bits = ((std::uint64_t{words[1]} << 32) | words[0]) >> 12;
    return (static_cast<double>(bits) + 0.5) * 0x1p-52;
}

std::uint64_t trials_of_run(Sampling sampling, std::uint64_t asked) {
    if (sampling == Sampling::random)
        return asked;
    return (asked + stratified_replicates - 1) / stratified_replicates * stratified_replicates;
}

Sampler::Sampler(Sampling sampling, std::uint64_t seed, std::uint64_t trials,
                 std::vector<std::uint64_t> streams, Level level)
    : sampling_(sampling), level_(level), seed_(seed), streams_(std::move(streams)) {
    if (sampling_ == Sampling::random)
        return;
    assert(trials == trials_of_run(sampling, trials) && trials <= most_stratified_trials);
    replicate_trials_ = std::max<std::uint64_t>(trials / stratified_replicates, 1);
    if (sampling_ == Sampling::lhs) {
        const Shuffle shuffle = shuffle_of(replicate_trials_);
        shuffle_rows_ = shuffle.rows;
        shuffle_columns_ = shuffle.columns;
        return;
    }
    std::vector<std::size_t> by_stream(streams_.size());
    std::iota(by_stream.begin(), by_stream.end(), std::size_t{0});
    std::sort(by_stream.begin(), by_stream.end(),
              [&](std::size_t a, std::size_t b) { return streams_[a] < streams_[b]; });
    dimensions_.resize(streams_.size());
    for (std::size_t rank = 0; rank < by_stream.size(); ++rank)
        dimensions_[by_stream[rank]] = rank;
    constexpr std::size_t most = boost::random::default_sobol_table::max_dimension;
    directions_.resize(std::min(streams_.size(), most));
    if (directions_.empty())
        return;
    const auto directions = joe_kuo_directions(directions_.size());
    for (std::size_t dimension = 0; dimension < directions_.size(); ++dimension)
        for (std::size_t bit = 0; bit < sobol_bits; ++bit)
            directions_[dimension][bit] = with_bits_reversed(directions[bit][dimension]);
}

void Sampler::fill(std::size_t draw, std::uint64_t first, std::span<double> u) const {
    const SamplingLoops& loops = sampling_loops(level_);
    const bool is_sobol = sampling_ == Sampling::sobol && dimensions_[draw] < directions_.size();
    while (!u.empty()) {
        const TrialRow row{.seed = seed_, .stream = streams_[draw], .first = first};
        std::size_t count = std::min(u.size(), lanes);
        if (!is_sobol && sampling_ != Sampling::lhs) {
            loops.random(row, u.data(), count);
        } else {
            const std::uint64_t replicate = first / replicate_trials_;
            const std::uint64_t index = first % replicate_trials_;
            count = std::min<std::uint64_t>(count, replicate_trials_ - index);
            if (is_sobol)
                count = std::min<std::uint64_t>(count, lanes - index % lanes);
            std::array<std::uint64_t, most_keys> keys;
            loops.bits(
                {.seed = seed_, .stream = row.stream, .first = first_key + replicate * most_keys},
                keys.data(), is_sobol ? scramble_keys : Shuffle::key_count);
            if (is_sobol)
                loops.sobol(row, directions_[dimensions_[draw]].data(), keys.data(),
                            static_cast<std::uint32_t>(index), u.data(), count);
            else
                loops.stratified(row, {replicate_trials_, shuffle_rows_, shuffle_columns_},
                                 keys.data(), index, u.data(), count);
        }
        first += count;
        u = u.subspan(count);
    }
}

} // namespace fleetcast
