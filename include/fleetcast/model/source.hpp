// Supply: the five kinds of source, with the schema of each.
#pragma once

#include <fleetcast/base/field.hpp>
#include <fleetcast/model/named.hpp>
#include <fleetcast/model/payment.hpp>
#include <fleetcast/model/value.hpp>

#include <optional>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

namespace fleetcast {

enum class Curve { linear, s_curve, front_loaded, back_loaded };

/// So many units between two dates.
struct UnitDeliveries {
    Scalar units;
    Date from, to;
    Curve curve = Curve::linear;
    bool operator==(const UnitDeliveries&) const = default;

    static constexpr auto fields() {
        return std::tuple{
            field("units", &UnitDeliveries::units, "accelerators delivered")
                .in(not_negative)
                .required(),
            field("from", &UnitDeliveries::from, "first day of delivery").required(),
            field("to", &UnitDeliveries::to, "last day of delivery").required(),
            field("curve", &UnitDeliveries::curve, "how the deliveries spread over that time"),
        };
    }
};

/// A month, a quarter or a year of a schedule.
struct Span {
    Date from, to; // to: its last month
    std::string key;
    bool operator==(const Span&) const = default;
};

/// Units by month, quarter or year, even within each.
struct ScheduledDeliveries {
    std::vector<std::pair<Span, Scalar>> schedule;
    bool operator==(const ScheduledDeliveries&) const = default;
};

/// What is missing for a target: units of the accelerator, or H100-equivalents of the fleet.
struct ReachDeliveries {
    Scalar target;
    bool h100e = false;
    Date by;
    std::optional<Date> from; // the start when left out
    Curve curve = Curve::linear;
    bool operator==(const ReachDeliveries&) const = default;

    static constexpr auto fields() {
        return std::tuple{
            field("by", &ReachDeliveries::by, "last day of delivery").required(),
            field("from", &ReachDeliveries::from, "first day of delivery"),
            field("curve", &ReachDeliveries::curve, "how the deliveries spread over that time"),
        };
    }
};

using Deliveries = std::variant<UnitDeliveries, ScheduledDeliveries, ReachDeliveries>;

/// One purchase order.
struct Order {
    Scalar units;
    std::optional<Date> ordered;
    std::optional<Date> arrives;
    std::optional<Scalar> lead_time_months;
    std::optional<Scalar> over_months;
    std::optional<Scalar> price_usd;
    std::string title;
    bool operator==(const Order&) const = default;

    static constexpr auto fields() {
        return std::tuple{
            field("units", &Order::units, "accelerators ordered").in(not_negative).required(),
            field("ordered", &Order::ordered, "day of the order"),
            field("arrives", &Order::arrives, "day of arrival, instead of ordered and lead time"),
            field("lead_time_months", &Order::lead_time_months, "from order to first arrival")
                .in(not_negative),
            field("over_months", &Order::over_months, "arrival is even over this time")
                .in(not_negative),
            field("price_usd", &Order::price_usd, "price of one accelerator of this order")
                .in(not_negative),
        };
    }
};

/// Refresh: this source takes the place of units of another.
struct Replaces {
    std::string source;
    std::optional<Date> from;
    bool operator==(const Replaces&) const = default;

    static constexpr auto fields() {
        return std::tuple{
            field("source", &Replaces::source, "the source whose units give way").required(),
            field("from", &Replaces::from, "first day of the refresh"),
        };
    }
};

/// What every owned source has.
struct Hardware {
    std::string title;
    std::optional<std::string> accelerator;
    std::optional<Scalar> h100e;
    std::optional<Scalar> kw_per_unit;
    std::optional<std::vector<std::string>> sites;
    std::optional<Scalar> service_life_months;
    std::optional<Scalar> annual_attrition_share;
    std::optional<Scalar> annual_failure_rate;
    std::optional<Scalar> repair_days;
    std::optional<Scalar> spares_share;
    std::optional<Series> price_usd;
    std::optional<Series> system_price_usd;
    std::optional<Scalar> maintenance_share_per_year;
    std::optional<Scalar> resale_share;
    std::optional<double> depreciation_months; // that of finance when left out
    bool operator==(const Hardware&) const = default;

