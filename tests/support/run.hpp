// Runs a scenario text through the whole pipeline, for tests: text -> Scenario -> Plan -> figures.
#pragma once

#include <fleetcast/base/problem.hpp>
#include <fleetcast/report/make_result.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fleetcast::testing {

/// The figures of one deterministic run, by metric, group and period (counted from 0).
class Figures {
public:
    /// Figure of the whole fleet; throws where the metric is unknown or the figure is empty.
    double total(std::string_view metric, std::size_t period) const;
    /// Figure of a member: of("source", "h100", "delivered", 3). The rest is group "-".
    double of(std::string_view by, std::string_view group, std::string_view metric,
              std::size_t period) const;
    /// Whether the figure is empty (it has no meaning there).
    bool empty(std::string_view by, std::string_view group, std::string_view metric,
               std::size_t period) const;
    /// An outcome that is a number (pending.h100; it throws where there is none), or a date as an
    /// ISO day ("" when not reached).
    double outcome(std::string_view name) const;
    std::string outcome_date(std::string_view name) const;
    /// The verdict of a check: "pass", "fail", "warn".
    std::string verdict(std::string_view check) const;
    std::size_t periods() const;
    std::string period(std::size_t index) const; // ISO first day

    struct Impl;
    std::vector<std::optional<double>> row(std::string_view by, std::string_view group,
                                           std::string_view metric) const;
    std::shared_ptr<const Impl> impl;
};

/// Runs the scenario text (JSON, comments allowed) on the built-in catalogue, every metric and
/// every group (team and workload where there are workloads); `every` is "period", "quarter" or
/// "year". Throws std::runtime_error with the printed problems when the scenario is refused.
Figures forecast(const std::string& scenario, const std::string& every = "period");

/// What is saved of the runs of scenario texts, called "a", "b", ..., each by itself, or together
/// as a comparison with the first. Throws as forecast().
ForecastResult result_of(const std::vector<std::string>& scenarios, const RunOptions& options);
ForecastResult comparison_of(const std::vector<std::string>& scenarios, const RunOptions& options);

/// The figures of a statistic of a row of a result; throws where there is none.
const std::vector<std::optional<double>>&
figures_of(const ForecastResult& result, std::string_view scenario, std::string_view by,
           std::string_view group, std::string_view metric, std::string_view stat);

/// The row of a statistic of an outcome; throws where there is none.
const OutcomeRow& outcome_of(const ForecastResult& result, std::string_view outcome,
                             std::string_view stat);

/// All problems (errors, warnings, notes) that the scenario text gives, in file order.
Problems problems_of(const std::string& scenario);

/// The messages of problems_of() as they are printed, one after the other.
std::string printed_problems(const std::string& scenario);

} // namespace fleetcast::testing
