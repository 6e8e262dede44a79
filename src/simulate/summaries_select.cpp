// Parts values at pivots, out of place, as long as some of the ranks lie on both sides of a part.
// A pivot comes from a sample and lies in the widest gap between the ranks.
#include "summaries_select.hpp"

#include <algorithm>
#include <array>

namespace fleetcast {

namespace {

constexpr std::size_t leaf = 32;   // counted, no longer parted
constexpr std::size_t margin = 10; // a rank is missed by n / margin at most, mostly

} // namespace

void Selector::select(std::span<double> values, std::span<const std::size_t> ranks, double* found) {
    if (spare_.size() < values.size())
        spare_.resize(values.size());
    part(values.data(), values.size(), spare_.data(), ranks, 0, found);
}

/// About the value of a rank; one of the values.
double Selector::pivot(const double* values, std::size_t n, std::size_t rank) const {
    std::array<double, 32> some;
    const std::size_t sample = n < 512 ? 16 : 32;
    const std::size_t step = n / sample, in_sample = std::min(rank / step, sample - 1);
    for (std::size_t i = 0; i < sample; ++i)
        some[i] = values[i * step];
    double found = 0;
    lanes_->nth(some.data(), sample, &in_sample, 1, &found);
    return found;
}

double Selector::trimming_pivot(const double* values, std::size_t n,
                                std::span<const std::size_t> ranks, std::size_t first) const {
    const std::size_t least = ranks.front() - first, most = ranks.back() - first;
    std::size_t widest = least, at = least - std::min(least / 2, n / margin);
    if (n - most > widest) {
        widest = n - most;
        at = most + std::min(widest / 2, n / margin);
    }
    for (std::size_t i = 1; i < ranks.size(); ++i) {
        const std::size_t gap = ranks[i] - ranks[i - 1];
        if (gap > widest) {
            widest = gap;
            at = ranks[i - 1] - first + gap / 2;
        }
    }
    return pivot(values, n, at);
}

/// `first` is the rank of the least of the values among all; spare has room for n.
void Selector::part(double* values, std::size_t n, double* spare,
                    std::span<const std::size_t> ranks, std::size_t first, double* found) {
    while (!ranks.empty()) {
        if (n <= leaf) {
            std::array<std::size_t, leaf> near;
            while (!ranks.empty()) {
                const std::size_t count = std::min(ranks.size(), leaf);
                for (std::size_t i = 0; i < count; ++i)
                    near[i] = ranks[i] - first;
                lanes_->nth(values, n, near.data(), count, found);
                ranks = ranks.subspan(count);
                found += count;
            }
            return;
        }
        const double at = trimming_pivot(values, n, ranks, first);
        std::size_t lower = lanes_->split(values, n, at, false, spare);
        const bool none_lower = lower == 0;
        if (none_lower) // the pivot is the least of all: what equals it is known
            lower = lanes_->split(values, n, at, true, spare);
        const auto in_lower = static_cast<std::size_t>(
            std::lower_bound(ranks.begin(), ranks.end(), first + lower) - ranks.begin());
        const bool none_upper = in_lower == ranks.size();
        if (none_lower) {
            std::fill_n(found, in_lower, at);
        } else if (none_upper) {
            std::swap(values, spare);
            n = lower;
            continue;
        } else {
            part(spare, lower, values + (n - lower), ranks.first(in_lower), first, found);
        }
        ranks = ranks.subspan(in_lower);
        found += in_lower;
        first += lower;
        n -= lower;
    }
}

} // namespace fleetcast
