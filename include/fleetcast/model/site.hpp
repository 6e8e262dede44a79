// Sites: where accelerators are powered, and when the power comes.
#pragma once

#include <fleetcast/base/field.hpp>
#include <fleetcast/model/named.hpp>
#include <fleetcast/model/payment.hpp>
#include <fleetcast/model/value.hpp>

#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace fleetcast {

/// A step of critical IT power.
struct Increment {
    std::string title;
    Date from;
    Scalar critical_mw;
    std::optional<Scalar> delay_months;
    std::optional<Scalar> build_usd_per_mw;
    std::optional<std::vector<Payment>> payment; // the site's when left out, as the build cost
    bool operator==(const Increment&) const = default;

    static constexpr auto fields() {
        return std::tuple{
            field("from", &Increment::from, "day on which it is planned").required(),
            field("critical_mw", &Increment::critical_mw, "critical IT power")
                .in(not_negative)
                .required(),
            field("delay_months", &Increment::delay_months, "its own slip"),
            field("build_usd_per_mw", &Increment::build_usd_per_mw,
                  "build cost, spent when it comes on")
                .in(not_negative),
            field("payment", &Increment::payment, "when the build cost is paid"),
        };
    }
};

struct Site {
    std::string title;
    std::string region;
    std::optional<Named<Increment>> power; // none: no limit
    std::optional<Scalar> delay_months;
    std::optional<Scalar> provisioning_share;
    std::optional<Scalar> reserve_share;
    std::optional<Scalar> pue;
    std::optional<Scalar> load_share;
    std::optional<Series> electricity_usd_per_mwh;
    std::optional<Series> carbon_kg_per_mwh;
    std::optional<Scalar> install_units_per_month;
    std::optional<Series> colocation_usd_per_kw_month;
    std::optional<Scalar> build_usd_per_mw;
    std::optional<std::vector<Payment>> payment;          // of build cost; none: when it comes on
    std::optional<std::vector<std::string>> accelerators; // allowed; none: all
    bool operator==(const Site&) const = default;

    static constexpr auto fields() {
        return std::tuple{
            field("region", &Site::region, "free text"),
            field("power", &Site::power, "increments of critical IT power"),
            field("delay_months", &Site::delay_months, "slip of every increment"),
            field("provisioning_share", &Site::provisioning_share,
                  "power set aside per unit, of its kW")
                .in({.low = 0, .high = 2, .low_open = true}),
            field("reserve_share", &Site::reserve_share, "power kept free").in(share_range),
            field("pue", &Site::pue, "facility power over IT power").in({.low = 1}),
            field("load_share", &Site::load_share, "share of nameplate IT power drawn")
                .in(share_range),
            field("electricity_usd_per_mwh", &Site::electricity_usd_per_mwh, "electricity price"),
            field("carbon_kg_per_mwh", &Site::carbon_kg_per_mwh, "carbon of the electricity")
                .in(not_negative),
            field("install_units_per_month", &Site::install_units_per_month,
                  "most units installed in a month")
                .in(not_negative),
            field("colocation_usd_per_kw_month", &Site::colocation_usd_per_kw_month,
                  "rent of the power in effect")
                .in(not_negative),
            field("build_usd_per_mw", &Site::build_usd_per_mw, "build cost of an increment")
                .in(not_negative),
            field("payment", &Site::payment, "when the build cost of an increment is paid"),
            field("accelerators", &Site::accelerators, "ids that may be installed here"),
        };
    }
};

} // namespace fleetcast
