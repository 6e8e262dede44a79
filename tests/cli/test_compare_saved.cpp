// fleetcast compare with saved results and with variants, and its exit code, end to end.
#include "program.hpp"

#include <support/catch.hpp>

using namespace fleetcast::testing;

namespace {

const std::string uncertain =
    "sed -i 's/\"price_usd\": 1000/\"price_usd\": {\"uniform\": [900, 1100]}/' plan.json; ";
/// The same plan with everything two months later.
const std::string late = "sed 's/\"delay_months\": 0/\"delay_months\": 2/' plan.json > late.json; ";
/// Saved results of both.
const std::string save = late + "\"$F\" forecast plan.json --quiet -o old.json && "
                                "\"$F\" forecast late.json --quiet -o new.json; ";
/// What a row of a long csv has in its last column.
std::string figure(const std::string& csv, const std::string& row) {
    const auto at = csv.find("\n" + row + ",");
    if (at == csv.npos)
        return "none";
    const auto from = at + row.size() + 2;
    return csv.substr(from, csv.find('\r', from) - from);
}

/// plan.json with variants of it.
const std::string variants =
    "sed -i 's/\"finance\"/\"variants\": {\"late\": {\"sources\": {\"chips\": {\"delay_months\": "
    "2}}}, \"same\": {}},\\n  \"finance\"/' plan.json; ";

} // namespace

TEST_CASE("two saved results are compared, the difference without a band") {
    const Ended ended = run(save + "\"$F\" compare old.json new.json --metrics owned --format csv");
    INFO(ended.err);
    REQUIRE(ended.code == 0);
    CHECK(ended.err.empty());
    CHECK(figure(ended.out, "plan,2024-03-01,total,owned,units,value") == "300");
    CHECK(figure(ended.out, "late,2024-03-01,total,owned,units,value") == "100");
    CHECK(figure(ended.out, "late-plan,2024-03-01,total,owned,units,value") == "-200");
}

TEST_CASE("saved results of many trials differ by their means") {
    const Ended ended = run(uncertain + save +
                            "\"$F\" compare old.json new.json --format csv; "
                            "\"$F\" compare old.json new.json --ascii");
    INFO(ended.err);
    REQUIRE(ended.code == 0);
    const std::string cost = "total,capex_usd,usd,";
    const auto number = [&](const std::string& scenario) {
        return std::stod(figure(ended.out, scenario + ",2024-01-01," + cost + "mean"));
    };
    CHECK(number("late-plan") == Approx(number("late") - number("plan")));
    CHECK(number("late-plan") < -9e4); // 100 units fewer at about 1000
    CHECK(figure(ended.out, "late-plan,2024-01-01," + cost + "p10") == "none");
    CHECK(holds(ended.out, "made apart: the band of a change is not known"));
}

TEST_CASE("a scenario beside a saved result is run by itself, with the saved periods") {
    const Ended ended = run(late + "\"$F\" forecast plan.json --quiet --every quarter -o old.json; "
                                   "\"$F\" compare old.json late.json plan.json --metrics owned "
                                   "--by source --format csv --exit-code");
    INFO(ended.err);
    CHECK(ended.code == 10);
    CHECK(figure(ended.out, "late-old:plan,2024-01-01,total,owned,units,value") == "-200");
    CHECK(figure(ended.out, "late-old:plan,2024-01-01,chips,owned,units,value") == "-200");
    CHECK(figure(ended.out, "plan-old:plan,2024-01-01,total,owned,units,value") == "0");
    CHECK_FALSE(holds(ended.out, ",2024-02-01,"));
}

TEST_CASE("a plan is the same as what was saved of it, whatever it is compared by") {
    const Ended ended = run(uncertain + "\"$F\" forecast plan.json --quiet -o old.json; for w in "
                                        "'old.json plan.json' 'plan.json old.json' '- plan.json "
                                        "--by site' '- old.json'; do \"$F\" compare $w --exit-code "
                                        "< old.json > out.txt || exit; done");
    INFO(ended.err);
    CHECK(ended.code == 0);
    CHECK(ended.err.empty());
}

TEST_CASE("standard input and pipes are read once, whatever they hold") {
    CHECK(run(save + "\"$F\" compare - new.json --format csv < old.json").code == 0);
    CHECK(run(save + "cat late.json | \"$F\" compare old.json - --format csv").code == 0);
    CHECK(run(save + "mkfifo pipe; cat late.json > pipe & "
                     "\"$F\" compare plan.json pipe --format csv")
              .code == 0);
}

