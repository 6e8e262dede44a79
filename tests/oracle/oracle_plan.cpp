// Reads sources; sites and the reaches of [P8] have their own files.
#include "oracle/oracle_plan.hpp"

#include "oracle/oracle_catalog.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace fleetcast::oracle {

using Json = nlohmann::ordered_json;

double arrived(const Batch& batch, double x) {
    if (batch.to - batch.from < same_time)
        return batch.from < x - same_time ? batch.units : 0;
    const double u = std::clamp((x - batch.from) / (batch.to - batch.from), 0.0, 1.0);
    if (batch.curve == "s-curve")
        return batch.units * (3 * u * u - 2 * u * u * u);
    if (batch.curve == "front-loaded")
        return batch.units * (1 - (1 - u) * (1 - u));
    if (batch.curve == "back-loaded")
        return batch.units * (u * u);
    return batch.units * u;
}

double arrived(const Source& source, double x) {
    double sum = 0;
    for (const Batch& batch : source.batches)
        sum += arrived(batch, x);
    return sum;
}

double counted(const Source& source, double x) {
    double sum = 0;
    for (const Batch& batch : source.batches)
        sum += arrived(batch, x + batch.counted_earlier);
    return sum;
}

double all_units(const Source& source) {
    double sum = 0;
    for (const Batch& batch : source.batches)
        sum += batch.units;
    return sum;
}

double unit_price(const Source& source, Values& values, double x) {
    return values.field(*source.json, "price_usd", 0, x) +
           values.field(*source.json, "system_price_usd", 0, x);
}

std::vector<PaymentPart> read_payment(const Json& object) {
    if (!object.contains("payment"))
        return {{}};
    std::vector<PaymentPart> parts;
    for (const Json& part : object.at("payment"))
        parts.push_back(
            {part.at("share").get<double>(), part.at("months_before_delivery").get<double>()});
    return parts;
}

