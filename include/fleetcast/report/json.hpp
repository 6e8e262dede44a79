// The saved result: every other format can be rendered from it.
#pragma once

#include <fleetcast/report/forecast_result.hpp>

namespace fleetcast {

/// The result as JSON (cli.md, "json"): keys in a fixed order, one row on a line, an empty figure
/// null. Failure (internal) when a number is not finite.
std::string to_json(const ForecastResult& result);

} // namespace fleetcast
