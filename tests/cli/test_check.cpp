// fleetcast check as CI runs it.
#include "cli/program.hpp"
#include "support/catch.hpp"

using namespace fleetcast::testing;

namespace {

/// Shell that puts a check on the fleet of small_plan into a file: 600 units are owned in June.
std::string with_check(const std::string& file, const std::string& check) {
    return "sed 's|\"finance\"|\"checks\": {\"fleet\": " + check + "}, \"finance\"|' plan.json > " +
           file + "; ";
}

const std::string good =
    with_check("good.json", R"({"metric":"owned","at":"2024-06","at_least":600})");
const std::string bad =
    with_check("bad.json", R"({"metric":"owned","at":"2024-06","at_least":601})");
const std::string broken =
    "sed 's/\"kw_per_unit\": 1/\"kw_per_unit\": -1/' good.json > broken.json; ";

} // namespace

TEST_CASE("checks that hold end with 0, and one that fails with 99") {
    const Ended passed = run(good + "$F check good.json");
    CHECK(passed.code == 0);
    CHECK(holds(passed.out, "1 scenario: 1 passes"));
    const Ended failed = run(good + bad + "$F check good.json bad.json");
    CHECK(failed.code == 99);
    CHECK(holds(failed.out, "FAIL  fleet: owned at 2024-06 at_least 601"));
    CHECK(failed.err == "");
}

TEST_CASE("a scenario that is broken does not keep the others from being checked") {
    const Ended ended =
        run(good + bad + broken + "$F check good.json broken.json bad.json gone.json");
    CHECK(ended.code == 4); // that of the file that cannot be read is more severe than 3 and 99
    CHECK(holds(ended.out, "4 scenarios: 1 passes, 1 fails, 2 could not be checked"));
    CHECK(holds(ended.err, "broken.json:4:72: error: sources.chips.kw_per_unit"));
    CHECK(holds(ended.err, "gone.json: No such file"));
    CHECK(run(good + bad + broken + "$F check good.json broken.json bad.json").code == 3);
}

TEST_CASE("a check that cannot be answered is bad input, and so is a scenario without checks") {
    const std::pair<const char*, const char*> checks[] = {
        {R"({"metric":"ownd","at":"2024-06","at_least":1})", "did you mean \"owned\""},
        {R"({"metric":"owned","at":"2025-06","at_least":1})", "outside the horizon"},
        {R"({"metric":"owned","at_least":1})", "at"},
        {R"({"metric":"gpu_hour_usd","source":"chips","at":"2024-01","at_most":1})", ""},
    };
    for (const auto& [check, message] : checks) {
        INFO(check);
        const Ended ended = run(with_check("one.json", check) + "$F check one.json");
        CHECK(ended.code == 3);
        CHECK(holds(ended.err, message));
        CHECK(holds(ended.out, "could not be checked"));
    }
    const Ended none = run("$F check plan.json");
    CHECK(none.code == 3);
    CHECK(holds(none.err, "plan.json:1:1: error: checks: there is no check"));
}

TEST_CASE(
    "what is too close to call is told, fails unless it may pass, and says what would settle it") {
    // Uniform over 0 to 1: the delay is below 0.5 in half of the trials, and 0.5 is asked for.
    const std::string close =
        with_check("close.json",
                   R"({"metric":"owned","at":"2024-01","at_least":50,"probability":0.5})") +
        R"(O='--set sources.chips.delay_months={"uniform":[0,1]} --trials 1000'; )";
    const Ended failed = run(close + "$F check close.json $O");
    CHECK(failed.code == 99);
    CHECK(holds(failed.out, "too close"));
    CHECK(run(close + "$F check close.json $O --inconclusive pass").code == 0);
    CHECK(run(close + "$F check close.json $O --inconclusive=fail").code == 99);
    const Ended wrong = run(close + "$F check close.json --inconclusive maybe");
    CHECK(wrong.code == 2);
    for (const char* threads : {"1", "2", "7"}) // the verdict hangs on no thread count
        CHECK(run(close + "$F check close.json $O --threads " + threads).out == failed.out);
}

