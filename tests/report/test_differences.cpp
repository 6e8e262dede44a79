// What differs between two scenarios, worked out by hand.
#include "support/catch.hpp"
#include "support/sample_trials.hpp"

#include <fleetcast/report/differences.hpp>

using namespace fleetcast;
using namespace fleetcast::testing;

namespace {

/// Two scenarios, "a" and "b", of three months.
ForecastResult two_plans() {
    ForecastResult r;
    for (const std::string name : {"a", "b"}) {
        r.manifest.scenarios.push_back(sample_scenario(name, 1));
        r.manifest.scenarios.back().end = "2024-03-31";
    }
    r.manifest.comparisons = {{"a", "b", "b-a"}};
    r.periods = {"2024-01-01", "2024-02-01", "2024-03-01"};
    return r;
}

void add(ForecastResult& r, const std::string& metric, const SampleFigures& a,
         const SampleFigures& b, const std::string& by = "total",
         const std::string& group = "total") {
    add_series(r, by, group, metric, "units", a, "a");
    add_series(r, by, group, metric, "units", b, "b");
}

std::vector<Difference> differences(const ForecastResult& r, const std::string& stat = "p50") {
    return largest_differences(r, "a", r, "b", stat);
}

std::vector<std::string> metrics(const std::vector<Difference>& all) {
    std::vector<std::string> names;
    for (const Difference& each : all)
        names.push_back(each.metric);
    return names;
}

} // namespace

TEST_CASE("of each metric the period with the greatest difference is told") {
    ForecastResult r = two_plans();
    add(r, "owned", {100, 200, 400}, {150, 200, 300});
    CHECK(differences(r) == std::vector<Difference>{{"owned", "units", "total", "total",
                                                     "2024-03-01", 400, 300, -0.25}});
    CHECK(largest_differences(r, "b", r, "a", "p50").front().relative == Approx(1.0 / 3));
}

TEST_CASE("what differs most of its own size comes first, equal ones in the order of the rows") {
    ForecastResult r = two_plans();
    add(r, "tenth", {1000, 0, 0}, {1100, 0, 0});
    add(r, "same", {5, 5, 5}, {5, 5, 5});
    add(r, "double", {1, 0, 0}, {2, 0, 0});
    add(r, "from-nothing", {0, 0, 0}, {0, 1e-9, 0});
    add(r, "turned", {0, 0, -3}, {0, 0, 3}); // 2 |-6| / 6, as the row before it
    add(r, "half", {0, 2, 0}, {0, 1, 0});    // 2/3, as "double"
    CHECK(metrics(differences(r)) ==
          std::vector<std::string>{"from-nothing", "turned", "double", "half", "tenth"});
    CHECK_FALSE(differences(r)[0].relative);
    CHECK(differences(r)[1].relative == -2);
}

TEST_CASE("a figure that only one has counts where no other figure differs") {
    ForecastResult r = two_plans();
    add(r, "cost", {std::nullopt, 10, 12}, {7, 10, 12});
    add(r, "price", {std::nullopt, 10, 12}, {7, 10, 11});
    const auto all = differences(r);
    REQUIRE(all.size() == 2);
    CHECK(all[0] == Difference{"cost", "units", "total", "total", "2024-01-01", std::nullopt, 7,
                               std::nullopt});
    CHECK(all[1].period == "2024-03-01");
}

TEST_CASE("groups are compared with their namesakes, one that the other lacks with none") {
    ForecastResult r = two_plans();
    add(r, "owned", {1, 1, 1}, {1, 1, 1});
    add(r, "owned", {1, 1, 1}, {1, 1, 2}, "source", "h100");
    add_series(r, "source", "own-chip", "owned", "units", {9, 9, 9}, "b");
    const auto all = differences(r);
    REQUIRE(all.size() == 1);
    CHECK(all[0].by == "source");
    CHECK(all[0].group == "h100");
    CHECK(all[0].relative == 1);
}

TEST_CASE("the statistic that is asked for is compared, and of one trial its value") {
    ForecastResult r = two_plans();
    add_stats(r, "a", "owned", "units", {{"mean", {1, 1, 1}}, {"p50", {4, 4, 4}}});
    add_series(r, "total", "total", "owned", "units", {1, 1, 5}, "b");
    CHECK(differences(r, "mean").front().period == "2024-03-01");
    CHECK(differences(r, "p50").front().period == "2024-01-01");
    CHECK(differences(r, "p50").front().before == 4);
}

