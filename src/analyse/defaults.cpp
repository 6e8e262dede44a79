#include <fleetcast/analyse/defaults.hpp>

#include <fleetcast/compile/compile.hpp>
#include <fleetcast/model/lookup.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace fleetcast {

namespace {

constexpr std::size_t most_named = 4;

std::string some_of(const std::vector<std::string>& names) {
    if (names.size() <= most_named)
        return fmt::format("{}", fmt::join(names, ", "));
    const std::vector<std::string> first(names.begin(), names.begin() + most_named);
    return fmt::format("{} and {} more", fmt::join(first, ", "), names.size() - most_named);
}

/// Gathers who took a default.
class Takers {
public:
    explicit Takers(std::string what) : what_(std::move(what)) {}
    void add(const std::string& name, bool took) {
        if (took)
            names_.push_back(name);
    }
    void report(std::vector<std::string>& out, std::string_view kind) const {
        if (!names_.empty())
            out.push_back(fmt::format("{} ({}: {})", what_, kind, some_of(names_)));
    }

private:
    std::string what_;
    std::vector<std::string> names_;
};

bool has_price(const Procured& source) {
    if (source.price_usd || source.system_price_usd)
        return true;
    return source.orders && !source.orders->empty() &&
           std::ranges::all_of(*source.orders, [](const auto& order) {
               return order.second.price_usd.has_value();
           });
}

void sources(const Scenario& scenario, std::vector<std::string>& out) {
    Takers price("price 0"), life("no retirement"), attrition("no attrition"),
        failures("no failures"), spares("no spares"), delay("no delay"), h100e("h100e 1");
    for (const auto& [name, source] : scenario.sources) {
        if (const Hardware* hardware = hardware_of(source)) {
            life.add(name, !hardware->service_life_months);
            attrition.add(name, !hardware->annual_attrition_share);
            failures.add(name, !hardware->annual_failure_rate);
            spares.add(name, !hardware->spares_share);
            h100e.add(name, std::holds_alternative<Undisclosed>(source) && !hardware->h100e &&
                                !hardware->accelerator);
        }
        if (const Procured* procured = procured_of(source)) {
            price.add(name, !has_price(*procured));
            delay.add(name, !procured->delay_months);
        }
        if (const Lease* lease = lease_of(source))
            delay.add(name, !lease->delay_months);
    }
    for (const Takers* takers : {&price, &delay, &life, &attrition, &failures, &spares, &h100e})
        takers->report(out, "sources");
}

void sites(const Scenario& scenario, std::vector<std::string>& out) {
    Takers pue(fmt::format("pue {}", default_pue)),
        load(fmt::format("load_share {}", default_load_share)),
        electricity(fmt::format("electricity {} USD/MWh", default_electricity)),
        carbon(fmt::format("carbon {} kg/MWh", default_carbon));
    auto all = scenario.sites;
    if (all.empty()) {
        out.push_back(fmt::format("one site, {}, without limits", default_site));
        all.emplace_back(std::string(default_site), Site{});
    }
    for (const auto& [name, site] : all) {
        pue.add(name, !site.pue);
        load.add(name, !site.load_share);
        electricity.add(name, !site.electricity_usd_per_mwh);
        carbon.add(name, !site.carbon_kg_per_mwh);
    }
    for (const Takers* takers : {&pue, &load, &electricity, &carbon})
        takers->report(out, "sites");
}

void estimated_power(const Scenario& scenario, const Catalog& catalog,
                     std::vector<std::string>& out) {
    Takers power("power estimated from the TDP");
    for (const auto& [name, source] : scenario.sources) {
        const Hardware* hardware = hardware_of(source);
        if (!hardware || hardware->kw_per_unit || !hardware->accelerator)
            continue;
        const auto accelerator = find_accelerator(scenario, catalog, *hardware->accelerator);
        const auto figure = accelerator ? unit_power(*accelerator) : std::nullopt;
        power.add(name, figure && figure->estimated);
    }
    power.report(out, "sources");
}

/// Whether a value is there that is not plainly 0.
bool costs_something(const std::optional<Scalar>& value) {
    return value && value->value != Scalar{}.value;
}
bool costs_something(const std::optional<Series>& value) {
    const auto* constant = value ? std::get_if<Scalar>(&value->value) : nullptr;
    return constant ? costs_something(std::optional(*constant)) : value.has_value();
}

bool is_priced(const Source& source) {
    const Hardware* hardware = hardware_of(source);
    const Procured* procured = procured_of(source);
    return hardware &&
           (costs_something(hardware->price_usd) || costs_something(hardware->system_price_usd) ||
            (procured && procured->orders &&
             std::ranges::any_of(*procured->orders, [](const auto& order) {
                 return costs_something(order.second.price_usd);
             })));
}

bool is_built(const Site& site) {
    return site.power && std::ranges::any_of(*site.power, [&](const auto& increment) {
               const auto& own = increment.second.build_usd_per_mw;
               return costs_something(own ? own : site.build_usd_per_mw);
           });
}

void finance(const Scenario& scenario, std::vector<std::string>& out) {
    const Finance& chosen = scenario.finance;
    Takers hardware(fmt::format("depreciation {} months", default_depreciation)),
        build(fmt::format("depreciation {} months", default_site_depreciation));
    bool has_cost = !scenario.costs.empty();
    for (const auto& [name, source] : scenario.sources) {
        const bool priced = is_priced(source);
        const auto* chip = std::get_if<InHouse>(&source);
        has_cost =
            has_cost || priced || lease_of(source) || (chip && costs_something(chip->nre_usd));
        hardware.add(name, priced && !hardware_of(source)->depreciation_months &&
                               !chosen.depreciation_months);
    }
    for (const auto& [name, site] : scenario.sites) {
        const bool built = is_built(site);
        has_cost =
            has_cost || built || (site.power && costs_something(site.colocation_usd_per_kw_month));
        build.add(name, built && !chosen.site_depreciation_months);
    }
    hardware.report(out, "sources");
    build.report(out, "sites");
    if (has_cost && !chosen.discount_rate_share)
        out.push_back(fmt::format("discount rate {}", default_discount));
}

void workloads(const Scenario& scenario, std::vector<std::string>& out) {
    Takers peak("peak_to_mean 1");
    for (const auto& [name, workload] : scenario.workloads)
        if (const auto* inference = std::get_if<Inference>(&workload.kind))
            peak.add(name, !inference->peak_to_mean);
    peak.report(out, "workloads");
}

} // namespace

std::vector<std::string> defaults_in_effect(const Scenario& scenario, const Catalog& catalog) {
    std::vector<std::string> out;
    const bool owns = std::ranges::any_of(
        scenario.sources, [](const auto& source) { return hardware_of(source.second); });
    sources(scenario, out);
    if (owns)
        sites(scenario, out);
    estimated_power(scenario, catalog, out);
    finance(scenario, out);
    workloads(scenario, out);
    return out;
}

} // namespace fleetcast
