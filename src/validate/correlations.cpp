// Correlations: known paths, each pair once, a matrix that is positive semidefinite (rules.md, R3).
#include "rules.hpp"

#include <fleetcast/model/visit_values.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

namespace fleetcast {

namespace {

constexpr double least_pivot = -1e-9; // below this a matrix is refused (R3)

using Matrix = std::vector<std::vector<double>>;

/// Whether Cholesky goes through, a pivot within 1e-9 of 0 being 0 with its column.
bool is_positive_semidefinite(const Matrix& matrix) {
    const std::size_t n = matrix.size();
    Matrix lower(n, std::vector<double>(n, 0.0));
    for (std::size_t j = 0; j < n; ++j) {
        double pivot = matrix[j][j];
        for (std::size_t k = 0; k < j; ++k)
            pivot -= lower[j][k] * lower[j][k];
        if (pivot < least_pivot)
            return false;
        if (pivot <= -least_pivot)
            continue;
        lower[j][j] = std::sqrt(pivot);
        for (std::size_t i = j + 1; i < n; ++i) {
            double sum = matrix[i][j];
            for (std::size_t k = 0; k < j; ++k)
                sum -= lower[i][k] * lower[j][k];
            lower[i][j] = sum / lower[j][j];
        }
    }
    // A zero column is only right when what it leaves out is 0 as well.
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < i; ++j) {
            double sum = 0;
            for (std::size_t k = 0; k <= j; ++k)
                sum += lower[i][k] * lower[j][k];
            if (std::fabs(sum - matrix[i][j]) > 1e-4)
                return false;
        }
    return true;
}

/// Least eigenvalue by cyclic Jacobi rotations (Golub and Van Loan, Matrix Computations, 8.5).
double least_eigenvalue(Matrix a) {
    const std::size_t n = a.size();
    for (int sweep = 0; sweep < 50; ++sweep) {
        double off = 0;
        for (std::size_t p = 0; p < n; ++p)
            for (std::size_t q = p + 1; q < n; ++q) {
                off += a[p][q] * a[p][q];
                if (a[p][q] == 0)
                    continue;
                const double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
                const double t =
                    (theta >= 0 ? 1 : -1) / (std::fabs(theta) + std::sqrt(theta * theta + 1));
                const double c = 1 / std::sqrt(t * t + 1), s = t * c;
                for (std::size_t k = 0; k < n; ++k) {
                    const double akp = a[k][p], akq = a[k][q];
                    a[k][p] = c * akp - s * akq;
                    a[k][q] = s * akp + c * akq;
                }
                for (std::size_t k = 0; k < n; ++k) {
                    const double apk = a[p][k], aqk = a[q][k];
                    a[p][k] = c * apk - s * aqk;
                    a[q][k] = s * apk + c * aqk;
                }
            }
        if (off < 1e-24)
            break;
    }
    double least = a[0][0];
    for (std::size_t i = 1; i < n; ++i)
        least = std::min(least, a[i][i]);
    return least;
}

/// Why a path cannot be correlated; empty when it can.
std::string unfit(const Scenario& scenario, const std::string& path,
                  const std::map<std::string, bool>& is_distribution) {
    const auto found = is_distribution.find(path);
    if (found != is_distribution.end())
        return found->second ? "" : "is no distribution: only an uncertain input can be correlated";
    for (const auto& [name, source] : scenario.sources)
        if (path == "sources." + name + ".respin")
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
    std::vector<std::string> listed;
    std::map<std::pair<std::size_t, std::size_t>, double> pairs;
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
                      did_you_mean(path, uncertain));
            if (std::ranges::count(listed, path) == 0)
                listed.push_back(path);
            members.push_back(
                static_cast<std::size_t>(std::ranges::find(listed, path) - listed.begin()));
        }
        const double normal =
            correlation.normal ? *correlation.normal
                               : 2 * std::sin(std::numbers::pi * correlation.rank.value_or(0) / 6);
        for (std::size_t i = 0; i < members.size(); ++i)
            for (std::size_t j = 0; j < i; ++j) {
                if (members[i] == members[j]) {
                    wrong(fmt::format("{}.between.{}", at, i),
                          fmt::format("{} is named twice", correlation.between[i]));
                    continue;
                }
                const auto key = std::minmax(members[i], members[j]);
                if (!pairs.emplace(std::pair(key.first, key.second), normal).second)
                    wrong(fmt::format("{}.between.{}", at, i),
                          fmt::format("the pair of {} and {} stands in two lists",
                                      correlation.between[j], correlation.between[i]));
            }
    }
    if (!sound || listed.empty())
        return;
    Matrix matrix(listed.size(), std::vector<double>(listed.size(), 0.0));
    for (std::size_t i = 0; i < listed.size(); ++i)
        matrix[i][i] = 1;
    for (const auto& [pair, normal] : pairs)
        matrix[pair.first][pair.second] = matrix[pair.second][pair.first] = normal;
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
