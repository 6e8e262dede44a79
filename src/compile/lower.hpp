// The parts of compile() that have files of their own.
#pragma once

#include <fleetcast/compile/values.hpp>

#include <optional>
#include <string>
#include <vector>

namespace fleetcast {

/// The parts of a price with shares that sum to 1 but for rounding; none where all is due at once.
std::vector<PlanPayment> lower_payment(const std::optional<std::vector<Payment>>& payment);

PlanSite lower_site(const std::string& name, const Site& site, const Plan& plan,
                    ValueCompiler& values);

/// Teams and workloads, and by what workloads count; nothing where there are none. The plan has
/// its accelerators.
void lower_workloads(const Scenario& scenario, const Catalog& catalog, Plan& plan,
                     ValueCompiler& values);

} // namespace fleetcast
