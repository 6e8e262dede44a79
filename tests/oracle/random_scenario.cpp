// Puts a random scenario together: time, accelerators, sources, the sites they crowd, outcomes.
#include "oracle/random_scenario.hpp"

#include "oracle/oracle_time.hpp"
#include "oracle/random_correlations.hpp"
#include "oracle/random_sources.hpp"
#include "oracle/random_values.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace fleetcast::oracle {

using Json = nlohmann::ordered_json;

namespace {

/// start, end, step and a horizon of 6 to 72 periods.
Json make_time(Dice& dice, Horizon& horizon) {
    Json json;
    const int periods = dice.chance(70) ? dice.from_to(6, 30) : dice.from_to(31, 72);
    horizon.weekly = dice.chance(30);
    horizon.year = dice.from_to(2021, 2026);
    horizon.month = dice.from_to(1, 12);
    horizon.day = horizon.weekly && dice.chance(75) ? dice.from_to(1, 28) : 1;
    const bool cut = dice.chance(35);
    if (horizon.weekly) {
        // The last day, counted in a calendar of the horizon's own months.
        int month = 0;
        int day = horizon.day + periods * 7 - 1 - (cut ? dice.from_to(1, 6) : 0);
        const auto length = [&](int offset) {
            const std::string text = horizon.month_text(offset);
            return days_in_month(std::stoi(text.substr(0, 4)), std::stoi(text.substr(5, 2)));
        };
        while (day > length(month))
            day -= length(month++);
        json["start"] = horizon.day_text(0, horizon.day);
        json["end"] = horizon.day_text(month, day);
        horizon.months = std::max(1, month);
        json["step"] = "week";
        return json;
    }
    horizon.months = periods;
    json["start"] = dice.chance(70) ? horizon.month_text(0) : horizon.day_text(0, 1);
    json["end"] =
        cut ? horizon.day_text(periods - 1, dice.from_to(1, 27)) : horizon.month_text(periods - 1);
    if (dice.chance(30))
        json["step"] = "month";
    return json;
}

/// The scenario's own accelerators; their names join the pool.
Json make_accelerators(Dice& dice, std::vector<std::string>& pool, bool all_embodied) {
    Json json = Json::object();
    if (dice.chance(30)) {
        json["custom-1"] = {{"like", "nvidia-b200"}, {"kw_per_unit", 1.9}, {"bf16_tflops", 2000}};
        if (dice.chance(50))
            json["custom-2"] = {{"like", "custom-1"}, {"memory_gb", 144}};
        pool.push_back(json.contains("custom-2") ? "custom-2" : "custom-1");
    }
    if (dice.chance(15)) {
        json["own-chip"] = {{"name", "Own chip"},
                            {"vendor", "us"},
                            {"tdp_w", 120},
                            {"memory_gb", 64},
                            {"memory_bandwidth_gb_s", 800},
                            {"fp16_tflops", 150.5},
                            {"int8_tops", 300}};
        pool.push_back("own-chip");
    }
    for (const std::string& id : pool) {
        if (all_embodied)
            json[id]["embodied_kg"] = dice.between(80, 300);
        if (dice.chance(10))
            json[id]["kw_per_unit"] = dice.between(0.6, 2);
    }
    return json;
}

struct SiteNames {
    std::vector<std::string> all;
    std::vector<std::string> open;
    std::vector<std::string> closed;
};

SiteNames make_site_names(Dice& dice) {
    SiteNames names;
    if (dice.chance(7))
        return names;
    const int count = dice.from_to(1, 4);
    for (int i = 0; i < count; ++i) {
        const std::string name =
            dice.pick<std::string>({"north", "South", "dc_1", "7th"}) + "-" + std::to_string(i);
        names.all.push_back(name);
        (i > 0 && dice.chance(25) ? names.closed : names.open).push_back(name);
    }
    return names;
}

Json make_power(Dice& dice, const Horizon& horizon, ValueMaker& values, double mw) {
    Json power = Json::object();
    const int count = dice.chance(6) ? 0 : dice.from_to(1, 4);
    for (int i = 0; i < count; ++i) {
        Json increment;
        const int month =
            i == 0 && dice.chance(60) ? dice.from_to(-8, 0) : dice.from_to(-2, horizon.months);
        increment["from"] = values.date(month, month);
        const double here = mw / count * dice.between(0.4, 1.6);
        increment["critical_mw"] = values.scalar("critical_mw", here);
        if (dice.chance(40))
            increment["delay_months"] = values.delay(-2, 5);
        if (dice.chance(25)) {
            increment["build_usd_per_mw"] =
                values.scalar("build_usd_per_mw", dice.between(5e6, 1.5e7));
        }
        power["phase-" + std::to_string(i + 1)] = increment;
    }
    return power;
}

Json make_site(Dice& dice, const Horizon& horizon, ValueMaker& values, double mw, double rate) {
    Json site = Json::object();
    if (dice.chance(82)) {
        site["power"] = make_power(dice, horizon, values, mw);
        if (dice.chance(30))
            site["delay_months"] = values.delay(-1, 4);
        if (dice.chance(30)) {
            site["reserve_share"] =
                values.scalar("reserve_share", dice.between(0.02, 0.25), {0, 1});
        }
        if (dice.chance(30)) {
            site["build_usd_per_mw"] = values.scalar("build_usd_per_mw", dice.between(5e6, 1.5e7));
        }
        if (dice.chance(30)) {
            site["colocation_usd_per_kw_month"] =
                values.series("colocation_usd_per_kw_month", dice.between(80, 200), false);
        }
    }
    if (dice.chance(30)) {
        site["provisioning_share"] =
            values.scalar("provisioning_share", dice.between(0.6, 1.3), {0.01, 2});
    }
    if (dice.chance(50))
        site["pue"] = values.scalar("pue", dice.between(1.05, 1.6), {1});
    if (dice.chance(40)) {
        site["load_share"] = values.scalar("load_share", dice.between(0.5, 0.7), {0, 1});
    }
    if (dice.chance(60)) {
        site["electricity_usd_per_mwh"] =
            values.series("electricity_usd_per_mwh", dice.between(30, 120), true);
    }
    if (dice.chance(40)) {
        site["carbon_kg_per_mwh"] =
            values.series("carbon_kg_per_mwh", dice.between(50, 600), false);
    }
    if (dice.chance(45)) {
        site["install_units_per_month"] =
            dice.chance(5)
                ? Json(0)
                : values.scalar("install_units_per_month", rate * dice.between(0.3, 2.0));
    }
    if (dice.chance(10))
        site["region"] = "somewhere";
    return site;
}

Json make_sites(Dice& dice, const Horizon& horizon, ValueMaker& values, const SiteNames& names,
                const std::vector<std::string>& pool, const std::vector<Draft>& drafts) {
    double units = 0;
    for (const Draft& draft : drafts) {
        if (draft.kind != "lease")
            units += draft.units;
    }
    const double count = static_cast<double>(names.all.size());
    const double mw = units * 1.3 / 1000 / count * dice.between(0.25, 1.3);
    const double rate = units / horizon.months / count;
    Json sites = Json::object();
    for (const std::string& name : names.all) {
        Json site = make_site(dice, horizon, values, mw, rate);
        if (std::count(names.closed.begin(), names.closed.end(), name) > 0) {
            site["accelerators"] = {pool.front()};
            if (pool.size() > 2 && dice.chance(50))
                site["accelerators"].push_back(pool[2]);
        }
        sites[name] = site;
    }
    return sites;
}

Json make_filter(Dice& dice, const std::vector<Draft>& drafts, const SiteNames& names) {
    Json wanted;
    const int by = dice.below(100);
    const Draft& draft = dice.pick(drafts);
    if (by < 20)
        wanted["source"] = draft.name;
    else if (by < 35 && !draft.accelerator.empty())
        wanted["accelerator"] = draft.accelerator;
    else if (by < 50 && !names.all.empty())
        wanted["site"] = dice.pick(names.all);
    return wanted;
}

/// A metric with a likely size, for milestones and checks; never one that can be empty.
Json make_metric(Dice& dice, double units, const Json& filter) {
    struct Choice {
        const char* metric;
        double about;
    };
    const std::vector<Choice> choices = {{"owned", units},
                                         {"in_service", units * 0.7},
                                         {"acquired", units},
                                         {"warehoused", units * 0.1},
                                         {"fleet_h100e", units},
                                         {"it_mw", units / 1200},
                                         {"cum_cost_usd", units * 2e4},
                                         {"energy_mwh", units * 0.5},
                                         {"waiting_power", units * 0.1}};
    const Choice& choice = dice.pick(choices);
    Json wanted = {{"metric", choice.metric}};
    for (const auto& [key, value] : filter.items())
        wanted[key] = value;
    const double part = filter.empty() ? 1.0 : 0.3;
    wanted[dice.chance(75) ? "at_least" : "at_most"] =
        four_digits(choice.about * part * dice.between(0.05, 1.4));
    return wanted;
}

Json make_checks(Dice& dice, const Horizon& horizon, double units, const std::vector<Draft>& drafts,
                 const SiteNames& names) {
    Json checks;
    const int count = dice.from_to(1, 3);
    for (int i = 0; i < count; ++i) {
        Json check = make_metric(dice, units, make_filter(dice, drafts, names));
        const Draft& draft = dice.pick(drafts);
        const bool arrives = draft.json.contains("deliveries") || draft.json.contains("orders");
        if (arrives && dice.chance(15)) {
            check = {{"metric", "pending." + draft.name}, {"at_most", draft.units * 0.2}};
        } else {
            const int at = dice.below(3);
            check["at"] = at == 0 ? "all" : at == 1 ? "any" : "";
            if (at == 2) {
                check["at"] = horizon.month_text(dice.below(std::max(1, horizon.months - 1)));
            }
            if (dice.chance(20))
                check["every"] = "year";
            if (dice.chance(15) && check.contains("at_least")) {
                const double limit = check["at_least"].get<double>();
                check.erase("at_least");
                check["between"] = {limit, four_digits(limit * 3)};
            }
        }
        if (dice.chance(25))
            check["severity"] = dice.chance(75) ? "warn" : "error";
        if (dice.chance(40))
            check["probability"] = dice.pick<double>({0.5, 0.8, 1});
        checks["check-" + std::to_string(i)] = check;
    }
    return checks;
}

Json make_costs(Dice& dice, const Horizon& horizon, ValueMaker& values) {
    Json costs;
    if (dice.chance(70)) {
        costs["setup"]["usd"] = values.scalar("usd", dice.between(1e5, 5e7));
        costs["setup"]["at"] = values.date(dice.chance(10) ? -2 : 0, horizon.months);
    }
    if (dice.chance(70) || costs.empty()) {
        costs["rent"]["usd_per_month"] =
            values.series("usd_per_month", dice.between(1e4, 1e6), false);
        const int from = dice.from_to(-2, std::max(0, horizon.months - 2));
        if (dice.chance(50))
            costs["rent"]["from"] = values.date(from, from);
        if (dice.chance(50))
            costs["rent"]["to"] = values.date(std::max(1, from + 1), from + 9);
    }
    return costs;
}

} // namespace

