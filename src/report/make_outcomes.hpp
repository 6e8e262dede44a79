// Single figures of a run, and who is short: rows of a result out of a forecast.
// Interface: add_outcomes(), stat_name().
#pragma once

#include <fleetcast/report/make_result.hpp>

#include <string>

namespace fleetcast {

/// "value", "mean", "p10", "p2_5", "p10_se".
std::string stat_name(const Statistic& statistic);

/// Outcomes, checks, trainings that are due and shortages of a run, behind those of earlier ones.
/// Outcomes in this order: milestones, trainings, pending units, payments beyond the horizon.
void add_outcomes(const FinishedRun& finished, const RunSettings& settings, ForecastResult& result);

} // namespace fleetcast