TEST_CASE("a scenario that takes too long is reported, and the others are checked") {
    const Ended ended = run(good + R"(cat > slow.py <<'END'
import json
plan = json.load(open("good.json"))
plan["end"] = "2123-12"
plan["sources"] = {f"s{i}": plan["sources"]["chips"] for i in range(2000)}
json.dump(plan, open("slow.json", "w"))
END
python3 slow.py; $F check slow.json good.json --timeout 0.2)");
    CHECK(ended.code == 5);
    CHECK(holds(ended.err, "slow.json: not finished within 0.2 s (--timeout)"));
    CHECK(holds(ended.out, "2 scenarios: 1 passes, 1 could not be checked"));
}

TEST_CASE("a pattern that matches nothing is no batch, and a file given twice counts once") {
    const Ended none = run("$F check plans/*.json");
    CHECK(none.code == 2);
    CHECK(holds(none.err, "no scenarios: nothing matches \"plans/*.json\""));
    CHECK(run("$F check").code == 2);
    const Ended twice = run(good + "$F check good.json ./good.json");
    CHECK(twice.code == 0);
    CHECK(holds(twice.err, "note: ./good.json is given twice: it is used once"));
    CHECK(holds(twice.out, "1 scenario: 1 passes"));
}

TEST_CASE("every form of the report is written in one run") {
    const Ended ended = run(good + bad + broken +
                            "$F check good.json bad.json broken.json --junit j.xml --markdown m.md "
                            "--github -o c.csv -o r.json --no-clobber; echo; wc -l < c.csv; "
                            "grep -c '<testcase' j.xml; grep -c '<error' j.xml; head -1 m.md; "
                            "head -c 22 r.json");
    CHECK(holds(ended.out, "::error file=bad.json,line=12,col=14,"));
    CHECK(holds(ended.out, "::error file=broken.json,line=4,"));
    CHECK(holds(ended.out, "\n3\n3\n1\n## fleetcast check: failed\n{\"fleetcast_result\":1,"));
}

TEST_CASE("what moved since a baseline is told") {
    const std::string base = good + "$F check good.json -o base.json; ";
    const Ended same = run(base + "$F check good.json --baseline base.json");
    CHECK(same.code == 0);
    CHECK_FALSE(holds(same.out, "moved"));
    const Ended moved = run(base + "$F check good.json --set sources.chips.price_usd=1100 "
                                   "--baseline base.json");
    CHECK(moved.code == 0);
    CHECK(holds(moved.out, "moved most since base.json"));
    CHECK(holds(moved.out, "capex"));
    CHECK(holds(moved.out, "+10 %"));
    CHECK_FALSE(holds(moved.out, "energy"));
    const Ended worse = run(base + "$F check good.json --set "
                                   "sources.chips.deliveries.units=590 --baseline base.json");
    CHECK(worse.code == 99);
    CHECK(holds(worse.out, "was pass"));
}

TEST_CASE("a baseline that cannot be compared with is refused, or said to differ") {
    const std::string base = good + "$F forecast good.json -o base.json --quiet; ";
    const auto with = [&](const std::string& change) {
        return run(base + change + "$F check good.json --baseline base.json");
    };
    CHECK(with("sed -i 's/\"fleetcast_result\":1/\"fleetcast_result\":2/' base.json; ").code == 3);
    CHECK(with("cp good.json base.json; ").code == 3);
    CHECK(with("head -c 2000 base.json > b; mv b base.json; ").code == 3);
    CHECK(with("echo '{}' > base.json; ").code == 3);
    CHECK(with("rm base.json; ").code == 4);
    const Ended other =
        run(base + "sed 's/\"2024-01\"/\"2024-03\"/' good.json | sed 's/\"start\": \"2024-03\"/"
                   "\"start\": \"2024-02\"/' > moved.json; cp moved.json good.json; "
                   "$F check good.json --baseline base.json --quiet");
    CHECK(holds(other.out, "the baseline runs from 2024-01-01 to 2024-06-30"));
    const Ended apart =
        run(base + "sed -i 's/2024/2034/g' good.json; $F check good.json --baseline base.json");
    CHECK(apart.code == 3);
    CHECK(holds(apart.out, "no period in common"));
}