Json random_scenario(std::uint64_t number) {
    Dice dice(number);
    Horizon horizon;
    Json scenario = {{"title", "Random scenario " + std::to_string(number)}};
    scenario.update(make_time(dice, horizon));

    const std::string basis =
        dice.pick<std::string>({"", "bf16", "fp8", "memory_bandwidth", "memory"});
    if (!basis.empty())
        scenario["h100e_basis"] = basis;
    std::vector<std::string> known = {"nvidia-h100-sxm", "nvidia-a100-80gb-sxm", "nvidia-b200",
                                      "amd-mi300x",      "nvidia-h200-sxm",      "google-tpu-v5p",
                                      "meta-mtia-v2"};
    if (basis != "fp8")
        known.push_back("nvidia-v100-sxm2-32gb");
    SourceWishes wishes;
    for (int i = dice.from_to(1, 3); i > 0; --i) {
        const std::string& id = dice.pick(known);
        auto& pool = wishes.accelerators;
        if (std::count(pool.begin(), pool.end(), id) == 0)
            pool.push_back(id);
    }
    const bool all_embodied = dice.chance(30);
    wishes.named_only = all_embodied;
    const Json accelerators = make_accelerators(dice, wishes.accelerators, all_embodied);

    const SiteNames names = make_site_names(dice);
    wishes.sites = names.all;
    wishes.open_sites = names.open;
    wishes.closed_sites = names.closed;
    ValueMaker values(dice, horizon);
    const std::vector<Draft> drafts = SourceMaker(dice, horizon, values, wishes).make();
    const Json sites = make_sites(dice, horizon, values, names, wishes.accelerators, drafts);
    const Json costs = dice.chance(45) ? make_costs(dice, horizon, values) : Json();

    if (!accelerators.empty())
        scenario["accelerators"] = accelerators;
    if (!values.inputs().empty())
        scenario["inputs"] = values.inputs();
    for (const Draft& draft : drafts)
        scenario["sources"][draft.name] = draft.json;
    if (!names.all.empty())
        scenario["sites"] = sites;
    if (dice.chance(35)) {
        const int month = dice.from_to(1, 12);
        scenario["finance"]["year_starts"] = (month < 10 ? "0" : "") + std::to_string(month);
    }
    double units = 1;
    for (const Draft& draft : drafts)
        units += draft.units;
    if (dice.chance(60)) {
        scenario["milestones"]["first"] =
            make_metric(dice, units, make_filter(dice, drafts, names));
        scenario["milestones"]["600k"] = make_metric(dice, units, Json());
    }
    if (!costs.empty())
        scenario["costs"] = costs;
    if (dice.chance(60))
        scenario["checks"] = make_checks(dice, horizon, units, drafts, names);
    if (dice.chance(50)) {
        const Json correlations = make_correlations(dice, scenario);
        if (!correlations.empty())
            scenario["correlations"] = correlations;
    }
    return scenario;
}

} // namespace fleetcast::oracle
