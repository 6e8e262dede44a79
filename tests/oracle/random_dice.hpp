// The random numbers of random scenarios: splitmix64, no std:: distribution, so that a number means
// the same scenario everywhere. Interface: Dice.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace fleetcast::oracle {

class Dice {
public:
    /// Mixed once, so that the numbers of one seed are not those of the next, one further.
    explicit Dice(std::uint64_t seed) : state_(seed) { state_ = next(); }

    /// splitmix64 (Steele, Lea and Flood 2014).
    std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15u;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }

    /// 0 .. count - 1.
    int below(int count) { return static_cast<int>(next() % static_cast<std::uint64_t>(count)); }
    /// low .. high, both included.
    int from_to(int low, int high) { return low + below(high - low + 1); }
    bool chance(int percent) { return below(100) < percent; }
    /// A number in [low, high] with about four digits.
    double between(double low, double high);

    template <typename T> const T& pick(const std::vector<T>& list) {
        return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
    }

private:
    std::uint64_t state_;
};

/// The number with four significant digits, so that scenarios stay readable.
double four_digits(double value);

} // namespace fleetcast::oracle
