// The engine's figures in the form that is compared with the oracle. Interface: program_figures(),
// outcome_name(), everything().
#pragma once

#include "oracle/compare_figures.hpp"

#include <fleetcast/simulate/forecast.hpp>

#include <string>

namespace fleetcast::oracle {

/// The figures of one run or trial, as the oracle names metrics, groups and periods.
ProgramFigures program_figures(const fleetcast::Figures& figures, const fleetcast::Plan& plan);

/// "pending.X", "paid_before_start_usd", "workloads.X.training_usd": as the oracle names them.
std::string outcome_name(const OutcomeId& id, const fleetcast::Plan& plan);

/// Every metric of the total and by each kind of group.
FigureView everything(const fleetcast::Plan& plan, Every every);

} // namespace fleetcast::oracle
