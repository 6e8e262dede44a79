// Workloads: names that exist, dates in order, at least one source that can serve each, and
// figures by which all supply can be counted (rules.md, M12).
#include "rules.hpp"

#include <fmt/format.h>

#include <map>
#include <vector>

namespace fleetcast {

namespace {

/// Whether units of an accelerator may be at a site. [site]
using Places = std::vector<bool>;

/// Whether a workload is tied to accelerators or sites.
bool is_tied(const Workload& workload) { return workload.accelerators || workload.sites; }

class WorkloadRules {
public:
    WorkloadRules(const Scenario& scenario, const Catalog& catalog, Findings& findings)
        : scenario_(scenario), findings_(findings), accelerators_(scenario, catalog),
          sites_(name_index(scenario.sites)), site_names_(names_of(scenario.sites)),
          ids_(accelerator_ids(scenario, catalog)),
          is_supply_sound_(std::ranges::none_of(findings.problems, [](const Problem& problem) {
              return problem.path.starts_with("sources") || problem.path.starts_with("sites");
          })) {
        if (is_supply_sound_ && std::ranges::any_of(scenario.workloads, [](const auto& named) {
                return is_tied(named.second);
            }))
            find_places();
    }

    void check(const std::string& name, const Workload& workload) {
        path_ = "workloads." + name;
        dates(workload);
        const bool knows_accelerators = known_accelerators(workload);
        const bool knows_sites = known_sites(workload);
        if (knows_accelerators && knows_sites && is_supply_sound_ && is_tied(workload) &&
            !can_run(workload))
            findings_.wrong(path_, "can run nowhere: no source has what it names",
                            workload.sites
                                ? "see \"accelerators\" and \"sites\" of the sources; a lease "
                                  "stands at no site"
                                : "see \"accelerator\" of the sources");
    }

private:
    void find_places() {
        std::map<std::string_view, bool> is_done; // for sources that may use every site
        for (const auto& [name, source] : scenario_.sources) {
            const auto& accelerator = accelerator_of(source);
            const std::string_view id =
                accelerator ? std::string_view(*accelerator) : ""; // no id is empty
            Places& places = places_[id];
            places.resize(scenario_.sites.size());
            const Hardware* hardware = hardware_of(source);
            if (!hardware || (!hardware->sites && std::exchange(is_done[id], true)))
                continue;
            for (const std::size_t site : sites_of(scenario_, *hardware))
                places[site] = true;
        }
    }

    void dates(const Workload& workload) {
        const auto to = last_day_of(workload);
        const Date& from = workload.from.value_or(scenario_.start);
        if (to && last_moment(*to) <= first_moment(from))
            findings_.wrong(path_ + ".to", fmt::format("must not be before {}, got {}",
                                                       text_of(from), text_of(*to)));
    }

    bool known_accelerators(const Workload& workload) {
        if (!workload.accelerators)
            return true;
        const std::string at = path_ + ".accelerators";
        if (workload.accelerators->empty())
            findings_.wrong(at, "must name at least one accelerator");
        bool known = !workload.accelerators->empty();
        for (std::size_t i = 0; i < workload.accelerators->size(); ++i)
            if (const std::string& id = (*workload.accelerators)[i]; !accelerators_.knows(id)) {
                findings_.unknown(fmt::format("{}.{}", at, i), "accelerator", id, ids_);
                known = false;
            }
        return known;
    }

    bool known_sites(const Workload& workload) {
        if (!workload.sites)
            return true;
        const std::string at = path_ + ".sites";
        if (workload.sites->empty())
            findings_.wrong(at, "must name at least one site");
        bool known = !workload.sites->empty();
        for (std::size_t i = 0; i < workload.sites->size(); ++i)
            if (const std::string& name = (*workload.sites)[i]; !sites_.contains(name)) {
                findings_.unknown(fmt::format("{}.{}", at, i), "site", name, site_names_);
                known = false;
            }
        return known;
    }

    /// Whether some source has units that it may use; its names are known.
    bool can_run(const Workload& workload) const {
        const auto is_at_one = [&](const Places& places) {
            return !workload.sites ||
                   std::ranges::any_of(*workload.sites, [&](const std::string& name) {
                       return places[sites_.at(name)];
                   });
        };
        if (!workload.accelerators)
            return std::ranges::any_of(places_,
                                       [&](const auto& named) { return is_at_one(named.second); });
        return std::ranges::any_of(*workload.accelerators, [&](const std::string& id) {
            const auto found = places_.find(id);
            return found != places_.end() && is_at_one(found->second);
        });
    }

    const Scenario& scenario_;
    Findings& findings_;
    AcceleratorFinder accelerators_;
    NameIndex sites_;
    std::vector<std::string> site_names_, ids_; // for suggestions
    bool is_supply_sound_;                      // else what a workload may use is not known
    std::map<std::string_view, Places> places_; // by accelerator
    std::string path_;
};

/// Supply is counted for workloads by BF16, whatever the basis of the scenario.
void countable_supply(const Scenario& scenario, const Catalog& catalog, Findings& findings) {
    if (scenario.h100e_basis == Basis::bf16)
        return; // asked of the sources and the reference as such
    AcceleratorFinder accelerators(scenario, catalog);
    const auto has_figure = [&](std::string_view id) {
        const Accelerator* found = accelerators.find(id);
        return !found || basis_figure(*found, Basis::bf16); // an unknown one is reported elsewhere
    };
    if (!has_figure(reference_accelerator))
        findings.wrong("accelerators." + std::string(reference_accelerator),
                       "has no figure on the basis bf16, by which workloads count all others");
    for (const auto& [name, source] : scenario.sources) {
        const auto& id = accelerator_of(source);
        const bool has_h100e =
            std::visit([](const auto& kind) { return kind.h100e.has_value(); }, source);
        if (id && !has_h100e && !has_figure(*id))
            findings.wrong(
                "sources." + name + ".accelerator",
                fmt::format("{} has no BF16 or FP16 figure, by which workloads count it", *id),
                "give \"h100e\" here");
    }
}

} // namespace

void validate_workloads(const Scenario& scenario, const Catalog& catalog, Findings& findings) {
    if (scenario.workloads.empty() || scenario.sources.size() > most_sources)
        return;
    countable_supply(scenario, catalog, findings);
    WorkloadRules rules(scenario, catalog, findings);
    for (const auto& [name, workload] : scenario.workloads)
        rules.check(name, workload);
}

} // namespace fleetcast