TEST_CASE("what cannot be compared with a baseline is said, never passed over") {
    const std::string base = good + "$F check good.json --every quarter -o base.json; ";
    const Ended quarters = run(base + "$F check good.json --baseline base.json");
    CHECK(quarters.code == 3);
    CHECK(holds(quarters.out, "no period in common with the baseline"));
    const Ended metric = run(good + "$F check good.json --metrics owned -o base.json; $F check "
                                    "good.json --metrics h100e --baseline base.json");
    CHECK(metric.code == 0);
    CHECK(holds(metric.out, "the baseline has no figures of h100e"));
    const Ended renamed = run(good + "$F check good.json -o base.json; mkdir x; cp good.json x; cp "
                                     "good.json x/other.json; $F check x/good.json good.json "
                                     "--baseline base.json --set sources.chips.price_usd=7");
    CHECK(holds(renamed.out, "compared with good of the baseline"));
    const Ended verdict =
        run(good + "$F check good.json -o base.json; sed -i "
                   "'s/\"verdict\":\"pass\"/\"verdict\":\"great\"/' base.json; $F "
                   "check good.json --baseline base.json");
    CHECK(verdict.code == 3);
    CHECK(holds(verdict.err, "must be one of pass, fail, too-close, warn, got \"great\""));
}

TEST_CASE("a check keeps one period of its tables, too") {
    const std::string table = "--table series --metrics owned --format csv ";
    CHECK(run(good + "$F check good.json --at 2024-02 " + table).out ==
          "scenario,period,group,owned\r\ngood,2024-02-01,total,200\r\n");
    CHECK(run(good + "$F check good.json --at 2030-01 " + table).code == 2);
}

TEST_CASE("two scenarios of one name are no batch") {
    const std::string variants = good + "sed -i 's|\"finance\"|\"variants\": {\"a\": {}}, "
                                        "\"finance\"|' good.json; cp good.json good@a.json; ";
    CHECK(run(variants + "$F check good.json good@a.json --variants").code == 2);
    CHECK(run(variants + "$F check good.json --variants --variant a").code == 2);
    CHECK(run(variants + "$F check good.json good@a.json").code == 0);
}

TEST_CASE("names hang on the files that are given, not on where they lie") {
    const std::string files = good + "mkdir -p p/x x; cp good.json p/x; cp good.json x; ";
    const auto names = [&](const std::string& given) {
        return run(files + "$F check " + given +
                   " --format csv | tail -n +2 | cut -d, -f1 | tr -d '\\r'")
            .out;
    };
    CHECK(names("good.json x/good.json p/x/good.json") == "good\nx/good\np/x/good\n");
    CHECK(names("p/x/good.json") == "good\n");
    CHECK(run(files + "cp good.json good.jsonc; $F check good.json good.jsonc --format csv | tail "
                      "-n +2 | cut -d, -f1")
              .out == "good.json\ngood.jsonc\n");
}

TEST_CASE("the variants of a scenario are checked when asked for") {
    const std::string variants =
        good + "sed -i 's|\"finance\"|\"variants\": {\"fewer\": {\"sources\": {\"chips\": "
               "{\"deliveries\": {\"units\": 500}}}}}, \"finance\"|' good.json; ";
    CHECK(run(variants + "$F check good.json").code == 0);
    const Ended all = run(variants + "$F check good.json --variants");
    CHECK(all.code == 99);
    CHECK(holds(all.out, "good@fewer"));
    CHECK(holds(all.out, "2 scenarios: 1 passes, 1 fails"));
    CHECK(run(variants + "$F check good.json --variant fewer").code == 99);
    const Ended piped = run(variants + "$F check - --variants < good.json");
    CHECK(piped.code == 99);
    CHECK(holds(piped.out, "2 scenarios: 1 passes, 1 fails"));
}

TEST_CASE("the outputs of a check may not be in each other's way, nor be inputs") {
    CHECK(run(good + "$F check good.json --junit a.xml --markdown a.xml").code == 2);
    CHECK(run(good + "$F check good.json --junit good.json").code == 2);
    CHECK(run(good + "$F check good.json --junit nowhere/a.xml").code == 4);
    CHECK(run(good + "$F check good.json --junit -").out.starts_with("<?xml"));
}
