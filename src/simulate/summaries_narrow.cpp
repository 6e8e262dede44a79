// Where the ends of a bracket go. In rising order all values of a cell are: those below the
// bracket, those at its low end, those inside, those at its high end, the others; ranks count from
// 0.
#include "summaries_brackets.hpp"

#include "summaries_plan.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace fleetcast {

namespace {

constexpr std::uint64_t few = 64; // kept values that need no narrowing

/// Ends that no other value equals need no counts of their own, and are counted faster.
void choose_kind(Bracket& bracket) {
    if (bracket.kind != BracketKind::closed)
        return;
    const BracketCounts all = total(bracket);
    if (all.at_lo > 1 || all.at_hi > 1)
        return;
    bracket.kind = BracketKind::open;
    for (BracketCounts& counts : bracket.counts) {
        counts.below += counts.at_lo;
        counts.at_lo = counts.at_hi = 0;
    }
}

} // namespace

/// Ranks among `present` values that hold the ranks that will be wanted of all, and their errors':
/// the rank of a value among the first of them is hypergeometric. z^2/6 is for its skewness at
/// shares near 0 or 1.
BracketCloser::Reach BracketCloser::reach(double present, const QuantileQuestion& question,
                                          double done) const {
    const double p = question.share;
    const double variance = present * p * (1 - p);
    double to_side = bracket_reach * std::sqrt(variance * std::max(1 - done, 0.)) +
                     bracket_reach * bracket_reach / 6 + 2;
    if (question.error) // of replicates the error is known only at the end
        to_side += (replicates_ > 1 ? 2 : 1) * std::sqrt(variance * done);
    const double middle = (present - 1) * p;
    return {std::floor(middle - to_side), std::ceil(middle + to_side)};
}

std::vector<Bracket> BracketCloser::first_brackets(std::span<const Segment> values,
                                                   std::span<const QuantileQuestion> questions,
                                                   double done) {
    const std::span<double> all = gather(values);
    const auto present = static_cast<double>(all.size());
    std::vector<Bracket> brackets(questions.size());
    std::vector<std::size_t> ranks;
    std::vector<double*> ends;
    for (std::size_t q = 0; q < questions.size(); ++q) {
        const Reach wanted = reach(present, questions[q], done);
        brackets[q].kind = BracketKind::open;
        brackets[q].counts.resize(replicates_);
        const auto end_at = [&](double rank, double& end) {
            if (rank < 0 || rank > present - 1)
                return;
            ranks.push_back(static_cast<std::size_t>(rank));
            ends.push_back(&end);
        };
        end_at(wanted.least, brackets[q].lo);
        end_at(wanted.most, brackets[q].hi);
    }
    std::vector<std::size_t> sorted = ranks;
    std::sort(sorted.begin(), sorted.end());
    std::vector<double> found(sorted.size());
    selector_.select(all, sorted, found.data());
    for (std::size_t i = 0; i < ranks.size(); ++i)
        *ends[i] = found[static_cast<std::size_t>(
            std::lower_bound(sorted.begin(), sorted.end(), ranks[i]) - sorted.begin())];
    for (std::size_t q = 0; q < brackets.size(); q += lane_brackets)
        fill(std::span(brackets).subspan(q, std::min(lane_brackets, brackets.size() - q)), values);
    for (std::size_t q = 0; q < brackets.size(); ++q) {
        Bracket& bracket = brackets[q];
        const Reach wanted = reach(present, questions[q], done);
        const double below = std::max(wanted.least + 1, 0.);
        const double above = std::max(present - wanted.most, 0.);
        const std::uint64_t counted = total(bracket).below;
        if (static_cast<double>(counted) == below &&
            present - static_cast<double>(counted + bracket.kept) == above)
            continue;
        cache_.clear(bracket.inside); // an end is a mass of equal values
        bracket.counts.assign(replicates_, {});
        bracket.kept = 0;
        bracket.kind = bracket.lo == bracket.hi ? BracketKind::point : BracketKind::closed;
        fill(std::span(&bracket, 1), values);
        choose_kind(bracket);
    }
    return brackets;
}

void BracketCloser::narrow(Bracket& bracket, std::span<ChunkList> more,
                           const QuantileQuestion& question, std::uint64_t present, double done) {
    const BracketCounts before = total(bracket);
    const std::span<const Segment> segments = segments_of(bracket.inside, more);
    const std::span<double> inside = gather(segments);
    const auto count = static_cast<double>(inside.size());
    const Reach wanted = reach(static_cast<double>(present), question, done);
    const auto first = static_cast<double>(before.below + before.at_lo); // rank of the least inside
    Bracket next;
    next.lo = bracket.lo;
    next.hi = bracket.hi;
    next.kind = bracket.kind == BracketKind::point ? BracketKind::point : BracketKind::closed;
    next.counts = std::move(bracket.counts);
    bool new_lo = false, new_hi = false;
    if (inside.size() > few) {
        std::array<std::size_t, 2> ranks{};
        std::array<double, 2> found{};
        std::size_t n = 0;
        new_lo = wanted.least >= first && wanted.least < first + count;
        new_hi = wanted.most >= first && wanted.most < first + count;
        if (new_lo)
            ranks[n++] = static_cast<std::size_t>(wanted.least - first);
        if (new_hi)
            ranks[n++] = static_cast<std::size_t>(wanted.most - first);
        selector_.select(inside, std::span(ranks.data(), n), found.data());
        if (new_lo)
            next.lo = found[0];
        if (new_hi)
            next.hi = found[n - 1];
    }
    if (wanted.least >= first + count &&
        wanted.most < first + count + static_cast<double>(before.at_hi)) {
        next.lo = next.hi; // a mass at the high end holds it all
        new_lo = true;
    } else if (wanted.most < first && wanted.least >= static_cast<double>(before.below)) {
        next.hi = next.lo;
        new_hi = true;
    }
    for (BracketCounts& counts : next.counts) {
        if (new_lo)
            counts.below += std::exchange(counts.at_lo, 0);
        if (new_hi && next.hi != bracket.hi)
            counts.at_hi = 0;
    }
    if (next.kind == BracketKind::closed && next.lo == next.hi) {
        next.kind = BracketKind::point;
        for (BracketCounts& counts : next.counts) // those at the old high end are at the point
            counts.at_lo += std::exchange(counts.at_hi, 0);
    }
    fill(std::span(&next, 1), segments);
    choose_kind(next);
    cache_.clear(bracket.inside);
    for (ChunkList& list : more)
        cache_.clear(list);
    bracket = std::move(next);
}

} // namespace fleetcast
