// What the engine runs: values, sources and sites in canonical units, names turned into indices.
// Interface: Plan. It is made valid by compile(); it knows no key of the scenario format, only
// the paths that messages name.
#pragma once

#include <fleetcast/base/field.hpp>
#include <fleetcast/base/time_grid.hpp>
#include <fleetcast/random/distribution.hpp>

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fleetcast {

using Index = std::uint32_t;

/// A scalar of a trial; indexes Plan::slots.
struct Slot {
    Index index = 0;
    bool operator==(const Slot&) const = default;
};

/// A function of time in a trial; indexes Plan::series.
struct SeriesId {
    Index index = 0;
    bool operator==(const SeriesId&) const = default;
};

enum class Code {
    constant,
    slot,
    points,
    growth,
    series,
    add,
    subtract,
    multiply,
    divide,
    power,
    negate,
    minimum,
    maximum,
    absolute,
    square_root,
    exponential,
    logarithm
};

/// One instruction of a stack program.
struct Instruction {
    Code code = Code::constant;
    double constant = 0;
    Index index = 0; // of a slot, a points table, a growth, or a series that stands earlier
    bool operator==(const Instruction&) const = default;
};

/// Postfix. Points, growth and series only where time has a meaning.
using Program = std::vector<Instruction>;

/// An uncertain input: one draw a trial.
struct Draw {
    Distribution distribution;
    std::string path; // names its random stream
    bool operator==(const Draw&) const = default;
};

/// A slot is a constant, a draw, or a program over earlier slots.
using SlotRule = std::variant<double, Draw, Program>;

/// A value that only a trial can check: the result of a formula.
struct SlotLimit {
    Slot slot;
    Range range;
    std::string path;
    bool operator==(const SlotLimit&) const = default;
};

/// Values at times, a step function or linear between them.
struct PointsTable {
    std::vector<double> x; // [months], ascending
    std::vector<Slot> values;
    bool linear = false;
    bool operator==(const PointsTable&) const = default;
};

/// start x (1 + growth)^((x - base)/12).
struct GrowthRule {
    Slot start, growth_per_year;
    double base = 0; // [months]
    bool operator==(const GrowthRule&) const = default;
};

struct SeriesRule {
    Program program;
    Range range; // every value that the engine reads is checked against it
    std::string path;
    bool operator==(const SeriesRule&) const = default;
};

enum class CurveShape { linear, s_curve, front_loaded, back_loaded };

/// Units that arrive between two moments.
struct PlanPiece {
    Slot units;
    double from = 0, to = 0; // [months]; of an order its date, and unused
    CurveShape shape = CurveShape::linear;
    bool is_order = false;
    Slot lead, over;           // of an order [months]
    std::optional<Slot> price; // an order's own [USD]
    bool operator==(const PlanPiece&) const = default;
};

/// A target that the source fills up to.
struct Reach {
    Slot target;
    bool h100e = false;
    double by = 0, from = 0; // [months]
    CurveShape shape = CurveShape::linear;
    bool operator==(const Reach&) const = default;
};

struct PlanVintage {
    double x = 0; // start of the month of installation [months], negative
    Slot units;
    bool operator==(const PlanVintage&) const = default;
};

struct PlanRespin {
    double probability = 0;
    Slot chance; // uniform from 0 to 1: below `probability` it happens
    Slot delay;  // [months]
    bool operator==(const PlanRespin&) const = default;
};

struct PlanRefresh {
    Index source = 0;
    double from = 0; // [months]
    bool operator==(const PlanRefresh&) const = default;
};

/// A part of a price and when it is due.
struct PlanPayment {
    double share = 1;
    double months_before = 0; // delivery; below 0: after it
    bool operator==(const PlanPayment&) const = default;
};

/// Spending that is even between two moments.
struct PlanSpend {
    Slot usd;
    double from = 0, to = 0; // [months]
    bool operator==(const PlanSpend&) const = default;
};

struct PlanLease {
    Slot units;
    double from = 0, to = 0; // [months]
    SeriesId rate;           // [USD/h]
    bool operator==(const PlanLease&) const = default;
};

struct PlanSource {
    std::string name;                 // for messages
    std::optional<Index> accelerator; // indexes Plan::accelerators
    std::optional<PlanLease> lease;   // everything below but delay and h100e is of owned sources
    Slot h100e;                       // of one unit
    Slot compute_h100e;               // of one unit, for workloads: by BF16 unless its own
    Slot delay;                       // [months]
    Slot kw;                          // of one unit [kW]
    std::optional<double> embodied_kg;
    std::vector<PlanVintage> vintages; // in file order
    std::vector<PlanPiece> pieces;
    std::optional<Reach> reach;
    std::optional<PlanRespin> respin;
    Slot commissioning;    // [months]
    double acceptance = 0; // [months]
    Slot life;             // [months], infinite when it does not retire
    Slot attrition;        // [share a year]
    Slot failure_rate;     // [1/year]
    Slot repair_days;
    Slot spares;                      // [share]
    Slot maintenance;                 // [share of cost a year]
    Slot resale;                      // [share of cost]
    SeriesId price;                   // accelerator [USD]
    SeriesId system_price;            // [USD]
    std::vector<PlanPayment> payment; // empty: all on delivery
    double depreciation = 60;         // [months]
    std::optional<PlanRefresh> refresh;
    std::optional<PlanSpend> nre;
    std::vector<Index> sites; // in order of preference, those that allow the accelerator
    bool operator==(const PlanSource&) const = default;
};

struct PlanIncrement {
    double from = 0;           // [months]
    Slot mw;                   // [MW]
    std::optional<Slot> delay; // its own [months]
    Slot build_usd_per_mw;
    std::vector<PlanPayment> payment; // empty: all when it comes into effect
    bool operator==(const PlanIncrement&) const = default;
};

struct PlanSite {
    std::string name; // for messages
    bool limited = false;
    std::vector<PlanIncrement> increments;
    Slot delay; // [months]
    Slot provisioning, reserve, pue, load;
    Slot install_rate;    // [units/month], infinite when there is none
    SeriesId electricity; // [USD/MWh]
    SeriesId carbon;      // [kg/MWh]
    SeriesId colocation;  // [USD/kW-month]
    bool operator==(const PlanSite&) const = default;
};

struct PlanCost {
    std::optional<std::pair<Slot, double>> once; // [USD], when [months]
    SeriesId per_month;                          // [USD/month], between:
    double from = 0, to = 0;                     // [months]
    bool operator==(const PlanCost&) const = default;
};

/// A standing claim.
struct PlanReserved {
    SeriesId h100e;
    bool operator==(const PlanReserved&) const = default;
};

/// A job with a backlog.
struct PlanTraining {
    Slot flop;
    Slot mfu; // [share]
    Slot max_h100e;
    std::optional<std::chrono::sys_days> due; // the last day in time
    bool operator==(const PlanTraining&) const = default;
};

/// Tokens to be served every day.
struct PlanInference {
    SeriesId tokens_per_day;
    Slot flop_per_token;
    Slot mfu; // [share]
    Slot peak_to_mean;
    bool operator==(const PlanInference&) const = default;
};

/// What asks for a part of the fleet.
struct PlanWorkload {
    std::string name;          // for messages
    std::optional<Index> team; // indexes Plan::teams
    int priority = 1;          // 1 is served first
    double from = 0, to = 0;   // [months]; of a training `to` is infinite
    // Where it may run: indexes Plan::accelerators, Plan::sites. Nothing: anywhere.
    std::optional<std::vector<Index>> accelerators, sites;
    std::variant<PlanReserved, PlanTraining, PlanInference> kind;
    bool operator==(const PlanWorkload&) const = default;
};

/// Draws that go together: normal scores w = lower x z, z independent (rules.md, R3).
struct PlanCorrelation {
    std::vector<Index> slots;               // of draws, in the order first listed
    std::vector<std::vector<double>> lower; // [draw][draw], Cholesky factor
    bool operator==(const PlanCorrelation&) const = default;
};

struct Plan {
    TimeGrid grid;
    unsigned year_starts = 1;
    double discount = 0;            // [share a year]
    double site_depreciation = 240; // [months], of build cost
    std::vector<SlotRule> slots;
    std::vector<SlotLimit> limits;
    PlanCorrelation correlation; // empty where nothing is correlated
    std::vector<PointsTable> points;
    std::vector<GrowthRule> growths;
    std::vector<SeriesRule> series;
    std::vector<std::string> accelerators; // those that the sources use, in file order
    std::vector<PlanSource> sources;
    std::vector<PlanSite> sites;
    std::vector<PlanCost> costs;
    std::vector<std::string> teams; // in the order of the workloads that name them
    std::vector<PlanWorkload> workloads;
    double flops_per_h100e = 0; // [FLOP/s] dense BF16 of one H100, for workloads
    bool uncertain = false;     // some input is
    bool operator==(const Plan&) const = default;
};

} // namespace fleetcast
