// What all the work on brackets shares: walking through lists, gathering, counting and keeping.
#include "summaries_brackets.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace fleetcast {

namespace {

constexpr std::uint64_t mark_bits = 0x7ff8000000000000U; // a quiet NaN
constexpr double infinite = std::numeric_limits<double>::infinity();

std::uint64_t replicate_of(double mark) { return std::bit_cast<std::uint64_t>(mark) ^ mark_bits; }

} // namespace

double replicate_mark(std::uint64_t replicate) {
    return std::bit_cast<double>(mark_bits | replicate);
}

BracketCounts total(const Bracket& bracket) {
    BracketCounts sum;
    for (const BracketCounts& counts : bracket.counts) {
        sum.below += counts.below;
        sum.at_lo += counts.at_lo;
        sum.at_hi += counts.at_hi;
    }
    return sum;
}

std::span<const Segment> BracketCloser::segments_of(const ChunkList& list,
                                                    std::span<ChunkList> more) {
    segments_.clear();
    const auto add = [this](const ChunkList& from) {
        std::uint64_t replicate = 0;
        cache_.visit(from, [&](std::span<double> values) {
            if (replicates_ == 1) {
                segments_.push_back({0, values, true});
                return;
            }
            std::size_t first = 0;
            for (std::size_t i = 0; i < values.size(); ++i)
                if (std::isnan(values[i])) {
                    segments_.push_back({replicate, values.subspan(first, i - first), true});
                    replicate = replicate_of(values[i]);
                    first = i + 1;
                }
            segments_.push_back({replicate, values.subspan(first), true});
        });
    };
    add(list);
    for (const ChunkList& other : more)
        add(other);
    return segments_;
}

/// SummaryLanes::keep for any number of values, for which each bracket has room.
void BracketCloser::keep_all(std::span<LaneBracket> brackets, std::span<const double> values) {
    const std::size_t whole = values.size() / 8 * 8;
    if (whole > 0)
        lanes_->keep(brackets.data(), brackets.size(), values.data(), whole, nullptr);
    if (whole == values.size())
        return;
    std::array<double, 8> last;
    std::array<double, 8 * lane_brackets> spill;
    last.fill(std::numeric_limits<double>::quiet_NaN());
    std::copy(values.begin() + static_cast<std::ptrdiff_t>(whole), values.end(), last.begin());
    lanes_->keep(brackets.data(), brackets.size(), last.data(), last.size(), spill.data());
}

/// Of one bracket; returns the end of what is kept.
double* BracketCloser::keep(LaneBracket& bracket, std::span<const double> values, double* kept) {
    bracket.at = kept;
    bracket.end = kept + values.size();
    keep_all(std::span(&bracket, 1), values);
    return bracket.at;
}

/// All finite values of the segments, one after the other.
std::span<double> BracketCloser::gather(std::span<const Segment> segments) {
    std::size_t room = 0;
    for (const Segment& segment : segments)
        room += segment.values.size();
    if (values_.size() < room)
        values_.resize(room);
    LaneBracket all{.lo = -infinite, .hi = infinite, .kind = BracketKind::open, .dense = true};
    double* end = values_.data();
    for (const Segment& segment : segments)
        end = segment.complete ? std::copy(segment.values.begin(), segment.values.end(), end)
                               : keep(all, segment.values, end);
    return std::span(values_.data(), end);
}

/// Counts and keeps values, with those that the brackets (up to lane_brackets) have already.
void BracketCloser::fill(std::span<Bracket> brackets, std::span<const Segment> segments) {
    std::uint64_t marked = replicates_; // none
    std::array<LaneBracket, lane_brackets> lanes;
    for (std::size_t k = 0; k < brackets.size(); ++k) {
        lanes[k].lo = brackets[k].lo;
        lanes[k].hi = brackets[k].hi;
        lanes[k].kind = brackets[k].kind;
        lanes[k].dense = true;
    }
    for (const Segment& segment : segments) {
        const std::size_t n = segment.values.size();
        if (n == 0)
            continue;
        if (kept_.size() < n * brackets.size())
            kept_.resize(n * brackets.size());
        for (std::size_t k = 0; k < brackets.size(); ++k) {
            lanes[k].below = lanes[k].at_lo = lanes[k].at_hi = 0;
            lanes[k].at = kept_.data() + k * n;
            lanes[k].end = lanes[k].at + n;
        }
        keep_all(std::span(lanes).first(brackets.size()), segment.values);
        for (std::size_t k = 0; k < brackets.size(); ++k) {
            const std::span<const double> kept(kept_.data() + k * n, lanes[k].at);
            BracketCounts& counts = brackets[k].counts[segment.replicate];
            counts.below += lanes[k].below;
            counts.at_lo += lanes[k].at_lo;
            counts.at_hi += lanes[k].at_hi;
            brackets[k].kept += kept.size();
            if (replicates_ > 1 && marked != segment.replicate) {
                const double mark = replicate_mark(segment.replicate);
                cache_.append(brackets[k].inside, std::span(&mark, 1));
            }
            cache_.append(brackets[k].inside, kept);
        }
        marked = segment.replicate;
    }
}

} // namespace fleetcast
