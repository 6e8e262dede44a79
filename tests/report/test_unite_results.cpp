#include <fleetcast/report/unite_results.hpp>

#include "support/catch.hpp"

#include <fleetcast/report/json.hpp>

using namespace fleetcast;

namespace {

using Values = std::vector<std::optional<double>>;

ForecastResult result(const std::string& name, const std::vector<std::string>& periods,
                      Values values, std::uint64_t trials = 1) {
    ForecastResult out;
    out.periods = periods;
    out.manifest.trials = trials;
    out.manifest.sampling = trials > 1 ? "random" : "median";
    out.manifest.scenarios.push_back({});
    out.manifest.scenarios.back().name = name;
    out.series.push_back(
        {name, "total", "total", "owned", "units", {{"value", std::move(values)}}});
    out.checks.emplace_back();
    out.checks.back().scenario = name;
    return out;
}

} // namespace

TEST_CASE("results are united over all periods, each figure at its own") {
    const ForecastResult all = united({result("a", {"2024-01-01", "2024-03-01"}, {1, 3}),
                                       result("b", {"2024-02-01", "2024-03-01"}, {20, 30})});
    CHECK(all.periods == std::vector<std::string>{"2024-01-01", "2024-02-01", "2024-03-01"});
    REQUIRE(all.series.size() == 2);
    CHECK(all.series[0].stats[0].second == Values{1, std::nullopt, 3});
    CHECK(all.series[1].stats[0].second == Values{std::nullopt, 20, 30});
    REQUIRE(all.manifest.scenarios.size() == 2);
    CHECK(all.manifest.scenarios[0].periods ==
          std::vector<std::string>{"2024-01-01", "2024-03-01"});
    CHECK(all.checks.size() == 2);
}

TEST_CASE(
    "the manifest has the most trials, with their sampling, and the quantiles that all have") {
    ForecastResult many = result("b", {"2024-01-01"}, {1}, 500);
    many.manifest.quantiles = {10, 50, 95};
    many.manifest.quantile_form = "log-buckets";
    const Manifest manifest = united({result("a", {"2024-01-01"}, {1}), many}).manifest;
    CHECK(manifest.trials == 500);
    CHECK(manifest.sampling == "random");
    CHECK(manifest.quantile_form == "log-buckets");
    CHECK(manifest.quantiles == std::vector<double>{10, 50});
}

TEST_CASE("one result stays what it is, and none is empty") {
    ForecastResult one = result("a", {"2024-01-01"}, {1});
    one.manifest.scenarios[0].periods = one.periods;
    CHECK(to_json(united({one})) == to_json(one));
    CHECK(united({}).series.empty());
}