namespace {

/// "2024-01", "2024-Q2" or "2024" as a stretch of time.
Batch schedule_entry(const std::string& key, double units, const Clock& clock, Edges& edges) {
    Batch batch;
    batch.units = units;
    if (key.size() == 4) {
        hit(edges, "deliveries schedule year");
        batch.from = clock.as_start(key + "-01");
        batch.to = clock.as_end(key + "-12");
    } else if (key[5] == 'Q') {
        hit(edges, "deliveries schedule quarter");
        const int quarter = key[6] - '0';
        const auto month = [](int m) { return (m < 10 ? "-0" : "-") + std::to_string(m); };
        batch.from = clock.as_start(key.substr(0, 4) + month(3 * quarter - 2));
        batch.to = clock.as_end(key.substr(0, 4) + month(3 * quarter));
    } else {
        hit(edges, "deliveries schedule month");
        batch.from = clock.as_start(key);
        batch.to = clock.as_end(key);
    }
    return batch;
}

void read_deliveries(Source& source, const Clock& clock, Values& values, Edges& edges) {
    const Json& deliveries = source.json->at("deliveries");
    if (deliveries.contains("schedule")) {
        for (const auto& [key, units] : deliveries.at("schedule").items()) {
            if (is_note(key))
                continue;
            source.batches.push_back(schedule_entry(key, values.at(units, key, 0), clock, edges));
        }
        return;
    }
    Batch batch;
    batch.curve = deliveries.value("curve", "linear");
    hit(edges, "curve " + batch.curve);
    if (deliveries.contains("from")) {
        batch.from = clock.as_start(deliveries.at("from").get<std::string>());
    }
    if (deliveries.contains("units")) {
        hit(edges, "deliveries units");
        batch.units = values.field(deliveries, "units", 0);
        batch.to = clock.as_end(deliveries.at("to").get<std::string>());
    } else {
        hit(edges, deliveries.contains("reach") ? "deliveries reach" : "deliveries reach_h100e");
        batch.to = clock.as_end(deliveries.at("by").get<std::string>());
    }
    source.batches.push_back(batch);
}

void read_orders(Source& source, const Clock& clock, Values& values, Edges& edges) {
    Values medians = values.at_medians();
    for (const auto& [name, order] : source.json->at("orders").items()) {
        if (is_note(name))
            continue;
        hit(edges, "orders");
        const bool arrives = order.contains("arrives");
        const double agreed =
            clock.as_start(order.at(arrives ? "arrives" : "ordered").get<std::string>());
        Batch batch;
        batch.units = values.field(order, "units", 0);
        const double lead = values.field(order, "lead_time_months", 0);
        batch.from = agreed + (arrives ? 0 : lead);
        if (!arrives) {
            batch.counted_earlier = lead - medians.field(order, "lead_time_months", 0);
            if (batch.counted_earlier != 0)
                hit(edges, "lead time off its median");
        }
        const double over = values.field(order, "over_months", 1);
        batch.to = batch.from + over;
        batch.unit_cost = unit_price(source, values, agreed);
        if (order.contains("price_usd")) {
            batch.unit_cost = values.field(order, "price_usd", 0) +
                              values.field(*source.json, "system_price_usd", 0, agreed);
            hit(edges, "order with own price");
        }
        if (arrives)
            hit(edges, "order arrives");
        if (order.contains("lead_time_months"))
            hit(edges, "order with lead time");
        if (over == 0)
            hit(edges, "order at once");
        if (agreed < 0)
            hit(edges, "order before the start");
        source.batches.push_back(batch);
    }
}

void read_delay(Source& source, Values& values, Edges& edges) {
    const Json& json = *source.json;
    source.delay = values.field(json, "delay_months", 0);
    if (source.delay < 0)
        hit(edges, "delay negative");
    if (source.delay > 0)
        hit(edges, "delay positive");
    if (source.delay != std::floor(source.delay))
        hit(edges, "delay fractional");
    if (json.contains("respin")) {
        const double share = json.at("respin").at("probability_share").get<double>();
        const bool taken = values.draws().at("sources." + source.name + ".respin") < share;
        if (taken != (0.5 < share))
            hit(edges, "respin against the median");
        hit(edges, taken ? "respin taken" : "respin not taken");
        if (taken)
            source.delay += values.field(json.at("respin"), "delay_months", 0);
    }
}

/// The sites named (or all) that allow the accelerator.
void read_sites_of(Source& source, const std::vector<Site>& sites, Edges& edges) {
    std::vector<std::string> wanted;
    if (source.json->contains("sites")) {
        wanted = source.json->at("sites").get<std::vector<std::string>>();
    } else {
        for (const Site& site : sites)
            wanted.push_back(site.name);
    }
    for (const std::string& name : wanted) {
        for (std::size_t i = 0; i < sites.size(); ++i) {
            if (sites[i].name != name)
                continue;
            const auto& allowed = sites[i].allowed;
            if (!allowed || (source.accelerator && allowed->contains(*source.accelerator))) {
                source.sites.push_back(i);
            } else {
                hit(edges, "site refuses accelerator");
            }
        }
    }
    if (source.sites.empty())
        throw std::runtime_error("no site takes " + source.name);
}

void read_hardware(Source& source, const Accelerators& accelerators, Values& values, Edges& edges) {
    const Json& json = *source.json;
    if (json.contains("accelerator")) {
        source.accelerator = json.at("accelerator").get<std::string>();
        source.embodied_kg = accelerators.figure(*source.accelerator, "embodied_kg");
    } else {
        hit(edges, "source without accelerator");
    }
    if (json.contains("h100e")) {
        source.h100e = values.field(json, "h100e", 0);
        hit(edges, source.h100e == 0 ? "h100e of 0" : "own h100e");
    } else {
        source.h100e = source.accelerator ? accelerators.h100e(*source.accelerator) : 1;
    }
    source.compute_h100e = source.accelerator && !json.contains("h100e")
                               ? accelerators.compute_h100e(*source.accelerator)
                               : source.h100e;
    if (source.lease())
        return;
    if (json.contains("kw_per_unit")) {
        source.kw = values.field(json, "kw_per_unit", 0);
        hit(edges, "own kw_per_unit");
    } else {
        source.kw = accelerators.kw_per_unit(source.accelerator.value());
    }
    hit(edges, source.embodied_kg ? "embodied known" : "embodied unknown");
}

Source read_source(const std::string& name, const Json& json, const Json& scenario,
                   const std::vector<Site>& sites, const Accelerators& accelerators,
                   const Clock& clock, Values& values, Edges& edges) {
    Source source;
    source.name = name;
    source.json = &json;
    source.kind = json.at("kind").get<std::string>();
    hit(edges, "kind " + source.kind);
    read_hardware(source, accelerators, values, edges);
    read_delay(source, values, edges);
    if (source.lease()) {
        source.lease_units = values.field(json, "units", 0);
        source.lease_from = clock.as_start(json.at("from").get<std::string>()) + source.delay;
        source.lease_to = clock.as_end(json.at("to").get<std::string>()) + source.delay;
        return source;
    }
    read_sites_of(source, sites, edges);
    source.commissioning = values.field(json, "commissioning_months", 0);
    source.acceptance = values.field(json, "acceptance_months", 0);
    if (json.contains("service_life_months")) {
        source.life = values.field(json, "service_life_months", 0);
        source.life_uncertain =
            *source.life != values.at_medians().field(json, "service_life_months", 0);
    }
    source.attrition = values.field(json, "annual_attrition_share", 0);
    source.failures = values.field(json, "annual_failure_rate", 0);
    source.repair_years = values.field(json, "repair_days", 0) / 365.25;
    source.spares = values.field(json, "spares_share", 0);
    source.maintenance = values.field(json, "maintenance_share_per_year", 0);
    source.resale = values.field(json, "resale_share", 0);
    if (json.contains("vintages")) {
        for (const auto& [month, units] : json.at("vintages").items()) {
            if (is_note(month))
                continue;
            source.vintages.push_back({clock.as_start(month), values.at(units, month, 0)});
        }
    }
    if (json.contains("payment"))
        hit(edges, "payment of a source");
    source.payment = read_payment(json);
    if (json.contains("depreciation_months"))
        hit(edges, "depreciation of a source");
    const Json finance = scenario.value("finance", Json::object());
    source.depreciation =
        values.field(json, "depreciation_months", values.field(finance, "depreciation_months", 60));
    if (json.contains("deliveries"))
        read_deliveries(source, clock, values, edges);
    if (json.contains("orders"))
        read_orders(source, clock, values, edges);
    return source;
}

} // namespace

