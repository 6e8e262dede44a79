// The lists below the tables of the terminal report: each a titled text, empty when there is
// nothing to say. Tables and charts are left to terminal.cpp.
#pragma once

#include <fleetcast/report/forecast_result.hpp>
#include <fleetcast/report/layout.hpp>

namespace fleetcast {

/// "350k  reached 2024-11-30"; for trials "350k  reached: P10 2024-11, ..."
std::string milestones_section(const ForecastResult& result, std::string_view scenario,
                               const TerminalStyle& style);
/// "llama3  done: P10 2024-06-12, ...; due 2024-07-31: late in 23 % of trials; charged ..."
std::string trainings_section(const ForecastResult& result, std::string_view scenario,
                              const TerminalStyle& style);
/// "team ads  short in 34 % of trials, most in 2024-11: 12.1 k H100e missing in 30 % of trials"
std::string shortages_section(const ForecastResult& result, std::string_view scenario,
                              const TerminalStyle& style);
/// "team ads"; "no team".
std::string title_of(const ShortageRow& row);
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
/// What is paid before the start, due after the end, or paid for what comes later.
std::string payments_section(const ForecastResult& result, std::string_view scenario,
                             const TerminalStyle& style);
/// Uncertain inputs with their medians and bands.
std::string inputs_section(const ForecastResult& result, std::string_view scenario,
                           const TerminalStyle& style);
/// Defaults that had an effect.
std::string defaults_section(const ForecastResult& result, std::string_view scenario,
                             const TerminalStyle& style);

} // namespace fleetcast
