// The engine against the oracle, figure by figure: on 1,000 random scenarios and on every example.
#include "oracle/compare_figures.hpp"
#include "oracle/program_figures.hpp"
#include "oracle/random_scenario.hpp"
#include "support/catch.hpp"
#include "support/example.hpp"

#include <fleetcast/analyse/examine.hpp>
#include <fleetcast/analyse/run_scenario.hpp>
#include <fleetcast/base/embedded.hpp>
#include <fleetcast/load/catalog.hpp>
#include <fleetcast/load/scenario.hpp>
#include <fleetcast/model/lookup.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace {

using namespace fleetcast;

constexpr double tolerance = 1e-9; // of an outcome, or of the largest of its unit

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
                differences_.add(format_problem(problem, loaded_.sources));
        if (has_errors(problems))
            return;
        const oracle::Json json = oracle::Json::parse(text, nullptr, true, true);
        compare(Every::period, oracle::run(json, catalog_json(), "period"));
        for (const Every every : longer)
            compare(every, oracle::run(json, catalog_json(),
                                       every == Every::quarter ? "quarter" : "year"));
    }

    const std::vector<std::string>& differences() const { return differences_.first; }
    long compared() const { return differences_.compared; }

private:
    void compare(Every every, const oracle::Figures& expected) {
        RunRequest request;
        request.by = {GroupBy::total,       GroupBy::source, GroupBy::site,
                      GroupBy::accelerator, GroupBy::team,   GroupBy::workload};
        request.every = every;
        for (const Metric& metric : metrics())
            request.metrics.push_back(&metric);
        auto result = run_scenario(loaded_, catalog(), request);
        if (const auto* problems = std::get_if<Problems>(&result))
            return differences_.add(problems->front().path + ": " + problems->front().message);
        const auto& run = std::get<ScenarioRun>(result);
        plan_ = run.plan;
        oracle::compare_figures(oracle::program_figures(run.figures, plan_), expected, "",
                                differences_);
        if (every != Every::period)
            return;
        compare_outcomes(run, expected);
        for (const MilestoneVerdict& milestone : run.verdicts.milestones)
            differences_.same("milestone " + milestone.name,
                              milestone.reached.front() ? iso_day(*milestone.reached.front()) : "",
                              expected.milestones.at(milestone.name));
        for (const CheckVerdict& check : run.verdicts.checks)
            differences_.same("check " + check.name, check.verdict, expected.checks.at(check.name));
    }

    void compare_outcomes(const ScenarioRun& run, const oracle::Figures& expected) {
        const std::vector<OutcomeId> ids = outcomes_of(plan_);
        double largest = 0; // USD
        for (const auto& [name, usd] : expected.money)
            largest = std::max(largest, std::fabs(usd.value()));
        for (std::size_t i = 0; i < ids.size(); ++i) {
            const bool is_pending = ids[i].kind == OutcomeKind::pending;
            const std::string name = oracle::outcome_name(ids[i], plan_);
            if (is_pending && !procured_of(loaded_.scenario.sources[ids[i].member].second))
                continue;
            const double theirs =
                is_pending ? expected.pending.at(plan_.sources[ids[i].member].name).value()
                           : expected.money.at(name).value();
            const double ours = run.forecast.outcomes.at(i).front();
            if (!(std::fabs(ours - theirs) <=
                  tolerance * std::max(1.0, is_pending ? theirs : largest)))
                differences_.add(fmt::format("{}: {} against {}", name, ours, theirs));
        }
        for (const TrainingVerdict& training : run.verdicts.trainings) {
            const auto& day = training.completed.front();
            differences_.same(training.name + " completed", day ? iso_day(*day) : "",
                              expected.completed.at(training.name));
            const auto weeks = expected.weeks_late.at(training.name);
            if (training.has_due != weeks.has_value()) {
                differences_.add(training.name + " has no due day in one of the two");
            } else if (weeks) {
                const auto late = training.weeks_late.front();
                differences_.same(training.name + " weeks late",
                                  late ? fmt::format("{:.9f}", *late) : "never",
                                  std::isinf(*weeks) ? "never" : fmt::format("{:.9f}", *weeks));
            }
        }
        if (run.verdicts.trainings.size() != expected.completed.size())
            differences_.add("another number of trainings");
    }

    LoadedScenario loaded_;
    Plan plan_;
    oracle::Differences differences_;
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
        compared += comparison.compared();
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
        const Comparison comparison(
            testing::example_text(std::filesystem::path(FLEETCAST_ROOT) / file.path),
            {Every::quarter, Every::year});
        INFO(file.path << ": " << fmt::format("{}", fmt::join(comparison.differences(), "\n")));
        CHECK(comparison.differences().empty());
        ++examples;
    }
    CHECK(examples >= 4);
}
