// What a scalar or a series of the scenario is worth at a time x in one trial. Interface:
// Values::at(). A distribution is drawn once, by its path; what was drawn is kept by the place of
// its node, as quantiles are slow to find.
#pragma once

#include <nlohmann/json.hpp>

#include "oracle/edges.hpp"
#include "oracle/oracle_draws.hpp"
#include "oracle/oracle_time.hpp"

#include <map>
#include <string>
#include <utility>

namespace fleetcast::oracle {

/// Whether a key is free text beside names ($comment, title, x-...), and no name itself.
bool is_note(const std::string& key);

class Values {
public:
    Values(const nlohmann::ordered_json& scenario, const Clock& clock, Draws draws, Edges& edges);

    /// The value of a scalar or series at x [months]; `name` is the own name of the field.
    double at(const nlohmann::ordered_json& node, const std::string& name, double x);

    /// The field of an object at x, or `missing` where it is left out.
    double field(const nlohmann::ordered_json& object, const std::string& name, double missing,
                 double x = 0);

    /// The same scenario with every input at its median.
    Values at_medians() const { return {scenario_, clock_, Draws::medians(), edges_}; }

    const Draws& draws() const { return draws_; }

private:
    void find_paths(const nlohmann::ordered_json& node, const std::string& path);
    double drawn(const nlohmann::ordered_json& node, const std::string& name);
    double input(const std::string& name, double x);
    double points(const nlohmann::ordered_json& node, const std::string& name, double x);

    const nlohmann::ordered_json& scenario_;
    const Clock& clock_;
    Draws draws_;
    Edges& edges_;
    std::map<const nlohmann::ordered_json*, std::string> paths_; // of distributions
    std::map<const nlohmann::ordered_json*, double> drawn_;
};

} // namespace fleetcast::oracle
