#include "rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace fleetcast {

namespace {

/// Whether a value that is not negative can be 0; what a reference or a formula gives is not known
/// here.
bool may_be_0(const Scalar& scalar) {
    if (const auto* value = std::get_if<double>(&scalar.value))
        return *value <= 0;
    const auto* distribution = std::get_if<Distribution>(&scalar.value);
    if (!distribution)
        return false;
    const Support reach = support(*distribution);
    return reach.low <= 0 && !reach.low_open;
}

class SourceRules {
public:
    SourceRules(const Scenario& scenario, const Catalog& catalog, Findings& findings)
        : scenario_(scenario), catalog_(catalog), findings_(findings),
          ids_(accelerator_ids(scenario, catalog)) {}

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
        const auto found = find_accelerator(scenario_, catalog_, *id);
        if (!found) {
            if (std::ranges::count(ids_, *id) == 0)
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
        std::vector<std::string> names = names_of(scenario_.sites);
        bool known = true;
        if (hardware.sites) {
            if (hardware.sites->empty()) {
                findings_.wrong(path_ + ".sites", "must name at least one site");
                return;
            }
            for (std::size_t i = 0; i < hardware.sites->size(); ++i) {
                const std::string& site = (*hardware.sites)[i];
                const std::string at = fmt::format("{}.sites.{}", path_, i);
                if (std::ranges::count(names, site) == 0) {
                    findings_.unknown(at, "site", site, names);
                    known = false;
                } else if (std::count(hardware.sites->begin(), hardware.sites->end(), site) > 1 &&
                           std::ranges::find(*hardware.sites, site) - hardware.sites->begin() ==
                               static_cast<std::ptrdiff_t>(i)) {
                    findings_.wrong(at, fmt::format("\"{}\" is named twice", site));
                }
            }
        }
        const bool is_known_chip = !hardware.accelerator || find_accelerator(scenario_, catalog_, *hardware.accelerator);
        if (known && is_known_chip && !scenario_.sites.empty() && sites_of(scenario_, hardware).empty())
            findings_.wrong(hardware.sites ? path_ + ".sites" : path_,
                            hardware.accelerator
                                ? fmt::format("no site takes {}", *hardware.accelerator)
                                : "no site takes a source that names no accelerator",
                            "see \"accelerators\" of the sites");
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
        const Source* old = find(scenario_.sources, procured.replaces->source);
        if (!old)
            return findings_.unknown(at, "source", procured.replaces->source,
                                     names_of(scenario_.sources));
        if (lease_of(*old))
            return findings_.wrong(at, "is a lease: leases cannot be replaced");
        std::string chain = name;
        std::string next = procured.replaces->source;
        for (std::size_t steps = 0; steps <= scenario_.sources.size(); ++steps) {
            chain += " -> " + next;
            if (next == name)
                return findings_.wrong(at, "goes in a circle: " + chain);
            const Source* source = find(scenario_.sources, next);
            const Procured* further = source ? procured_of(*source) : nullptr;
            if (!further || !further->replaces)
                return;
            next = further->replaces->source;
        }
    }

    const Scenario& scenario_;
    const Catalog& catalog_;
    Findings& findings_;
    std::vector<std::string> ids_;
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
    const auto ids = accelerator_ids(scenario, catalog);
    for (const auto& [name, site] : scenario.sites) {
        if (!site.accelerators)
            continue;
        for (std::size_t i = 0; i < site.accelerators->size(); ++i)
            if (std::ranges::count(ids, (*site.accelerators)[i]) == 0)
                findings.unknown(fmt::format("sites.{}.accelerators.{}", name, i), "accelerator",
                                 (*site.accelerators)[i], ids);
    }
}

} // namespace fleetcast
