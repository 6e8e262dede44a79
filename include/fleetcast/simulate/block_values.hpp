// The numbers of a block of trials: every scalar of the plan, and functions of time over them.
// Interface: BlockValues. A value out of its range is a failure; the first one found is kept.
#pragma once

#include <fleetcast/random/sampling.hpp>
#include <fleetcast/simulate/kernels.hpp>
#include <fleetcast/simulate/prepared.hpp>
#include <fleetcast/simulate/rows.hpp>

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace fleetcast {

/// Where a block takes its trials from.
struct Trials {
    const Sampler* sampler = nullptr;        // nullptr: every input at its median
    std::span<const std::size_t> sampled_as; // [draw]: what the sampler calls it
    std::uint64_t first = 0;
    std::size_t count = 1;
};

/// A moment of model time, the same in every lane or its own in each. [months]
struct Moment {
    double x = 0;
    const double* lanes = nullptr;
};

class BlockValues {
public:
    BlockValues(const Prepared& prepared, RowArena& arena, Level level);
    BlockValues(const BlockValues&) = delete;
    BlockValues& operator=(const BlockValues&) = delete;

    /// Evaluates every slot for the trials. Lanes behind the last trial, up to a multiple of 8,
    /// repeat it.
    void load(const Trials& trials);

    /// Lanes in use, a multiple of 8.
    std::size_t lanes() const { return lanes_; }

    const double* row(Slot slot) const { return rows_[slot.index]; }
    bool varies(Slot slot) const { return prepared_->varies[slot.index]; }
    /// Least and largest over the lanes.
    double least(Slot slot) const;
    double most(Slot slot) const;

    /// Whether the series is the same at every moment.
    bool is_timeless(SeriesId id) const { return !prepared_->in_time[id.index]; }
    /// The series at a moment; out of its range, or not finite, where `need` is not 0 (nullptr:
    /// everywhere) is a failure. The row is good until the series is read at another moment.
    const double* at(SeriesId id, Moment moment, const double* need = nullptr);

    /// "inputs.x is 1.7": the draws of one lane that are largest by magnitude, or those that a slot
    /// or series hangs on; empty where there are none.
    std::string drawn(std::size_t lane) const;
    std::string drawn(const Program& program, std::size_t lane) const;

    const std::optional<TrialFailure>& failure() const { return failure_; }
    void fail(TrialFailure failure);

private:
    struct Shared { // a series at one moment
        double* own = nullptr;
        const double* row = nullptr;
        std::uint64_t round = 0;
        double x = 0;
        bool is_in_range = false;    // everywhere, in that round
        std::uint64_t judged_in = 0; // the round
    };
    bool is_within(const double* values, const Range& range, const double* need) const;
    /// Where it is needed and not finite or not in the range, it is a failure.
    void check(const double* values, const Range& range, const std::string& path,
               const Program& program, const double* need);
    const double* evaluate(Index id, const Moment& moment);
    const double* run(const Program& program, const Moment& moment, double* out);
    const double* operand(const Instruction& step, const Moment& moment, double* out);
    const double* points(const PointsTable& table, const Moment& moment, double* out);
    const double* growth(const GrowthRule& rule, const Moment& moment, double* out);
    void apply(Code code, const double* a, const double* b, double* out);
    double* stack_row(std::size_t depth);

    const Prepared* prepared_;
    const Plan* plan_;
    RowArena* arena_;
    Level level_;
    const Kernels* kernels_;
    std::vector<double*> rows_;     // [slot]
    std::vector<double*> uniforms_; // [draw]
    std::vector<double*> joined_;   // uniforms of the correlated draws, by row of the matrix
    std::vector<Shared> shared_;    // [series]
    std::vector<double*> stack_rows_;
    std::vector<const double*> stack_;
    double* poison_ = nullptr; // 0, or NaN where a step of a program was not finite
    double* scratch_ = nullptr;
    std::vector<Index> open_; // series to evaluate, each after those above it
    std::size_t count_ = 1, lanes_ = 8;
    std::uint64_t block_ = 0; // counts the loads
    std::uint64_t round_ = 0; // counts the moments that differ by lane
    std::optional<TrialFailure> failure_;
};

} // namespace fleetcast
