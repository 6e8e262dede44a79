// Figures of accelerators, the built-in ones and the scenario's own. Interface: Accelerators.
#pragma once

#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <string>

namespace fleetcast::oracle {

class Accelerators {
public:
    Accelerators(const nlohmann::ordered_json& catalog, const nlohmann::ordered_json& scenario);

    std::optional<double> figure(const std::string& id, const std::string& name) const;
    /// kW of a unit with its share of server, network and storage; throws where none is known.
    double kw_per_unit(const std::string& id) const;
    /// How many H100s a unit is, on the basis of the scenario; throws where the figure is missing.
    double h100e(const std::string& id) const;
    /// The same by dense BF16 whatever the basis, for workloads; 0 where the figure is missing.
    double compute_h100e(const std::string& id) const;

private:
    using Figures = std::map<std::string, double>;
    Figures read(const std::string& id, const nlohmann::ordered_json& catalog,
                 const nlohmann::ordered_json& scenario) const;

    std::map<std::string, Figures> figures_;
    std::string basis_;
};

} // namespace fleetcast::oracle
