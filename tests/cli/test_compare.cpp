// fleetcast compare: two plans over the same trials, end to end.
#include "program.hpp"

#include <support/catch.hpp>

#include <cmath>
#include <map>
#include <vector>

using namespace fleetcast::testing;

namespace {

const std::string uncertain =
    "sed -i 's/\"price_usd\": 1000/\"price_usd\": {\"uniform\": [900, 1100]}/' plan.json; ";
/// The same plan with everything two months later.
const std::string late = "sed 's/\"delay_months\": 0/\"delay_months\": 2/' plan.json > late.json; ";

using Figures = std::map<std::string, std::string>; // "late-plan,2024-01-01,owned,mean" -> value

/// A long csv of one group by scenario, period, metric and statistic.
Figures figures(const std::string& csv) {
    std::istringstream lines(csv);
    Figures found;
    for (std::string line; std::getline(lines, line);) {
        std::vector<std::string> cells;
        std::istringstream text(line.substr(0, line.find('\r')));
        for (std::string cell; std::getline(text, cell, ',');)
            cells.push_back(cell);
        REQUIRE(cells.size() == 7);
        found[cells[0] + "," + cells[1] + "," + cells[3] + "," + cells[5]] = cells[6];
    }
    return found;
}

std::vector<std::string> scenarios(const std::string& csv) {
    std::vector<std::string> names;
    std::istringstream lines(csv);
    std::string line;
    for (std::getline(lines, line); std::getline(lines, line);)
        if (const auto name = line.substr(0, line.find(',')); names.empty() || names.back() != name)
            names.push_back(name);
    return names;
}

} // namespace

TEST_CASE("a comparison has the base, the others and each difference to the base") {
    const Ended ended = run(late + "cp late.json later.json; \"$F\" compare plan.json late.json "
                                   "later.json --format csv --metrics owned,capex_usd");
    INFO(ended.err);
    REQUIRE(ended.code == 0);
    CHECK(ended.out.starts_with("scenario,period,group,metric,unit,stat,value\r\n"));
    CHECK(scenarios(ended.out) ==
          std::vector<std::string>{"plan", "late", "later", "late-plan", "later-plan"});
    const Figures all = figures(ended.out);
    CHECK(all.at("plan,2024-03-01,owned,value") == "300");
    CHECK(all.at("late,2024-03-01,owned,value") == "100");
    CHECK(all.at("late-plan,2024-03-01,owned,value") == "-200");
    CHECK(all.at("late-plan,2024-01-01,capex_usd,value") == "-100000");
}

TEST_CASE("a plan compared with its copy differs by exactly nothing in every trial") {
    const Ended ended =
        run(uncertain + "cp plan.json copy.json; \"$F\" compare plan.json copy.json "
                        "--format csv --trials 1000");
    REQUIRE(ended.code == 0);
    int differences = 0;
    for (const auto& [key, value] : figures(ended.out))
        if (key.starts_with("copy-plan,")) {
            INFO(key);
            CHECK(value == "0");
            ++differences;
        }
    CHECK(differences >= 6 * 10 * 8); // periods, metrics, statistics
}

TEST_CASE("both scenarios of a comparison have the figures of their own forecasts") {
    const std::string words = " --format csv --layout long --trials 1000 --seed 7";
    const std::string scenario = uncertain + late;
    const Figures both = figures(run(scenario + "\"$F\" compare plan.json late.json" + words).out);
    for (const std::string name : {"plan", "late"}) {
        const Figures own =
            figures(run(scenario + "\"$F\" forecast " + name + ".json" + words).out);
        REQUIRE(own.size() > 100);
        for (const auto& [key, value] : own) {
            INFO(key);
            CHECK((both.contains(key) && both.at(key) == value));
        }
    }
}

