// Random milestones and checks of a scenario that is otherwise made. Interface: ExpectationMaker.
#pragma once

#include "oracle/random_sources.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace fleetcast::oracle {

struct ExpectationMaker {
    Dice& dice;
    const Horizon& horizon;
    double units; // of the whole fleet, about
    const std::vector<Draft>& drafts;
    const std::vector<std::string>& sites;
    const nlohmann::ordered_json& workloads; // maybe empty

    /// The milestones "first" and "600k".
    nlohmann::ordered_json milestones() const;
    nlohmann::ordered_json checks(bool with_milestones) const;

private:
    nlohmann::ordered_json supply_filter() const;
    nlohmann::ordered_json demand_filter() const;
    nlohmann::ordered_json metric() const;
    nlohmann::ordered_json metric(const nlohmann::ordered_json& filter) const;
    nlohmann::ordered_json outcome(bool with_milestones) const;
    nlohmann::ordered_json outcome_of(const std::string& training) const;
    nlohmann::ordered_json check(bool with_milestones) const;
    std::string some_month() const;
};

} // namespace fleetcast::oracle
