// Several scenarios, their names, and what is said of them.
#include "program.hpp"

#include <support/catch.hpp>

using namespace fleetcast::testing;

namespace {

/// The scenario column of a csv of one period, "a;b;".
std::string names(const std::string& script) {
    const std::string out =
        run(script +
            " --every year --metrics owned --format csv | tail -n +2 | cut -d, -f1 | tr '\\n' ';'")
            .out;
    return out;
}

const std::string uncertain =
    "sed -i 's/\"price_usd\": 1000/\"price_usd\": {\"uniform\": [900, 1100]}/' plan.json; ";

} // namespace

TEST_CASE("a scenario is called by its file's name, with folders only where that is not enough") {
    const std::string copies =
        "mkdir -p a/x b/x c; cp plan.json a/x/s.json; cp plan.json b/x/s.json; "
        "cp plan.json c/s.json; cp plan.json c/s.jsonc; ";
    CHECK(names(copies + "\"$F\" forecast plan.json c/s.json") == "plan;s;");
    CHECK(names(copies + "\"$F\" forecast a/x/s.json plan.json c/s.json") == "x/s;plan;c/s;");
    CHECK(names(copies + "\"$F\" forecast a/x/s.json b/x/s.json") == "a/x/s;b/x/s;");
    CHECK(names(copies + "cd c; \"$F\" forecast s.json ../a/x/s.json") == "s;x/s;");
    CHECK(names(copies + "\"$F\" forecast a/x/s.json b/x/s.json c/s.json") == "a/x/s;b/x/s;c/s;");
    CHECK(holds(names(copies + "\"$F\" forecast c/s.json c/s.jsonc"), "s.json;"));
    CHECK(names("\"$F\" forecast plan.json - <plan.json") == "plan;stdin;");
}

TEST_CASE("a scenario given twice is run once, with a note, also through a link") {
    for (const char* second : {"plan.json", "./plan.json", "link.json"}) {
        const Ended ended =
            run("ln -s plan.json link.json; \"$F\" validate plan.json " + std::string(second));
        CHECK(ended.code == 0);
        CHECK(ended.out == "plan.json: valid, 1 source, 1 site, 6 months\n");
        CHECK(holds(ended.err, std::string("note: ") + second + " is given twice"));
    }
}

TEST_CASE("every file of a batch is tried, and the most severe exit counts") {
    const std::string bad = "echo '{}' > bad.json; ";
    const Ended three = run(bad + "\"$F\" validate bad.json plan.json");
    CHECK(three.code == 3);
    CHECK(three.out == "plan.json: valid, 1 source, 1 site, 6 months\n");
    const Ended four = run(bad + "\"$F\" validate gone.json bad.json plan.json");
    CHECK(four.code == 4);
    CHECK(four.out == three.out);
    CHECK(holds(four.err, "gone.json: No such file or directory"));
    CHECK(holds(four.err, "bad.json:1:1: error"));
    const Ended forecast =
        run(bad + "\"$F\" forecast gone.json bad.json plan.json -o x.csv; c=$?; ls; exit $c");
    CHECK(forecast.code == 4);
    CHECK(holds(forecast.err, "bad.json:1:1: error"));
    CHECK_FALSE(holds(forecast.out, "x.csv"));
    CHECK(run("\"$F\" validate .").code == 4);
}

TEST_CASE("uncertain inputs are drawn without a word on stderr, and one trial says what it is") {
    const Ended many = run(uncertain + "\"$F\" forecast plan.json --width 200");
    CHECK(many.err.empty());
    CHECK(holds(many.out, "10,000 trials"));
    const Ended one = run(uncertain + "\"$F\" forecast plan.json --width 200 --trials 1");
    CHECK(one.err.empty());
    CHECK(holds(one.out, "every input at its median"));
    CHECK(run("\"$F\" forecast plan.json").err.empty());
}

TEST_CASE("a saved result is not taken for a scenario") {
    const Ended ended = run("\"$F\" forecast plan.json -o saved.json && \"$F\" forecast plan.json "
                            "saved.json");
    CHECK(ended.code == 3);
    CHECK(ended.err == "fleetcast: saved.json: a saved result, where a scenario is expected\n");
}

TEST_CASE("the flag --quiet silences notes and warnings, never errors, --verbose says what is read "
          "and written") {
    const std::string early =
        "sed -i 's/\"from\": \"2024-01\", \"to\"/\"from\": \"2023-12\", \"to\"/' plan.json; ";
    const Ended normal = run(early + "\"$F\" validate plan.json");
    CHECK(normal.code == 0);
    CHECK(holds(normal.err, "warning: "));
    CHECK(normal.out == "plan.json: valid, 1 source, 1 site, 6 months, 1 warning\n");
    CHECK(run(early + "\"$F\" validate --quiet plan.json").err.empty());
    CHECK(holds(run("echo '{}' > bad.json; \"$F\" validate --quiet bad.json").err, "error: "));
    const Ended verbose = run("\"$F\" forecast plan.json --verbose -o x.csv");
    CHECK(holds(verbose.err, "read plan.json"));
    CHECK(holds(verbose.err, "wrote x.csv as csv"));
}

TEST_CASE("what every template writes is valid without a warning") {
    const Ended list = run("\"$F\" init | sed -n 's/^  \\([a-z0-9-]*\\)  .*/\\1/p'");
    for (const char* name :
         {"correlation", "decade", "first-order", "meta-2024", "neocloud", "teams"}) {
        REQUIRE(holds(list.out, name));
        const Ended ended =
            run(std::string("\"$F\" init ") + name + " made >said && \"$F\" validate made/*.json");
        INFO(name << "\n" << ended.err);
        CHECK(ended.code == 0);
        CHECK(holds(ended.out, "made/scenario.json: valid"));
        CHECK_FALSE(holds(ended.err, "warning:"));
    }
}

TEST_CASE("init never writes over a file, nor a part of a template") {
    const Ended ended =
        run("mkdir made; echo mine > made/scenario.json; \"$F\" init first-order made; c=$?; "
            "ls -A made; cat made/scenario.json; exit $c");
    CHECK(ended.code == 4);
    CHECK(ended.out == "scenario.json\nmine\n");
    CHECK(holds(ended.err, "made/scenario.json: it exists"));
    CHECK(run("ln -s nowhere made; \"$F\" init first-order made").code == 4);
    CHECK(run("\"$F\" init first-order plan.json").code == 4);
}
