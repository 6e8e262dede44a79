// What waited, and what for, in sentences.
#pragma once

#include <fleetcast/model/scenario.hpp>
#include <fleetcast/report/forecast_result.hpp>
#include <fleetcast/simulate/forecast.hpp>

#include <string>
#include <vector>

namespace fleetcast {

/// A remark of scenario `name` for each wait; of several trials, for each that at least 1 % see.
std::vector<Remark> remarks_of(const Scenario& scenario, const Catalog& catalog,
                               const std::string& name, const Plan& plan, const Forecast& forecast);

} // namespace fleetcast
