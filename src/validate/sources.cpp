// Sources, and what sites say of accelerators: what must be given together, names that exist, dates
// in order, what replaces what.
#include "rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace fleetcast {

namespace {

/// Whether a value may be 0 or less; what a reference or a formula gives is not known here.
bool may_be_0(const Scalar& scalar) {
    if (const auto* value = std::get_if<double>(&scalar.value))
        return *value <= 0;
    const auto* distribution = std::get_if<Distribution>(&scalar.value);
    return distribution && !lies_within(support(*distribution), positive);
}

/// The circles of what replaces what.
std::vector<std::vector<std::size_t>> circles_of(const Named<Source>& sources,
                                                 const NameIndex& index) {
    Graph replaced(sources.size());
    for (std::size_t i = 0; i < sources.size(); ++i)
        if (const Procured* procured = procured_of(sources[i].second);
            procured && procured->replaces)
            if (const auto old = index.find(procured->replaces->source); old != index.end())
                replaced[i].push_back(old->second);
    return walk(replaced).circles;
}

class SourceRules {
public:
    SourceRules(const Scenario& scenario, const Catalog& catalog, Findings& findings)
        : scenario_(scenario), findings_(findings), accelerators_(scenario, catalog),
          sources_(name_index(scenario.sources)), sites_(name_index(scenario.sites)),
          source_names_(names_of(scenario.sources)), site_names_(names_of(scenario.sites)),
          ids_(accelerator_ids(scenario, catalog)),
          circles_(circles_of(scenario.sources, sources_)) {
        for (const auto& circle : circles_)
            for (std::size_t i = 0; i < circle.size(); ++i)
                places_[circle[i]] = {&circle, i};
    }

    void check(const std::string& name, const Source& source) {
        path_ = "sources." + name;
        accelerator(source);
        if (const Hardware* hardware = hardware_of(source))
            sites(*hardware);
        if (const auto* installed = std::get_if<Installed>(&source))
            vintages(*installed);
        if (const Procured* procured = procured_of(source)) {
            supply(*procured);
            replaces(name, *procured);
        }
        if (const auto* in_house = std::get_if<InHouse>(&source))
            nre(*in_house);
        if (const Lease* lease = lease_of(source))
            order_of(lease->from, lease->to, path_ + ".to");
    }

private:
    void order_of(const Date& from, const Date& to, const std::string& path) {
        if (last_moment(to) <= first_moment(from))
            findings_.wrong(
                path, fmt::format("must not be before {}, got {}", text_of(from), text_of(to)));
    }

    void accelerator(const Source& source) {
        const auto& id = accelerator_of(source);
        const Hardware* hardware = hardware_of(source);
        const bool has_h100e =
            hardware ? hardware->h100e.has_value() : lease_of(source)->h100e.has_value();
        const bool has_kw = !hardware || hardware->kw_per_unit;
        const bool undisclosed = std::holds_alternative<Undisclosed>(source);
        if (!id) {
            if (!has_h100e && !undisclosed)
                findings_.wrong(path_,
                                hardware ? "needs \"accelerator\", or \"h100e\" and \"kw_per_unit\""
                                         : "needs \"accelerator\" or \"h100e\"");
            else if (!has_kw)
                findings_.wrong(path_, "needs \"kw_per_unit\", since it names no accelerator");
            return;
        }
        const Accelerator* found = accelerators_.find(*id);
        if (!found) {
            if (!accelerators_.knows(*id))
                findings_.unknown(path_ + ".accelerator", "accelerator", *id, ids_);
            return; // a broken `like` is reported at the accelerator
        }
        if (!has_h100e && !basis_figure(*found, scenario_.h100e_basis))
            findings_.wrong(path_ + ".accelerator",
                            fmt::format("{} has no figure on the basis {}; it has: {}", *id,
                                        text_of(scenario_.h100e_basis), known_bases(*found)),
                            "give \"h100e\" here, or choose another \"h100e_basis\"");
        if (!has_kw && !unit_power(*found))
            findings_.wrong(path_ + ".accelerator",
                            fmt::format("the power of {} is not known", *id),
                            "give \"kw_per_unit\" here");
    }

    void sites(const Hardware& hardware) {
        if (hardware.sites && hardware.sites->empty())
            return findings_.wrong(path_ + ".sites", "must name at least one site");
        if (hardware.sites && !named_sites(*hardware.sites))
            return;
        const bool is_known_chip =
            !hardware.accelerator || accelerators_.find(*hardware.accelerator);
        if (is_known_chip && !scenario_.sites.empty() && !has_site(hardware))
            findings_.wrong(hardware.sites ? path_ + ".sites" : path_,
                            hardware.accelerator
                                ? fmt::format("no site takes {}", *hardware.accelerator)
                                : "no site takes a source that names no accelerator",
                            "see \"accelerators\" of the sites");
    }

    /// Whether all names are known; each that is there again is reported at its first place.
    bool named_sites(const std::vector<std::string>& names) {
        bool known = true;
        std::unordered_map<std::string_view, int> times;
        for (const std::string& name : names)
            ++times[name];
        for (std::size_t i = 0; i < names.size(); ++i) {
            const std::string at = fmt::format("{}.sites.{}", path_, i);
            if (!sites_.contains(names[i])) {
                findings_.unknown(at, "site", names[i], site_names_);
                known = false;
            } else if (std::exchange(times[names[i]], 0) > 1) {
                findings_.wrong(at, fmt::format("\"{}\" is named twice", names[i]));
            }
        }
        return known;
    }

