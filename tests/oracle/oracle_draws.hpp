// The point u of every distribution in one trial [R1, R3, R4]. Interface: Draws.
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace fleetcast::oracle {

class Draws {
public:
    /// Every input at its median: u = 1/2 everywhere.
    static Draws medians() { return {}; }
    /// A trial, with the correlations of the scenario.
    static Draws of_trial(const nlohmann::ordered_json& scenario, std::uint64_t seed,
                          std::uint64_t trial);

    /// The u of a path.
    double at(const std::string& path) const;
    /// Whether a list of `correlations` names it (and this is a trial).
    bool correlated(const std::string& path) const { return correlated_.contains(path); }
    /// Pivots of the Cholesky factor taken as 0.
    int zero_pivots() const { return zero_pivots_; }

private:
    void correlate(const nlohmann::ordered_json& lists);

    struct Trial {
        std::uint64_t seed = 0, number = 0;
    };
    std::optional<Trial> trial_;               // none: medians
    std::map<std::string, double> correlated_; // u of those
    int zero_pivots_ = 0;
};

} // namespace fleetcast::oracle