    static constexpr auto fields() {
        return std::tuple{
            field("accelerator", &Hardware::accelerator, "id in the catalogue"),
            field("h100e", &Hardware::h100e, "H100-equivalents of one unit").in(not_negative),
            field("kw_per_unit", &Hardware::kw_per_unit,
                  "IT power of one unit with its share of the server")
                .in(positive),
            field("sites", &Hardware::sites, "where it is installed, in order of preference"),
            field("service_life_months", &Hardware::service_life_months, "retired after this time")
                .in(positive),
            field("annual_attrition_share", &Hardware::annual_attrition_share,
                  "permanent losses a year")
                .in({.low = 0, .high = 1, .high_open = true}),
            field("annual_failure_rate", &Hardware::annual_failure_rate,
                  "failures per unit and year")
                .in(not_negative),
            field("repair_days", &Hardware::repair_days, "time to repair").in(not_negative),
            field("spares_share", &Hardware::spares_share, "hot spares").in(share_range),
            field("price_usd", &Hardware::price_usd, "price of one accelerator").in(not_negative),
            field("system_price_usd", &Hardware::system_price_usd,
                  "server, network and rack share of one accelerator")
                .in(not_negative),
            field("maintenance_share_per_year", &Hardware::maintenance_share_per_year,
                  "maintenance, of cost")
                .in(share_range),
            field("resale_share", &Hardware::resale_share, "resale at retirement, of cost")
                .in(share_range),
            field("depreciation_months", &Hardware::depreciation_months,
                  "straight-line depreciation, from installation")
                .in(positive),
        };
    }
};

/// Units in service at the start.
struct Installed : Hardware {
    static constexpr std::string_view kind = "installed";
    std::vector<std::pair<Date, Scalar>> vintages; // by month of installation
    bool operator==(const Installed&) const = default;

    static constexpr auto fields() {
        return std::tuple_cat(Hardware::fields(), std::tuple{
                                                      field("vintages", &Installed::vintages,
                                                            "units by month of installation")
                                                          .in(not_negative)
                                                          .required(),
                                                  });
    }
};

/// What every source that is delivered has.
struct Procured : Hardware {
    std::optional<Deliveries> deliveries;
    std::optional<Named<Order>> orders;
    std::optional<Scalar> delay_months;
    std::optional<Scalar> commissioning_months;
    double acceptance_months = 0;
    std::optional<std::vector<Payment>> payment; // none: on delivery
    std::optional<Replaces> replaces;
    bool operator==(const Procured&) const = default;

    static constexpr auto fields() {
        return std::tuple_cat(
            Hardware::fields(),
            std::tuple{
                field("deliveries", &Procured::deliveries, "what arrives when").in(not_negative),
                field("orders", &Procured::orders, "purchase orders with lead times"),
                field("delay_months", &Procured::delay_months, "slip of every delivery"),
                field("commissioning_months", &Procured::commissioning_months,
                      "from delivery until a unit can be powered")
                    .in(not_negative),
                field("acceptance_months", &Procured::acceptance_months,
                      "burn-in: powered but not yet available")
                    .in(not_negative),
                field("payment", &Procured::payment, "when the price is paid"),
                field("replaces", &Procured::replaces, "refresh of another source"),
            });
    }
};

/// Bought accelerators.
struct Purchase : Procured {
    static constexpr std::string_view kind = "purchase";
    bool operator==(const Purchase&) const = default;
};

/// Supply known only by its size.
struct Undisclosed : Procured {
    static constexpr std::string_view kind = "undisclosed";
    bool operator==(const Undisclosed&) const = default;
};

/// A chip that needs another tape-out.
struct Respin {
    double probability_share = 0;
    Scalar delay_months;
    bool operator==(const Respin&) const = default;

    static constexpr auto fields() {
        return std::tuple{
            field("probability_share", &Respin::probability_share, "chance of a respin")
                .in(share_range)
                .required(),
            field("delay_months", &Respin::delay_months, "what it costs in time")
                .in(not_negative)
                .required(),
        };
    }
};

/// One's own chip.
struct InHouse : Procured {
    static constexpr std::string_view kind = "in-house";
    std::optional<Scalar> nre_usd;
    std::optional<Date> nre_from, nre_to;
    std::optional<Respin> respin;
    bool operator==(const InHouse&) const = default;

    static constexpr auto fields() {
        return std::tuple_cat(
            Procured::fields(),
            std::tuple{
                field("nre_usd", &InHouse::nre_usd, "non-recurring engineering").in(not_negative),
                field("nre_from", &InHouse::nre_from, "first day of its spending"),
                field("nre_to", &InHouse::nre_to, "last day of its spending"),
                field("respin", &InHouse::respin, "risk of another tape-out"),
            });
    }
};

/// Capacity rented from others, in the provider's power.
struct Lease {
    static constexpr std::string_view kind = "lease";
    std::string title;
    std::optional<std::string> accelerator;
    std::optional<Scalar> h100e;
    Scalar units;
    Date from, to;
    Series rate_usd_per_hour;
    std::optional<Scalar> delay_months;
    bool operator==(const Lease&) const = default;

    static constexpr auto fields() {
        return std::tuple{
            field("accelerator", &Lease::accelerator, "id in the catalogue"),
            field("h100e", &Lease::h100e, "H100-equivalents of one unit").in(not_negative),
            field("units", &Lease::units, "accelerators rented").in(not_negative).required(),
            field("from", &Lease::from, "first day").required(),
            field("to", &Lease::to, "last day").required(),
            field("rate_usd_per_hour", &Lease::rate_usd_per_hour, "rent of one accelerator")
                .in(not_negative)
                .required(),
            field("delay_months", &Lease::delay_months, "slip of the whole lease"),
        };
    }
};

using Source = std::variant<Installed, Purchase, InHouse, Lease, Undisclosed>;

} // namespace fleetcast
