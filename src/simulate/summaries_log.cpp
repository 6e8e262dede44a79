// The bucket of a value is its sign, exponent and the first 7 bits of its mantissa, as a number
// that rises with it. Pages of buckets exist where values have been.
#include "summaries_log.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>

namespace fleetcast {

namespace {

constexpr int dropped_bits = 45;            // of the mantissa
constexpr std::uint64_t least_normal = 128; // bucket of 2^-1022
constexpr std::uint64_t sign = std::uint64_t{1} << 63;

/// The bucket's end nearer to zero, or with half = 1 its middle, with 2 its other end.
double value_in(std::int32_t bucket, std::uint64_t half) {
    if (bucket == 0)
        return 0;
    const auto size = static_cast<std::uint64_t>(bucket < 0 ? -bucket : bucket);
    const double value =
        std::bit_cast<double>((size << dropped_bits) + (half << (dropped_bits - 1)));
    return bucket < 0 ? -value : value;
}

} // namespace

std::uint64_t& LogCounts::at(std::size_t bucket) {
    const std::size_t page = bucket / page_size;
    if (pages_.empty()) {
        first_page_ = page;
        pages_.resize(1);
    } else if (page < first_page_) {
        std::vector<std::unique_ptr<Page>> longer(pages_.size() + (first_page_ - page));
        std::move(pages_.begin(), pages_.end(),
                  longer.begin() + static_cast<std::ptrdiff_t>(first_page_ - page));
        pages_ = std::move(longer);
        first_page_ = page;
    } else if (page - first_page_ >= pages_.size()) {
        pages_.resize(page - first_page_ + 1);
    }
    std::unique_ptr<Page>& held = pages_[page - first_page_];
    if (!held)
        held = std::make_unique<Page>();
    return (*held)[bucket % page_size];
}

void LogCounts::add(const double* values, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
        const auto bits = std::bit_cast<std::uint64_t>(values[i]);
        if (std::isnan(values[i]))
            continue;
        const std::uint64_t size = (bits & ~sign) >> dropped_bits;
        const auto signless = static_cast<std::int32_t>(size < least_normal ? 0 : size);
        const auto bucket = static_cast<std::size_t>(zero + (bits & sign ? -signless : signless));
        const std::size_t page = bucket / page_size - first_page_; // wraps if it lies before
        if (page < pages_.size() && pages_[page])
            ++(*pages_[page])[bucket % page_size];
        else
            ++at(bucket);
    }
}

void LogCounts::take(LogCounts& other) {
    other.visit([this](std::int32_t bucket, std::uint64_t count) {
        at(static_cast<std::size_t>(bucket + zero)) += count;
    });
    for (auto& page : other.pages_)
        if (page)
            page->fill(0);
}

std::size_t LogCounts::bytes() const {
    std::size_t sum = pages_.capacity() * sizeof(pages_[0]);
    for (const auto& page : pages_)
        sum += page ? sizeof(Page) : 0;
    return sum;
}

LogQuantiles::LogQuantiles(std::span<const LogCounts> replicates) : replicates_(replicates) {
    std::map<std::int32_t, std::uint64_t> sums;
    for (const LogCounts& counts : replicates)
        counts.visit([&](std::int32_t bucket, std::uint64_t count) { sums[bucket] += count; });
    std::uint64_t before = 0;
    for (const auto& [bucket, count] : sums) {
        buckets_.push_back({bucket, before, count});
        before += count;
    }
}

const LogQuantiles::Bucket& LogQuantiles::holding(double rank) const {
    const auto after = std::upper_bound(
        buckets_.begin(), buckets_.end(), rank,
        [](double wanted, const Bucket& b) { return wanted < static_cast<double>(b.before); });
    return *(after - 1);
}

/// As if the values of a bucket lay evenly in it: for the widths of intervals.
double LogQuantiles::inside(double rank) const {
    const Bucket& b = holding(rank);
    const double part = (rank - static_cast<double>(b.before) + .5) / static_cast<double>(b.count);
    const double near = value_in(b.bucket, 0), far = value_in(b.bucket, 2);
    return b.bucket < 0 ? far + std::min(part, 1.) * (near - far)
                        : near + std::min(part, 1.) * (far - near);
}

double LogQuantiles::share_error(std::int32_t bucket, const QuantileQuestion& question) const {
    double count = 0, mean = 0, squares = 0;
    for (std::size_t r = 0; r < replicates_.size(); ++r) {
        if (question.present[r] == 0)
            continue;
        double below = 0; // half of the bucket itself
        replicates_[r].visit([&](std::int32_t other, std::uint64_t values) {
            below += (other < bucket    ? 1.
                      : other == bucket ? .5
                                        : 0.) *
                     static_cast<double>(values);
        });
        const double share = below / question.present[r], step = share - mean;
        count += 1;
        mean += step / count;
        squares += step * (share - mean);
    }
    return count > 1 ? std::sqrt(squares / (count - 1) / count) : 0;
}

QuantileAnswer LogQuantiles::answer(const QuantileQuestion& question, double least,
                                    double most) const {
    double present = 0;
    for (const double part : question.present)
        present += part;
    const double p = question.share, rank = (present - 1) * p;
    const double low = value_in(holding(std::floor(rank)).bucket, 1);
    const double high = value_in(holding(std::ceil(rank)).bucket, 1);
    QuantileAnswer found{.known = true};
    found.value = std::clamp(low + (rank - std::floor(rank)) * (high - low), least, most);
    if (question.error) {
        const double to_side =
            replicates_.size() > 1
                ? ranks_of_error(share_error(holding(rank).bucket, question), present)
                : std::sqrt(present * p * (1 - p));
        const auto at = [&](double side) {
            return std::clamp(inside(std::clamp(side, 0., present - 1)), least, most);
        };
        found.error = (at(rank + to_side) - at(rank - to_side)) / 2;
    }
    return found;
}

} // namespace fleetcast
