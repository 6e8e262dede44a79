// The numbers of one trial: every scalar of the plan, and functions of time over them.
// Interface: evaluate_slots(), SeriesReader. A value out of its range is a TrialFailure.
#pragma once

#include <fleetcast/plan/plan.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fleetcast {

/// Why a trial could not be finished: a mistake of the input that only a run can see.
struct TrialFailure {
    std::string path; // of the value
    std::string message;
    bool internal = false; // a law of conservation was broken: not the user's mistake
    bool operator==(const TrialFailure&) const = default;
};

using Values = std::vector<double>; // [slot]

/// Every slot of a plan with each draw at the same point `u` of its distribution.
std::variant<Values, TrialFailure> evaluate_slots(const Plan& plan, double u);

/// Reads series of a plan in one trial and keeps the first failure.
class SeriesReader {
public:
    SeriesReader(const Plan& plan, const Values& values) : plan_(&plan), values_(&values) {}

    /// The series at x [months]; out of its range, or not finite, it is a failure.
    double at(SeriesId id, double x);

    const std::optional<TrialFailure>& failure() const { return failure_; }

private:
    double evaluate(Index id, double x);

    const Plan* plan_;
    const Values* values_;
    std::vector<double> shared_;          // [series], of those that refer or are referred to
    std::vector<std::uint64_t> known_in_; // [series]: the round that `shared_` is of
    std::uint64_t round_ = 0;             // counts the moments
    double moment_ = 0;                   // of the round [months]
    std::vector<Index> open_;             // series to evaluate, each after those above it
    std::vector<double> stack_;
    std::optional<TrialFailure> failure_;
};

} // namespace fleetcast
