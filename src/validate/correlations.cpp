// Correlations: known paths, each pair once, a matrix that is positive semidefinite (rules.md, R3).
#include "rules.hpp"

#include <fleetcast/model/correlation.hpp>
#include <fleetcast/model/visit_values.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace fleetcast {

namespace {

/// Why a path cannot be correlated; empty when it can.
std::string unfit(const Scenario& scenario, const std::string& path,
                  const std::map<std::string, bool>& is_distribution) {
    const auto found = is_distribution.find(path);
    if (found != is_distribution.end())
        return found->second ? "" : "is no distribution: only an uncertain input can be correlated";
    constexpr std::string_view before = "sources.", after = ".respin";
    if (path.starts_with(before) && path.ends_with(after) &&
        path.size() > before.size() + after.size() &&
        find(scenario.sources,
             path.substr(before.size(), path.size() - before.size() - after.size())))
        return "is a respin: it cannot be correlated";
    return "names no value of this scenario";
}

} // namespace

void validate_correlations(const Scenario& scenario, Findings& findings) {
    if (scenario.correlations.empty())
        return;
    std::map<std::string, bool> is_distribution;
    std::vector<std::string> uncertain;
    visit_values(scenario, [&](const ValueSpot& spot) {
        is_distribution[spot.path] = std::holds_alternative<Distribution>(spot.scalar->value);
        if (is_distribution[spot.path])
            uncertain.push_back(spot.path);
    });
    std::map<std::string, std::size_t> listed; // path: its row, in the order listed
    std::set<std::pair<std::size_t, std::size_t>> pairs;
    bool sound = true;
    const auto wrong = [&](const std::string& path, const std::string& message,
                           const std::string& hint = {}) {
        findings.wrong(path, message, hint);
        sound = false;
    };
    for (const auto& [name, correlation] : scenario.correlations) {
        const std::string at = "correlations." + name;
        if (correlation.rank.has_value() == correlation.normal.has_value())
            wrong(at, correlation.rank ? "takes \"rank\" or \"normal\", not both"
                                       : "needs \"rank\" or \"normal\"");
        if (correlation.between.size() < 2)
            wrong(at + ".between", "needs at least two paths");
        std::vector<std::size_t> members;
        for (std::size_t i = 0; i < correlation.between.size(); ++i) {
            const std::string& path = correlation.between[i];
            const std::string reason = unfit(scenario, path, is_distribution);
            if (!reason.empty())
                wrong(fmt::format("{}.between.{}", at, i), fmt::format("{} {}", path, reason),
                      is_distribution.contains(path) ? "" : did_you_mean(path, uncertain));
            members.push_back(listed.emplace(path, listed.size()).first->second);
        }
        if (std::fabs(correlation.normal.value_or(correlation.rank.value_or(0))) > 1)
            sound = false; // reported where it was read
        for (std::size_t i = 0; i < members.size(); ++i)
            for (std::size_t j = 0; j < i; ++j) {
                if (members[i] == members[j]) {
                    wrong(fmt::format("{}.between.{}", at, i),
                          fmt::format("{} is named twice", correlation.between[i]));
                    continue;
                }
                const auto key = std::minmax(members[i], members[j]);
                if (!pairs.emplace(key.first, key.second).second)
                    wrong(fmt::format("{}.between.{}", at, i),
                          fmt::format("the pair of {} and {} stands in two lists",
                                      correlation.between[j], correlation.between[i]));
            }
    }
    if (!sound || listed.empty())
        return;
    const Matrix matrix = score_matrix(scenario).matrix;
    if (!is_positive_semidefinite(matrix))
        findings.wrong(
            "correlations",
            fmt::format("cannot all hold at once: the least eigenvalue of the matrix is {:.6g}, "
                        "it must not be negative",
                        least_eigenvalue(matrix)),
            "weaken the negative correlations, or those of unlisted pairs (0) that the others "
            "imply");
}

} // namespace fleetcast
