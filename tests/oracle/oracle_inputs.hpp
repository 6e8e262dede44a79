// What a scalar or a series of the scenario is worth at a time x. Interface: Values::at(). Medians
// of distributions are looked up by the place of their node, as they are slow to find.
#pragma once

#include <nlohmann/json.hpp>

#include "oracle/edges.hpp"
#include "oracle/oracle_time.hpp"

#include <map>
#include <string>

namespace fleetcast::oracle {

/// Whether a key is free text beside names ($comment, title, x-...), and no name itself.
bool is_note(const std::string& key);

class Values {
public:
    Values(const nlohmann::ordered_json& scenario, const Clock& clock, Edges& edges)
        : scenario_(scenario), clock_(clock), edges_(edges) {}

    /// The value of a scalar or series at x [months]; `name` is the own name of the field.
    double at(const nlohmann::ordered_json& node, const std::string& name, double x);

    /// The field of an object at x, or `missing` where it is left out.
    double field(const nlohmann::ordered_json& object, const std::string& name, double missing,
                 double x = 0);

private:
    double input(const std::string& name, double x);
    double points(const nlohmann::ordered_json& node, const std::string& name, double x);

    const nlohmann::ordered_json& scenario_;
    const Clock& clock_;
    Edges& edges_;
    std::map<const nlohmann::ordered_json*, double> medians_;
};

} // namespace fleetcast::oracle
