// The catalogue with the scenario's additions and corrections.
#include "oracle/oracle_catalog.hpp"

#include <stdexcept>

namespace fleetcast::oracle {

using Json = nlohmann::ordered_json;

Accelerators::Accelerators(const Json& catalog, const Json& scenario)
    : basis_(scenario.value("h100e_basis", "bf16")) {
    for (const auto& [id, entry] : catalog.at("accelerators").items()) {
        figures_[id] = read(id, catalog, scenario);
    }
    if (!scenario.contains("accelerators"))
        return;
    for (const auto& [id, entry] : scenario.at("accelerators").items()) {
        if (!entry.is_object())
            continue;
        figures_[id] = read(id, catalog, scenario);
    }
}

Accelerators::Figures Accelerators::read(const std::string& id, const Json& catalog,
                                         const Json& scenario) const {
    Figures figures;
    const bool own = scenario.contains("accelerators") && scenario.at("accelerators").contains(id);
    const bool like = own && scenario.at("accelerators").at(id).contains("like");
    if (like) {
        figures = read(scenario.at("accelerators").at(id).at("like").get<std::string>(), catalog,
                       scenario);
    } else if (catalog.at("accelerators").contains(id)) {
        for (const auto& [name, figure] : catalog.at("accelerators").at(id).at("figures").items()) {
            figures[name] = figure.at("value").get<double>();
        }
    }
    if (own) {
        for (const auto& [name, value] : scenario.at("accelerators").at(id).items()) {
            if (value.is_number())
                figures[name] = value.get<double>();
        }
    }
    return figures;
}

std::optional<double> Accelerators::figure(const std::string& id, const std::string& name) const {
    const auto found = figures_.at(id).find(name);
    if (found == figures_.at(id).end())
        return std::nullopt;
    return found->second;
}

double Accelerators::kw_per_unit(const std::string& id) const {
    if (const auto own = figure(id, "kw_per_unit"))
        return *own;
    const auto server = figure(id, "server_max_power_w");
    const auto count = figure(id, "accelerators_per_server");
    if (server && count)
        return *server / *count / 1000 * 1.1;
    if (const auto tdp = figure(id, "tdp_w"))
        return *tdp / 1000 * 1.8 * 1.1;
    throw std::runtime_error("no power known of " + id);
}

double Accelerators::compute_h100e(const std::string& id) const {
    const auto flops = [this](const std::string& of) {
        const auto bf16 = figure(of, "bf16_tflops");
        return bf16 ? bf16 : figure(of, "fp16_tflops");
    };
    return flops(id) ? *flops(id) / flops("nvidia-h100-sxm").value() : 0;
}

double Accelerators::h100e(const std::string& id) const {
    const auto on_basis = [this](const std::string& of) -> double {
        std::optional<double> value;
        if (basis_ == "bf16")
            value = figure(of, "bf16_tflops");
        if (basis_ == "bf16" && !value)
            value = figure(of, "fp16_tflops");
        if (basis_ == "fp8")
            value = figure(of, "fp8_tflops");
        if (basis_ == "fp8" && !value)
            value = figure(of, "int8_tops");
        if (basis_ == "memory_bandwidth")
            value = figure(of, "memory_bandwidth_gb_s");
        if (basis_ == "memory")
            value = figure(of, "memory_gb");
        if (!value)
            throw std::runtime_error("no " + basis_ + " figure of " + of);
        return *value;
    };
    return on_basis(id) / on_basis("nvidia-h100-sxm");
}

} // namespace fleetcast::oracle
