// The saved result, read back by another reader.
#include "support/catch.hpp"
#include "support/sample_trials.hpp"

#include <fleetcast/base/result.hpp>
#include <fleetcast/report/json.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>

using namespace fleetcast;
using namespace fleetcast::testing;
using nlohmann::ordered_json;
using namespace std::string_literals;

namespace {

std::vector<std::string> keys(const ordered_json& object) {
    std::vector<std::string> result;
    for (const auto& [key, value] : object.items())
        result.push_back(key);
    return result;
}

} // namespace

TEST_CASE("the saved result has the keys of cli.md in their order") {
    const auto saved = ordered_json::parse(to_json(sample_result()));
    CHECK(keys(saved) == std::vector<std::string>{"fleetcast_result", "manifest", "periods",
                                                  "series", "outcomes", "checks", "trainings",
                                                  "shortages", "inputs", "binding"});
    CHECK(saved["fleetcast_result"] == 1);
    CHECK(keys(saved["manifest"]) ==
          std::vector<std::string>{"version", "seed", "trials", "sampling", "quantile_form",
                                   "quantiles", "catalog_version", "scenarios", "comparisons"});
    CHECK(saved["manifest"]["scenarios"][0]["sha256"] == "ab12");
    CHECK(keys(saved["series"][0]) ==
          std::vector<std::string>{"scenario", "by", "group", "metric", "unit", "value"});
    CHECK(keys(saved["outcomes"][0]) ==
          std::vector<std::string>{"scenario", "outcome", "unit", "stat", "value"});
    CHECK(keys(saved["checks"][0]) == std::vector<std::string>{"scenario", "check", "verdict",
                                                               "share", "se", "limit", "trials",
                                                               "low", "high", "probability"});
    CHECK(keys(saved["inputs"][0]) == std::vector<std::string>{"scenario", "path", "distribution",
                                                               "unit", "median", "p10", "p90",
                                                               "citation"});
    CHECK(saved["periods"][1] == "2024-04-01");
}

TEST_CASE("every figure reads back as it was, and an empty one is null") {
    ForecastResult r = sample_result();
    r.series[0].stats[0].second = {0.1 + 0.2, std::nullopt, 1e22, 5e-324};
    const auto saved = ordered_json::parse(to_json(r));
    for (std::size_t row = 0; row < r.series.size(); ++row)
        for (std::size_t p = 0; p < r.periods.size(); ++p) {
            const auto& figure = r.series[row].stats[0].second[p];
            const auto& value = saved["series"][row]["value"][p];
            if (figure)
                CHECK(value.get<double>() == *figure);
            else
                CHECK(value.is_null());
        }
    CHECK(saved["outcomes"][0]["value"] == "2024-12-31");
    CHECK(saved["outcomes"][1]["value"].is_null());
    CHECK(saved["outcomes"][2]["value"] == 12000);
}

TEST_CASE("what only several trials have is in the saved result") {
    const auto saved = ordered_json::parse(to_json(sample_trials()));
    CHECK(saved["manifest"]["trials"] == 10000);
    CHECK(saved["manifest"]["quantile_form"] == "exact");
    CHECK(saved["manifest"]["quantiles"] == ordered_json::parse("[10, 50, 90]"));
    CHECK(saved["manifest"]["scenarios"][0]["trials"] == 10000);
    CHECK(keys(saved["series"][0]) == std::vector<std::string>{"scenario", "by", "group", "metric",
                                                               "unit", "mean", "sd", "se", "min",
                                                               "max", "p10", "p50", "p90", "p10_se",
                                                               "p50_se", "p90_se"});
    CHECK(saved["series"][0]["p50_se"][2] == 235);
    CHECK(saved["outcomes"][3] ==
          ordered_json::parse(R"({"scenario": "plan", "outcome": "milestones.350k", "unit": "share",
                                  "stat": "not_reached", "value": 0.412})"));
    CHECK(saved["outcomes"][2]["value"].is_null());
    CHECK(saved["checks"][0]["low"] == 0.77);
    CHECK(saved["checks"][0]["probability"] == 0.8);
    CHECK(ordered_json::parse(to_json(sample_comparison()))["manifest"]["comparisons"] ==
          ordered_json::parse(R"([{"base": "base", "other": "late", "difference": "late-base"}])"));
}

TEST_CASE("hostile texts survive the saved result") {
    ForecastResult r = sample_result();
    const auto hostile = "\"\\\x1b[2J\n\t\0\x7f </script> 方案 \xe2\x80\xa8"s;
    r.manifest.scenarios[0].title = hostile;
    r.binding[0].text = "bad \xff byte";
    const std::string text = to_json(r);
    const auto saved = ordered_json::parse(text);
    CHECK(saved["manifest"]["scenarios"][0]["title"] == hostile);
    CHECK(saved["binding"][0]["text"] == "bad \xef\xbf\xbd byte");
    CHECK(std::none_of(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7f;
    }));
}

TEST_CASE("a row of the saved result is a line") {
    const std::string text = to_json(sample_result());
    const auto lines = std::count(text.begin(), text.end(), '\n');
    const auto r = sample_result();
    const auto rows = r.series.size() + r.outcomes.size() + r.checks.size() + r.inputs.size() +
                      r.binding.size() + r.manifest.scenarios.size();
    CHECK(static_cast<std::size_t>(lines) == rows + 16); // the frame
    CHECK(to_json(r) == text);
}

TEST_CASE("null never stands for a number that is not finite") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    ForecastResult in_series = sample_result(), in_checks = sample_result();
    in_series.series[2].stats[0].second[1] = nan;
    in_checks.checks[0].share = nan;
    CHECK_THROWS_AS(to_json(in_series), Failure);
    CHECK_THROWS_AS(to_json(in_checks), Failure);
}

TEST_CASE("an empty result is still a whole document") {
    const auto saved = ordered_json::parse(to_json(ForecastResult{}));
    CHECK(saved["series"].empty());
    CHECK(saved["manifest"]["scenarios"].is_array());
}
