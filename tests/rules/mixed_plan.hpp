// A small scenario in which everything happens: every kind of source, two sites, retirement,
// attrition, refresh, slips, waiting for power and for installation. Laws are checked on it.
#pragma once

#include "rules.hpp"

namespace fleetcast::testing::rules {

inline std::string mixed_plan(const std::string& rest = "") {
    return R"({"start": "2024-01", "end": "2024-12", "sources": {
        "base": {"kind": "installed", "accelerator": "nvidia-h100-sxm", "kw_per_unit": 1,
            "vintages": {"2023-02": 60, "2023-06": 90}, "service_life_months": 20,
            "annual_attrition_share": 0.2, "annual_failure_rate": 0.5, "repair_days": 10,
            "price_usd": 100, "maintenance_share_per_year": 0.1, "resale_share": 0.2},
        "new": {"kind": "purchase", "accelerator": "nvidia-h100-sxm", "kw_per_unit": 1,
            "deliveries": {"units": 240, "from": "2024-01", "to": "2024-08", "curve": "s-curve"},
            "delay_months": 0.7, "price_usd": {"start": 100, "growth_per_year": -0.3},
            "annual_attrition_share": 0.1, "acceptance_months": 1},
        "big": {"kind": "purchase", "accelerator": "amd-mi300x", "h100e": 2, "kw_per_unit": 2,
            "orders": {"po": {"ordered": "2023-10", "units": 50, "lead_time_months": 5}},
            "replaces": {"source": "base", "from": "2024-04"}, "price_usd": 300, "sites": ["m"]},
        "chip": {"kind": "in-house", "h100e": 0.5, "kw_per_unit": 0.5,
            "deliveries": {"schedule": {"2024-Q2": 60, "2025": 120}}, "commissioning_months": 1,
            "nre_usd": 1200, "nre_from": "2024-01", "nre_to": "2024-12"},
        "rented": {"kind": "lease", "h100e": 1, "units": 30, "from": "2024-03", "to": "2024-09",
            "rate_usd_per_hour": 0.01},
        "unknown": {"kind": "undisclosed", "kw_per_unit": 1,
            "deliveries": {"reach_h100e": 900, "by": "2024-12"}}},
      "sites": {
        "m": {"power": {"p": {"from": "2024-01", "critical_mw": 0.16},
                        "q": {"from": "2024-06", "critical_mw": 0.1, "delay_months": 0.5}},
            "provisioning_share": 0.9, "reserve_share": 0.05, "build_usd_per_mw": 5000,
            "colocation_usd_per_kw_month": 2},
        "n": {"install_units_per_month": 25, "pue": 1.1}},
      "costs": {"setup": {"usd": 50, "at": "2024-02"}})" +
           (rest.empty() ? "" : ", " + rest) + "}";
}

} // namespace fleetcast::testing::rules
