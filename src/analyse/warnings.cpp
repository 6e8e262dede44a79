#include <fleetcast/analyse/warnings.hpp>

#include "warning_parts.hpp"

#include <fleetcast/base/text.hpp>
#include <fleetcast/model/lookup.hpp>
#include <fleetcast/model/visit_values.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace fleetcast {

namespace {

constexpr double units_worth_a_word = 1e-6;

/// An outcome of the run at the medians.
double outcome_in(const Plan& plan, const Forecast& forecast, const OutcomeId& id) {
    const auto ids = outcomes_of(plan);
    const auto found = std::ranges::find(ids, id);
    return found == ids.end()
               ? 0
               : forecast.outcomes[static_cast<std::size_t>(found - ids.begin())].front();
}

template <class T>
void names_that_differ_by_case(const std::string& group, const Named<T>& named, Warnings& out) {
    NamesByCase seen;
    for (const auto& [name, value] : named)
        seen.add(name, group + "." + name, out);
}

template <class T>
void names_of_groups(const std::string& group, const Named<T>& named, Warnings& out) {
    if (find(named, "total"))
        out.add(group + ".total", "is called like the row of the whole fleet: rows by " +
                                      group.substr(0, group.size() - 1) + " will be mistaken");
}

/// Inputs, sites and accelerators that nothing uses.
void unused(const Scenario& scenario, Warnings& out) {
    std::set<std::string> inputs;
    visit_values(scenario, [&](const ValueSpot& spot) {
        for (const std::string& name : inputs_of(*spot.scalar))
            inputs.insert(name);
    });
    for (const auto& [name, input] : scenario.inputs)
        if (!inputs.contains(name))
            out.add("inputs." + name, "is used by nothing");

    std::set<std::size_t> sites;
    for (const auto& [name, source] : scenario.sources)
        if (const Hardware* hardware = hardware_of(source))
            for (const std::size_t site : sites_of(scenario, *hardware))
                sites.insert(site);
    for (std::size_t i = 0; i < scenario.sites.size(); ++i)
        if (!sites.contains(i))
            out.add("sites." + scenario.sites[i].first, "no source can be installed here");

    std::vector<std::string> used = accelerators_in_use(scenario);
    for (std::size_t i = 0; i < used.size(); ++i) // grows by the models of those in use
        if (const AcceleratorEntry* entry = find(scenario.accelerators, used[i]))
            if (entry->like && std::ranges::count(used, *entry->like) == 0)
                used.push_back(*entry->like);
    for (const auto& [id, entry] : scenario.accelerators)
        if (std::ranges::count(used, id) == 0)
            out.add("accelerators." + id, "is used by nothing");
}

/// The series behind references to inputs.
const Series& referred(const Scenario& scenario, const Series& series) {
    const Series* at = &series;
    for (std::size_t steps = 0; steps <= scenario.inputs.size(); ++steps) {
        const auto* scalar = std::get_if<Scalar>(&at->value);
        const auto* reference = scalar ? std::get_if<Reference>(&scalar->value) : nullptr;
        if (!reference)
            break;
        at = find(scenario.inputs, reference->input);
    }
    return *at;
}

/// The median of a scalar that is no formula; nothing else is worth a warning.
double median_of(const std::optional<Scalar>& scalar) {
    if (!scalar)
        return 0;
    if (const auto* distribution = std::get_if<Distribution>(&scalar->value))
        return quantile(*distribution, 0.5);
    const auto* value = std::get_if<double>(&scalar->value);
    return value ? *value : 0;
}

/// The latest date of a price, where it lies more than a year before the start.
void old_price(const Scenario& scenario, const std::string& path,
               const std::optional<Series>& price, Warnings& out) {
    if (!price)
        return;
    std::optional<Date> dated;
    const auto& value = referred(scenario, *price).value;
    if (const auto* points = std::get_if<Points>(&value); points && !points->points.empty())
        dated = points->points.back().first;
    if (const auto* growth = std::get_if<Growth>(&value))
        dated = growth->base;
    if (dated && first_moment(*dated) < first_moment(scenario.start) - a_year - time_slack)
        out.add(path, fmt::format("the price is of {}, more than a year before the start",
                                  text_of(*dated)));
}

void old_prices(const Scenario& scenario, Warnings& out) {
    for (const auto& [name, source] : scenario.sources) {
        const std::string path = "sources." + name;
        if (const Hardware* hardware = hardware_of(source)) {
            old_price(scenario, path + ".price_usd", hardware->price_usd, out);
            old_price(scenario, path + ".system_price_usd", hardware->system_price_usd, out);
        } else {
            old_price(scenario, path + ".rate_usd_per_hour", lease_of(source)->rate_usd_per_hour,
                      out);
        }
    }
    for (const auto& [name, site] : scenario.sites) {
        old_price(scenario, "sites." + name + ".electricity_usd_per_mwh",
                  site.electricity_usd_per_mwh, out);
        old_price(scenario, "sites." + name + ".colocation_usd_per_kw_month",
                  site.colocation_usd_per_kw_month, out);
    }
}

void dates(const Scenario& scenario, Warnings& out) {
    const double start = first_moment(scenario.start), end = last_moment(scenario.end);
    const auto too_old = [&](const std::string& path, double due) {
        if (due < start - a_year - time_slack)
            out.add(path, "is due more than a year before the start",
                    "what stands already belongs into an installed source");
    };
    for (const auto& [name, source] : scenario.sources) {
        const Procured* procured = procured_of(source);
        const std::string path = "sources." + name;
        if (procured && procured->deliveries) {
            if (const auto* units = std::get_if<UnitDeliveries>(&*procured->deliveries))
                too_old(path + ".deliveries.to", last_moment(units->to));
            if (const auto* schedule = std::get_if<ScheduledDeliveries>(&*procured->deliveries))
                for (const auto& [span, units] : schedule->schedule)
                    too_old(path + ".deliveries.schedule." + span.key, last_moment(span.to));
            if (const auto* reach = std::get_if<ReachDeliveries>(&*procured->deliveries))
                too_old(path + ".deliveries.by", last_moment(reach->by));
        }
        if (procured && procured->orders)
            for (const auto& [key, order] : *procured->orders)
                if (order.arrives || order.ordered)
                    too_old(path + ".orders." + key + (order.arrives ? ".arrives" : ".ordered"),
                            first_moment(order.arrives ? *order.arrives : *order.ordered) +
                                median_of(order.lead_time_months));
    }
    for (const auto& [name, cost] : scenario.costs) {
        const std::string path = "costs." + name;
        const bool once =
            cost.at && (last_moment(*cost.at) <= start || last_moment(*cost.at) > end);
        const bool over = (cost.to && last_moment(*cost.to) <= start) ||
                          (cost.from && first_moment(*cost.from) >= end);
        if (once || over)
            out.add(path + (once        ? ".at"
                            : cost.from ? ".from"
                                        : ".to"),
                    "lies outside the horizon: it is never spent");
    }
    for (const auto& [name, site] : scenario.sites)
        if (site.colocation_usd_per_kw_month && !site.power)
            out.add("sites." + name + ".colocation_usd_per_kw_month",
                    "has no effect: the rate is on \"power\", and the site has none");
}

void independent_delays(const Scenario& scenario, Warnings& out) {
    std::vector<std::string> delays;
    visit_values(scenario, [&](const ValueSpot& spot) {
        if (spot.path.ends_with(".delay_months") && !spot.path.ends_with(".respin.delay_months") &&
            std::holds_alternative<Distribution>(spot.scalar->value))
            delays.push_back(spot.path);
    });
    const auto is_listed = [&](const std::string& path) {
        return std::ranges::any_of(scenario.correlations, [&](const auto& correlation) {
            return std::ranges::count(correlation.second.between, path) > 0;
        });
    };
    if (delays.size() >= 2 && std::ranges::none_of(delays, is_listed))
        out.add(delays.front(),
                fmt::format("{} uncertain delays are all independent: the bands may be too narrow",
                            delays.size()),
                "\"correlations\" can say that they slip together");
}

} // namespace

