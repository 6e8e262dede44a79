// Single figures of a run in words: an outcome has one row for each statistic, and is told at once.
// Interface: Outcome, outcomes_of(), said_of(), median_of().
#pragma once

#include <fleetcast/report/forecast_result.hpp>
#include <fleetcast/report/spread.hpp>

namespace fleetcast {

struct Outcome {
    std::string name; // "milestones.600k"
    std::string unit; // of its first row
    std::vector<const OutcomeRow*> rows;

    bool is_date() const { return unit == "date"; }
    bool is_single() const { return rows.front()->stat == "value"; }
    const OutcomeRow* stat(std::string_view name_of_stat) const; // or nullptr
};

/// The outcomes of a scenario in order of their rows.
std::vector<Outcome> outcomes_of(const ForecastResult& result, std::string_view scenario);

/// How dates and bands are said for a scenario.
struct Wording {
    Spread spread;
    bool by_month = false; // dates are called by their month
    bool unicode = true;
};
Wording wording_of(const ForecastResult& result, std::string_view scenario, bool unicode);

/// A date: "2024-12-31", "2024-11" where trials differ; empty when beyond the horizon.
std::string shown_date(const OutcomeRow& row, const Wording& wording);

/// "reached 2024-12-31"; for trials "reached: P10 2024-11, P50 2025-01, P90 2025-04, not within the
/// horizon in 3 % of trials".
std::string said_of_date(const Outcome& outcome, const Wording& wording);

/// "12,000 units"; for trials "12,000 units on average, P10 9,000, P90 15,500".
std::string said_of_number(const Outcome& outcome, const Wording& wording);

} // namespace fleetcast