TEST_CASE("every scenario of a saved file takes part, by its file's name where it must") {
    const Ended ended =
        run(save + "\"$F\" compare plan.json late.json --quiet -o both.json; "
                   "\"$F\" compare both.json --metrics owned --format csv && "
                   "\"$F\" compare old.json both.json --metrics owned --format csv");
    INFO(ended.err);
    REQUIRE(ended.code == 0);
    CHECK(figure(ended.out, "late-plan,2024-06-01,total,owned,units,value") == "-200");
    CHECK(figure(ended.out, "both:plan-old:plan,2024-06-01,total,owned,units,value") == "0");
    CHECK(figure(ended.out, "late-old:plan,2024-06-01,total,owned,units,value") == "-200");
    CHECK(run(save + "\"$F\" compare old.json").code == 2);
}

TEST_CASE("an exit code says whether anything differs that was asked for") {
    const std::string dear =
        "sed 's/\"price_usd\": 1000/\"price_usd\": 1001/' plan.json > dear.json; "
        "\"$F\" compare plan.json dear.json > out.txt ";
    CHECK(run(dear).code == 0);
    CHECK(run(dear + "--exit-code").code == 10);
    CHECK(run(dear + "--exit-code --metrics owned,h100e --by source").code == 0);
    CHECK(run(dear + "--exit-code --metrics owned,capex_usd").code == 10);
    CHECK(run("cp plan.json copy.json; \"$F\" compare plan.json copy.json --exit-code").code == 0);
    CHECK(run(late + "\"$F\" compare plan.json late.json --metrics lease_usd --exit-code").code ==
          10); // of the late units 200 are pending at the end
}

TEST_CASE("a comparison that differs is still written, and a full disk is still an error") {
    const Ended ended = run(late + "\"$F\" compare plan.json late.json --exit-code -o x.csv; "
                                   "echo $?; ls x.csv; \"$F\" compare plan.json late.json "
                                   "--exit-code > /dev/full");
    CHECK(ended.out == "10\nx.csv\n");
    CHECK(ended.code == 4);
}

TEST_CASE("notes name what differs in how the results were made") {
    const std::string make = uncertain + "\"$F\" forecast plan.json --quiet -o old.json; "
                                         "\"$F\" forecast plan.json --quiet --seed 2 --trials 2000 "
                                         "-o new.json; \"$F\" compare old.json new.json > out.txt ";
    const Ended ended = run(make);
    CHECK(ended.code == 0);
    CHECK(ended.err == "note: new was made with 2,000 trials, old with 10,000 trials\n"
                       "note: new was made with seed 2, old with seed 1\n");
    CHECK(run(make + "--quiet").err.empty());
    const Ended version = run(save + "sed -i 's/\"version\":\"/&9./' old.json; "
                                     "\"$F\" compare old.json new.json > out.txt");
    CHECK(version.code == 0);
    CHECK(holds(version.err, "old by version 9."));
}

TEST_CASE("results without a period or a metric in common are refused") {
    const Ended apart = run(late + "sed -i 's/2024-/2025-/g' late.json; "
                                   "\"$F\" forecast plan.json --quiet -o old.json; "
                                   "\"$F\" compare old.json late.json -o x.csv; c=$?; ls; exit $c");
    CHECK(apart.code == 3);
    CHECK(holds(apart.err, "plan and late have no period in common"));
    CHECK(apart.out == "late.json\nold.json\nplan.json\n");
    const Ended lacking = run(save + "\"$F\" compare old.json new.json --metrics lease_usd,owned "
                                     "--format csv; \"$F\" compare old.json new.json --metrics "
                                     "lease_usd");
    CHECK(lacking.code == 3);
    CHECK(holds(lacking.err, "note: none of the results has lease_usd: left out\n"));
    CHECK(holds(lacking.out, "late-plan,2024-01-01,total,owned,"));
    CHECK_FALSE(holds(lacking.out, "lease_usd"));
}

