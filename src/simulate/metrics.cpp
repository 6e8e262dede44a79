#include <fleetcast/simulate/metrics.hpp>

#include <algorithm>
#include <array>

namespace fleetcast {

namespace {

using Pool = PoolQuantity;
using Source = SourceQuantity;
using Site = SiteQuantity;
using Rest = RestQuantity;

constexpr auto other = bits(Rest::other_cost);
constexpr auto opex_of_pool = bits(Pool::energy_cost, Pool::maintenance);
constexpr auto opex_of_source = bits(Source::lease_cost, Source::nre);
constexpr auto cost_of_source = opex_of_source | bits(Source::hardware_cost);
constexpr auto cost_of_site = bits(Site::build, Site::colocation);

using enum MetricKind;

// One metric, one row.
// clang-format off
constexpr std::array table{
    Metric{"acquired", "units", stock, "opening fleet and all that was delivered so far",
           bits(Pool::opening), bits(Source::delivered_so_far)},
    Metric{"owned", "units", stock, "warehoused and in service, without leases",
           bits(Pool::end), bits(Source::warehoused)},
    Metric{"in_service", "units", stock, "installed and powered, leases included",
           bits(Pool::end), bits(Source::in_force)},
    Metric{.name = "warehoused", .unit = "units", .kind = stock,
           .doc = "delivered, not yet powered", .source = bits(Source::warehoused)},
    Metric{"available", "units", stock, "in service, accepted, less spares and repair",
           bits(Pool::available), bits(Source::in_force)},
    Metric{.name = "delivered", .unit = "units", .kind = flow,
           .doc = "arrived in the warehouse", .source = bits(Source::delivered)},
    Metric{"installed", "units", flow, "moved from the warehouse to a site", bits(Pool::installed)},
    Metric{"retired", "units", flow, "left at the end of life, or gave way to a refresh",
           bits(Pool::retired)},
    Metric{"lost", "units", flow, "attrition: permanent losses", bits(Pool::lost)},
    Metric{"failures", "units", flow, "failures, repaired", bits(Pool::failures)},
    Metric{"hours_between_failures", "hours", ratio, "calendar hours over failures",
           bits(Pool::failures)},
    Metric{"waiting_power", "units", stock, "could be powered, but the power is not there",
           bits(Pool::waiting_power)},
    Metric{"waiting_install", "units", stock, "have power, but wait to be installed",
           bits(Pool::waiting_install)},
    Metric{"h100e", "h100e", stock, "in service, in H100-equivalents",
           bits(Pool::h100e), bits(Source::leased_h100e)},
    Metric{"fleet_h100e", "h100e", stock, "owned and leased, in H100-equivalents",
           bits(Pool::h100e), bits(Source::held_h100e)},
    Metric{"available_h100e", "h100e", stock, "available, in H100-equivalents",
           bits(Pool::available_h100e), bits(Source::leased_h100e)},
    Metric{"nameplate_mw", "mw", stock, "IT power in service, rated, without leases",
           bits(Pool::nameplate)},
    Metric{"it_mw", "mw", stock, "IT power drawn", bits(Pool::it_power)},
    Metric{"facility_mw", "mw", stock, "IT power drawn x PUE", bits(Pool::facility_power)},
    Metric{.name = "power_mw", .unit = "mw", .kind = limit,
           .doc = "critical IT power in effect", .site = bits(Site::power)},
    Metric{.name = "contracted_mw", .unit = "mw", .kind = limit,
           .doc = "critical IT power by its planned dates", .site = bits(Site::contracted)},
    Metric{.name = "headroom_mw", .unit = "mw", .kind = limit,
           .doc = "power in effect and not set aside", .site = bits(Site::headroom)},
    Metric{"power_short_mw", "mw", stock, "power that the units waiting for it need",
           bits(Pool::power_short)},
    Metric{"energy_mwh", "mwh", flow, "electricity of the facility, leases apart",
           bits(Pool::energy)},
    Metric{"emissions_t", "t", flow, "CO2e of that electricity", bits(Pool::emissions)},
    Metric{.name = "embodied_t", .unit = "t", .kind = flow,
           .doc = "embodied CO2e, spread over the service life", .pool = bits(Pool::embodied),
           .needs_embodied = true},
    Metric{.name = "capex_usd", .unit = "usd", .kind = flow,
           .doc = "hardware delivered and sites built", .source = bits(Source::hardware_cost),
           .site = bits(Site::build)},
    Metric{"opex_usd", "usd", flow, "energy, maintenance, colocation, leases, NRE and other",
           opex_of_pool, opex_of_source, bits(Site::colocation), other},
    Metric{"cost_usd", "usd", flow, "capex and opex less resale",
           opex_of_pool, cost_of_source, cost_of_site, other, bits(Pool::resale)},
    Metric{"cum_cost_usd", "usd", running, "cost so far",
           opex_of_pool, cost_of_source, cost_of_site, other, bits(Pool::resale)},
    Metric{"energy_usd", "usd", flow, "electricity", bits(Pool::energy_cost)},
    Metric{"maintenance_usd", "usd", flow, "maintenance of the units in service",
           bits(Pool::maintenance)},
    Metric{.name = "colocation_usd", .unit = "usd", .kind = flow,
           .doc = "rent of the power in effect", .site = bits(Site::colocation)},
    Metric{.name = "lease_usd", .unit = "usd", .kind = flow,
           .doc = "rent of leased accelerators", .source = bits(Source::lease_cost)},
    Metric{.name = "nre_usd", .unit = "usd", .kind = flow,
           .doc = "non-recurring engineering", .source = bits(Source::nre)},
    Metric{.name = "other_usd", .unit = "usd", .kind = flow,
           .doc = "other costs", .rest = other},
    Metric{"resale_usd", "usd", flow, "resale of the units retired", bits(Pool::resale)},
    Metric{.name = "bound_power", .unit = "share", .kind = MetricKind::bound,
           .doc = "units waited for power", .bound = Bound::power},
    Metric{.name = "bound_install", .unit = "share", .kind = MetricKind::bound,
           .doc = "units waited to be installed", .bound = Bound::install},
    Metric{.name = "bound_supply", .unit = "share", .kind = MetricKind::bound,
           .doc = "all that was there ran; more was to come", .bound = Bound::supply},
    Metric{.name = "bound_none", .unit = "share", .kind = MetricKind::bound,
           .doc = "nothing was left to wait for", .bound = Bound::none},
};
// clang-format on

constexpr std::array<std::string_view, 24> later_names{
    "demand_h100e",
    "served_h100e",
    "shortfall_h100e",
    "idle_h100e",
    "utilisation",
    "cash_usd",
    "npv_cost_usd",
    "depreciation_usd",
    "writeoff_usd",
    "book_value_usd",
    "capital_charge_usd",
    "charged_usd",
    "charged_mwh",
    "charged_t",
    "tco_usd_per_gpu_hour",
    "tco_usd_per_h100e_hour",
    "tco_with_capital_usd_per_gpu_hour",
    "tco_with_capital_usd_per_h100e_hour",
    "usd_per_million_tokens",
    "paid_before_start_usd",
    "due_after_end_usd",
    "prepaid_usd",
    "weeks_late",
    "training_usd",
};

} // namespace

std::span<const Metric> metrics() { return table; }

Needs needs_of(const Metric& metric) {
    if (metric.kind == bound)
        return {bits(Pool::waiting_power, Pool::waiting_install), bits(Source::still_to_come), 0,
                0};
    return {metric.pool | metric.less, metric.source, metric.site, metric.rest};
}

const Metric* metric_named(std::string_view name) {
    const auto found = std::ranges::find(table, name, &Metric::name);
    return found == table.end() ? nullptr : &*found;
}

std::span<const std::string_view> later_metrics() { return later_names; }

std::vector<std::string> default_metrics() {
    return {"owned",       "in_service", "warehoused", "h100e",    "it_mw",
            "facility_mw", "energy_mwh", "capex_usd",  "opex_usd", "cum_cost_usd"};
}

} // namespace fleetcast
