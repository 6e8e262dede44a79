// Philox, FNV-1a and what [R1] makes of them.
#include "oracle/oracle_random.hpp"

#include <cmath>

namespace fleetcast::oracle {

namespace {

std::uint32_t low(std::uint64_t word) { return static_cast<std::uint32_t>(word & 0xffffffffu); }
std::uint32_t high(std::uint64_t word) { return static_cast<std::uint32_t>(word >> 32); }

} // namespace

Words philox(Words counter, std::array<std::uint32_t, 2> key) {
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t left = std::uint64_t{0xD2511F53u} * counter[0];
        const std::uint64_t right = std::uint64_t{0xCD9E8D57u} * counter[2];
        counter = {high(right) ^ counter[1] ^ key[0], low(right), high(left) ^ counter[3] ^ key[1],
                   low(left)};
        key[0] += 0x9E3779B9u; // the golden ratio
        key[1] += 0xBB67AE85u; // the square root of 3, less 1
    }
    return counter;
}

std::uint64_t fnv1a(const std::string& text) {
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (const char letter : text) {
        hash ^= static_cast<unsigned char>(letter);
        hash *= 0x100000001b3u;
    }
    return hash;
}

double uniform(std::uint64_t seed, std::uint64_t stream, std::uint64_t trial) {
    const Words words =
        philox({low(trial), high(trial), low(stream), high(stream)}, {low(seed), high(seed)});
    const std::uint64_t both = (std::uint64_t{words[1]} << 32) + words[0];
    return std::ldexp(static_cast<double>(both / 4096) + 0.5, -52);
}

} // namespace fleetcast::oracle
