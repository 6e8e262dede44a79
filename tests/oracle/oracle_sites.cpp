// Reads a site and its increments of power.
#include "oracle/oracle_plan.hpp"

namespace fleetcast::oracle {

using Json = nlohmann::ordered_json;

Site read_site(const std::string& name, const Json& json, const Clock& clock, Values& values,
               Edges& edges) {
    Site site;
    site.name = name;
    site.json = &json;
    site.limited = json.contains("power");
    site.reserve = values.field(json, "reserve_share", 0);
    site.provisioning = values.field(json, "provisioning_share", 1);
    site.pue = values.field(json, "pue", 1.2);
    site.load = values.field(json, "load_share", 0.75);
    if (site.reserve > 0)
        hit(edges, "reserve");
    if (site.provisioning != 1)
        hit(edges, "provisioning");
    if (json.contains("install_units_per_month")) {
        site.install_rate = values.field(json, "install_units_per_month", 0);
    }
    if (json.contains("accelerators")) {
        site.allowed = json.at("accelerators").get<std::set<std::string>>();
    }
    if (!site.limited) {
        hit(edges, "site without limit");
        return site;
    }
    const double site_delay = values.field(json, "delay_months", 0);
    if (site_delay != 0)
        hit(edges, "site delay");
    Values medians = values.at_medians();
    for (const auto& [phase, power] : json.at("power").items()) {
        if (is_note(phase))
            continue;
        Increment increment;
        increment.date = clock.as_start(power.at("from").get<std::string>());
        increment.on = increment.date + values.field(power, "delay_months", 0) + site_delay;
        if (increment.on != increment.date + medians.field(power, "delay_months", 0) +
                                medians.field(json, "delay_months", 0))
            hit(edges, "increment off its median");
        const bool own_delay = power.contains("delay_months");
        increment.stands = (increment.date <= same_time && !own_delay) || increment.on < -same_time;
        increment.mw = values.field(power, "critical_mw", 0);
        increment.build_usd =
            increment.mw *
            values.field(power, "build_usd_per_mw", values.field(json, "build_usd_per_mw", 0));
        increment.payment = read_payment(power.contains("payment") ? power : json);
        if (power.contains("payment"))
            hit(edges, "payment of an increment");
        if (!power.contains("payment") && json.contains("payment"))
            hit(edges, "payment of a site");
        if (power.contains("build_usd_per_mw"))
            hit(edges, "build of an increment");
        if (increment.stands)
            hit(edges, "increment stands");
        if (increment.on > increment.date && !increment.stands)
            hit(edges, "increment delayed");
        if (increment.on < increment.date)
            hit(edges, "increment early");
        if (increment.on > clock.end)
            hit(edges, "increment after the end");
        if (increment.stands && increment.build_usd > 0)
            hit(edges, "build sunk");
        for (const Increment& earlier : site.increments) {
            if ((earlier.date < increment.date) != (earlier.on < increment.on) &&
                earlier.on != increment.on && earlier.date != increment.date) {
                hit(edges, "increments overtake");
            }
        }
        site.increments.push_back(increment);
    }
    if (site.increments.empty())
        hit(edges, "site of empty power");
    return site;
}

} // namespace fleetcast::oracle
