// The table of metrics: name, unit, what a period contributes to it. Tables, formats and
// `help metrics` follow from a row here. Interface: metrics(), metric_named().
#pragma once

#include <fleetcast/simulate/figures.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fleetcast {

/// How figures of periods make a figure of a quarter or a year (G1).
enum class MetricKind {
    stock,   // the last
    flow,    // the sum
    running, // summed from the start; the last
    limit,   // a stock of sites with a limit; empty by source and accelerator
    ratio,   // hours over the sum of its parts; empty where that is 0
    bound,   // which limit bound; a share of the hours
};

/// What bound a group in a period (M11).
enum class Bound { power, install, supply, none };

struct Metric {
    std::string_view name;
    std::string_view unit;
    MetricKind kind = MetricKind::stock;
    std::string_view doc;
    // Contributions; a missing part is 0. By site they belong to the pool's and the site's, by
    // source to the pool's and the source's; the others make the row "-".
    double (*of_pool)(const PeriodFigures&, const PoolFigures&) = nullptr;
    double (*of_source)(const SourceFigures&) = nullptr;
    double (*of_site)(const SiteFigures&) = nullptr;
    double (*of_rest)(const PeriodFigures&) = nullptr;
    Bound bound = Bound::none;   // of MetricKind::bound
    bool needs_embodied = false; // empty where the catalogue's figure is not known for all
};

/// All metrics, in the order in which they are shown.
std::span<const Metric> metrics();

const Metric* metric_named(std::string_view name);

/// Names of metrics that later versions bring, for "not yet supported".
std::span<const std::string_view> later_metrics();

/// What a report shows unless it is told otherwise.
std::vector<std::string> default_metrics();

} // namespace fleetcast
