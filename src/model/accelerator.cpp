#include <fleetcast/model/accelerator.hpp>

namespace fleetcast {

namespace {

// Network and storage on top of the server; rules.md, Measure.
constexpr double network_and_storage = 1.1;
// Server around an accelerator whose server is unknown; rules.md, Measure.
constexpr double server_around = 1.8;

std::optional<double> value_of(const Accelerator& accelerator, std::string_view figure) {
    if (const Figure* found = find(accelerator.figures, figure))
        return found->value;
    return std::nullopt;
}

std::optional<double> either(std::optional<double> first, std::optional<double> second) {
    return first ? first : second;
}

} // namespace

std::optional<UnitPower> unit_power(const Accelerator& accelerator) {
    if (const auto kw = value_of(accelerator, "kw_per_unit"))
        return UnitPower{*kw, false};
    const auto server = value_of(accelerator, "server_max_power_w");
    const auto per_server = value_of(accelerator, "accelerators_per_server");
    if (server && per_server)
        return UnitPower{*server / *per_server / 1000.0 * network_and_storage, false};
    if (const auto tdp = value_of(accelerator, "tdp_w"))
        return UnitPower{*tdp / 1000.0 * server_around * network_and_storage, true};
    return std::nullopt;
}

std::optional<double> basis_figure(const Accelerator& accelerator, Basis basis) {
    switch (basis) {
    case Basis::bf16:
        return either(value_of(accelerator, "bf16_tflops"), value_of(accelerator, "fp16_tflops"));
    case Basis::fp8:
        return either(value_of(accelerator, "fp8_tflops"), value_of(accelerator, "int8_tops"));
    case Basis::memory_bandwidth:
        return value_of(accelerator, "memory_bandwidth_gb_s");
    case Basis::memory:
        return value_of(accelerator, "memory_gb");
    }
    return std::nullopt;
}

std::string known_bases(const Accelerator& accelerator) {
    std::string text;
    for (const Basis basis : {Basis::bf16, Basis::fp8, Basis::memory_bandwidth, Basis::memory})
        if (basis_figure(accelerator, basis))
            text.append(text.empty() ? "" : ", ").append(text_of(basis));
    return text.empty() ? "none" : text;
}

std::string_view text_of(Basis basis) {
    switch (basis) {
    case Basis::bf16:
        return "bf16";
    case Basis::fp8:
        return "fp8";
    case Basis::memory_bandwidth:
        return "memory_bandwidth";
    case Basis::memory:
        return "memory";
    }
    return "";
}

} // namespace fleetcast
