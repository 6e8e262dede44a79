// The engine against the oracle, figure by figure: on 1,000 random scenarios and on every example.
#include "oracle/oracle.hpp"
#include "oracle/random_scenario.hpp"
#include "support/catch.hpp"

#include <fleetcast/analyse/examine.hpp>
#include <fleetcast/analyse/run_scenario.hpp>
#include <fleetcast/base/embedded.hpp>
#include <fleetcast/load/catalog.hpp>
#include <fleetcast/load/scenario.hpp>
#include <fleetcast/model/lookup.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace {

using namespace fleetcast;

constexpr double tolerance = 1e-9; // of the largest figure of that metric in the run
// A metric that is 0 but for rounding errors is measured by the largest figure of its unit.
constexpr double rounding = 1e-15;

/// Hours between failures are compared as failures an hour, 0 where they are empty: a fleet that
/// is gone but for rounding has any number of hours, but no failures.
std::optional<double> comparable(std::string_view metric, std::optional<double> value) {
    if (metric != "hours_between_failures")
        return value;
    return value ? 1.0 / *value : 0.0;
}

double largest_of(std::string_view metric,
                  const std::map<oracle::GroupKey, oracle::Series>& groups) {
    double largest = 0;
    for (const auto& [key, values] : groups)
        for (const auto& value : values)
            largest = std::max(largest, std::fabs(comparable(metric, value).value_or(0)));
    return largest;
}

const Catalog& catalog() {
    static const Catalog loaded = load_catalog();
    return loaded;
}

const oracle::Json& catalog_json() {
    static const oracle::Json parsed = oracle::Json::parse(embedded_text("data/catalog.json"));
    return parsed;
}

/// Where the two disagree, as sentences; the first few.
class Comparison {
public:
    /// Compares periods, and the longer ones that are named.
    Comparison(const std::string& text, const std::vector<Every>& longer)
        : loaded_(load_scenario({"random.json", text})) {
        const Problems problems = examine(loaded_, catalog());
        for (const Problem& problem : problems)
            if (problem.severity == Severity::error)
                differ(format_problem(problem, loaded_.sources));
        if (has_errors(problems))
            return;
        const oracle::Json json = oracle::Json::parse(text, nullptr, true, true);
        compare(Every::period, oracle::run(json, catalog_json(), "period"));
        for (const Every every : longer)
            compare(every, oracle::run(json, catalog_json(),
                                       every == Every::quarter ? "quarter" : "year"));
    }

    const std::vector<std::string>& differences() const { return differences_; }

private:
    void differ(std::string what) {
        if (differences_.size() < 5)
            differences_.push_back(std::move(what));
    }

    void compare(Every every, const oracle::Figures& expected) {
        RunRequest request{
            {}, {GroupBy::total, GroupBy::source, GroupBy::site, GroupBy::accelerator}, every};
        for (const Metric& metric : metrics())
            request.metrics.push_back(&metric);
        auto result = run_scenario(loaded_, catalog(), request);
        if (const auto* problems = std::get_if<Problems>(&result))
            return differ(problems->front().path + ": " + problems->front().message);
        const auto& run = std::get<ScenarioRun>(result);
        plan_ = run.plan;
        series(run.figures, expected);
        if (every != Every::period)
            return;
        for (std::size_t i = 0; i < plan_.sources.size(); ++i)
            if (procured_of(loaded_.scenario.sources[i].second)) {
                const double pending = expected.pending.at(plan_.sources[i].name).value();
                if (std::fabs(pending - run.forecast.pending[i]) >
                    tolerance * std::max(1.0, pending))
                    differ(fmt::format("pending.{}: {} against {}", plan_.sources[i].name,
                                       run.forecast.pending[i], pending));
            }
        for (const MilestoneVerdict& milestone : run.verdicts.milestones)
            same("milestone " + milestone.name,
                 milestone.reached ? iso_day(*milestone.reached) : "",
                 expected.milestones.at(milestone.name));
        for (const CheckVerdict& check : run.verdicts.checks)
            same("check " + check.name, check.verdict, expected.checks.at(check.name));
    }

    void same(const std::string& what, const std::string& ours, const std::string& theirs) {
        if (ours != theirs)
            differ(fmt::format("{}: \"{}\" against \"{}\"", what, ours, theirs));
    }

    void series(const Figures& figures, const oracle::Figures& expected) {
        for (std::size_t p = 0; p < figures.periods.size(); ++p)
            same("period", iso_day(figures.periods[p].first), expected.periods.at(p));
        std::map<std::string_view, double> of_unit; // largest figure
        for (const Metric* metric : figures.metrics)
            of_unit[metric->unit] =
                std::max(of_unit[metric->unit],
                         largest_of(metric->name, expected.series.at(std::string(metric->name))));
        for (std::size_t m = 0; m < figures.metrics.size(); ++m) {
            const std::string name(figures.metrics[m]->name);
            const auto& groups = expected.series.at(name);
            const double slack = std::max(
                tolerance * largest_of(name, groups),
                rounding *
                    of_unit[name == "hours_between_failures" ? "units" : figures.metrics[m]->unit]);
            for (std::size_t g = 0; g < figures.groups.size(); ++g) {
                const std::pair key{std::string(text_of(figures.groups[g].by)),
                                    name_of(figures.groups[g], plan_)};
                const auto row = groups.find(key);
                for (std::size_t p = 0; p < figures.periods.size(); ++p) {
                    const auto ours = comparable(name, figures.at(m, g, p));
                    const auto theirs =
                        row == groups.end() ? std::nullopt : comparable(name, row->second.at(p));
                    const bool agree = ours.has_value() == theirs.has_value()
                                           ? !ours || std::fabs(*ours - *theirs) <= slack
                                           : row == groups.end() && *ours == 0;
                    ++compared;
                    if (!agree)
                        differ(fmt::format("{} of {} {} in {}: {} against {}", name, key.first,
                                           key.second, expected.periods.at(p),
                                           ours ? fmt::format("{}", *ours) : "empty",
                                           theirs ? fmt::format("{}", *theirs) : "empty"));
                }
            }
        }
    }

    LoadedScenario loaded_;
    Plan plan_;
    std::vector<std::string> differences_;

public:
    long compared = 0;
};

} // namespace

TEST_CASE("the engine equals the oracle on 1,000 random scenarios") {
    long compared = 0, differing = 0;
    for (std::uint64_t number = 0; number < 1000; ++number) {
        std::vector<Every> longer; // a tenth each, which is 100 scenarios
        if (number % 10 == 0)
            longer.push_back(Every::quarter);
        if (number % 10 == 5)
            longer.push_back(Every::year);
        const Comparison comparison(oracle::random_scenario(number).dump(1), longer);
        compared += comparison.compared;
        differing += comparison.differences().empty() ? 0 : 1;
        INFO("scenario " << number << ": "
                         << fmt::format("{}", fmt::join(comparison.differences(), "\n")));
        if (differing <= 10) // the first are enough to go by
            CHECK(comparison.differences().empty());
    }
    CHECK(differing == 0);
    CHECK(compared > 10'000'000);
}

TEST_CASE("the engine equals the oracle on every example") {
    int examples = 0;
    for (const EmbeddedFile& file : embedded_files()) {
        if (!file.path.starts_with("examples/") || !file.path.ends_with(".json"))
            continue;
        const Comparison comparison(std::string(file.text), {Every::quarter, Every::year});
        INFO(file.path << ": " << fmt::format("{}", fmt::join(comparison.differences(), "\n")));
        CHECK(comparison.differences().empty());
        ++examples;
    }
    CHECK(examples >= 4);
}
