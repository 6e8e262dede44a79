// The engine's figures in the form that is compared with the oracle. Interface: program_figures().
#pragma once

#include "oracle/compare_figures.hpp"

#include <fleetcast/simulate/forecast.hpp>

namespace fleetcast::oracle {

/// The figures of one run or trial, as the oracle names metrics, groups and periods.
ProgramFigures program_figures(const fleetcast::Figures& figures, const fleetcast::Plan& plan);

/// Every metric of the total and by source, site and accelerator.
FigureView everything(const fleetcast::Plan& plan, Every every);

} // namespace fleetcast::oracle
