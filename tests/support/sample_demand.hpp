// Small finished results with workloads for the tests of report/: two teams, one that goes short.
#pragma once

#include "support/sample_trials.hpp"

namespace fleetcast::testing {

/// The rows of a metric of one trial: the total, research, ads and what is nobody's.
inline void add_teams(ForecastResult& r, const std::string& metric, const std::string& unit,
                      SampleFigures total, SampleFigures research, SampleFigures ads,
                      SampleFigures nobody) {
    add_series(r, "total", "total", metric, unit, std::move(total));
    add_series(r, "team", "research", metric, unit, std::move(research));
    add_series(r, "team", "ads", metric, unit, std::move(ads));
    add_series(r, "team", "-", metric, unit, std::move(nobody));
}

/// One trial: a training in time, one late, one that is not done.
inline ForecastResult sample_demand() {
    ForecastResult r;
    r.manifest.version = "0.1.0";
    r.manifest.catalog_version = "2025-01";
    r.manifest.scenarios = {sample_scenario("plan", 1)};
    r.periods = {"2024-01-01", "2024-04-01", "2024-07-01", "2024-10-01"};
    const SampleFigures nothing(4);
    add_teams(r, "demand_h100e", "h100e", {40000, 44000, 50000, 52000},
              {24000, 24000, 24000, 20000}, {16000, 20000, 26000, 32000}, {0, 0, 0, 0});
    add_teams(r, "shortfall_h100e", "h100e", {0, 0, 2500, 12250.5}, {0, 0, 0, 0},
              {0, 0, 2500, 12250.5}, {0, 0, 0, 0});
    add_teams(r, "charged_usd", "usd", {1.2e8, 1.3e8, 1.5e8, 1.6e8}, {8e7, 8e7, 8e7, 7e7},
              {4e7, 5e7, 7e7, 9e7}, {0, 0, 0, 0});
    add_teams(r, "owned", "units", {50000, 51000, 52000, 53000}, nothing, nothing, nothing);
    add_series(r, "total", "total", "tco_usd_per_gpu_hour", "usd_per_hour",
               {std::nullopt, 2.314, 2.1, 1.9875});
    const auto outcome = [&](const std::string& name, const std::string& unit,
                             std::optional<double> number, const std::string& date = "") {
        r.outcomes.push_back({"plan", name, unit, "value", number, date});
    };
    const auto training = [&](const std::string& name, const std::string& day,
                              std::optional<double> weeks, double usd) {
        outcome("workloads." + name + ".completed", "date", std::nullopt, day);
        if (!name.starts_with("free"))
            outcome("workloads." + name + ".weeks_late", "weeks", weeks);
        outcome("workloads." + name + ".training_usd", "usd", usd);
    };
    training("early", "2024-03-14", 0, 1.5e7);
    training("late", "2024-08-13", 13.0 / 7, 7.82e7);
    training("never", "", std::nullopt, 1e6);
    training("free", "2024-05-02", std::nullopt, 2e6);
    r.trainings = {{"plan", "early", "2024-03-31", 0},
                   {"plan", "late", "2024-07-31", 1},
                   {"plan", "never", "2024-12-15", 1}};
    outcome("pending.h100", "units", 0);
    outcome("paid_before_start_usd", "usd", 1.25e9);
    outcome("due_after_end_usd", "usd", 0);
    outcome("prepaid_usd", "usd", 3e6);
    r.shortages = {{"plan", "team", "ads", 1, "2024-11-01", 1, 12250.5},
                   {"plan", "workload", "ads-images", 1, "2024-11-01", 1, 12250.5}};
    return r;
}

/// 10,000 trials of the same.
inline ForecastResult sample_demand_trials() {
    ForecastResult r;
    r.manifest.version = "0.1.0";
    r.manifest.catalog_version = "2025-01";
    r.manifest.trials = 10000;
    r.manifest.sampling = "random";
    r.manifest.scenarios = {sample_scenario("plan", 10000)};
    r.periods = {"2024-01-01", "2024-04-01", "2024-07-01", "2024-10-01"};
    add_band(r, "plan", "demand_h100e", "h100e", {39000, 42000, 47000, 49000},
             {40000, 44000, 50000, 52000}, {41000, 47000, 54000, 57000});
    add_band(r, "plan", "shortfall_h100e", "h100e", {0, 0, 0, 0}, {0, 0, 0, 4000},
             {0, 0, 5000, 21000});
    add_band(r, "plan", "usd_per_million_tokens", "usd_per_million_tokens",
             {0.04, 0.03, 0.02, 0.02}, {0.0512, 0.04, 0.035, 0.0301}, {0.06, 0.05, 0.04, 0.04},
             "workload", "assistant");
    const auto stats = [&](const std::string& outcome, const std::string& unit,
                           const std::vector<std::pair<std::string, std::optional<double>>>& all) {
        for (const auto& [stat, number] : all)
            r.outcomes.push_back(
                {"plan", outcome, stat == "not_reached" ? "share" : unit, stat, number, ""});
    };
    const auto training = [&](const std::string& name, const std::vector<std::string>& days,
                              const std::vector<std::optional<double>>& weeks, double never) {
        const char* const names[] = {"p10", "p50", "p90"};
        const std::string prefix = "workloads." + name;
        for (std::size_t q = 0; q < days.size(); ++q)
            r.outcomes.push_back(
                {"plan", prefix + ".completed", "date", names[q], std::nullopt, days[q]});
        stats(prefix + ".completed", "date", {{"not_reached", never}});
        if (!weeks.empty())
            stats(
                prefix + ".weeks_late", "weeks",
                {{"p10", weeks[0]}, {"p50", weeks[1]}, {"p90", weeks[2]}, {"not_reached", never}});
        stats(prefix + ".training_usd", "usd",
              {{"mean", 7.82e7}, {"p10", 7e7}, {"p50", 7.8e7}, {"p90", 8.6e7}});
    };
    training("llama3-405b", {"2024-06-12", "2024-08-13", ""}, {0, 13.0 / 7, std::nullopt}, 0.12);
    training("llama3-8b", {"2024-02-03", "2024-02-07", "2024-02-20"}, {0, 0, 0}, 0);
    training("free", {"2024-05-01", "2024-05-02", "2024-05-09"}, {}, 0);
    r.trainings = {{"plan", "llama3-405b", "2024-07-31", 0.634},
                   {"plan", "llama3-8b", "2024-03-31", 0}};
    stats("paid_before_start_usd", "usd", {{"mean", 0}, {"p10", 0}, {"p50", 0}, {"p90", 0}});
    stats("due_after_end_usd", "usd", {{"mean", 2e7}, {"p10", 0}, {"p50", 0}, {"p90", 9e7}});
    r.shortages = {{"plan", "team", "ads", 0.344, "2024-11-01", 0.301, 12250.5},
                   {"plan", "team", "-", 0.002, "2024-02-01", 0.001, 3},
                   {"plan", "workload", "ads-images", 0.344, "2024-11-01", 0.301, 12250.5}};
    return r;
}

/// The metrics of demand, by team.
inline View sample_demand_view() {
    View view;
    view.metrics = {"demand_h100e", "shortfall_h100e", "charged_usd"};
    view.by = "team";
    return view;
}

} // namespace fleetcast::testing