Plan read_plan(const Json& scenario, const Json& catalog, const Clock& clock, Values& values,
               Edges& edges) {
    static const Json no_site = Json::object();
    const Accelerators accelerators(catalog, scenario);
    Plan plan;
    if (scenario.contains("sites")) {
        for (const auto& [name, json] : scenario.at("sites").items()) {
            if (is_note(name))
                continue;
            plan.sites.push_back(read_site(name, json, clock, values, edges));
        }
    } else {
        hit(edges, "no sites given");
        plan.sites.push_back(read_site("everywhere", no_site, clock, values, edges));
    }
    for (const auto& [name, json] : scenario.at("sources").items()) {
        if (is_note(name))
            continue;
        plan.sources.push_back(
            read_source(name, json, scenario, plan.sites, accelerators, clock, values, edges));
        const auto& id = plan.sources.back().accelerator;
        if (id && std::count(plan.accelerators.begin(), plan.accelerators.end(), *id) == 0) {
            plan.accelerators.push_back(*id);
        }
    }
    for (Source& source : plan.sources) {
        if (!source.json->contains("replaces"))
            continue;
        const Json& replaces = source.json->at("replaces");
        for (std::size_t k = 0; k < plan.sources.size(); ++k) {
            if (plan.sources[k].name == replaces.at("source").get<std::string>()) {
                source.replaces = k;
            }
        }
        if (replaces.contains("from")) {
            source.replaces_from = clock.as_start(replaces.at("from").get<std::string>());
        }
    }
    settle_reaches(plan, values, edges);
    if (scenario.contains("finance")) {
        const Json& finance = scenario.at("finance");
        plan.discount = values.field(finance, "discount_rate_share", 0);
        plan.site_depreciation = values.field(finance, "site_depreciation_months", 240);
        if (plan.discount != 0)
            hit(edges, plan.discount > 0 ? "discount" : "discount below 0");
    }
    return plan;
}

} // namespace fleetcast::oracle
