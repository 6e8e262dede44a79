// A scenario with its names resolved and its scalars as drawn in one trial. Interface: read_plan().
// Series stay in the json, to be evaluated where they are needed.
#pragma once

#include <nlohmann/json.hpp>

#include "oracle/edges.hpp"
#include "oracle/oracle_inputs.hpp"
#include "oracle/oracle_time.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace fleetcast::oracle {

/// Units that arrive together: along a curve, or evenly over the time of an order.
struct Batch {
    double from = 0;            // [months] before any delay
    double to = 0;              // [months] the same as `from` when all arrive at once
    double counted_earlier = 0; // [months] lead time beyond its median: [P8] counts without it
    double units = 0;
    std::string curve = "linear";
    std::optional<double> unit_cost; // [USD] agreed, for orders
};

/// Units of the batch that arrived strictly before x, without delay.
double arrived(const Batch& batch, double x);

/// A part of a price and when it is due.
struct PaymentPart {
    double share = 1;
    double months_before = 0; // delivery, or coming into effect; below 0: after it
};

struct Vintage {
    double begin = 0; // [months] below 0
    double units = 0;
};

struct Source {
    std::string name;
    std::string kind;
    const nlohmann::ordered_json* json = nullptr;
    std::optional<std::string> accelerator;
    double kw = 0;            // [kW] of a unit; 0 for a lease
    double h100e = 0;         // of a unit
    double compute_h100e = 0; // of a unit, for workloads [M12]
    std::optional<double> embodied_kg;
    std::vector<std::size_t> sites; // those that take it, in order of preference
    std::vector<Vintage> vintages;
    std::vector<Batch> batches;
    double delay = 0;           // [months] with the respin, if there is one
    double commissioning = 0;   // [months]
    double acceptance = 0;      // [months]
    std::optional<double> life; // [months]
    bool life_uncertain = false;
    double attrition = 0; // share per year
    double failures = 0;  // per unit-year
    double repair_years = 0;
    double spares = 0;
    double maintenance = 0; // share of cost per year
    double resale = 0;      // share of cost
    std::vector<PaymentPart> payment = {{}};
    double depreciation = 60; // [months]
    std::optional<std::size_t> replaces;
    double replaces_from = 0; // [months]
    double lease_units = 0;
    double lease_from = 0; // [months] with the delay
    double lease_to = 0;   // [months] with the delay

    bool lease() const { return kind == "lease"; }
    /// What of the accepted units is available [M1].
    double ready() const { return std::min(1 - spares, 1 / (1 + failures * repair_years)); }
};

/// C(x) of the source without its delay: what all its batches brought strictly before x.
double arrived(const Source& source, double x);
/// The same with lead times at their medians [P8].
double counted(const Source& source, double x);
/// Everything the source will ever bring.
double all_units(const Source& source);

struct Increment {
    double date = 0; // [months] without delay
    double on = 0;   // [months] with all delays
    bool stands = false;
    double mw = 0;
    double build_usd = 0;
    std::vector<PaymentPart> payment;
};

struct Site {
    std::string name;
    const nlohmann::ordered_json* json = nullptr;
    bool limited = false;
    std::vector<Increment> increments;
    double reserve = 0;
    double provisioning = 1;
    double pue = 1.2;
    double load = 0.75;
    std::optional<double> install_rate;           // [units/month]
    std::optional<std::set<std::string>> allowed; // accelerators; all when empty
};

struct Plan {
    std::vector<Source> sources;
    std::vector<Site> sites;
    std::vector<std::string> accelerators; // of any source, without repetition
    double discount = 0;                   // share a year
    double site_depreciation = 240;        // [months]
};

Plan read_plan(const nlohmann::ordered_json& scenario, const nlohmann::ordered_json& catalog,
               const Clock& clock, Values& values, Edges& edges);

/// A site of the scenario, standing power and delays settled.
Site read_site(const std::string& name, const nlohmann::ordered_json& json, const Clock& clock,
               Values& values, Edges& edges);

/// The parts of a price in the order written; all at once where they are left out.
std::vector<PaymentPart> read_payment(const nlohmann::ordered_json& object);

/// Sets the units of every source with `reach` or `reach_h100e`.
void settle_reaches(Plan& plan, Values& values, Edges& edges);

/// Price and system price of a unit at x [USD].
double unit_price(const Source& source, Values& values, double x);

} // namespace fleetcast::oracle
