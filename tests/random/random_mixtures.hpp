// Mixtures of every kind of component, the same ones everywhere. Interface: RandomMixtures.
#pragma once

#include <fleetcast/random/distribution.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <random>

namespace fleetcast::testing {

class RandomMixtures {
public:
    explicit RandomMixtures(std::uint64_t seed) : generator_(seed) {}

    double number(double low, double high) {
        return low + (high - low) * static_cast<double>(generator_() >> 11) * 0x1p-53;
    }

    /// Of `least` to `most` components; their weights sum to 1.
    Mixture mixture(std::size_t least, std::size_t most) {
        Mixture mixture;
        const std::size_t count = least + word(most - least + 1);
        double left = 1;
        for (std::size_t i = 0; i < count; ++i) {
            const double low = std::round(number(-5, 5)), high = low + number(0, 4);
            const Component choices[] = {
                low,
                Uniform{low, high},
                Triangular{low, low + (high - low) / 3, high},
                Pert{low, low, high},
                Normal{low, high - low},
                Lognormal{1 + std::abs(low), number(0, 2)},
                Interval{low, high, 0.8, IntervalShape::normal},
                Interval{0.1, 0.4, 0.9, IntervalShape::logit_normal},
                Discrete{{{low, 0.25}, {high, 0.5}, {0.0, 0.25}}},
                Empirical{{low, high, 0, low, 1}},
            };
            const double weight = i + 1 == count ? left : left * number(0, 1);
            left -= weight;
            mixture.components.emplace_back(choices[word(std::size(choices))], weight);
        }
        return mixture;
    }

private:
    std::size_t word(std::size_t below) { return static_cast<std::size_t>(generator_() % below); }

    std::mt19937_64 generator_; // raw words only: a distribution of the library is its own affair
};

} // namespace fleetcast::testing
