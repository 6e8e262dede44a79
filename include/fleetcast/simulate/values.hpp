// The numbers of one trial: every scalar of the plan, and functions of time over them.
// Interface: evaluate_slots(), SeriesReader. A value out of its range is a TrialFailure.
#pragma once

#include <fleetcast/plan/plan.hpp>

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

/// A program at a moment of model time (which only series look at). Not checked.
double evaluate(const Program& program, const Plan& plan, const Values& values, double x);

/// Reads series of a plan in one trial and keeps the first failure.
class SeriesReader {
public:
    SeriesReader(const Plan& plan, const Values& values) : plan_(&plan), values_(&values) {}

    /// The series at x [months]; out of its range, or not finite, it is a failure.
    double at(SeriesId id, double x);

    const std::optional<TrialFailure>& failure() const { return failure_; }

private:
    const Plan* plan_;
    const Values* values_;
    std::optional<TrialFailure> failure_;
};

} // namespace fleetcast
