// Counts of values in logarithmic buckets: 128 to each power of two, so the middle of a bucket is
// within 1/256 of what it holds. Counts add up exactly in any order. Interface: LogCounts,
// LogQuantiles. Below 2.3e-308 a value counts as zero.
#pragma once

#include "summaries_brackets.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace fleetcast {

class LogCounts {
public:
    void add(const double* values, std::size_t n);
    /// Takes the counts of another, which is then empty.
    void take(LogCounts& other);
    std::size_t bytes() const;
    /// Buckets that hold something, by rising value: visit(bucket, count).
    template <class Visit> void visit(Visit&& visit) const {
        for (std::size_t p = 0; p < pages_.size(); ++p)
            for (std::size_t i = 0; pages_[p] && i < page_size; ++i)
                if (const std::uint64_t count = (*pages_[p])[i])
                    visit(static_cast<std::int32_t>((first_page_ + p) * page_size + i) - zero,
                          count);
    }

private:
    static constexpr std::size_t page_size = 32;
    static constexpr std::int32_t zero = 1 << 18; // of the bucket of 0 among all
    using Page = std::array<std::uint64_t, page_size>;

    std::uint64_t& at(std::size_t bucket);

    std::size_t first_page_ = 0;
    std::vector<std::unique_ptr<Page>> pages_;
};

/// Answers of counts by replicate.
class LogQuantiles {
public:
    explicit LogQuantiles(std::span<const LogCounts> replicates);
    /// Between the order statistics as they are known; within the extremes.
    QuantileAnswer answer(const QuantileQuestion& question, double least, double most) const;

private:
    struct Bucket {
        std::int32_t bucket = 0;
        std::uint64_t before = 0, count = 0; // values in lower buckets, in this
    };
    const Bucket& holding(double rank) const;
    double inside(double rank) const;
    double share_error(std::int32_t bucket, const QuantileQuestion& question) const;

    std::span<const LogCounts> replicates_;
    std::vector<Bucket> buckets_; // rising
};

} // namespace fleetcast
