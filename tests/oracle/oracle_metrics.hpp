// Figures of periods by group. Interface: measure(), group_figures(), fold(). A figure is first
// told as cells, each of a source or none and of a site or none; a group is the sum of its cells.
#pragma once

#include "oracle/oracle.hpp"
#include "oracle/oracle_engine.hpp"
#include "oracle/oracle_money.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace fleetcast::oracle {

struct Cell {
    std::optional<std::size_t> source;
    std::optional<std::size_t> site;
    std::optional<double> value; // empty: not known
};

using Cells = std::map<std::string, std::vector<Cell>>; // [metric]

/// The cells of one period; `delivered_so_far` and opening units are for `acquired`.
Cells measure(const Plan& plan, const PeriodLog& log, const Money& money, const Period& period,
              const std::vector<std::vector<double>>& opening,
              const std::vector<double>& delivered_so_far, const Clock& clock,
              const nlohmann::ordered_json& scenario, Values& values, Edges& edges);

/// The sum of all cells of a metric that are known.
double total_of(const Cells& cells, const std::string& metric);

/// Every metric of supply by total, source, site and accelerator, over engine periods; also the
/// divisors of ratios.
SeriesTable group_figures(const Plan& plan, const std::vector<Cells>& cells,
                          const std::vector<Period>& periods);

/// The longer periods of `every`: the indices of the engine periods in each.
std::vector<std::vector<std::size_t>> longer_periods(const std::vector<Period>& periods,
                                                     const std::string& every, int year_starts);

/// The metrics that a metric is formed of, with itself.
std::vector<std::string> parts_of(const std::string& metric);

/// Engine periods gathered into longer ones [G1]: of each metric, with its parts, in the table.
SeriesTable fold(const SeriesTable& table, const std::vector<Period>& periods,
                 const std::vector<std::vector<std::size_t>>& longer);

} // namespace fleetcast::oracle
