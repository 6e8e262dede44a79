// fleetcast sweep as a user runs it.
#include "cli/program.hpp"
#include "support/catch.hpp"

using namespace fleetcast::testing;

namespace {

std::size_t lines_of(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

/// small_plan with a delay that is uncertain.
const std::string uncertain =
    R"($F sweep plan.json --quiet --set 'sources.chips.delay_months={"uniform":[0,3]}' )";

} // namespace

TEST_CASE("a sweep has a row for each point and period, with the varied paths first") {
    const Ended ended = run("$F sweep plan.json --vary sites.hall.pue=1.25,2.5 --vary "
                            "sources.chips.price_usd=1000:2000:500 --metrics facility_mw,capex_usd "
                            "--format csv");
    REQUIRE(ended.code == 0);
    CHECK(ended.out.starts_with("sites.hall.pue,sources.chips.price_usd,scenario,period,group,"
                                "facility_mw,capex_usd\r\n"));
    CHECK(lines_of(ended.out) == 1 + 2 * 3 * 6);
    // 100 units of 1 kW at a load share of 0.8 in January, at a PUE of 1.25 and of 2.5; the last
    // axis runs fastest.
    CHECK(holds(ended.out, "\r\n1.25,1000,plan,2024-01-01,total,0.1,100000\r\n"));
    CHECK(holds(ended.out, "\r\n2.5,2000,plan,2024-01-01,total,0.2,200000\r\n"));
    CHECK(ended.out.find("1.25,1500,") < ended.out.find("2.5,1000,"));
}

TEST_CASE("one period is kept, in the long layout too") {
    const Ended ended = run("$F sweep plan.json --vary sites.hall.pue=1.1,1.3 --metrics it_mw "
                            "--at 2024-02 --layout long --format csv");
    REQUIRE(ended.code == 0);
    CHECK(ended.out == "sites.hall.pue,scenario,period,group,metric,unit,stat,value\r\n"
                       "1.1,plan,2024-02-01,total,it_mw,mw,value,0.16\r\n"
                       "1.3,plan,2024-02-01,total,it_mw,mw,value,0.16\r\n");
}

TEST_CASE("a sweep's point is the forecast with that value, over the same random numbers") {
    const Ended ended =
        run(uncertain + "--vary sources.chips.price_usd=1000,3000 --metrics "
                        "owned,capex_usd --trials 500 --format csv > sweep.csv; "
                        "for p in 1000 3000; do $F forecast plan.json --quiet --set "
                        "'sources.chips.delay_months={\"uniform\":[0,3]}' --set "
                        "sources.chips.price_usd=$p --metrics owned,capex_usd "
                        "--trials 500 --format csv | tail -n +2 | sed \"s/^/$p,/\"; "
                        "done > apart.csv; tail -n +2 sweep.csv | cmp - apart.csv "
                        "&& head -1 sweep.csv");
    CHECK(ended.code == 0);
    CHECK(ended.err == "");
    CHECK(holds(ended.out, "sources.chips.price_usd,scenario,period,group,owned_mean,owned_p10"));
}

TEST_CASE("the bytes are the same with any number of threads") {
    const Ended ended =
        run(uncertain +
            "--vary sites.hall.pue=1.1:1.5:0.1 --trials 300 --format json --threads 1 > "
            "one; " +
            uncertain +
            "--vary sites.hall.pue=1.1:1.5:0.1 --trials 300 --format json --threads 5 "
            "> five; cmp one five");
    CHECK(ended.code == 0);
}

TEST_CASE("an interrupted sweep takes up where it was, with the same output") {
    const std::string grid = "--vary sites.hall.pue=1.1:1.9:0.1 --trials 200 --metrics energy_mwh ";
    const Ended ended = run(
        uncertain + grid + "-o whole.csv --resume points && " + // all of it
        "head -n 4 points > some && tail -n 1 points | head -c 100 >> some && " + uncertain + grid +
        "-o again.csv --resume some && " + // three are there
        "cmp whole.csv again.csv && wc -l < some && " + uncertain + grid +
        "-o third.csv --resume some --threads 3 && " + "cmp whole.csv third.csv && wc -l < some");
    CHECK(ended.err == "");
    CHECK(ended.code == 0);
    CHECK(ended.out == "10\n10\n");
}

TEST_CASE("the points of another run are refused") {
    for (const char* change :
         {"--seed 2", "--trials 300", "--metrics owned", "--set sites.hall.pue=2",
          "--quantiles 5,95", "--every year", "--by source"}) {
        INFO(change);
        const std::string sweep = uncertain + "--vary sources.chips.price_usd=1,2 --format csv ";
        const Ended ended =
            run(sweep + "--trials 200 --resume points > a && " + "cp points before; " + sweep +
                (std::string(change).starts_with("--trials") ? "" : "--trials 200 ") + change +
                " --resume points > b; echo $?; cmp points before");
        CHECK(ended.out == "3\n");
        CHECK(holds(ended.err, "points was begun by another run"));
    }
}

TEST_CASE("a point with a mistake is told, and the others are run") {
    const Ended ended = run("$F sweep plan.json --vary sites.hall.pue=0.5,1.2 --metrics it_mw "
                            "--at 2024-02 --format csv");
    CHECK(ended.code == 3);
    CHECK(holds(ended.err, "--set:1:16: error: sites.hall.pue: must be at least 1, got 0.5"));
    CHECK(ended.out == "sites.hall.pue,scenario,period,group,it_mw\r\n"
                       "1.2,plan,2024-02-01,total,0.16\r\n");
}

TEST_CASE("the scenario need not be valid without its varied values") {
    const Ended ended = run("$F sweep plan.json --set sites.hall.pue=0.5 --vary "
                            "sites.hall.pue=1.2,1.4 --metrics owned --at 2024-02 --format csv");
    CHECK(ended.code == 0);
    CHECK(lines_of(ended.out) == 3);
    const Ended wrong = run("$F sweep plan.json --set sites.hall.pue=0.5 --vary x-a=1,2");
    CHECK(wrong.code == 3);
    CHECK(holds(wrong.err, "sites.hall.pue: must be at least 1"));
    CHECK(wrong.out == "");
}

TEST_CASE("a path that nothing uses is warned of") {
    const Ended ended = run("$F sweep plan.json --vary inputs.prise=1,2 --format csv");
    CHECK(ended.code == 0);
    CHECK(holds(ended.err, "warning: inputs.prise: "));
}

TEST_CASE("what varies may be a date, a text or a distribution") {
    const Ended ended =
        run("$F sweep plan.json --vary end=2024-03,2024-06 --metrics owned --format csv");
    REQUIRE(ended.code == 0);
    CHECK(lines_of(ended.out) == 1 + 3 + 6);
    CHECK(holds(ended.out, "\r\n2024-03,plan,2024-03-01,total,300\r\n"));
    const Ended spread =
        run("$F sweep plan.json --trials 100 --metrics owned --at 2024-01 --vary "
            "'sources.chips.deliveries.units={\"uniform\":[60,120]},600' --format csv");
    REQUIRE(spread.code == 0);
    CHECK(holds(spread.out, "\r\n\"{\"\"uniform\"\":[60,120]}\",plan,2024-01-01,total,"));
    CHECK(holds(spread.out, "\r\n600,plan,2024-01-01,total,100,100,100,100\r\n"));
}

TEST_CASE("a range includes its end within a billionth of a step, without stray digits") {
    const Ended ended = run("$F sweep plan.json --vary x-a=0:0.3:0.1 --metrics owned --at 2024-01 "
                            "--format csv | cut -d, -f1");
    CHECK(ended.out == "x-a\n0\n0.1\n0.2\n0.3\n");
    CHECK(run("$F sweep plan.json --vary x-a=3:1:-1 --metrics owned --at 2024-01 --format csv | "
              "cut -d, -f1")
              .out == "x-a\n3\n2\n1\n");
    CHECK(run("$F sweep plan.json --vary x-a=1:1.95:0.5 --metrics owned --at 2024-01 --format csv "
              "| cut -d, -f1")
              .out == "x-a\n1\n1.5\n");
}

TEST_CASE("mistakes of the grid are of the command line") {
    const std::pair<const char*, const char*> bad[] = {
        {"", "needs --vary"},
        {"--vary sites.hall.pue", "needs values"},
        {"--vary sites.hall.pue=", "a value is empty"},
        {"--vary sites.hall.pue=1.1,,1.2", "a value is empty"},
        {"--vary sites.hall.pue=1.1,1.1", "named twice"},
        {"--vary sites.hall.pue=2,2.0", "named twice"},
        {"--vary sites.hall.pue=[1", "--vary sites.hall.pue=[1: the value is no JSON"},
        {"--vary x-a=1 --resume -", "cannot be taken up again"},
        {"--vary sites.hall.pue=1:2:0", "the step does not lead"},
        {"--vary sites.hall.pue=1:2:-1", "the step does not lead"},
        {"--vary sites..pue=1", "between all of its dots"},
        {"--vary sites.hall.pue.x=1", "is a number"},
        {"--vary sites.hall.pue=1.1 --vary /sites/hall/pue=1.2", "varies twice"},
        {"--vary extends=a.json", "settled before"},
        {"--vary sites.hall.pue=1.1 --at 2030-01", "outside the horizon"},
    };
    for (const auto& [options, message] : bad) {
        INFO(options);
        const Ended ended = run(std::string("$F sweep plan.json ") + options);
        CHECK(ended.code == 2);
        CHECK(holds(ended.err, message));
        CHECK(ended.out == "");
    }
    CHECK(run("$F sweep plan.json --vary x-a=0:1e9:1").code == 5);
    CHECK(run("$F sweep plan.json --vary x-a=0:2000:1 --vary x-b=0:2000:1").code == 5);
    CHECK(run("$F sweep plan.json plan.json plan2.json --vary x-a=1").code == 2);
}

TEST_CASE("the points of a sweep may not be kept in a file that is read or written") {
    CHECK(run("$F sweep plan.json --vary x-a=1 --resume plan.json").code == 2);
    CHECK(run("$F sweep plan.json --vary x-a=1 --resume a.csv -o a.csv").code == 2);
    CHECK(run("$F sweep plan.json --vary x-a=1 --resume nowhere/a").code == 4);
}

TEST_CASE("on a terminal each point has a row with its values") {
    const Ended ended = run("$F sweep plan.json --vary sites.hall.pue=1.1,1.3 --metrics "
                            "facility_mw --width 80");
    REQUIRE(ended.code == 0);
    CHECK(holds(ended.out, "plan: 2 points"));
    CHECK(holds(ended.out, "in 2024-06"));
    CHECK(holds(ended.out, "pue"));
}