TEST_CASE("a damaged result is told with its place (faults 72 and 79)") {
    const auto compare = [](const std::string& spoil) {
        return run(save + spoil +
                   "; \"$F\" compare old.json new.json -o x.csv; c=$?; "
                   "ls x.csv 2>/dev/null; exit $c");
    };
    const Ended newer = compare("sed -i 's/fleetcast_result\":1/fleetcast_result\":3/' old.json");
    CHECK(newer.code == 3);
    CHECK(newer.out.empty());
    CHECK(holds(newer.err, "old.json:1:21: error: fleetcast_result: made by version 3 of the "
                           "format, this program reads 1"));
    const Ended cut = compare("head -c 3000 old.json > x; mv x old.json");
    CHECK(cut.code == 3);
    CHECK(holds(cut.err, "old.json:"));
    const Ended figures = compare("sed -i 's/\"value\":\\[[^,]*,/\"value\":[/' old.json");
    CHECK(figures.code == 3);
    CHECK(holds(figures.err, "error: series.0.value: must have a figure for each of 6 periods, "
                             "has 5"));
    CHECK(compare("echo '{\"a\": 1}' > old.json").code == 3);
    CHECK(compare("echo 'no json' > old.json").code == 3);
    CHECK(compare("rm old.json").code == 4);
    CHECK(compare("rm old.json; mkdir old.json").code == 4);
}

TEST_CASE("what is saved cannot be made otherwise, and says so") {
    for (const std::string option :
         {"--seed 7", "--trials 100", "--sampling lhs", "--quantiles 5", "--every quarter",
          "--set finance.discount_rate_share=0.1", "--at 2025-01"}) {
        const Ended ended = run(save + "\"$F\" compare old.json new.json " + option);
        INFO(option << ended.err);
        CHECK(ended.code == 2);
        CHECK(holds(ended.err, option.substr(0, option.find(' '))));
    }
    CHECK(run(save + "\"$F\" compare old.json new.json --every period --threads 1").code == 0);
    const Ended at = run(save + "\"$F\" compare old.json new.json --at 2024-03 --metrics owned "
                                "--format csv");
    CHECK(figure(at.out, "late-plan,2024-03-01,total,owned,units,value") == "-200");
    CHECK_FALSE(holds(at.out, ",2024-02-01,"));
}

TEST_CASE("the variants of a scenario are compared with the scenario itself") {
    const Ended ended =
        run(variants + "\"$F\" compare plan.json --variants --metrics owned --format csv");
    INFO(ended.err);
    REQUIRE(ended.code == 0);
    CHECK(figure(ended.out, "plan,2024-03-01,total,owned,units,value") == "300");
    CHECK(figure(ended.out, "plan@late-plan,2024-03-01,total,owned,units,value") == "-200");
    CHECK(figure(ended.out, "plan@same-plan,2024-03-01,total,owned,units,value") == "0");
    CHECK(run(variants + "\"$F\" compare - --variants --exit-code < plan.json").code == 10);
    const std::string again = "\"$F\" compare plan.json --variants 2>&1 >out.txt";
    const Ended told =
        run(variants + "sed -i 's/\"spares_share\": 0/\"x-none\": 0/' plan.json; " + again);
    const auto note = told.out.find("note: defaults used"); // told once: its variants share it
    CHECK(note != told.out.npos);
    CHECK(told.out.find("note: defaults used", note + 1) == told.out.npos);
}

TEST_CASE("the flag --variants takes one file, which has some") {
    const Ended none = run("\"$F\" compare plan.json --variants");
    CHECK(none.code == 2);
    CHECK(none.err == "fleetcast: plan.json has no variants\n");
    CHECK(run(variants + late + "\"$F\" compare plan.json late.json --variants").code == 2);
    CHECK(run(variants + "\"$F\" compare --variants").code == 2);
    CHECK(run(variants + "\"$F\" compare plan.json --variants --variant late").code == 2);
    CHECK(run(save + "\"$F\" compare old.json --variants").code == 3);
    CHECK(run("\"$F\" compare gone.json --variants").code == 4);
    CHECK(run("echo '{}' > bad.json; \"$F\" compare bad.json --variants").code == 3);
    const Ended bad = run(variants + "sed -i 's/\"same\": {}/\"same\": {\"start\": 7}/' plan.json; "
                                     "\"$F\" compare plan.json --variants");
    CHECK(bad.code == 3);
    CHECK(holds(bad.err, "start: in variant same: must be a date"));
}
