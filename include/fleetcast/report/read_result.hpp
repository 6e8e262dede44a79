// A saved result, read back. Interface: read_result().
#pragma once

#include <fleetcast/base/result.hpp>
#include <fleetcast/load/document.hpp>
#include <fleetcast/report/forecast_result.hpp>

namespace fleetcast {

/// Whether a document is a saved result, of any version: it has the key "fleetcast_result".
bool is_saved_result(const Node& document);

/// The result of a text that to_json() wrote: to_json() of it is the same bytes. Problems: it is
/// none, it was made by a newer version of the format ("made by version 2 of the format, this
/// program reads 1"), a key is missing or of the wrong type, a row has not as many figures as there
/// are periods, is there twice or is of a scenario that the manifest does not name. Keys that it
/// does not know are passed over.
Result<ForecastResult> read_result(const Sources& sources, std::uint32_t file);

/// The same of a document that was parsed with its whole numbers rounded.
Result<ForecastResult> read_result(const Node& document);

} // namespace fleetcast
