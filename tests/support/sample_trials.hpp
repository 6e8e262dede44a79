// Small finished results of many trials for the tests of report/: one plan, and two compared.
#pragma once

#include "support/sample_result.hpp"

namespace fleetcast::testing {

/// Statistics by name, a figure for each period.
using SampleStats = std::vector<std::pair<std::string, SampleFigures>>;

inline void add_stats(ForecastResult& result, const std::string& scenario,
                      const std::string& metric, const std::string& unit, SampleStats stats,
                      const std::string& by = "total", const std::string& group = "total") {
    result.series.push_back({scenario, by, group, metric, unit, std::move(stats)});
}

/// Mean and quantiles alone, as a wide csv needs them; the mean is the median.
inline void add_band(ForecastResult& result, const std::string& scenario, const std::string& metric,
                     const std::string& unit, const SampleFigures& p10, const SampleFigures& p50,
                     const SampleFigures& p90, const std::string& by = "total",
                     const std::string& group = "total") {
    add_stats(result, scenario, metric, unit,
              {{"mean", p50}, {"p10", p10}, {"p50", p50}, {"p90", p90}}, by, group);
}

inline ManifestScenario sample_scenario(const std::string& name, std::uint64_t trials) {
    ManifestScenario scenario;
    scenario.name = name;
    scenario.title = "A year of H100s";
    scenario.file = name + ".json";
    scenario.sha256 = "ab12";
    scenario.start = "2024-01-01";
    scenario.end = "2024-12-31";
    scenario.step = "month";
    scenario.every = "quarter";
    scenario.uncertain_inputs = trials > 1;
    scenario.trials = trials;
    return scenario;
}

inline void add_date(ForecastResult& result, const std::string& scenario,
                     const std::string& milestone, const std::vector<std::string>& dates,
                     double not_reached) {
    const char* const stats[] = {"p10", "p50", "p90"};
    for (std::size_t q = 0; q < dates.size(); ++q)
        result.outcomes.push_back(
            {scenario, "milestones." + milestone, "date", stats[q], std::nullopt, dates[q]});
    result.outcomes.push_back(
        {scenario, "milestones." + milestone, "share", "not_reached", not_reached, ""});
}

/// 10,000 trials: figures with and without a spread, milestones early, late and never, every
/// verdict.
inline ForecastResult sample_trials() {
    ForecastResult r;
    r.manifest.version = "0.1.0";
    r.manifest.catalog_version = "2025-01";
    r.manifest.trials = 10000;
    r.manifest.sampling = "random";
    r.manifest.scenarios = {sample_scenario("plan", 10000)};
    r.periods = {"2024-01-01", "2024-04-01", "2024-07-01", "2024-10-01"};
    add_stats(r, "plan", "owned", "units",
              {{"mean", {112000, 198500, 279800.25, 348000}},
               {"sd", {0, 9000, 18000, 24000}},
               {"se", {0, 90, 180, 240}},
               {"min", {112000, 170000, 210000, 250000}},
               {"max", {112000, 230000, 340000, 420000}},
               {"p10", {112000, 187000, 254000, 316000}},
               {"p50", {112000, 200000, 280500.5, 350000}},
               {"p90", {112000, 211000, 301000, 377000}},
               {"p10_se", {0, 150, 300, 400}},
               {"p50_se", {0, 120, 235, 300}},
               {"p90_se", {0, 140, 310, 420}}});
    add_band(r, "plan", "warehoused", "units", {0, 0, 2500, 8000}, {0, 900, 12000, 31000},
             {0, 4100, 26000, 52000});
    add_band(r, "plan", "h100e", "h100e", {98000, 165000, 228000, 270000},
             {101000, 177000, 240000, 286000}, {104000, 186000, 251000, 301000});
    add_band(r, "plan", "power_mw", "mw", {150, 150, 220, 300}, {150, 150, 220, 300},
             {150, 150, 220, 300});
    add_band(r, "plan", "headroom_mw", "mw", {std::nullopt, std::nullopt, -3.5, 0},
             {std::nullopt, std::nullopt, 12.5, 0}, {std::nullopt, std::nullopt, 22.25, 8.5});
    add_band(r, "plan", "energy_mwh", "mwh", {188000, 341000, 466000, 571000},
             {210000, 380000.5, 520000, 640000}, {231000, 417000, 572000, 703000});
    add_band(r, "plan", "capex_usd", "usd", {3.1e9, 2.4e9, 2.2e9, 1.9e9},
             {3.6e9, 2.82e9, 2.6e9, 2.25e9}, {4.2e9, 3.3e9, 3.1e9, 2.7e9});
    add_band(r, "plan", "owned", "units", {112000, 180000, 231000, 280000},
             {112000, 190000, 250000, 300000}, {112000, 198000, 266000, 318000}, "source", "h100");
    add_band(r, "plan", "owned", "units", {0, 0, 12000, 21000}, {0, 10000, 30500.5, 50000},
             {0, 18000, 44000, 71000}, "source", "own-chip");
    const auto shares = [&](const std::string& metric, SampleFigures means) {
        add_stats(r, "plan", metric, "share", {{"mean", std::move(means)}});
    };
    shares("bound_power", {0, 0, 0.4417, 0.621});
    shares("bound_install", {0, 0, 0.004, 0});
    shares("bound_supply", {1, 1, 0.5543, 0.379});
    shares("bound_none", {0, 0, 0, 0});

    add_date(r, "plan", "350k", {"2024-10-31", "2024-12-31", ""}, 0.412);
    add_date(r, "plan", "200k", {"2024-05-31", "2024-06-30", "2024-08-31"}, 0);
    add_date(r, "plan", "600k", {"2024-09-30", "2024-11-30", "2024-12-31"}, 0.03);
    add_date(r, "plan", "one-million", {"", "", ""}, 1);
    add_date(r, "plan", "unlikely", {"", "", ""}, 0.964);
    const auto pending = [&](const std::string& source, double mean, double p10, double p50,
                             double p90) {
        const std::pair<const char*, double> stats[] = {
            {"mean", mean}, {"p10", p10}, {"p50", p50}, {"p90", p90}};
        for (const auto& [stat, number] : stats)
            r.outcomes.push_back({"plan", "pending." + source, "units", stat, number, ""});
    };
    pending("h100", 12034.5, 0, 9000, 31000);
    pending("own-chip", 0, 0, 0, 0);

    const auto check = [&](const std::string& name, const std::string& verdict, double share,
                           double low, double high, double probability, const std::string& limit) {
        r.checks.push_back(
            {"plan", name, verdict, share, 0.004, limit, 10000, low, high, probability});
    };
    check("enough", "too-close", 0.79, 0.77, 0.81, 0.8, "owned at 2024-12 at_least 330000");
    check("cheap", "fail", 0.0312, 0.0279, 0.0349, 0.9, "capex_usd in 2024 at_most 10000000000");
    check("some", "pass", 1, 0.9996, 1, 0.995, "owned at 2024-12 at_least 100000");
    check("power", "warn", 0.2, 0.192, 0.208, 0.5, "headroom_mw at 2024-12 at_least 10");

    r.inputs = {{"plan", "sources.h100.price_usd", "uniform(25000, 35000)", "usd", 30000, 26000,
                 34000, "analysts, 2024"}};
    r.binding = {
        {"plan", "2024-09 to 2024-12: up to 31,000 H100 SXM5 80GB wait for 43 MW at prineville"}};
    return r;
}

/// All metrics of the sample.
inline View sample_trials_view() {
    View view;
    view.metrics = {"owned",       "warehoused", "h100e",    "power_mw",
                    "headroom_mw", "energy_mwh", "capex_usd"};
    return view;
}

/// "late" compared with "base": the H100s come a quarter later.
inline ForecastResult sample_comparison() {
    ForecastResult r;
    r.manifest.version = "0.1.0";
    r.manifest.catalog_version = "2025-01";
    r.manifest.trials = 10000;
    r.manifest.sampling = "lhs";
    r.manifest.scenarios = {sample_scenario("base", 10000), sample_scenario("late", 10000)};
    r.manifest.scenarios[1].title = "H100s a quarter late";
    r.manifest.comparisons = {{"base", "late", "late-base"}};
    r.periods = {"2024-01-01", "2024-04-01", "2024-07-01", "2024-10-01"};
    const auto both = [&](const std::string& metric, const std::string& unit,
                          const SampleFigures& base, const SampleFigures& late,
                          const SampleFigures& p10, const SampleFigures& p50,
                          const SampleFigures& p90) {
        add_band(r, "base", metric, unit, base, base, base);
        add_band(r, "late", metric, unit, late, late, late);
        add_stats(r, "late-base", metric, unit,
                  {{"mean", p50},
                   {"p10", p10},
                   {"p50", p50},
                   {"p90", p90},
                   {"p50_se", {0, 110, 150, 90}}});
    };
    both("owned", "units", {112000, 200000, 280500.5, 350000}, {112000, 163000, 241000, 341000},
         {0, -49000, -52000, -21000}, {0, -37000, -39000, -9000}, {0, -24000, -27000, 0});
    both("power_mw", "mw", {150, 150, 220, 300}, {150, 150, 220, 300}, {0, 0, 0, 0}, {0, 0, 0, 0},
         {0, 0, 0, 0});
    const SampleFigures none(4);
    both("headroom_mw", "mw", none, none, none, none, none);
    both("cum_cost_usd", "usd", {3.6e9, 6.42e9, 9.02e9, 11.27e9}, {3.6e9, 6.02e9, 8.6e9, 11.3e9},
         {0, -5.2e8, -5.4e8, -4e7}, {0, -4e8, -4.2e8, 3.1e7}, {0, -3e8, -3e8, 1.2e8});
    add_date(r, "base", "350k", {"2024-10-31", "2024-12-31", ""}, 0.412);
    add_date(r, "base", "200k", {"2024-05-31", "2024-06-30", "2024-08-31"}, 0);
    add_date(r, "late", "350k", {"2024-12-31", "", ""}, 0.71);
    add_date(r, "late", "200k", {"2024-08-31", "2024-09-30", "2024-11-30"}, 0);
    r.checks = {{"base", "enough", "pass", 0.84, 0.0037, "owned at 2024-12 at_least 330000", 10000,
                 0.832, 0.847, 0.8},
                {"base", "cheap", "pass", 1, 0, "capex_usd at 2024-12 at_most 20000000000", 10000,
                 0.9996, 1, 0.9},
                {"late", "enough", "fail", 0.61, 0.0049, "owned at 2024-12 at_least 330000", 10000,
                 0.6, 0.62, 0.8},
                {"late", "cheap", "pass", 1, 0, "capex_usd at 2024-12 at_most 20000000000", 10000,
                 0.9996, 1, 0.9}};
    return r;
}

} // namespace fleetcast::testing
