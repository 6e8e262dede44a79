// What looks like a slip of the pen in workloads: dates outside the horizon, places that no source
// has, names that differ by case. From the scenario alone; it is one part of static_warnings().
#include "warning_parts.hpp"

#include <fleetcast/model/lookup.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

namespace fleetcast {

namespace {

/// What the sources have, of all that a workload can be tied to.
struct Supply {
    std::set<std::string> accelerators, sites;
};

Supply supply_of(const Scenario& scenario) {
    Supply supply;
    for (const auto& [name, source] : scenario.sources) {
        if (const auto& accelerator = accelerator_of(source))
            supply.accelerators.insert(*accelerator);
        if (const Hardware* hardware = hardware_of(source))
            for (const std::size_t site : sites_of(scenario, *hardware))
                supply.sites.insert(scenario.sites[site].first);
    }
    return supply;
}

void ties(const Supply& supply, const std::string& path, const Workload& workload, Warnings& out) {
    const auto names = [&](const std::optional<std::vector<std::string>>& tied, const char* key,
                           const std::set<std::string>& known, const char* message) {
        for (std::size_t i = 0; tied && i < tied->size(); ++i)
            if (!known.contains((*tied)[i]))
                out.add(fmt::format("{}.{}.{}", path, key, i), message);
    };
    names(workload.accelerators, "accelerators", supply.accelerators,
          "no source has this accelerator");
    names(workload.sites, "sites", supply.sites, "no source can be installed here");
}

void dates(const Scenario& scenario, const std::string& path, const Workload& workload,
           Warnings& out) {
    const double start = first_moment(scenario.start), end = last_moment(scenario.end);
    const auto to = last_day_of(workload);
    const bool late = workload.from && first_moment(*workload.from) >= end;
    if (late || (to && last_moment(*to) <= start))
        out.add(path + (late ? ".from" : ".to"), "lies outside the horizon: it never asks");
    const auto* training = std::get_if<Training>(&workload.kind);
    if (!training || !training->due)
        return;
    if (last_moment(*training->due) <= start)
        out.add(path + ".due", "lies before the start: it is late in any case");
    if (last_moment(*training->due) > end)
        out.add(path + ".due",
                "lies after the end of the horizon: if it is not done by the end, it "
                "counts as late");
}

} // namespace

void NamesByCase::add(const std::string& name, const std::string& path, Warnings& out) {
    std::string lower = name;
    std::ranges::transform(lower, lower.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const auto [first, is_new] = seen_.emplace(lower, name);
    if (!is_new && first->second != name)
        out.add(path, fmt::format("differs from \"{}\" by case only", first->second));
}

void warn_of_workloads(const Scenario& scenario, Warnings& out) {
    if (scenario.workloads.empty())
        return;
    const Supply supply = supply_of(scenario);
    NamesByCase teams;
    for (const auto& [name, workload] : scenario.workloads) {
        const std::string path = "workloads." + name;
        dates(scenario, path, workload, out);
        ties(supply, path, workload, out);
        if (workload.team)
            teams.add(*workload.team, path + ".team", out);
        if (workload.team == "total")
            out.add(path + ".team", "is called like the row of the whole fleet: rows by team will "
                                    "be mistaken");
    }
}

} // namespace fleetcast
