// A small finished result for the tests of report/: two sources, four quarters, one of everything.
#pragma once

#include <fleetcast/report/forecast_result.hpp>
#include <fleetcast/report/tables.hpp>

#include <optional>
#include <string>
#include <vector>

namespace fleetcast::testing {

using SampleFigures = std::vector<std::optional<double>>;

inline void add_series(ForecastResult& result, const std::string& by, const std::string& group,
                       const std::string& metric, const std::string& unit, SampleFigures figures,
                       const std::string& scenario = "plan") {
    result.series.push_back({scenario, by, group, metric, unit, {{"value", std::move(figures)}}});
}

/// Totals are the sums of h100, own-chip and "-" where the metric is additive.
inline ForecastResult sample_result() {
    ForecastResult r;
    r.manifest.version = "0.1.0";
    r.manifest.catalog_version = "2025-01";
    r.manifest.scenarios = {{"plan",
                             "A year of H100s",
                             "plan.json",
                             "ab12",
                             "2024-01-01",
                             "2024-12-31",
                             "month",
                             {"pue 1.2 (sites: main)"},
                             "quarter",
                             true,
                             {}}};
    r.periods = {"2024-01-01", "2024-04-01", "2024-07-01", "2024-10-01"};
    add_series(r, "total", "total", "owned", "units", {112000, 200000, 280500.5, 350000});
    add_series(r, "total", "total", "warehoused", "units", {0, 0, 12000, 31000});
    add_series(r, "total", "total", "it_mw", "mw", {98.4, 176.25, 236, 280.3});
    add_series(r, "total", "total", "headroom_mw", "mw", {std::nullopt, std::nullopt, 12.5, 0});
    add_series(r, "total", "total", "energy_mwh", "mwh", {210000, 380000.5, 520000, 640000});
    add_series(r, "total", "total", "capex_usd", "usd", {3.6e9, 2.82e9, 2.6e9, 2.25e9});
    add_series(r, "source", "h100", "owned", "units", {112000, 190000, 250000, 300000});
    add_series(r, "source", "h100", "capex_usd", "usd", {3.6e9, 2.8e9, 2.5e9, 2e9});
    add_series(r, "source", "-", "owned", "units", {0, 0, 0, 0});
    add_series(r, "source", "-", "capex_usd", "usd", {0, 0, 0, 5e7});
    add_series(r, "source", "own-chip", "owned", "units", {0, 10000, 30500.5, 50000});
    add_series(r, "source", "own-chip", "capex_usd", "usd", {0, 2e7, 1e8, 2e8});
    r.outcomes = {{"plan", "milestones.350k", "date", "value", std::nullopt, "2024-12-31"},
                  {"plan", "milestones.600k", "date", "value", std::nullopt, ""},
                  {"plan", "pending.h100", "units", "value", 12000, ""},
                  {"plan", "pending.own-chip", "units", "value", 0, ""}};
    r.checks = {{"plan", "enough", "pass", 1, 0, "owned at 2024-12 at_least 350000"},
                {"plan", "cheap", "fail", 0, 0, "capex_usd in 2024 at_most 10000000000"},
                {"plan", "power", "warn", 0, 0, "headroom_mw at 2024-12 above 10"}};
    r.inputs = {{"plan", "sources.h100.price_usd", "uniform(25000, 35000)", "usd", 30000, 26000,
                 34000, "analysts, 2024"}};
    r.binding = {
        {"plan", "2024-09 to 2024-12: up to 31,000 H100 SXM5 80GB wait for 43 MW at prineville"}};
    return r;
}

/// All metrics of the sample.
inline View sample_view() {
    View view;
    view.metrics = {"owned", "warehoused", "it_mw", "headroom_mw", "energy_mwh", "capex_usd"};
    return view;
}

} // namespace fleetcast::testing
