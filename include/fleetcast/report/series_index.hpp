// The rows of a result found by name. Interface: SeriesIndex and the functions below it.
// Keeps pointers into the result, which must outlive it.
#pragma once

#include <fleetcast/report/forecast_result.hpp>

#include <map>
#include <string_view>
#include <tuple>

namespace fleetcast {

class SeriesIndex {
public:
    /// Failure (internal) when two rows have the same scenario, by, group and metric.
    explicit SeriesIndex(const ForecastResult& result);

    /// The row, or nullptr.
    const SeriesRow* find(std::string_view scenario, std::string_view by, std::string_view group,
                          std::string_view metric) const;
    /// Scenarios in order of the manifest, then of the rows.
    const std::vector<std::string>& scenarios() const { return scenarios_; }
    /// Groups of a scenario in order of the rows, "-" last.
    std::vector<std::string> groups(std::string_view scenario, std::string_view by) const;
    /// The unit of a metric, from its first row; empty when the result does not hold it.
    std::string unit(std::string_view metric) const;

private:
    using Key = std::tuple<std::string_view, std::string_view, std::string_view, std::string_view>;
    std::map<Key, const SeriesRow*> rows_;
    std::map<std::pair<std::string_view, std::string_view>, std::vector<std::string>> groups_;
    std::map<std::string_view, std::string_view> units_;
    std::vector<std::string> scenarios_;
};

/// Figure of a statistic in a period; nothing where the row is nullptr or lacks it. A row of one
/// trial stands as a constant beside rows with statistics: its mean and quantiles are its value,
/// its sd and errors 0.
std::optional<double> figure(const SeriesRow* row, std::string_view stat, std::size_t period);

/// Whether the row has statistics of several trials.
bool is_uncertain(const SeriesRow* row);

/// What the manifest says of the scenario, or nullptr (the difference of two has no entry).
const ManifestScenario* scenario_named(const Manifest& manifest, std::string_view name);

/// Indices into result.periods that lie in the scenario's horizon, or only that labelled `at`.
std::vector<std::size_t> periods_of(const ForecastResult& result, std::string_view scenario,
                                    const std::optional<std::string>& at);

} // namespace fleetcast
