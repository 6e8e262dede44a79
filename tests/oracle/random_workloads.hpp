// Random workloads of random scenarios. Interface: random_workloads(), workload_places().
#pragma once

#include "oracle/random_values.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace fleetcast::oracle {

/// Where units of an accelerator may be; empty: none.
struct WorkloadPlace {
    std::string accelerator;
    std::string site;
};

struct WorkloadWishes {
    std::vector<WorkloadPlace>
        places;              // at least one; a workload is tied to some of them or to none
    double h100e = 0;        // capacity of the fleet, about
    double flops = 989.4e12; // [FLOP/s] of an H100-equivalent
};

/// The places of a scenario's sources at its sites (an empty object: none are given).
std::vector<WorkloadPlace> workload_places(const nlohmann::ordered_json& sources,
                                           const nlohmann::ordered_json& sites);

/// One to five workloads of all kinds, whose demand is about what the fleet has; a good part of the
/// trainings complete within the horizon. Call it before the inputs of `values` are read.
nlohmann::ordered_json random_workloads(Dice& dice, const Horizon& horizon, ValueMaker& values,
                                        const WorkloadWishes& wishes);

} // namespace fleetcast::oracle
