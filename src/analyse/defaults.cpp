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

} // namespace

std::vector<std::string> defaults_in_effect(const Scenario& scenario, const Catalog& catalog) {
    std::vector<std::string> out;
    const bool owns = std::ranges::any_of(
        scenario.sources, [](const auto& source) { return hardware_of(source.second); });
    sources(scenario, out);
    if (owns)
        sites(scenario, out);
    estimated_power(scenario, catalog, out);
    return out;
}

} // namespace fleetcast
