// The comparison stands by itself: the oracle agrees with the oracle, and not with anything else.
#include "oracle/compare_figures.hpp"
#include "oracle/random_scenario.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <fstream>
#include <functional>
#include <optional>
#include <string>
#include <vector>

using namespace fleetcast::oracle;

namespace {

const Json& catalog() {
    static const Json parsed = [] {
        std::ifstream file(FLEETCAST_ROOT "/data/catalog.json");
        return Json::parse(file);
    }();
    return parsed;
}

/// The oracle in the part of the program, with something done to its figures.
RunTrials oracle_with(const std::function<void(ProgramFigures&)>& change,
                      std::uint64_t other_seed = 0) {
    return [=](const TrialRange& range) {
        std::vector<ProgramFigures> trials;
        const Json scenario = Json::parse(range.text);
        for (std::size_t k = 0; k < range.count; ++k) {
            const Figures figures = run_trial(scenario, catalog(), range.seed + other_seed,
                                              range.first + k, range.every);
            ProgramFigures ours{figures.periods, {}, figures.series};
            for (const auto& [metric, groups] : figures.series)
                ours.units[metric] = metric.ends_with("_usd") ? "usd" : metric;
            change(ours);
            trials.push_back(ours);
        }
        return trials;
    };
}

Differences compare(const RunTrials& run_trials, std::size_t count = 2) {
    Differences differences;
    Edges edges = no_edges();
    const TrialRange range{random_scenario(12).dump(), "quarter", 7, 100, count};
    compare_trials(range, catalog(), run_trials, differences, edges);
    return differences;
}

std::optional<double>& some_figure(ProgramFigures& figures) {
    return figures.series.at("in_service").at({"total", "total"}).back();
}

} // namespace

TEST_CASE("a comparison finds no difference between the oracle and itself") {
    const Differences differences = compare(oracle_with([](ProgramFigures&) {}));
    CHECK(differences.found == 0);
    CHECK(differences.compared > 1000);
}

TEST_CASE("a comparison allows an error of 1e-10 of a figure and finds one of 1e-8") {
    REQUIRE(compare(oracle_with([](ProgramFigures& figures) {
                some_figure(figures) = some_figure(figures).value() * (1 + 1e-10);
            })).found == 0);
    const Differences differences = compare(oracle_with([](ProgramFigures& figures) {
        auto& row = figures.series.at("in_service").at({"total", "total"});
        *std::max_element(row.begin(), row.end()) =
            std::max_element(row.begin(), row.end())->value() * (1 + 1e-8);
    }));
    CHECK(differences.found == 2);
    REQUIRE(differences.first.size() == 2);
    CHECK(differences.first[0].starts_with("trial 100: in_service of total total in "));
}

TEST_CASE("a comparison finds other draws, empty figures, periods and trials that are missing") {
    CHECK(compare(oracle_with([](ProgramFigures&) {}, 1)).found > 100);
    CHECK(compare(oracle_with([](ProgramFigures& figures) {
              some_figure(figures).reset();
          })).found == 2);
    CHECK(compare(oracle_with([](ProgramFigures& figures) { figures.periods.pop_back(); })).found ==
          2);
    CHECK(compare([](const TrialRange&) { return std::vector<ProgramFigures>{}; }).found == 1);
    CHECK(compare([](const TrialRange&) { return std::string("no run"); }).first ==
          std::vector<std::string>{"no run"});
}

TEST_CASE("a comparison takes a row that the oracle does not have where it is 0 or empty") {
    const auto with = [](double value) {
        return oracle_with([value](ProgramFigures& figures) {
            Series row(figures.periods.size());
            row.front() = value;
            figures.series.at("in_service")[{"source", "nobody"}] = row;
        });
    };
    CHECK(compare(with(0)).found == 0);
    CHECK(compare(with(1e-3)).found == 2);
}

TEST_CASE("a comparison takes no figure at all of a metric by a kind of group that it has not") {
    const auto with = [](const char* metric, const char* by, std::optional<double> value) {
        return compare(oracle_with([=](ProgramFigures& figures) {
                   figures.series.at(metric)[{by, "nobody"}] =
                       Series(figures.periods.size(), value);
               }))
            .found;
    };
    CHECK(with("in_service", "team", std::nullopt) == 0);
    CHECK(with("in_service", "team", 0.0) > 0);
    CHECK(with("served_h100e", "source", 0.0) > 0);
    CHECK(with("served_h100e", "team", 0.0) == 0);
}

TEST_CASE("a comparison measures ratios by what they divide") {
    const auto with = [](double factor, bool by_little) {
        return compare(oracle_with([=](ProgramFigures& figures) {
                   const GroupKey total("total", "total");
                   const auto& hours = figures.series.at("available_hours").at(total);
                   auto& ratios = figures.series.at("tco_usd_per_gpu_hour").at(total);
                   const auto place = std::max_element(hours.begin(), hours.end()) - hours.begin();
                   auto& ratio = ratios.at(static_cast<std::size_t>(place));
                   if (by_little)
                       ratio =
                           ratio.value() + factor / hours[static_cast<std::size_t>(place)].value();
                   else
                       ratio = ratio.value() * factor;
               }))
            .found;
    };
    CHECK(with(1, false) == 0);
    CHECK(with(1 + 1e-4, false) == 2);
    CHECK(with(1e-6, true) == 0); // a millionth of a dollar
    CHECK(compare(oracle_with([](ProgramFigures& figures) {
              for (auto& value : figures.series.at("tco_usd_per_gpu_hour").at({"total", "total"}))
                  value.reset();
          })).found > 0);
}
