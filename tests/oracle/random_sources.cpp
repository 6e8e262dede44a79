// What random sources hold.
#include "oracle/random_sources.hpp"

#include <algorithm>

namespace fleetcast::oracle {

using Json = nlohmann::ordered_json;

namespace {

const Range share{0, 1};

} // namespace

Json SourceMaker::units(double about) { return values_.scalar("units", about); }

std::vector<Draft> SourceMaker::make() {
    std::vector<Draft> drafts;
    const int count = dice_.from_to(2, 9);
    const std::vector<std::string> kinds = {"installed", "purchase", "purchase",   "purchase",
                                            "in-house",  "lease",    "undisclosed"};
    for (int i = 0; i < count; ++i) {
        const bool base = i == 0 && dice_.chance(65);
        drafts.push_back(source(base ? "installed" : dice_.pick(kinds), i));
        so_far_ += drafts.back().units;
    }
    replacements(drafts);
    return drafts;
}

Draft SourceMaker::source(const std::string& kind, int number) {
    Draft draft;
    draft.kind = kind;
    draft.name = dice_.pick<std::string>({"h", "Big", "x1", "fleet_", "q"}) + "-" + kind + "-" +
                 std::to_string(number);
    draft.json["kind"] = kind;
    if (dice_.chance(8))
        draft.json["title"] = "Source " + std::to_string(number);
    if (dice_.chance(4))
        draft.json["$comment"] = "free text";
    hardware(draft);
    if (kind == "lease") {
        lease(draft);
        return draft;
    }
    if (kind == "installed")
        installed(draft);
    else
        supply(draft);
    if (kind == "in-house")
        in_house(draft);
    places(draft);
    life(draft);
    money(draft);
    return draft;
}

void SourceMaker::hardware(Draft& draft) {
    const bool lease = draft.kind == "lease";
    const bool no_name = !wishes_.named_only && dice_.chance(draft.kind == "undisclosed" ? 60 : 12);
    if (!no_name) {
        draft.accelerator = dice_.pick(wishes_.accelerators);
        draft.json["accelerator"] = draft.accelerator;
    }
    const bool own_h100e = dice_.chance(20) || (no_name && draft.kind != "undisclosed");
    if (own_h100e) {
        const double figure = dice_.chance(8) ? 0.0 : dice_.between(0.2, 3);
        draft.json["h100e"] = values_.scalar("h100e", figure);
    }
    if (!lease && (no_name || dice_.chance(30))) {
        draft.json["kw_per_unit"] = values_.scalar("kw_per_unit", dice_.between(0.5, 2.5), {0.01});
    }
}

void SourceMaker::installed(Draft& draft) {
    const int count = dice_.from_to(1, 4);
    int month = -dice_.from_to(20, 45);
    for (int i = 0; i < count && month < 0; ++i) {
        const double here = dice_.between(300, 9000);
        draft.json["vintages"][horizon_.month_text(month)] = units(here);
        draft.units += here;
        month += dice_.from_to(1, 15);
    }
}

void SourceMaker::supply(Draft& draft) {
    if (dice_.chance(35))
        orders(draft);
    else
        deliveries(draft);
    if (dice_.chance(55))
        draft.json["delay_months"] = values_.delay(-2, 4);
    if (dice_.chance(35)) {
        draft.json["commissioning_months"] =
            values_.scalar("commissioning_months", dice_.pick<double>({0, 0.5, 1, 2, 3.25}));
    }
    if (dice_.chance(35)) {
        draft.json["acceptance_months"] = dice_.pick<double>({0, 0.5, 1, 2, 2.5});
    }
}

void SourceMaker::deliveries(Draft& draft) {
    const int form = dice_.below(100);
    if (form < 30)
        return schedule(draft);
    Json json;
    const int from = dice_.from_to(-5, std::max(0, horizon_.months - 2));
    const int last = from + dice_.from_to(0, 14);
    const std::string until = dice_.chance(60) ? horizon_.month_text(last)
                                               : horizon_.day_text(last, dice_.from_to(20, 28));
    const bool has_h100e = !draft.json.contains("h100e") || draft.json.at("h100e") != 0;
    if (form < 60 || (draft.accelerator.empty() && !has_h100e)) {
        draft.units = dice_.between(500, 15000);
        json["units"] = units(draft.units);
        json["from"] = values_.date(from, from);
        json["to"] = until;
        if (json.at("from").get<std::string>().size() == 10 && last == from) {
            json["to"] = horizon_.month_text(last);
        }
    } else {
        const bool reach = !draft.accelerator.empty() && (dice_.chance(50) || !has_h100e);
        const double target = four_digits((so_far_ + 2000) * dice_.between(0.1, 1.6));
        draft.units = std::max(0.0, target - so_far_) + 1000;
        json[reach ? "reach" : "reach_h100e"] = values_.scalar("reach", target);
        json["by"] = until;
        if (dice_.chance(50) || last <= 0)
            json["from"] = horizon_.month_text(std::min(from, last));
    }
    if (dice_.chance(80)) {
        json["curve"] =
            dice_.pick<std::string>({"linear", "s-curve", "front-loaded", "back-loaded"});
    }
    draft.json["deliveries"] = json;
}

void SourceMaker::schedule(Draft& draft) {
    Json json = Json::object();
    const int first = horizon_.year - (dice_.chance(25) ? 1 : 0);
    const int last = horizon_.year + (horizon_.months + 11) / 12;
    for (int year = first; year <= last; ++year) {
        const std::string text = std::to_string(year);
        const auto put = [&](const std::string& key, double about) {
            json[key] = units(about);
            draft.units += about;
        };
        if (dice_.chance(25)) {
            put(text, dice_.between(500, 6000));
            continue;
        }
        for (int quarter = 1; quarter <= 4; ++quarter) {
            if (dice_.chance(30)) {
                put(text + "-Q" + std::to_string(quarter), dice_.between(200, 3000));
                continue;
            }
            for (int month = 3 * quarter - 2; month <= 3 * quarter; ++month) {
                if (!dice_.chance(20))
                    continue;
                put(text + (month < 10 ? "-0" : "-") + std::to_string(month),
                    dice_.chance(10) ? 0 : dice_.between(100, 1500));
            }
        }
    }
    if (json.empty())
        json[std::to_string(horizon_.year)] = units(draft.units = 2000);
    draft.json["deliveries"]["schedule"] = json;
}

void SourceMaker::orders(Draft& draft) {
    const int count = dice_.from_to(1, 5);
    for (int i = 0; i < count; ++i) {
        Json order;
        const double here = dice_.between(200, 5000);
        draft.units += here;
        if (dice_.chance(35)) {
            order["units"] = units(here);
            order["arrives"] = values_.date(-2, horizon_.months + 2);
        } else {
            order["ordered"] = values_.date(-9, std::max(1, horizon_.months - 3));
            order["units"] = units(here);
            if (dice_.chance(80)) {
                order["lead_time_months"] =
                    values_.scalar("lead_time_months", dice_.from_to(0, 12));
            }
        }
        if (dice_.chance(65)) {
            order["over_months"] =
                dice_.chance(40) ? Json(0) : values_.scalar("over_months", dice_.between(0.5, 4));
        }
        if (dice_.chance(35)) {
            order["price_usd"] = values_.scalar("price_usd", dice_.between(15000, 45000));
        }
        draft.json["orders"]["po-" + std::to_string(i)] = order;
    }
}

void SourceMaker::in_house(Draft& draft) {
    if (dice_.chance(70)) {
        const int from = dice_.from_to(-4, horizon_.months - 1);
        draft.json["nre_usd"] = values_.scalar("nre_usd", dice_.between(1e6, 3e8));
        draft.json["nre_from"] = horizon_.month_text(from);
        draft.json["nre_to"] = horizon_.month_text(from + dice_.from_to(0, 12));
    }
    if (dice_.chance(70)) {
        draft.json["respin"] = {
            {"probability_share", dice_.pick<double>({0, 0.2, 0.45, 0.5, 0.55, 0.7, 1})},
            {"delay_months", values_.scalar("respin_months", dice_.from_to(0, 6))}};
    }
}

void SourceMaker::lease(Draft& draft) {
    const int from = dice_.from_to(-3, std::max(0, horizon_.months - 1));
    const double here = dice_.between(200, 4000);
    draft.units = here;
    draft.json["units"] = units(here);
    draft.json["from"] = values_.date(from, from);
    draft.json["to"] = values_.date(from + 1, from + 1 + dice_.from_to(0, 18));
    draft.json["rate_usd_per_hour"] =
        values_.series("rate_usd_per_hour", dice_.between(1.5, 6), false);
    if (dice_.chance(45))
        draft.json["delay_months"] = values_.delay(-1, 3);
}

void SourceMaker::places(Draft& draft) {
    if (wishes_.sites.empty() || dice_.chance(35))
        return;
    // One open site at least, in any place of the list.
    std::vector<std::string> list = {dice_.pick(wishes_.open_sites)};
    for (const std::string& site : wishes_.sites) {
        if (site == list.front() || !dice_.chance(55))
            continue;
        if (std::count(list.begin(), list.end(), site) == 0) {
            list.insert(dice_.chance(50) ? list.begin() : list.end(), site);
        }
    }
    if (draft.accelerator == wishes_.accelerators.front() && !wishes_.closed_sites.empty() &&
        dice_.chance(25)) {
        list = {wishes_.closed_sites.front()};
    }
    draft.json["sites"] = list;
}

void SourceMaker::life(Draft& draft) {
    Json& json = draft.json;
    if (dice_.chance(60)) {
        const double months = draft.kind == "installed"
                                  ? dice_.pick<double>({24, 30, 36, 42.5, 48, 60})
                                  : dice_.pick<double>({3, 6, 9.5, 12, 18, 24, 36});
        json["service_life_months"] = values_.scalar("service_life_months", months, {0.5});
    }
    if (dice_.chance(60)) {
        json["annual_attrition_share"] =
            values_.scalar("annual_attrition_share", dice_.between(0.01, 0.3), share);
    }
    if (dice_.chance(50)) {
        json["annual_failure_rate"] =
            values_.scalar("annual_failure_rate", dice_.between(0.02, 1.5));
        if (dice_.chance(80)) {
            json["repair_days"] = values_.scalar("repair_days", dice_.between(1, 40));
        }
    }
    if (dice_.chance(40)) {
        json["spares_share"] = values_.scalar("spares_share", dice_.between(0.005, 0.08), share);
    }
}

void SourceMaker::money(Draft& draft) {
    Json& json = draft.json;
    if (dice_.chance(75)) {
        json["price_usd"] = values_.series("price_usd", dice_.between(8000, 40000), false);
    }
    if (dice_.chance(40)) {
        json["system_price_usd"] =
            values_.series("system_price_usd", dice_.between(2000, 12000), false);
    }
    if (dice_.chance(40)) {
        json["maintenance_share_per_year"] =
            values_.scalar("maintenance_share_per_year", dice_.between(0.01, 0.1), share);
    }
    if (dice_.chance(40)) {
        json["resale_share"] = values_.scalar("resale_share", dice_.between(0.02, 0.3), share);
    }
}

/// Refresh, always from earlier to later names or the other way, so that there is no circle.
void SourceMaker::replacements(std::vector<Draft>& drafts) {
    const bool forward = dice_.chance(20);
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        const std::string& kind = drafts[i].kind;
        if (kind == "installed" || kind == "lease" || !dice_.chance(45))
            continue;
        std::vector<std::string> old;
        for (std::size_t k = 0; k < drafts.size(); ++k) {
            const bool allowed = forward ? k > i : k < i;
            if (allowed && drafts[k].kind != "lease")
                old.push_back(drafts[k].name);
        }
        if (old.empty())
            continue;
        Json replaces = {{"source", dice_.pick(old)}};
        if (dice_.chance(50))
            replaces["from"] = values_.date(-2, horizon_.months - 1);
        drafts[i].json["replaces"] = replaces;
    }
}

} // namespace fleetcast::oracle