    bool has_site(const Hardware& hardware) const {
        if (!hardware.sites)
            return std::ranges::any_of(
                scenario_.sites, [&](const auto& named) { return takes(named.second, hardware); });
        return std::ranges::any_of(*hardware.sites, [&](const std::string& name) {
            return takes(scenario_.sites[sites_.at(name)].second, hardware);
        });
    }

    void vintages(const Installed& installed) {
        if (!is_given(scenario_.start))
            return;
        for (const auto& [date, units] : installed.vintages)
            if (first_moment(date) >= first_moment(scenario_.start))
                findings_.wrong(path_ + ".vintages." + text_of(date), "must be before the start",
                                "what comes later is a purchase");
    }

    void supply(const Procured& procured) {
        if (procured.deliveries.has_value() == procured.orders.has_value())
            findings_.wrong(path_, procured.orders ? "takes \"deliveries\" or \"orders\", not both"
                                                   : "needs \"deliveries\" or \"orders\"");
        if (procured.deliveries)
            deliveries(procured);
        if (procured.orders)
            for (const auto& [name, order] : *procured.orders) {
                const std::string at = path_ + ".orders." + name;
                if (order.ordered.has_value() == order.arrives.has_value())
                    findings_.wrong(at, order.ordered ? "takes \"ordered\" or \"arrives\", not both"
                                                      : "needs \"ordered\" or \"arrives\"");
                if (order.arrives && order.lead_time_months)
                    findings_.wrong(at + ".lead_time_months",
                                    "goes with \"ordered\": \"arrives\" is the day itself");
            }
    }

    void deliveries(const Procured& procured) {
        const std::string at = path_ + ".deliveries";
        if (const auto* units = std::get_if<UnitDeliveries>(&*procured.deliveries))
            order_of(units->from, units->to, at + ".to");
        const auto* reach = std::get_if<ReachDeliveries>(&*procured.deliveries);
        if (!reach)
            return;
        order_of(reach->from.value_or(scenario_.start), reach->by, at + ".by");
        if (!reach->h100e && !procured.accelerator)
            findings_.wrong(path_, "needs \"accelerator\": \"reach\" counts the units of one");
        if (reach->h100e && procured.h100e && may_be_0(*procured.h100e))
            findings_.wrong(path_ + ".h100e", "must be above 0 with \"reach_h100e\"");
    }

    void nre(const InHouse& source) {
        const int given =
            source.nre_usd.has_value() + source.nre_from.has_value() + source.nre_to.has_value();
        if (given != 0 && given != 3)
            findings_.wrong(path_,
                            "needs all of \"nre_usd\", \"nre_from\" and \"nre_to\", or none");
        if (source.nre_from && source.nre_to)
            order_of(*source.nre_from, *source.nre_to, path_ + ".nre_to");
    }

    void replaces(const std::string& name, const Procured& procured) {
        if (!procured.replaces)
            return;
        const std::string at = path_ + ".replaces.source";
        const auto old = sources_.find(procured.replaces->source);
        if (old == sources_.end())
            return findings_.unknown(at, "source", procured.replaces->source, source_names_);
        if (lease_of(scenario_.sources[old->second].second))
            return findings_.wrong(at, "is a lease: leases cannot be replaced");
        if (const auto place = places_.find(sources_.at(name)); place != places_.end())
            findings_.wrong(
                at, in_a_circle(scenario_.sources, *place->second.first, place->second.second));
    }

    const Scenario& scenario_;
    Findings& findings_;
    AcceleratorFinder accelerators_;
    NameIndex sources_, sites_;
    std::vector<std::string> source_names_, site_names_, ids_; // for suggestions
    std::vector<std::vector<std::size_t>> circles_;
    /// By source: the circle that it stands in, and where in it.
    std::unordered_map<std::size_t, std::pair<const std::vector<std::size_t>*, std::size_t>>
        places_;
    std::string path_;
};

} // namespace

void validate_sources(const Scenario& scenario, const Catalog& catalog, Findings& findings) {
    if (scenario.sources.empty())
        findings.wrong("sources", "needs at least one source");
    if (scenario.sources.size() > most_sources)
        return findings.wrong("sources", fmt::format("has {} sources, the cap is {}",
                                                     scenario.sources.size(), most_sources));
    SourceRules rules(scenario, catalog, findings);
    for (const auto& [name, source] : scenario.sources)
        rules.check(name, source);
}

void validate_sites(const Scenario& scenario, const Catalog& catalog, Findings& findings) {
    const AcceleratorFinder accelerators(scenario, catalog);
    const auto ids = accelerator_ids(scenario, catalog);
    for (const auto& [name, site] : scenario.sites) {
        if (!site.accelerators)
            continue;
        for (std::size_t i = 0; i < site.accelerators->size(); ++i)
            if (!accelerators.knows((*site.accelerators)[i]))
                findings.unknown(fmt::format("sites.{}.accelerators.{}", name, i), "accelerator",
                                 (*site.accelerators)[i], ids);
    }
}

} // namespace fleetcast