Problems static_warnings(const Scenario& scenario) {
    Warnings out;
    names_of_groups("sources", scenario.sources, out);
    names_of_groups("sites", scenario.sites, out);
    names_of_groups("accelerators", scenario.accelerators, out);
    names_of_groups("workloads", scenario.workloads, out);
    names_that_differ_by_case("inputs", scenario.inputs, out);
    names_that_differ_by_case("sources", scenario.sources, out);
    names_that_differ_by_case("sites", scenario.sites, out);
    names_that_differ_by_case("accelerators", scenario.accelerators, out);
    names_that_differ_by_case("workloads", scenario.workloads, out);
    names_that_differ_by_case("milestones", scenario.milestones, out);
    names_that_differ_by_case("checks", scenario.checks, out);
    names_that_differ_by_case("costs", scenario.costs, out);
    names_that_differ_by_case("correlations", scenario.correlations, out);
    unused(scenario, out);
    old_prices(scenario, out);
    dates(scenario, out);
    independent_delays(scenario, out);
    warn_of_workloads(scenario, out);
    return std::move(out.problems);
}

Problems run_warnings(const Plan& plan, const Forecast& forecast) {
    Warnings out;
    for (std::size_t i = 0; i < plan.sources.size(); ++i) {
        const std::string path = "sources." + plan.sources[i].name;
        const auto units = [](double count) {
            return count < 1e15 ? with_thousands(count, 0) : fmt::format("{:.3g}", count);
        };
        if (forecast.early[i] > units_worth_a_word)
            out.add(
                path,
                fmt::format("{} units were due before the start: they arrive in the first period",
                            units(forecast.early[i])),
                "what stands already belongs into an installed source");
        const double pending =
            outcome_in(plan, forecast, {OutcomeKind::pending, static_cast<Index>(i)});
        if (pending > units_worth_a_word)
            out.add(path,
                    fmt::format("{} units come after the end of the horizon", units(pending)));
        if (forecast.unpowered_opening[i] > units_worth_a_word)
            out.add(path,
                    fmt::format("{} units of the opening fleet exceed the power of their sites",
                                units(forecast.unpowered_opening[i])));
    }
    const std::size_t last = plan.grid.periods.size() - 1;
    for (const Wait& wait : forecast.waits) {
        if (wait.bound != Bound::power)
            continue;
        const auto month = [&](std::size_t period) {
            return iso_day(plan.grid.periods[period].first).substr(0, 7);
        };
        const bool to_the_end = wait.last == last;
        out.add("sources." + plan.sources[wait.source].name,
                fmt::format(
                    "orders exceed the power of {} from {} to {}: up to {} units wait for {} MW",
                    plan.sites[wait.site].name, month(wait.first),
                    to_the_end ? "the end" : month(wait.last), with_thousands(wait.units, 0),
                    with_thousands(wait.mw, wait.mw < 10 ? 2 : 0)));
        if (!to_the_end) // the plan clears it by itself
            out.problems.back().severity = Severity::note;
    }
    warn_of_plan(plan, out);
    return std::move(out.problems);
}

} // namespace fleetcast
