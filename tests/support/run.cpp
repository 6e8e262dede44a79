#include "support/run.hpp"

#include <fleetcast/analyse/examine.hpp>
#include <fleetcast/load/catalog.hpp>
#include <fleetcast/report/make_result.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace fleetcast::testing {

struct Figures::Impl {
    ForecastResult result;
};

namespace {

const Catalog& catalog() {
    static const Catalog loaded = load_catalog();
    return loaded;
}

std::string printed(const Problems& problems, const Sources& sources) {
    std::string text;
    for (const Problem& problem : problems)
        text += format_problem(problem, sources);
    return text;
}

/// Those of the texts, which have no error.
std::vector<LoadedScenario> loaded_of(const std::vector<std::string>& scenarios) {
    std::vector<LoadedScenario> loaded;
    for (std::size_t i = 0; i < scenarios.size(); ++i) {
        loaded.push_back(load_scenario({"test.json", scenarios[i]}));
        loaded.back().name = static_cast<char>('a' + i);
        const Problems problems = examine(loaded.back(), catalog());
        if (has_errors(problems))
            throw std::runtime_error(printed(problems, loaded.back().sources));
    }
    return loaded;
}

const OutcomeRow& outcome_row(const ForecastResult& result, std::string_view name) {
    const auto found = std::ranges::find(result.outcomes, name, &OutcomeRow::outcome);
    if (found == result.outcomes.end())
        throw std::runtime_error(fmt::format("no outcome {}", name));
    return *found;
}

} // namespace

Figures forecast(const std::string& scenario, const std::string& every) {
    const auto has = [](const ForecastResult& result, std::string_view by) {
        return std::ranges::find(result.series, by, &SeriesRow::by) != result.series.end();
    };
    RunOptions options;
    for (const Metric& metric : metrics())
        options.metrics.emplace_back(metric.name);
    options.report_set = true;
    options.by = GroupBy::accelerator;
    options.every = every == "year"      ? Every::year
                    : every == "quarter" ? Every::quarter
                                         : Every::period;
    Figures figures;
    ForecastResult result = result_of({scenario}, options);
    if (has(result, "team")) { // there are workloads
        options.by = GroupBy::workload;
        for (SeriesRow& row : result_of({scenario}, options).series)
            if (row.by == "workload")
                result.series.push_back(std::move(row));
    }
    figures.impl = std::make_shared<Figures::Impl>(std::move(result));
    return figures;
}

ForecastResult result_of(const std::vector<std::string>& scenarios, const RunOptions& options) {
    const auto loaded = loaded_of(scenarios);
    std::vector<FinishedRun> runs;
    for (const LoadedScenario& each : loaded) {
        const RunRequest request = request_of(options, each.scenario);
        auto run = run_scenario(each, catalog(), request);
        if (const auto* problems = std::get_if<Problems>(&run))
            throw std::runtime_error(printed(*problems, each.sources));
        runs.push_back({&each, std::get<ScenarioRun>(std::move(run)), request.every});
    }
    return make_result(runs, catalog(), options);
}

ForecastResult comparison_of(const std::vector<std::string>& scenarios, const RunOptions& options) {
    const auto loaded = loaded_of(scenarios);
    std::vector<const LoadedScenario*> pointers;
    std::vector<RunRequest> requests;
    for (const LoadedScenario& each : loaded) {
        pointers.push_back(&each);
        requests.push_back(request_of(options, each.scenario));
    }
    auto together = run_together(pointers, catalog(), requests);
    if (const auto* problems = std::get_if<std::vector<Problems>>(&together)) {
        std::string text;
        for (std::size_t i = 0; i < loaded.size(); ++i)
            text += printed((*problems)[i], loaded[i].sources);
        throw std::runtime_error(text);
    }
    std::vector<FinishedRun> runs;
    for (std::size_t i = 0; i < loaded.size(); ++i)
        runs.push_back({&loaded[i], std::move(std::get<std::vector<ScenarioRun>>(together)[i]),
                        requests[i].every});
    return make_comparison(runs, catalog(), options);
}

const std::vector<std::optional<double>>&
figures_of(const ForecastResult& result, std::string_view scenario, std::string_view by,
           std::string_view group, std::string_view metric, std::string_view stat) {
    for (const SeriesRow& row : result.series)
        if (row.scenario == scenario && row.by == by && row.group == group && row.metric == metric)
            for (const auto& [name, figures] : row.stats)
                if (name == stat)
                    return figures;
    throw std::runtime_error(
        fmt::format("no {} of {} for {} {} in {}", stat, metric, by, group, scenario));
}

const OutcomeRow& outcome_of(const ForecastResult& result, std::string_view outcome,
                             std::string_view stat) {
    for (const OutcomeRow& row : result.outcomes)
        if (row.outcome == outcome && row.stat == stat)
            return row;
    throw std::runtime_error(fmt::format("no {} of {}", stat, outcome));
}

Problems problems_of(const std::string& scenario) {
    return examine(load_scenario({"test.json", scenario}), catalog());
}

std::string printed_problems(const std::string& scenario) {
    const LoadedScenario loaded = load_scenario({"test.json", scenario});
    return printed(examine(loaded, catalog()), loaded.sources);
}

std::vector<std::optional<double>> Figures::row(std::string_view by, std::string_view group,
                                                std::string_view metric) const {
    for (const SeriesRow& row : impl->result.series)
        if (row.by == by && row.group == group && row.metric == metric)
            return row.stats.front().second;
    throw std::runtime_error(fmt::format("no figures of {} for {} {}", metric, by, group));
}

double Figures::total(std::string_view metric, std::size_t period) const {
    return of("total", "total", metric, period);
}

double Figures::of(std::string_view by, std::string_view group, std::string_view metric,
                   std::size_t period) const {
    const auto figure = row(by, group, metric).at(period);
    if (!figure)
        throw std::runtime_error(
            fmt::format("{} of {} {} is empty in period {}", metric, by, group, period));
    return *figure;
}

bool Figures::empty(std::string_view by, std::string_view group, std::string_view metric,
                    std::size_t period) const {
    return !row(by, group, metric).at(period).has_value();
}

double Figures::outcome(std::string_view name) const {
    return outcome_row(impl->result, name).number.value();
}

std::string Figures::outcome_date(std::string_view name) const {
    return outcome_row(impl->result, name).date;
}

std::string Figures::verdict(std::string_view check) const {
    const auto found = std::ranges::find(impl->result.checks, check, &CheckRow::check);
    if (found == impl->result.checks.end())
        throw std::runtime_error(fmt::format("no check {}", check));
    return found->verdict;
}

std::size_t Figures::periods() const { return impl->result.periods.size(); }

std::string Figures::period(std::size_t index) const { return impl->result.periods.at(index); }

} // namespace fleetcast::testing
