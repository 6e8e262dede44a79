// Brackets around quantiles: between rounds they are narrowed, at the end they hold the answer or
// are known to have missed it. Interface: Bracket, BracketCloser (of one thread). The values come
// in segments, each of one replicate.
#pragma once

#include "summaries_chunks.hpp"
#include "summaries_lanes.hpp"
#include "summaries_select.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace fleetcast {

struct BracketCounts {
    std::uint64_t below = 0, at_lo = 0, at_hi = 0; // as in LaneBracket
};

/// Of one cell and quantile: all values there were, as counts or, strictly between the ends, kept.
struct Bracket {
    double lo = -std::numeric_limits<double>::infinity();
    double hi = std::numeric_limits<double>::infinity();
    BracketKind kind = BracketKind::idle;
    std::vector<BracketCounts> counts; // [replicate]
    ChunkList inside;                  // of all replicates
    std::uint64_t kept = 0;            // values there
};

/// Of all replicates.
BracketCounts total(const Bracket& bracket);

/// Values of one replicate; those that are NaN are none.
struct Segment {
    std::uint64_t replicate = 0;
    std::span<const double> values;
    bool complete = false; // none is missing or infinite
};

/// What a quantile is asked for.
struct QuantileQuestion {
    double share = 0;
    bool error = false;            // is wanted, too
    std::vector<double> present{}; // [replicate] trials that have the figure, if all are known
};

/// How many ranks to either side the standard error of a share of `present` values is. At the
/// border of strata all replicates have the same share; the quantile still lies anywhere between
/// two neighbours, which is one rank more.
double ranks_of_error(double share_error, double present);

struct QuantileAnswer {
    bool known = false; // else the bracket missed, and the values lie between lo and hi
    double value = 0, error = 0;
    double lo = 0, hi = 0;
    std::uint64_t between = 0; // values there
};

class BracketCloser {
public:
    BracketCloser(const SummaryLanes& lanes, ChunkPool& pool, std::uint64_t replicates)
        : lanes_(&lanes), cache_(pool), selector_(lanes), replicates_(replicates) {}

    /// New brackets of the questions from all values so far, the part `done` of all trials.
    std::vector<Bracket> first_brackets(std::span<const Segment> values,
                                        std::span<const QuantileQuestion> questions, double done);
    /// Draws the ends together; `present` values in all so far.
    void narrow(Bracket& bracket, std::span<ChunkList> more, const QuantileQuestion& question,
                std::uint64_t present, double done);
    QuantileAnswer answer(Bracket& bracket, std::span<ChunkList> more,
                          const QuantileQuestion& question);
    /// From all values, without a bracket.
    QuantileAnswer answer(std::span<const Segment> values, const QuantileQuestion& question);

private:
    struct Reach {
        double least = 0, most = 0; // ranks
    };
    Reach reach(double present, const QuantileQuestion& question, double done) const;
    std::span<const Segment> segments_of(const ChunkList& list, std::span<ChunkList> more);
    std::span<double> gather(std::span<const Segment> segments);
    double* keep(LaneBracket& bracket, std::span<const double> values, double* kept);
    void keep_all(std::span<LaneBracket> brackets, std::span<const double> values);
    void fill(std::span<Bracket> brackets, std::span<const Segment> segments);
    QuantileAnswer answer(const Bracket& bracket, std::span<const Segment> segments,
                          const QuantileQuestion& question);
    std::optional<std::vector<double>> at_ranks(const Bracket& bracket,
                                                std::span<const Segment> segments,
                                                std::span<const double> ranks);
    double share_error(const Bracket& bracket, std::span<const Segment> segments, double value,
                       const QuantileQuestion& question);

    const SummaryLanes* lanes_;
    ChunkCache cache_;
    Selector selector_;
    std::uint64_t replicates_;
    std::vector<Segment> segments_;
    std::vector<double> values_, kept_;
};

/// In a list of several replicates: what follows belongs to this one.
double replicate_mark(std::uint64_t replicate);

} // namespace fleetcast
