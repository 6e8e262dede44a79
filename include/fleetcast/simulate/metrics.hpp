// The table of metrics: name, unit, what a period contributes to it. Tables, formats and
// `help metrics` follow from a row here. Interface: metrics(), metric_named().
#pragma once

#include <fleetcast/simulate/quantities.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fleetcast {

/// How figures of periods make a figure of a quarter or a year (G1).
enum class MetricKind {
    stock,      // the last
    flow,       // the sum
    average,    // the mean over the hours
    running,    // summed from the start; the last
    discounted, // the same, each period discounted to the start
    limit,      // a stock of sites with a limit; empty by source and accelerator
    ratio,      // a quotient of sums; empty where the divisor is 0
    bound,      // which limit bound; a share of the hours
};

/// What bound a group in a period (M11).
enum class Bound { power, install, supply, none };

/// The groups in which a metric has a meaning.
enum class Subject {
    supply,   // total, sources, sites, accelerators
    demand,   // total, teams, workloads
    balance,  // total
    workload, // workloads
};

struct Metric {
    std::string_view name;
    std::string_view unit;
    MetricKind kind = MetricKind::stock;
    std::string_view doc;
    // Quantities that it sums. By site those of the pool and the site count, by source those of
    // the pool and the source; the others make the row "-".
    Needs sum{};
    Needs less{}; // subtracted
    // Of a ratio, which divides by them; without anything to sum it is hours over these. Averages
    // count with their hours.
    Needs over{};
    Subject subject = Subject::supply;
    Bound bound = Bound::none;   // of MetricKind::bound
    bool needs_embodied = false; // empty where the catalogue's figure is not known for all
};

/// The quantities that a metric is made of.
Needs needs_of(const Metric& metric);

/// All metrics, in the order in which they are shown.
std::span<const Metric> metrics();

const Metric* metric_named(std::string_view name);

/// What a report shows unless it is told otherwise.
std::vector<std::string> default_metrics(bool with_workloads);

} // namespace fleetcast
