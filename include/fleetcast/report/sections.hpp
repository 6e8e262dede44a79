// The lists below the tables of the terminal report: each a titled text, empty when there is
// nothing to say. Tables and charts are left to terminal.cpp.
#pragma once

#include <fleetcast/report/forecast_result.hpp>
#include <fleetcast/report/layout.hpp>

namespace fleetcast {

/// "350k  reached 2024-11-30"; for trials "350k  reached: P10 2024-11, ..."
std::string milestones_section(const ForecastResult& result, std::string_view scenario,
                               const TerminalStyle& style);
/// "✓ pass", "? too-close", in its colour.
Piece verdict_piece(const CheckRow& row, const TerminalStyle& style);
/// "holds in 79 % of trials (77 to 81 %), asked 80 %"
std::string said_of_share(const CheckRow& row);
/// "✓ h100s-by-december  owned of nvidia-h100-sxm at 2024-12 at_least 350000"
std::string checks_section(const ForecastResult& result, std::string_view scenario,
                           const TerminalStyle& style);
/// What bound, in words.
std::string binding_section(const ForecastResult& result, std::string_view scenario,
                            const TerminalStyle& style);
std::vector<ListItem> binding_remarks(const ForecastResult& result, std::string_view scenario,
                                      const TerminalStyle& style);
/// Units that come after the end.
std::string pending_section(const ForecastResult& result, std::string_view scenario,
                            const TerminalStyle& style);
/// Outcomes that are neither milestones nor pending units.
std::string outcomes_section(const ForecastResult& result, std::string_view scenario,
                             const TerminalStyle& style);
/// Uncertain inputs with their medians and bands.
std::string inputs_section(const ForecastResult& result, std::string_view scenario,
                           const TerminalStyle& style);
/// Defaults that had an effect.
std::string defaults_section(const ForecastResult& result, std::string_view scenario,
                             const TerminalStyle& style);

} // namespace fleetcast
