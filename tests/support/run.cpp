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

const OutcomeRow& outcome_row(const ForecastResult& result, std::string_view name) {
    const auto found = std::ranges::find(result.outcomes, name, &OutcomeRow::outcome);
    if (found == result.outcomes.end())
        throw std::runtime_error(fmt::format("no outcome {}", name));
    return *found;
}

} // namespace

Figures forecast(const std::string& scenario, const std::string& every) {
    const std::vector<LoadedScenario> loaded{load_scenario({"test.json", scenario})};
    const Problems problems = examine(loaded.front(), catalog());
    if (has_errors(problems))
        throw std::runtime_error(printed(problems, loaded.front().sources));
    RunOptions options;
    for (const Metric& metric : metrics())
        options.metrics.emplace_back(metric.name);
    options.report_set = true;
    options.by = GroupBy::accelerator;
    options.every = every == "year"      ? Every::year
                    : every == "quarter" ? Every::quarter
                                         : Every::period;
    Figures figures;
    const RunRequest request = request_of(options, loaded.front().scenario);
    auto run = std::get<ScenarioRun>(run_scenario(loaded.front(), catalog(), request));
    figures.impl = std::make_shared<Figures::Impl>(
        make_result({{&loaded.front(), std::move(run), request.every}}, catalog(), options));
    return figures;
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
