// Single figures of a run in words: an outcome has one row for each statistic, and is told at once.
// Interface: ToldOutcome, outcomes_of(), said_of_date(), said_of_number(), said_of_training().
#pragma once

#include <fleetcast/report/forecast_result.hpp>
#include <fleetcast/report/spread.hpp>

namespace fleetcast {

struct ToldOutcome {
    std::string name; // "milestones.600k", "workloads.llama3.completed"
    std::string unit; // of its first row
    std::vector<const OutcomeRow*> rows;

    bool is_date() const { return unit == "date"; }
    bool is_single() const { return rows.front()->stat == "value"; }
    const OutcomeRow* stat(std::string_view name_of_stat) const; // or nullptr
};

/// The outcomes of a scenario in order of their rows.
std::vector<ToldOutcome> outcomes_of(const ForecastResult& result, std::string_view scenario);

/// How dates and bands are said for a scenario.
struct Wording {
    Spread spread;
    bool by_month = false; // dates are called by their month: they are ends of periods
    bool unicode = true;
    std::string done = "reached";
    std::string missed = "not within the horizon";
};
Wording wording_of(const ForecastResult& result, std::string_view scenario, bool unicode);

/// A date: "2024-12-31", "2024-11" where trials differ; empty when beyond the horizon.
std::string shown_date(const OutcomeRow& row, const Wording& wording);

/// "reached 2024-12-31"; for trials "reached: P10 2024-11, P50 2025-01, P90 2025-04, not within the
/// horizon in 3 % of trials".
std::string said_of_date(const ToldOutcome& outcome, const Wording& wording);

/// "12,000 units"; for trials "12,000 units on average, P10 9,000, P90 15,500".
std::string said_of_number(const ToldOutcome& outcome, const Wording& wording);

/// The outcomes of one training.
struct ToldTraining {
    std::string name; // of the workload
    const ToldOutcome* completed = nullptr;
    const ToldOutcome* weeks_late = nullptr;
    const ToldOutcome* cost = nullptr;
    const TrainingRow* due = nullptr; // nullptr: no day
};

/// In order of their rows. Keeps pointers into both.
std::vector<ToldTraining> trainings_of(const std::vector<ToldOutcome>& outcomes,
                                       const ForecastResult& result, std::string_view scenario);

/// "done: P10 2024-06-12, P50 2024-07-03, P90 later, not within the horizon in 12 % of trials; due
/// 2024-07-31: late in 23 % of trials, 1.9 weeks at the median; charged 78.2 M USD on average"
std::string said_of_training(const ToldTraining& training, const Wording& wording);

} // namespace fleetcast