TEST_CASE("the mean of the difference is the difference of the means, its band is narrow") {
    const Figures all =
        figures(run(uncertain + late + "\"$F\" compare plan.json late.json --format csv").out);
    const auto number = [&](const std::string& key) { return std::stod(all.at(key)); };
    const std::string cost = ",2024-06-01,cum_cost_usd,";
    const double mean = number("late-plan" + cost + "mean");
    CHECK(mean == Approx(number("late" + cost + "mean") - number("plan" + cost + "mean")));
    // 200 units fewer at one price in both: apart from energy the sd is that of 200 prices,
    // which is 200/600 of that of the base, not the 0.72 times of two independent plans.
    CHECK(number("late-plan" + cost + "sd") ==
          Approx(number("plan" + cost + "sd") / 3).epsilon(1e-6));
    CHECK(number("late-plan" + cost + "p10") < mean);
    CHECK(number("late-plan" + cost + "p90") > mean);
}

TEST_CASE("json holds both and the difference, and says which is which") {
    const std::string out =
        run(late +
            "\"$F\" compare plan.json late.json --format json | python3 -c \"import json, sys; "
            "r = json.load(sys.stdin); "
            "print(r['manifest']['comparisons'], [[round(v) for v in s['value']] for s in "
            "r['series'] if "
            "(s['scenario'], s['by'], s['metric']) == ('late-plan', 'total', 'owned')])\"")
            .out;
    CHECK(holds(out, "'base': 'plan', 'other': 'late', 'difference': 'late-plan'"));
    CHECK(holds(out, "[[-100, -200, -200, -200, -200, -200]]"));
}

TEST_CASE("the terminal shows both and the difference") {
    const Ended ended = run(late + "\"$F\" compare plan.json late.json --metrics owned --ascii");
    CHECK(ended.code == 0);
    for (const char* part : {"plan", "late", "owned", "-200"})
        CHECK(holds(ended.out, part));
}

TEST_CASE("a comparison needs two scenarios that are not the same file") {
    const Ended same = run("\"$F\" compare plan.json ./plan.json");
    CHECK(same.code == 2);
    CHECK(holds(same.err, "note: ./plan.json is given twice"));
    CHECK(holds(same.err, "one or more others, got one scenario"));
    CHECK(run("\"$F\" compare plan.json").code == 2);
    CHECK(run("\"$F\" compare").code == 2);
    const Ended third = run(late + "\"$F\" compare plan.json late.json plan.json --format csv");
    CHECK(third.code == 0);
    CHECK(scenarios(third.out).size() == 3);
}

TEST_CASE("a comparison has no wide layout, and says so before it reads a file") {
    const Ended wide = run("\"$F\" compare gone.json lost.json --layout wide");
    CHECK(wide.code == 2);
    CHECK(holds(wide.err, "the csv of a comparison is long"));
    const std::string compare = late + "\"$F\" compare plan.json late.json --format csv";
    CHECK(run(compare + " --layout long").out == run(compare).out);
}

TEST_CASE("horizons that differ are compared where they overlap") {
    const Ended ended = run(
        "sed 's/\"end\": \"2024-06\"/\"end\": \"2024-09\"/; s/\"start\": \"2024-01\"/\"start\": "
        "\"2024-03\"/; s/\"from\": \"2024-01\"/\"from\": \"2024-03\"/' plan.json > next.json; "
        "\"$F\" compare plan.json next.json --metrics owned --format csv");
    INFO(ended.err);
    REQUIRE(ended.code == 0);
    std::string periods;
    for (const auto& [key, value] : figures(ended.out))
        if (key.starts_with("next-plan,"))
            periods += key.substr(15, 2);
    CHECK(periods == "03040506");
}

TEST_CASE("scenarios without a period in common are refused with a sentence") {
    const Ended apart = run("sed 's/2024-/2025-/g' plan.json > next.json; "
                            "\"$F\" compare plan.json next.json -o x.csv; c=$?; ls; exit $c");
    CHECK(apart.code == 3);
    CHECK(apart.err == "fleetcast: plan and next have no period in common: 2024-01 to 2024-06 by "
                       "month, and 2025-01 to 2025-06 by month\n");
    CHECK(apart.out == "next.json\nplan.json\n");
    const std::string weeks =
        "sed 's/\"start\"/\"step\": \"week\", \"start\"/' plan.json > weeks.json; "
        "\"$F\" compare plan.json weeks.json --metrics owned --format csv";
    const Ended steps = run(weeks);
    CHECK(steps.code == 3);
    CHECK(holds(steps.err, "by month, and 2024-01 to 2024-06 by week"));
    const Ended quarters = run(weeks + " --every quarter");
    CHECK(quarters.code == 0);
    CHECK(quarters.err.empty()); // 13 weeks each
    CHECK(holds(quarters.out, "weeks-plan,2024-01-01,total,owned,units,value,"));
}

