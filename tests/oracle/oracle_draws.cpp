// Correlated inputs by a plain Cholesky factor [R3].
#include "oracle/oracle_draws.hpp"

#include "oracle/oracle_normal.hpp"
#include "oracle/oracle_random.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

namespace fleetcast::oracle {

using Json = nlohmann::ordered_json;

namespace {

const double pi = 3.14159265358979323846;

using Matrix = std::vector<std::vector<double>>;

/// The lower L with L L' = matrix; a pivot within 1e-9 of 0 is 0, with its column.
Matrix cholesky(const Matrix& matrix, int& zero_pivots) {
    const std::size_t size = matrix.size();
    Matrix lower(size, std::vector<double>(size, 0.0));
    for (std::size_t column = 0; column < size; ++column) {
        double pivot = matrix[column][column];
        for (std::size_t k = 0; k < column; ++k)
            pivot -= lower[column][k] * lower[column][k];
        if (pivot < -1e-9)
            throw std::runtime_error("correlations are not positive semidefinite");
        if (pivot <= 1e-9) {
            zero_pivots++;
            continue;
        }
        lower[column][column] = std::sqrt(pivot);
        for (std::size_t row = column + 1; row < size; ++row) {
            double rest = matrix[row][column];
            for (std::size_t k = 0; k < column; ++k)
                rest -= lower[row][k] * lower[column][k];
            lower[row][column] = rest / lower[column][column];
        }
    }
    return lower;
}

} // namespace

Draws Draws::of_trial(const Json& scenario, std::uint64_t seed, std::uint64_t trial) {
    Draws draws;
    draws.trial_ = Trial{seed, trial};
    if (scenario.contains("correlations"))
        draws.correlate(scenario.at("correlations"));
    return draws;
}

void Draws::correlate(const Json& lists) {
    std::vector<std::string> paths; // in the order first listed
    for (const auto& [name, list] : lists.items()) {
        if (!list.is_object() || !list.contains("between"))
            continue; // free text
        for (const std::string path : list.at("between")) {
            if (std::count(paths.begin(), paths.end(), path) == 0)
                paths.push_back(path);
        }
    }
    Matrix matrix(paths.size(), std::vector<double>(paths.size(), 0.0));
    const auto place = [&paths](const std::string& path) {
        return static_cast<std::size_t>(std::find(paths.begin(), paths.end(), path) -
                                        paths.begin());
    };
    for (std::size_t i = 0; i < paths.size(); ++i)
        matrix[i][i] = 1;
    for (const auto& [name, list] : lists.items()) {
        if (!list.is_object() || !list.contains("between"))
            continue;
        const double correlation = list.contains("normal")
                                       ? list.at("normal").get<double>()
                                       : 2 * std::sin(pi * list.at("rank").get<double>() / 6);
        for (const std::string one : list.at("between")) {
            for (const std::string other : list.at("between")) {
                if (one != other)
                    matrix[place(one)][place(other)] = correlation;
            }
        }
    }
    const Matrix lower = cholesky(matrix, zero_pivots_);
    std::vector<double> independent; // before any is in correlated_, where at() would look
    for (const std::string& path : paths)
        independent.push_back(phi_inverse(at(path)));
    for (std::size_t row = 0; row < paths.size(); ++row) {
        double score = 0;
        for (std::size_t column = 0; column <= row; ++column)
            score += lower[row][column] * independent[column];
        correlated_[paths[row]] = phi(score);
    }
}

double Draws::at(const std::string& path) const {
    if (!trial_)
        return 0.5;
    const auto found = correlated_.find(path);
    return found != correlated_.end() ? found->second
                                      : uniform(trial_->seed, fnv1a(path), trial_->number);
}

} // namespace fleetcast::oracle
