// The periods by which scenarios are reported, before anything is run.
// Interface: report_spans(), common_period(), is_long().
#pragma once

#include <fleetcast/base/time_grid.hpp>
#include <fleetcast/load/scenario.hpp>

#include <optional>
#include <string>
#include <vector>

namespace fleetcast {

/// What the flag says, else the scenario, else its periods.
Every every_of_report(const Scenario& scenario, std::optional<Every> flag);

/// First and last day of a report period.
struct ReportSpan {
    std::chrono::sys_days first, last;
    bool operator==(const ReportSpan&) const = default;
};

/// The report periods of a scenario, in order.
std::vector<ReportSpan> report_spans(const Scenario& scenario, Every every);

/// The first day, in ISO form, of the report period that holds the date's last moment in every
/// scenario. Failure (usage) when it is outside a horizon, or when that day differs.
std::string common_period(const Date& date, const std::vector<LoadedScenario>& scenarios,
                          std::optional<Every> flag);

/// The same of one scenario.
std::string common_period(const Date& date, const LoadedScenario& scenario,
                          std::optional<Every> flag);

/// More periods than are read with ease.
bool is_long(const Scenario& scenario);

} // namespace fleetcast
