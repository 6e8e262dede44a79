// Puts a random scenario together: time, accelerators, sources, the sites they crowd, outcomes.
#include "oracle/random_scenario.hpp"

#include "oracle/oracle_time.hpp"
#include "oracle/random_correlations.hpp"
#include "oracle/random_expectations.hpp"
#include "oracle/random_finance.hpp"
#include "oracle/random_sources.hpp"
#include "oracle/random_values.hpp"
#include "oracle/random_workloads.hpp"

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

/// Demand of about what the fleet has, were half of it powered.
Json make_workloads(Dice& dice, const Horizon& horizon, ValueMaker& values, const Json& sources,
                    const Json& sites, double units) {
    WorkloadWishes wishes;
    wishes.places = workload_places(sources, sites);
    wishes.h100e = units * 0.5;
    return random_workloads(dice, horizon, values, wishes);
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
    std::vector<Draft> drafts = SourceMaker(dice, horizon, values, wishes).make();
    Json sites = make_sites(dice, horizon, values, names, wishes.accelerators, drafts);
    const Json costs = dice.chance(45) ? make_costs(dice, horizon, values) : Json();
    Json finance = add_finance(dice, drafts, sites);
    double units = 1;
    Json sources;
    for (const Draft& draft : drafts) {
        units += draft.units;
        sources[draft.name] = draft.json;
    }
    const Json workloads =
        dice.chance(65) ? make_workloads(dice, horizon, values, sources, sites, units) : Json();

    if (!accelerators.empty())
        scenario["accelerators"] = accelerators;
    if (!values.inputs().empty())
        scenario["inputs"] = values.inputs();
    scenario["sources"] = sources;
    if (!names.all.empty())
        scenario["sites"] = sites;
    if (dice.chance(35)) {
        const int month = dice.from_to(1, 12);
        finance["year_starts"] = (month < 10 ? "0" : "") + std::to_string(month);
    }
    if (!workloads.empty())
        scenario["workloads"] = workloads;
    if (!finance.empty())
        scenario["finance"] = finance;
    const ExpectationMaker expectations{dice, horizon, units, drafts, names.all, workloads};
    if (dice.chance(60))
        scenario["milestones"] = expectations.milestones();
    if (!costs.empty())
        scenario["costs"] = costs;
    if (dice.chance(60))
        scenario["checks"] = expectations.checks(scenario.contains("milestones"));
    if (dice.chance(50)) {
        const Json correlations = make_correlations(dice, scenario);
        if (!correlations.empty())
            scenario["correlations"] = correlations;
    }
    return scenario;
}

} // namespace fleetcast::oracle
