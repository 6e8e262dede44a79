// What workloads are charged for, in proportion to what they are served (rules.md, M12).
// Interface: charges(), with_charges(), and the sums of cost that metrics share with them.
#pragma once

#include <fleetcast/simulate/quantities.hpp>

#include <array>

namespace fleetcast {

inline constexpr Needs opex_cost{.pool = bits(PoolQuantity::energy_cost, PoolQuantity::maintenance),
                                 .source = bits(SourceQuantity::lease_cost, SourceQuantity::nre),
                                 .site = bits(SiteQuantity::colocation),
                                 .rest = bits(RestQuantity::other_cost)};

/// Depreciation, write-offs and opex; less what is resold it is the cost of a period.
inline constexpr Needs accrued_cost =
    opex_cost | Needs{.pool = bits(PoolQuantity::depreciation, PoolQuantity::writeoff),
                      .site = bits(SiteQuantity::depreciation)};
inline constexpr Needs resold{.pool = bits(PoolQuantity::resale)};

/// A total of a period, and the quantities that are shares of it.
struct Charge {
    Needs plus, less;         // quantities of the fleet that make it up
    WorkloadQuantity charged; // to each workload
    RestQuantity uncharged;   // to nobody: nothing is served
};

inline constexpr std::array charges{
    Charge{accrued_cost, resold, WorkloadQuantity::charged_usd, RestQuantity::uncharged_usd},
    Charge{{.pool = bits(PoolQuantity::energy)},
           {},
           WorkloadQuantity::charged_mwh,
           RestQuantity::uncharged_mwh},
    Charge{{.pool = bits(PoolQuantity::emissions)},
           {},
           WorkloadQuantity::charged_t,
           RestQuantity::uncharged_t},
};

inline bool is_needed(const Charge& charge, const Needs& needs) {
    return needs.has(charge.charged) || needs.has(charge.uncharged);
}

/// Whether workloads must be served to know these.
inline bool needs_demand(const Needs& needs) {
    return needs.workload != 0 || (needs.rest & ~bits(RestQuantity::other_cost)) != 0;
}

/// Quantities, and those that demand and charges are made of.
inline Needs with_charges(Needs needs) {
    for (const Charge& charge : charges)
        if (is_needed(charge, needs))
            needs |= charge.plus | charge.less;
    if (needs_demand(needs))
        needs |= {.pool = bits(PoolQuantity::available_hours),
                  .source = bits(SourceQuantity::lease_hours)};
    return needs;
}

} // namespace fleetcast
