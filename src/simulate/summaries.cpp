// The public face of SummaryState.
#include <fleetcast/simulate/summaries.hpp>

#include "summaries_state.hpp"

#include <utility>

namespace fleetcast {

Summaries::Summaries(const SummarySettings& settings)
    : state_(std::make_unique<SummaryState>(settings)) {}
Summaries::Summaries(Summaries&&) noexcept = default;
Summaries& Summaries::operator=(Summaries&&) noexcept = default;
Summaries::~Summaries() = default;

std::optional<Round> Summaries::next_round() { return state_->next_round(); }
Collector Summaries::collector() { return Collector(state_->new_worker()); }
bool Summaries::wants(std::size_t cell) const {
    return state_->slot_of[cell] != SummaryState::no_slot;
}
TaskSpan Summaries::span_of(std::uint64_t task) const {
    return fleetcast::span_of(state_->plan, task);
}
std::uint64_t Summaries::tasks() const { return state_->plan.tasks; }
QuantileForm Summaries::form() const { return state_->plan.form; }
std::size_t Summaries::passes() const { return state_->plan.passes; }
std::optional<NotFinite> Summaries::not_finite() const { return state_->not_finite; }
std::size_t Summaries::memory() const { return state_->most_bytes; }
std::vector<CellSummary> Summaries::finish() { return std::move(state_->results); }

} // namespace fleetcast
