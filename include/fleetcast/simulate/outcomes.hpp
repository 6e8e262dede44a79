// The outcomes of a plan that are figures; those that are dates are tallied by day (forecast.hpp).
// Interface: OutcomeId, outcomes_of().
#pragma once

#include <fleetcast/plan/plan.hpp>

#include <vector>

namespace fleetcast {

/// Single figures of a trial (S4).
enum class OutcomeKind {
    pending,           // [units] of a source, that come after the end
    paid_before_start, // [USD]
    due_after_end,     // [USD]
    prepaid,           // [USD]
    training_cost,     // [USD] charged to a training
};

/// An outcome; `member`: its source or workload.
struct OutcomeId {
    OutcomeKind kind = OutcomeKind::pending;
    Index member = 0;
    bool operator==(const OutcomeId&) const = default;
};

/// The outcomes of a plan that are figures, in the order of their kinds.
std::vector<OutcomeId> outcomes_of(const Plan& plan);

} // namespace fleetcast
