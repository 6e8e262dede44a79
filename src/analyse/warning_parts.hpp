// What the warnings of a scenario and of a plan share.
// Interface: Warnings, NamesByCase; warn_of_workloads(), warn_of_plan(), for warnings.cpp.
#pragma once

#include <fleetcast/base/problem.hpp>
#include <fleetcast/model/scenario.hpp>
#include <fleetcast/plan/plan.hpp>

#include <map>
#include <string>

namespace fleetcast {

inline constexpr double a_year = 12; // [months]

class Warnings {
public:
    void add(std::string path, std::string message, std::string hint = {}) {
        problems.push_back(
            {Severity::warning, {}, std::move(path), std::move(message), std::move(hint)});
    }
    Problems problems;
};

/// Names seen so far, to find those that differ by case only.
class NamesByCase {
public:
    /// Warns at `path` of a name that differs from an earlier one by case only.
    void add(const std::string& name, const std::string& path, Warnings& out);

private:
    std::map<std::string, std::string> seen_; // by the name in lower case
};

/// Workloads outside the horizon or tied to what no source has, teams that differ by case.
void warn_of_workloads(const Scenario& scenario, Warnings& out);

/// What a plan shows at the medians without a run: trainings that cannot be done in the horizon,
/// prices that are due long before the start. Values that are formulas are not looked at.
void warn_of_plan(const Plan& plan, Warnings& out);

} // namespace fleetcast
