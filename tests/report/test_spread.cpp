// Names of statistics, and which of them are shown.
#include "support/catch.hpp"
#include "support/sample_trials.hpp"

#include <fleetcast/report/human.hpp>
#include <fleetcast/report/series_index.hpp>
#include <fleetcast/report/spread.hpp>

using namespace fleetcast;
using namespace fleetcast::testing;

namespace {

std::string shown(std::vector<double> quantiles) {
    Manifest manifest;
    manifest.quantiles = std::move(quantiles);
    return title_of(spread_of(manifest), false);
}

} // namespace

TEST_CASE("quantiles are named by their percent with an underscore for the point") {
    CHECK(quantile_stat(10) == "p10");
    CHECK(quantile_stat(2.5) == "p2_5");
    CHECK(quantile_stat(99.9) == "p99_9");
    CHECK(quantile_stat(0.00001) == "p0_00001");
    CHECK(quantile_stat(100) == "p100");
    CHECK(quantile_stat(0) == "p0");
    CHECK(stat_title("p2_5") == "P2.5");
    CHECK(stat_title("mean") == "mean");
}

TEST_CASE("P50 with P10 and P90 are shown, else the mean and the outermost quantiles") {
    CHECK(shown({10, 50, 90}) == "P50 (P10-P90)");
    CHECK(shown({90, 5, 50, 10, 95}) == "P50 (P10-P90)");
    CHECK(shown({97.5, 50, 2.5}) == "P50 (P2.5-P97.5)");
    CHECK(shown({10, 50, 95}) == "P50 (P10-P95)");
    CHECK(shown({5, 95}) == "mean (P5-P95)");
    CHECK(shown({80}) == "P80");
    CHECK(shown({50}) == "P50");
    CHECK(shown({}) == "mean");
    CHECK(spread_of(Manifest()).share == Approx(0.8));
}

TEST_CASE("a row of one trial has a centre and no band") {
    ForecastResult r;
    add_series(r, "total", "total", "owned", "units", {5});
    const Spread spread{"p50", "p10", "p90", 0.8};
    CHECK(estimate_of(&r.series[0], spread, 0) == Estimate{5, {}, {}});
    CHECK(estimate_of(nullptr, spread, 0) == Estimate{});
    CHECK(figure(&r.series[0], "p50_se", 0) == 0.0);
    CHECK(figure(&r.series[0], "min", 0) == 5.0);
}

TEST_CASE("uncertain figures take three digits, and one more where small ones need it") {
    const auto scaled = [](const char* unit, std::vector<std::optional<double>> figures) {
        const Scale scale = short_scale_of(unit, figures);
        return human(figures.back(), scale, "none") + " " + scale.unit;
    };
    CHECK(scaled("units", {587779}) == "588 k units");
    CHECK(scaled("units", {587779, 1234}) == "1.2 k units");
    CHECK(scaled("units", {52000, 900}) == "0.9 k units");
    CHECK(scaled("units", {9999.4}) == "9,999 units");
    CHECK(scaled("h100e", {12345678}) == "12.3 M H100e");
    CHECK(scaled("units", {7e8, 34.7e6}) == "35 M units");
    CHECK(scaled("usd", {20.469e9}) == "20.5 B USD");
    CHECK(scaled("usd", {20.469e9, 0.0131e9}) == "0.01 B USD");
    CHECK(scaled("mw", {0.1234}) == "0.123 MW");
    CHECK(scaled("units", {350000}) == "350 k units");
    CHECK(scaled("units", {std::nullopt}) == "none units");
}

TEST_CASE("a change has its sign, a share never rounds to all or nothing") {
    const Scale whole{1, "units", 0};
    CHECK(human_change(12, whole, "") == "+12");
    CHECK(human_change(-12, whole, "") == "-12");
    CHECK(human_change(0, whole, "") == "0");
    CHECK(human_change(0.2, whole, "") == "~0");
    CHECK(human_change(std::nullopt, whole, "none") == "none");
    CHECK(percent(0.79) == "79 %");
    CHECK(percent(0) == "0 %");
    CHECK(percent(1, 2) == "100 %");
    CHECK(percent(0.0001) == "<1 %");
    CHECK(percent(0.005) == "<1 %");
    CHECK(percent(0.006) == "1 %");
    CHECK(percent(0.9999) == ">99 %");
    CHECK(percent(0.99999, 2) == ">99.99 %");
    CHECK(percent(0.9996, 2) == "99.96 %");
    CHECK(percent(0.0004, 1) == "<0.1 %");
}