TEST_CASE("periods that begin on one day and end on two have no difference, and a note says so") {
    const std::string compare =
        "sed 's/\"end\": \"2024-06\"/\"end\": \"2024-05\"/' plan.json > less.json; "
        "\"$F\" compare plan.json less.json --every quarter --format csv";
    const Ended ended = run(compare);
    CHECK(ended.code == 0);
    CHECK(holds(ended.err, "\nnote: 1 period of less has other days in plan: no difference is "
                           "taken there\n"));
    CHECK(holds(ended.out, "less-plan,2024-01-01,"));
    CHECK_FALSE(holds(ended.out, "less-plan,2024-04-01,"));
    CHECK(run(compare + " --quiet").err.empty());
}

TEST_CASE("periods that begin on two days have no difference, and are counted in the note") {
    const std::string later = "sed 's/\"start\": \"2024-01\"/\"start\": \"2024-02\"/; "
                              "s/\"from\": \"2024-01\"/\"from\": \"2024-02\"/' ";
    const std::string compare = "; \"$F\" compare plan.json next.json --every quarter --format csv";
    const Ended one = run(later + "plan.json > next.json" + compare);
    CHECK(one.code == 0);
    CHECK(holds(one.err, "note: 1 period of next has other days in plan: no difference is taken "
                         "there\n"));
    CHECK(holds(one.out, "next-plan,2024-04-01,"));
    CHECK_FALSE(holds(one.out, "next-plan,2024-01-01,"));
    CHECK_FALSE(holds(one.out, "next-plan,2024-02-01,"));
    const Ended both = run("sed -i 's/\"end\": \"2024-06\"/\"end\": \"2024-09\"/' plan.json; " +
                           later + "plan.json | sed 's/2024-09/2024-08/' > next.json" + compare);
    CHECK(both.code == 0);
    CHECK(holds(both.err, "note: 2 periods of next have other days in plan: no difference is taken "
                          "there\n"));
    const Ended months = run(later + "plan.json > next.json; \"$F\" compare plan.json next.json "
                                     "--format csv");
    CHECK(months.code == 0);
    CHECK_FALSE(holds(months.err, "other days")); // January is not in both
}

TEST_CASE("all scenarios of a comparison are reported by the spans of the base") {
    const std::string quarters = "sed 's/\"start\"/\"report_every\": \"quarter\", \"start\"/' "
                                 "plan.json > quarters.json; ";
    const auto rows = [&](const std::string& words) {
        return figures(
                   run(quarters + "\"$F\" compare " + words + " --metrics owned --format csv").out)
            .size();
    };
    CHECK(rows("quarters.json plan.json") == 1 + 3 * 2); // a header, then scenarios x quarters
    CHECK(rows("plan.json quarters.json") == 1 + 3 * 6);
    CHECK(rows("plan.json quarters.json --every year") == 1 + 3 * 1);
    CHECK(rows("plan.json quarters.json --at 2024-04") == 1 + 3 * 1);
}

TEST_CASE("a mistake in one scenario of a comparison is told, and nothing is written") {
    const Ended ended =
        run("echo '{}' > bad.json; \"$F\" compare plan.json bad.json -o x.csv; c=$?; ls; exit $c");
    CHECK(ended.code == 3);
    CHECK(holds(ended.err, "bad.json:1:1: error"));
    CHECK(ended.out == "bad.json\nplan.json\n");
    CHECK(run("\"$F\" compare plan.json gone.json").code == 4);
}

TEST_CASE("the same bytes come from any number of threads in a comparison") {
    const std::string compare = uncertain + late +
                                "\"$F\" compare plan.json late.json --format json "
                                "--trials 5000 --threads ";
    const std::string one = run(compare + "1").out;
    REQUIRE(holds(one, "late-plan"));
    CHECK(run(compare + "2").out == one);
    CHECK(run(compare + "7").out == one);
}
