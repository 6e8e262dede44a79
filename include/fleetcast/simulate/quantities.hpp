// What a period of a block of trials leaves to be measured, by pool (a source at a site), source,
// site and workload; metrics are sums of these. Interface: the quantities, Needs.
#pragma once

#include <cstdint>

namespace fleetcast {

/// Of one source at one site.
enum class PoolQuantity {
    opening,   // units before the first period
    end,       // units in service after step 5
    available, // units
    installed,
    retired,
    lost,     // units
    failures, // units
    waiting_power,
    waiting_install, // units
    h100e,
    available_h100e,
    nameplate,
    it_power,
    facility_power, // [MW]
    power_short,    // [MW]
    energy,         // [MWh]
    emissions,      // [t]
    embodied,       // [t], 0 where the figure is not known
    energy_cost,
    maintenance,
    resale, // [USD]
    depreciation,
    writeoff,
    book_value,     // [USD], of the units in service
    capital_charge, // [USD]
    available_hours,
    available_h100e_hours,
    count
};

enum class SourceQuantity {
    delivered,
    delivered_so_far, // units
    warehoused,       // units
    in_force,         // units of a lease
    leased_h100e,
    held_h100e,
    hardware_cost, // of the units delivered [USD]
    lease_cost,    // [USD]
    nre,           // [USD]
    still_to_come, // units to be delivered or commissioned, even after the end
    payments,      // for hardware [USD]
    warehouse_book,
    warehouse_capital_charge, // [USD]
    lease_hours,
    lease_h100e_hours,
    count
};

enum class SiteQuantity {
    power,
    contracted,
    headroom, // [MW], of a site with a limit
    colocation,
    build,    // [USD]
    payments, // for what is built [USD]
    depreciation,
    book_value,
    capital_charge, // [USD], of what is built
    count
};

enum class WorkloadQuantity {
    demand,
    served,
    shortfall, // [H100e], averages of the period
    charged_usd,
    charged_mwh,
    charged_t,
    million_tokens, // of inference
    count
};

/// Of the whole, no member's.
enum class RestQuantity {
    other_cost, // [USD]
    capacity,
    idle, // [H100e], averages of the period
    uncharged_usd,
    uncharged_mwh,
    uncharged_t, // of periods in which no workload is served
    count
};

/// Sets of quantities, as bits.
struct Needs {
    std::uint32_t pool = 0, source = 0, site = 0, workload = 0, rest = 0;

    bool has(PoolQuantity q) const { return (pool >> static_cast<unsigned>(q) & 1) != 0; }
    bool has(SourceQuantity q) const { return (source >> static_cast<unsigned>(q) & 1) != 0; }
    bool has(SiteQuantity q) const { return (site >> static_cast<unsigned>(q) & 1) != 0; }
    bool has(WorkloadQuantity q) const { return (workload >> static_cast<unsigned>(q) & 1) != 0; }
    bool has(RestQuantity q) const { return (rest >> static_cast<unsigned>(q) & 1) != 0; }
    bool any() const { return (pool | source | site | workload | rest) != 0; }
    constexpr Needs& operator|=(const Needs& more) {
        pool |= more.pool;
        source |= more.source;
        site |= more.site;
        workload |= more.workload;
        rest |= more.rest;
        return *this;
    }
    friend constexpr Needs operator|(Needs a, const Needs& b) { return a |= b; }
    bool operator==(const Needs&) const = default;
};

/// The bits of a set of quantities of one kind.
template <class... Quantities> constexpr std::uint32_t bits(Quantities... quantities) {
    return (0U | ... | (1U << static_cast<unsigned>(quantities)));
}

} // namespace fleetcast
