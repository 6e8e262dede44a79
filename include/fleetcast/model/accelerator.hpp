// An accelerator of the catalogue: figures, each with where it comes from.
#pragma once

#include <fleetcast/model/named.hpp>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fleetcast {

/// One figure with its source; `check` says how far it was verified.
struct Figure {
    double value = 0;
    std::string source; // address, or "scenario"
    std::string date;   // of the source, YYYY-MM
    std::string check;  // verified, partial, estimate, digest, unverified
    bool operator==(const Figure&) const = default;
};

struct PriceRange {
    double low = 0, high = 0; // [USD]
    std::string date, source, check, basis;
    bool operator==(const PriceRange&) const = default;
};

struct Accelerator {
    std::string name;
    std::string vendor;
    std::string announced;            // YYYY-MM
    std::string general_availability; // YYYY-MM
    std::string server_name;
    Named<Figure> figures;           // dense; by the names below
    std::optional<PriceRange> price; // for reading only: never taken silently
    std::vector<std::string> sources;
    std::string note;
    bool operator==(const Accelerator&) const = default;
};

struct FigureKind {
    std::string_view name;
    std::string_view unit;
    std::string_view doc;
};

inline constexpr std::array<FigureKind, 11> figure_kinds{{
    {"tdp_w", "W", "rated power of the accelerator"},
    {"kw_per_unit", "kW", "IT power of one accelerator with its share of the server and network"},
    {"server_max_power_w", "W", "rated power of its server"},
    {"accelerators_per_server", "", "accelerators in that server"},
    {"memory_gb", "GB", "memory"},
    {"memory_bandwidth_gb_s", "GB/s", "memory bandwidth"},
    {"bf16_tflops", "TFLOP/s", "dense BF16"},
    {"fp16_tflops", "TFLOP/s", "dense FP16"},
    {"fp8_tflops", "TFLOP/s", "dense FP8"},
    {"int8_tops", "TOP/s", "dense INT8"},
    {"embodied_kg", "kg CO2e", "embodied carbon, cradle to gate"},
}};

struct Catalog {
    std::string version;
    Named<Accelerator> accelerators;
    bool operator==(const Catalog&) const = default;
};

/// What makes one accelerator so many H100s.
enum class Basis { bf16, fp8, memory_bandwidth, memory };

inline constexpr std::string_view reference_accelerator = "nvidia-h100-sxm";

/// IT power of one unit with its share of server, network and storage. [kW]
struct UnitPower {
    double kw = 0;
    bool estimated = false; // from the TDP alone
};

/// kw_per_unit, else server power per accelerator x 1.1, else TDP x 1.8 x 1.1 (estimated);
/// nothing where the catalogue has none of them.
std::optional<UnitPower> unit_power(const Accelerator& accelerator);

/// The figure an accelerator has on a basis: FP16 stands in for BF16, INT8 for FP8.
std::optional<double> basis_figure(const Accelerator& accelerator, Basis basis);

/// The bases on which an accelerator can be counted, for messages: "fp8, memory".
std::string known_bases(const Accelerator& accelerator);

std::string_view text_of(Basis basis);

} // namespace fleetcast
