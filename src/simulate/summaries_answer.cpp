// What a bracket tells of its quantile once all trials are in; ranks as in summaries_narrow.cpp.
#include "summaries_brackets.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace fleetcast {

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

double between(double low, double high, double part) {
    return part == 0 ? low : low + part * (high - low);
}

} // namespace

double ranks_of_error(double share_error, double present) {
    const double ranks = (present - 1) * share_error;
    return std::sqrt(ranks * ranks + 1);
}

/// The order statistics at ranks that need not be whole (type 7), or nothing where one lies outside
/// the bracket.
std::optional<std::vector<double>> BracketCloser::at_ranks(const Bracket& bracket,
                                                           std::span<const Segment> segments,
                                                           std::span<const double> ranks) {
    const BracketCounts counts = total(bracket);
    const std::span<double> inside = gather(segments);
    const std::uint64_t first = counts.below + counts.at_lo, last = first + inside.size();
    std::vector<std::uint64_t> whole;
    for (const double rank : ranks) {
        whole.push_back(static_cast<std::uint64_t>(rank));
        if (rank > std::floor(rank))
            whole.push_back(whole.back() + 1);
    }
    std::sort(whole.begin(), whole.end());
    whole.erase(std::unique(whole.begin(), whole.end()), whole.end());
    if (whole.front() < counts.below || whole.back() >= last + counts.at_hi)
        return std::nullopt;
    std::vector<std::size_t> wanted;
    for (const std::uint64_t rank : whole)
        if (rank >= first && rank < last)
            wanted.push_back(static_cast<std::size_t>(rank - first));
    std::vector<double> found(wanted.size());
    selector_.select(inside, wanted, found.data());
    const auto low_ones = static_cast<std::size_t>(
        std::lower_bound(whole.begin(), whole.end(), first) - whole.begin());
    found.insert(found.begin(), low_ones, bracket.lo);
    found.resize(whole.size(), bracket.hi);
    std::vector<double> values;
    for (const double rank : ranks) {
        const auto at = static_cast<std::size_t>(
            std::lower_bound(whole.begin(), whole.end(), static_cast<std::uint64_t>(rank)) -
            whole.begin());
        const double part = rank - std::floor(rank);
        // + 0.: no negative zero, which may or may not be the one that was found
        values.push_back(between(found[at], part > 0 ? found[at + 1] : found[at], part) + 0.);
    }
    return values;
}

/// The standard error of the share of values below this one, from the replicates' shares.
double BracketCloser::share_error(const Bracket& bracket, std::span<const Segment> segments,
                                  double value, const QuantileQuestion& question) {
    std::vector<std::uint64_t> below(replicates_);
    for (std::size_t r = 0; r < replicates_; ++r)
        below[r] = bracket.counts[r].below + (value > bracket.lo ? bracket.counts[r].at_lo : 0);
    for (const Segment& segment : segments) {
        LaneBracket at{.lo = value, .hi = value, .kind = BracketKind::point};
        keep(at, segment.values, values_.data()); // which keeps nothing
        below[segment.replicate] += at.below;
    }
    double count = 0, mean = 0, squares = 0;
    for (std::size_t r = 0; r < replicates_; ++r) {
        if (question.present[r] == 0)
            continue;
        const double share = static_cast<double>(below[r]) / question.present[r];
        const double step = share - mean;
        count += 1;
        mean += step / count;
        squares += step * (share - mean);
    }
    return count > 1 ? std::sqrt(squares / (count - 1) / count) : 0;
}

QuantileAnswer BracketCloser::answer(const Bracket& bracket, std::span<const Segment> segments,
                                     const QuantileQuestion& question) {
    double present = 0;
    for (const double part : question.present)
        present += part;
    QuantileAnswer answer;
    const double p = question.share, middle = (present - 1) * p;
    const auto clamped = [&](double rank) { return std::clamp(rank, 0., present - 1); };
    double to_side = question.error ? std::sqrt(present * p * (1 - p)) : 0;
    std::array ranks{middle, clamped(middle - to_side), clamped(middle + to_side)};
    if (replicates_ == 1) {
        if (const auto found = at_ranks(bracket, segments, ranks)) {
            answer.known = true;
            answer.value = (*found)[0];
            answer.error = ((*found)[2] - (*found)[1]) / 2;
            return answer;
        }
    } else if (const auto found = at_ranks(bracket, segments, std::span(ranks).first(1))) {
        answer.value = (*found)[0];
        to_side =
            question.error
                ? ranks_of_error(share_error(bracket, segments, answer.value, question), present)
                : 0;
        ranks = {middle, clamped(middle - to_side), clamped(middle + to_side)};
        if (const auto sides = at_ranks(bracket, segments, ranks)) {
            answer.known = true;
            answer.error = ((*sides)[2] - (*sides)[1]) / 2;
            return answer;
        }
    }
    const BracketCounts counts = total(bracket);
    std::uint64_t inside = 0;
    for (const Segment& segment : segments)
        inside += segment.values.size();
    const std::uint64_t known = counts.below + counts.at_lo + inside + counts.at_hi;
    const bool lower = ranks[1] < static_cast<double>(counts.below);
    const bool higher = std::ceil(ranks[2]) >= static_cast<double>(known);
    answer.lo = lower ? -infinite : bracket.lo;
    answer.hi = higher ? infinite : bracket.hi;
    answer.between = inside + (lower ? counts.below + counts.at_lo : 0) +
                     (higher ? static_cast<std::uint64_t>(present) - known + counts.at_hi : 0);
    return answer;
}

QuantileAnswer BracketCloser::answer(Bracket& bracket, std::span<ChunkList> more,
                                     const QuantileQuestion& question) {
    const QuantileAnswer found =
        answer(std::as_const(bracket), segments_of(bracket.inside, more), question);
    cache_.clear(bracket.inside);
    for (ChunkList& list : more)
        cache_.clear(list);
    return found;
}

QuantileAnswer BracketCloser::answer(std::span<const Segment> values,
                                     const QuantileQuestion& question) {
    Bracket all;
    all.kind = BracketKind::open;
    all.counts.resize(replicates_);
    return answer(std::as_const(all), values, question);
}

} // namespace fleetcast
