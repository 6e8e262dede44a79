#include <fleetcast/simulate/metrics.hpp>

#include <algorithm>
#include <array>

namespace fleetcast {

namespace {

using Pool = PoolFigures;
using Source = SourceFigures;
using Site = SiteFigures;
using All = PeriodFigures;

double per_unit(const All& all, const Pool& pool) { return all.sources[pool.source].h100e; }

// Units.
double opening(const All&, const Pool& p) { return p.opening; }
double in_service(const All&, const Pool& p) { return p.end; }
double available(const All&, const Pool& p) { return p.available; }
double installed(const All&, const Pool& p) { return p.installed; }
double retired(const All&, const Pool& p) { return p.retired; }
double lost(const All&, const Pool& p) { return p.lost; }
double failures(const All&, const Pool& p) { return p.failures; }
double waiting_power(const All&, const Pool& p) { return p.waiting_power; }
double waiting_install(const All&, const Pool& p) { return p.waiting_install; }
double delivered(const Source& s) { return s.delivered; }
double delivered_so_far(const Source& s) { return s.delivered_so_far; }
double warehoused(const Source& s) { return s.warehoused; }
double in_force(const Source& s) { return s.in_force; }

// H100-equivalents.
double h100e(const All& a, const Pool& p) { return p.end * per_unit(a, p); }
double available_h100e(const All& a, const Pool& p) { return p.available * per_unit(a, p); }
double leased_h100e(const Source& s) { return s.in_force * s.h100e; }
double held_h100e(const Source& s) { return (s.warehoused + s.in_force) * s.h100e; }

// Power and energy.
double nameplate(const All&, const Pool& p) { return p.nameplate; }
double it_power(const All&, const Pool& p) { return p.it_power; }
double facility_power(const All&, const Pool& p) { return p.facility_power; }
double power_short(const All&, const Pool& p) { return p.power_short; }
double power(const Site& s) { return s.power; }
double contracted(const Site& s) { return s.contracted; }
double headroom(const Site& s) { return s.headroom; }
double energy(const All&, const Pool& p) { return p.energy; }
double emissions(const All&, const Pool& p) { return p.emissions; }
double embodied(const All&, const Pool& p) { return p.embodied; }

// Money.
double hardware(const Source& s) { return s.hardware_cost; }
double build(const Site& s) { return s.build; }
double energy_cost(const All&, const Pool& p) { return p.energy_cost; }
double maintenance(const All&, const Pool& p) { return p.maintenance; }
double colocation(const Site& s) { return s.colocation; }
double lease(const Source& s) { return s.lease_cost; }
double nre(const Source& s) { return s.nre; }
double other(const All& a) { return a.other_cost; }
double resale(const All&, const Pool& p) { return p.resale; }
double opex_of_pool(const All&, const Pool& p) { return p.energy_cost + p.maintenance; }
double opex_of_source(const Source& s) { return s.lease_cost + s.nre; }
double cost_of_pool(const All& a, const Pool& p) { return opex_of_pool(a, p) - p.resale; }
double cost_of_source(const Source& s) { return s.hardware_cost + opex_of_source(s); }
double cost_of_site(const Site& s) { return s.build + s.colocation; }

using enum MetricKind;

// One metric, one row.
// clang-format off
constexpr std::array table{
    Metric{"acquired", "units", stock, "opening fleet and all that was delivered so far",
           opening, delivered_so_far},
    Metric{"owned", "units", stock, "warehoused and in service, without leases",
           in_service, warehoused},
    Metric{"in_service", "units", stock, "installed and powered, leases included",
           in_service, in_force},
    Metric{.name = "warehoused", .unit = "units", .kind = stock,
           .doc = "delivered, not yet powered", .of_source = warehoused},
    Metric{"available", "units", stock, "in service, accepted, less spares and repair",
           available, in_force},
    Metric{.name = "delivered", .unit = "units", .kind = flow,
           .doc = "arrived in the warehouse", .of_source = delivered},
    Metric{"installed", "units", flow, "moved from the warehouse to a site", installed},
    Metric{"retired", "units", flow, "left at the end of life, or gave way to a refresh", retired},
    Metric{"lost", "units", flow, "attrition: permanent losses", lost},
    Metric{"failures", "units", flow, "failures, repaired", failures},
    Metric{"hours_between_failures", "hours", ratio, "calendar hours over failures", failures},
    Metric{"waiting_power", "units", stock, "could be powered, but the power is not there",
           waiting_power},
    Metric{"waiting_install", "units", stock, "have power, but wait to be installed",
           waiting_install},
    Metric{"h100e", "h100e", stock, "in service, in H100-equivalents", h100e, leased_h100e},
    Metric{"fleet_h100e", "h100e", stock, "owned and leased, in H100-equivalents",
           h100e, held_h100e},
    Metric{"available_h100e", "h100e", stock, "available, in H100-equivalents",
           available_h100e, leased_h100e},
    Metric{"nameplate_mw", "mw", stock, "IT power in service, rated, without leases", nameplate},
    Metric{"it_mw", "mw", stock, "IT power drawn", it_power},
    Metric{"facility_mw", "mw", stock, "IT power drawn x PUE", facility_power},
    Metric{.name = "power_mw", .unit = "mw", .kind = limit,
           .doc = "critical IT power in effect", .of_site = power},
    Metric{.name = "contracted_mw", .unit = "mw", .kind = limit,
           .doc = "critical IT power by its planned dates", .of_site = contracted},
    Metric{.name = "headroom_mw", .unit = "mw", .kind = limit,
           .doc = "power in effect and not set aside", .of_site = headroom},
    Metric{"power_short_mw", "mw", stock, "power that the units waiting for it need", power_short},
    Metric{"energy_mwh", "mwh", flow, "electricity of the facility, leases apart", energy},
    Metric{"emissions_t", "t", flow, "CO2e of that electricity", emissions},
    Metric{.name = "embodied_t", .unit = "t", .kind = flow,
           .doc = "embodied CO2e, spread over the service life", .of_pool = embodied,
           .needs_embodied = true},
    Metric{.name = "capex_usd", .unit = "usd", .kind = flow,
           .doc = "hardware delivered and sites built", .of_source = hardware, .of_site = build},
    Metric{"opex_usd", "usd", flow, "energy, maintenance, colocation, leases, NRE and other",
           opex_of_pool, opex_of_source, colocation, other},
    Metric{"cost_usd", "usd", flow, "capex and opex less resale",
           cost_of_pool, cost_of_source, cost_of_site, other},
    Metric{"cum_cost_usd", "usd", running, "cost so far",
           cost_of_pool, cost_of_source, cost_of_site, other},
    Metric{"energy_usd", "usd", flow, "electricity", energy_cost},
    Metric{"maintenance_usd", "usd", flow, "maintenance of the units in service", maintenance},
    Metric{.name = "colocation_usd", .unit = "usd", .kind = flow,
           .doc = "rent of the power in effect", .of_site = colocation},
    Metric{.name = "lease_usd", .unit = "usd", .kind = flow,
           .doc = "rent of leased accelerators", .of_source = lease},
    Metric{.name = "nre_usd", .unit = "usd", .kind = flow,
           .doc = "non-recurring engineering", .of_source = nre},
    Metric{.name = "other_usd", .unit = "usd", .kind = flow,
           .doc = "other costs", .of_rest = other},
    Metric{"resale_usd", "usd", flow, "resale of the units retired", resale},
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