TEST_CASE("periods are matched by their days, in two results and in one") {
    ForecastResult old = two_plans(), next = two_plans();
    add(old, "owned", {1, 2, 3}, {0, 0, 0});
    next.periods = {"2024-02-01", "2024-03-01", "2024-04-01"};
    next.manifest.scenarios[0].end = "2024-04-30";
    add(next, "owned", {2, 4, 90}, {0, 0, 0});
    const auto all = largest_differences(old, "a", next, "a", "p50");
    REQUIRE(all.size() == 1);
    CHECK(all[0].period == "2024-03-01"); // April is not in both, January neither
    CHECK(all[0].after == 4);

    ForecastResult cut = two_plans(); // the last month is half as long
    cut.manifest.scenarios[1].end = "2024-03-15";
    add(cut, "owned", {1, 1, 10}, {1, 1, 5});
    CHECK(differences(cut).empty());
}

TEST_CASE("figures near the ends of what a double holds are compared too") {
    ForecastResult r = two_plans();
    add(r, "huge", {1.7e308, 0, 0}, {-1.7e308, 0, 0});
    add(r, "tiny", {5e-324, 0, 0}, {1e-323, 0, 0});
    CHECK(metrics(differences(r)) == std::vector<std::string>{"huge", "tiny"});
}

TEST_CASE("a view asks for its metrics, its groups and its period") {
    ForecastResult r = two_plans();
    add(r, "owned", {1, 2, 3}, {1, 2, 3});
    add(r, "owned", {1, 2, 3}, {1, 2, 3}, "source", "h100");
    add(r, "owned", {1, 2, 3}, {1, 2, 3}, "site", "main");
    add(r, "h100e", {1, 2, 3}, {1, 2, 3});
    View view;
    view.metrics = {"owned"};
    CHECK(asked_of(r, view).series.size() == 2);
    view.by = "site";
    view.period = "2024-02-01";
    const ForecastResult asked = asked_of(r, view);
    REQUIRE(asked.series.size() == 4);
    CHECK(asked.series[3].group == "main");
    CHECK(asked.series[3].stats[0].second == SampleFigures{std::nullopt, 2, std::nullopt});
    CHECK(asked.periods == r.periods);
}

TEST_CASE("two plans differ by any figure, outcome or verdict, and not otherwise") {
    ForecastResult same = two_plans();
    add(same, "owned", {1, std::nullopt, 3}, {1, std::nullopt, 3});
    for (const std::string name : {"a", "b"}) {
        same.outcomes.push_back({name, "milestones.x", "date", "value", {}, "2024-02-29"});
        same.outcomes.push_back({name, "pending.x", "units", "value", 7, ""});
        same.checks.push_back({name, "enough", "pass", 1, 0, "owned"});
    }
    CHECK_FALSE(differ(same));

    ForecastResult figure = same, date = same, number = same, verdict = same, lost = same,
                   check = same;
    figure.series[1].stats[0].second[2] = 3.0000000000000004;
    CHECK(differ(figure));
    date.outcomes[2].date = "";
    CHECK(differ(date));
    number.outcomes[3].number = 8;
    CHECK(differ(number));
    verdict.checks[1].verdict = "fail";
    CHECK(differ(verdict));
    lost.outcomes.pop_back();
    CHECK(differ(lost));
    check.checks.erase(check.checks.begin()); // the base lacks it
    CHECK(differ(check));
}

TEST_CASE("any statistic of many trials tells plans apart, but not one that only one has") {
    ForecastResult r = two_plans();
    add_stats(r, "a", "owned", "units", {{"mean", {1, 1, 1}}, {"p10", {0, 0, 0}}});
    add_stats(r, "b", "owned", "units", {{"mean", {1, 1, 1}}, {"p5", {0, 0, 0}}});
    CHECK_FALSE(differ(r));
    r.series[1].stats[1] = {"p10", {0, 0, 0.5}};
    CHECK(differ(r));
}

TEST_CASE("a group that one lacks tells plans apart unless it is nothing, a metric does not") {
    ForecastResult r = two_plans();
    add(r, "owned", {1, 1, 1}, {1, 1, 1});
    add(r, "owned", {1, 1, 1}, {1, 1, 1}, "source", "h100");
    add_series(r, "total", "total", "tokens", "units", {1, 1, 1}, "b");
    add_series(r, "source", "none", "owned", "units", {0, 0, 0}, "b");
    CHECK_FALSE(differ(r));
    add_series(r, "source", "own-chip", "owned", "units", {0, 0, 1}, "b");
    CHECK(differ(r));
}
