// The list of edges and its arithmetic.
#include "oracle/edges.hpp"

#include "oracle/oracle_demand.hpp"

#include <sstream>
#include <stdexcept>

namespace fleetcast::oracle {

const std::vector<std::string>& edge_names() {
    static const std::vector<std::string> supply = {
        // Sources: what they are made of.
        "kind installed", "kind purchase", "kind in-house", "kind lease", "kind undisclosed",
        "deliveries units", "deliveries schedule month", "deliveries schedule quarter",
        "deliveries schedule year", "deliveries reach", "deliveries reach_h100e", "orders",
        "order with own price", "order arrives", "order with lead time", "order at once",
        "order before the start", "curve linear", "curve s-curve", "curve front-loaded",
        "curve back-loaded", "source without accelerator", "accelerator like another",
        "accelerator corrected", "own kw_per_unit", "own h100e", "h100e of 0",
        // Time.
        "step month", "step week", "week step from mid-month", "week over a month's end",
        "last period cut", "financial year",
        // Supply.
        "due before the start", "pending past the end", "delay negative", "delay positive",
        "delay fractional", "respin taken", "respin not taken", "reach of 0", "reach above 0",
        "reach_h100e of 0", "reach_h100e above 0", "reach after reach", "reach_h100e after another",
        "reach_h100e counts a lease", "reach skips a retired vintage", "commissioning wait",
        "warehouse of mixed cost",
        // Sites.
        "no sites given", "site without limit", "site of empty power", "increment stands",
        "increment comes on", "increment delayed", "increment early", "increment after the end",
        "increments overtake", "site delay", "reserve", "provisioning", "site refuses accelerator",
        "power bound", "install rate bound", "rate bound at one site, power at another",
        "spill-over to a second site", "rate spill-over", "warehouse unbound",
        "opening over the power", "opening spill-over",
        // Losses.
        "attrition loss", "failures", "repair binds availability", "spares bind availability",
        "opening vintage retired", "installed cohort retired", "vintage past its life at start",
        "acceptance held", "acceptance over",
        // Refresh.
        "refresh retired some", "refresh took all", "refresh before its date",
        "refresh of a refresher", "refresh without limit", "refresh uses install rate",
        // Leases.
        "lease in force", "lease out of force", "lease slipped", "lease part of a period",
        // Money.
        "price constant", "price step", "price linear", "price growth", "price formula",
        "price ref", "price before its first point", "build in the horizon", "build sunk",
        "build of an increment", "colocation", "nre", "nre outside the horizon", "cost once",
        "cost once outside", "cost monthly", "maintenance", "resale", "opening cost",
        "negative electricity price", "embodied known", "embodied unknown",
        // Payments.
        "payment of a source", "payment of a site", "payment of an increment",
        "paid after delivery", "paid before the start", "due after the end", "prepaid",
        "build paid before the start", "build due after the end", "build prepaid",
        "paid before the start for later", "due after the end for later",
        "deposit not postponed by a slip", "discount", "discount below 0",
        // Accrual.
        "depreciation of a source", "opening book value", "opening vintage charged",
        "installed cohort charged", "charged window ends inside a period",
        "write-off by retirement", "write-off by attrition", "write-off by refresh",
        "write-off in the period of installation", "build being charged", "build charged",
        // Values.
        "law uniform", "law triangular", "law pert", "law normal", "law lognormal", "law interval",
        "interval logit-normal", "interval lognormal", "interval normal", "law discrete",
        "law mixture", "law empirical", "truncate", "clamp", "ref", "formula", "growth from a base",
        "linear between points", "basis bf16", "basis fp8", "basis memory_bandwidth",
        "basis memory",
        // Outcomes.
        "milestone met", "milestone not met", "milestone of a group", "check pass", "check fail",
        "check warn", "check at all", "check at any", "check by year", "check of an outcome",
        "check of money", "check of a milestone", "check of a completion", "check of weeks late",
        "check of demand", "milestone of demand", "bound by supply", "bound by none",
        "correlations"};
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all = supply;
        all.insert(all.end(), demand_edge_names().begin(), demand_edge_names().end());
        return all;
    }();
    return names;
}

const std::vector<std::string>& trial_edge_names() {
    static const std::vector<std::string> names = {"draw correlated",
                                                   "correlation singular",
                                                   "clamp moved up",
                                                   "clamp moved down",
                                                   "lead time off its median",
                                                   "reach counts a median lead time",
                                                   "retired after an uncertain life",
                                                   "respin against the median",
                                                   "increment off its median"};
    return names;
}

Edges no_edges() {
    Edges edges;
    for (const std::string& name : edge_names())
        edges[name] = 0;
    for (const std::string& name : trial_edge_names())
        edges[name] = 0;
    return edges;
}

void hit(Edges& edges, const std::string& name, long times) {
    const auto found = edges.find(name);
    if (found == edges.end())
        throw std::logic_error("unknown edge: " + name);
    found->second += times;
}

void add(Edges& sum, const Edges& more) {
    for (const auto& [name, count] : more)
        sum[name] += count;
}

std::string edge_table(const Edges& edges) {
    std::ostringstream text;
    for (const auto* names : {&edge_names(), &trial_edge_names()}) {
        for (const std::string& name : *names)
            text << edges.at(name) << '\t' << name << '\n';
    }
    return text.str();
}

} // namespace fleetcast::oracle
