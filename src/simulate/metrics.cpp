#include <fleetcast/simulate/metrics.hpp>

#include <fleetcast/simulate/charges.hpp>

#include <algorithm>
#include <array>

namespace fleetcast {

namespace {

using Pool = PoolQuantity;
using Source = SourceQuantity;
using Site = SiteQuantity;
using Work = WorkloadQuantity;
using Rest = RestQuantity;

constexpr Needs pool(auto... quantities) { return {.pool = bits(quantities...)}; }
constexpr Needs source(auto... quantities) { return {.source = bits(quantities...)}; }
constexpr Needs site(auto... quantities) { return {.site = bits(quantities...)}; }
constexpr Needs work(auto... quantities) { return {.workload = bits(quantities...)}; }
constexpr Needs rest(auto... quantities) { return {.rest = bits(quantities...)}; }

constexpr Needs capex = source(Source::hardware_cost) | site(Site::build);
constexpr Needs paid = opex_cost | source(Source::payments) | site(Site::payments);
constexpr Needs capital = pool(Pool::capital_charge) | source(Source::warehouse_capital_charge) |
                          site(Site::capital_charge);
constexpr Needs gpu_hours = pool(Pool::available_hours) | source(Source::lease_hours);
constexpr Needs h100e_hours = pool(Pool::available_h100e_hours) | source(Source::lease_h100e_hours);

using enum MetricKind;

// One metric, one row.
// clang-format off
constexpr std::array table{
    Metric{"acquired", "units", stock, "opening fleet and all that was delivered so far",
           pool(Pool::opening) | source(Source::delivered_so_far)},
    Metric{"owned", "units", stock, "warehoused and in service, without leases",
           pool(Pool::end) | source(Source::warehoused)},
    Metric{"in_service", "units", stock, "installed and powered, leases included",
           pool(Pool::end) | source(Source::in_force)},
    Metric{"warehoused", "units", stock, "delivered, not yet powered", source(Source::warehoused)},
    Metric{"available", "units", stock, "in service, accepted, less spares and repair",
           pool(Pool::available) | source(Source::in_force)},
    Metric{"delivered", "units", flow, "arrived in the warehouse", source(Source::delivered)},
    Metric{"installed", "units", flow, "moved from the warehouse to a site", pool(Pool::installed)},
    Metric{"retired", "units", flow, "left at the end of life, or gave way to a refresh",
           pool(Pool::retired)},
    Metric{"lost", "units", flow, "attrition: permanent losses", pool(Pool::lost)},
    Metric{"failures", "units", flow, "failures, repaired", pool(Pool::failures)},
    Metric{.name = "hours_between_failures", .unit = "hours", .kind = ratio,
           .doc = "calendar hours over failures", .over = pool(Pool::failures)},
    Metric{"waiting_power", "units", stock, "could be powered, but the power is not there",
           pool(Pool::waiting_power)},
    Metric{"waiting_install", "units", stock, "have power, but wait to be installed",
           pool(Pool::waiting_install)},
    Metric{"h100e", "h100e", stock, "in service, in H100-equivalents",
           pool(Pool::h100e) | source(Source::leased_h100e)},
    Metric{"fleet_h100e", "h100e", stock, "owned and leased, in H100-equivalents",
           pool(Pool::h100e) | source(Source::held_h100e)},
    Metric{"available_h100e", "h100e", stock, "available, in H100-equivalents",
           pool(Pool::available_h100e) | source(Source::leased_h100e)},
    Metric{.name = "demand_h100e", .unit = "h100e", .kind = average,
           .doc = "what workloads ask for", .sum = work(Work::demand),
           .subject = Subject::demand},
    Metric{.name = "served_h100e", .unit = "h100e", .kind = average,
           .doc = "what workloads get", .sum = work(Work::served),
           .subject = Subject::demand},
    Metric{.name = "shortfall_h100e", .unit = "h100e", .kind = average,
           .doc = "what workloads ask for and do not get", .sum = work(Work::shortfall),
           .subject = Subject::demand},
    Metric{.name = "idle_h100e", .unit = "h100e", .kind = average,
           .doc = "available, and nobody's", .sum = rest(Rest::idle),
           .subject = Subject::balance},
    Metric{.name = "utilisation", .unit = "share", .kind = ratio,
           .doc = "served over available, in hours of H100-equivalents",
           .sum = work(Work::served), .over = rest(Rest::capacity), .subject = Subject::balance},
    Metric{"nameplate_mw", "mw", stock, "IT power in service, rated, without leases",
           pool(Pool::nameplate)},
    Metric{"it_mw", "mw", stock, "IT power drawn", pool(Pool::it_power)},
    Metric{"facility_mw", "mw", stock, "IT power drawn x PUE", pool(Pool::facility_power)},
    Metric{"power_mw", "mw", limit, "critical IT power in effect", site(Site::power)},
    Metric{"contracted_mw", "mw", limit, "critical IT power by its planned dates",
           site(Site::contracted)},
    Metric{"headroom_mw", "mw", limit, "power in effect and not set aside", site(Site::headroom)},
    Metric{"power_short_mw", "mw", stock, "power that the units waiting for it need",
           pool(Pool::power_short)},
    Metric{"energy_mwh", "mwh", flow, "electricity of the facility, leases apart",
           pool(Pool::energy)},
    Metric{"emissions_t", "t", flow, "CO2e of that electricity", pool(Pool::emissions)},
    Metric{.name = "embodied_t", .unit = "t", .kind = flow,
           .doc = "embodied CO2e, spread over the service life", .sum = pool(Pool::embodied),
           .needs_embodied = true},
    Metric{"capex_usd", "usd", flow, "hardware delivered and sites built", capex},
    Metric{"opex_usd", "usd", flow, "energy, maintenance, colocation, leases, NRE and other", opex_cost},
    Metric{"cost_usd", "usd", flow, "capex and opex less resale", capex | opex_cost, resold},
    Metric{"cum_cost_usd", "usd", running, "cost so far", capex | opex_cost, resold},
    Metric{"energy_usd", "usd", flow, "electricity", pool(Pool::energy_cost)},
    Metric{"maintenance_usd", "usd", flow, "maintenance of the units in service",
           pool(Pool::maintenance)},
    Metric{"colocation_usd", "usd", flow, "rent of the power in effect", site(Site::colocation)},
    Metric{"lease_usd", "usd", flow, "rent of leased accelerators", source(Source::lease_cost)},
    Metric{"nre_usd", "usd", flow, "non-recurring engineering", source(Source::nre)},
    Metric{"other_usd", "usd", flow, "other costs", rest(Rest::other_cost)},
    Metric{"resale_usd", "usd", flow, "resale of the units retired", resold},
    Metric{"cash_usd", "usd", flow, "paid: hardware and sites by their payments, the rest at once",
           paid, resold},
    Metric{"npv_cost_usd", "usd", discounted, "paid so far, discounted to the start", paid, resold},
    Metric{"depreciation_usd", "usd", flow, "straight-line, of hardware and sites",
           pool(Pool::depreciation) | site(Site::depreciation)},
    Metric{"writeoff_usd", "usd", flow, "book value of the units lost or retired",
           pool(Pool::writeoff)},
    Metric{"book_value_usd", "usd", stock, "cost not yet depreciated, the warehouse included",
           pool(Pool::book_value) | source(Source::warehouse_book) | site(Site::book_value)},
    Metric{"capital_charge_usd", "usd", flow, "discount rate on the book value", capital},
    Metric{"tco_usd_per_gpu_hour", "usd_per_hour", ratio,
           "depreciation, write-offs and opex less resale, over available hours",
           accrued_cost, resold, gpu_hours},
    Metric{"tco_usd_per_h100e_hour", "usd_per_hour", ratio,
           "the same over available hours of H100-equivalents", accrued_cost, resold, h100e_hours},
    Metric{"tco_with_capital_usd_per_gpu_hour", "usd_per_hour", ratio,
           "with the capital charge, over available hours", accrued_cost | capital, resold, gpu_hours},
    Metric{"tco_with_capital_usd_per_h100e_hour", "usd_per_hour", ratio,
           "with the capital charge, over available hours of H100-equivalents",
           accrued_cost | capital, resold, h100e_hours},
    Metric{.name = "charged_usd", .unit = "usd", .kind = flow,
           .doc = "depreciation, write-offs and opex less resale, shared by what is served",
           .sum = work(Work::charged_usd) | rest(Rest::uncharged_usd),
           .subject = Subject::demand},
    Metric{.name = "charged_mwh", .unit = "mwh", .kind = flow,
           .doc = "electricity, shared by what is served",
           .sum = work(Work::charged_mwh) | rest(Rest::uncharged_mwh),
           .subject = Subject::demand},
    Metric{.name = "charged_t", .unit = "t", .kind = flow,
           .doc = "CO2e of that electricity, shared by what is served",
           .sum = work(Work::charged_t) | rest(Rest::uncharged_t),
           .subject = Subject::demand},
    Metric{.name = "usd_per_million_tokens", .unit = "usd_per_million_tokens", .kind = ratio,
           .doc = "what an inference is charged over the tokens that it serves",
           .sum = work(Work::charged_usd), .over = work(Work::million_tokens),
           .subject = Subject::workload},
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

} // namespace

std::span<const Metric> metrics() { return table; }

Needs needs_of(const Metric& metric) {
    if (metric.kind == bound)
        return pool(Pool::waiting_power, Pool::waiting_install) | source(Source::still_to_come);
    return metric.sum | metric.less | metric.over;
}

const Metric* metric_named(std::string_view name) {
    const auto found = std::ranges::find(table, name, &Metric::name);
    return found == table.end() ? nullptr : &*found;
}

std::vector<std::string> default_metrics(bool with_workloads) {
    std::vector<std::string> names{"owned",    "in_service",  "warehoused", "h100e",
                                   "it_mw",    "facility_mw", "energy_mwh", "capex_usd",
                                   "opex_usd", "cum_cost_usd"};
    if (with_workloads)
        names.insert(names.end(), {"demand_h100e", "shortfall_h100e"});
    return names;
}

} // namespace fleetcast
