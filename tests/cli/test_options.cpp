// Options of the command line: what is accepted, what is refused and in which words.
#include "program.hpp"

#include <support/catch.hpp>

#include <vector>

using namespace fleetcast::testing;

namespace {

struct Refused {
    std::string words; // behind the command
    std::string says;  // on stderr
    int code = 2;
};

/// Each must end with its code, say its words in one line on stderr, and print nothing.
void check_refused(const std::string& command, const std::vector<Refused>& list) {
    for (const Refused& each : list) {
        const Ended ended = run("\"$F\" " + command + " " + each.words);
        INFO(each.words << "\n" << ended.err);
        CHECK(ended.code == each.code);
        CHECK(holds(ended.err, each.says));
        CHECK(ended.err.find('\n') == ended.err.size() - 1);
        CHECK(ended.out.empty());
    }
}

/// The price of a unit is uncertain.
const std::string uncertain =
    "sed -i 's/\"price_usd\": 1000/\"price_usd\": {\"uniform\": [900, 1100]}/' plan.json; ";

/// The forecast of a plan with an uncertain price is the same with all of these words.
void check_same_rows(const std::string& words, const std::vector<std::string>& others) {
    const std::string forecast = uncertain + "\"$F\" forecast plan.json --format csv ";
    const Ended first = run(forecast + words);
    REQUIRE(first.code == 0);
    REQUIRE(holds(first.out, ",owned_mean,"));
    for (const std::string& each : others) {
        const Ended ended = run(forecast + each);
        INFO(each << "\n" << ended.err);
        CHECK(ended.code == 0);
        CHECK(ended.out == first.out);
    }
}

/// So is the one of a certain plan.
void check_same(const std::vector<std::string>& words) {
    const Ended plain = run("\"$F\" forecast plan.json --format csv");
    REQUIRE(plain.code == 0);
    for (const std::string& each : words) {
        const Ended ended = run("\"$F\" forecast plan.json --format csv " + each);
        INFO(each << "\n" << ended.err);
        CHECK(ended.code == 0);
        CHECK(ended.out == plain.out);
    }
}

} // namespace

TEST_CASE("fault 35: counts of trials and seeds that are none are refused, with what is allowed") {
    check_refused("forecast plan.json",
                  {
                      {"--trials 0", "a whole number from 1 to 1e9, got \"0\""},
                      {"--trials -1", "got \"-1\""},
                      {"--trials 1.5", "got \"1.5\""},
                      {"--trials abc", "got \"abc\""},
                      {"--trials 18446744073709551616", "from 1 to 1e9"},
                      {"--trials 1e18", "cap of 1e9 trials", 5},
                      {"--trials 1000000001", "cap of 1e9 trials", 5},
                      {"--seed -1", "from 0 to 18446744073709551615"},
                      {"--seed 18446744073709551616", "from 0 to 18446744073709551615"},
                      {"--seed abc", "got \"abc\""},
                  });
}

TEST_CASE("a count of trials may be written with an exponent, and 10,000 is the default") {
    check_same_rows("--trials 1000", {"--trials 1e3", "--trials=1000.0", "--trials 10e2"});
    check_same_rows("", {"--trials 1e4", "--seed 1", "--sampling random", "--quantiles 10,50,90"});
    CHECK(
        holds(run(uncertain + "\"$F\" forecast plan.json --format json").out, "\"trials\":10000"));
}

TEST_CASE("one trial is run where nothing is uncertain, however many are asked for") {
    check_same({"--trials 1", "--trials 1e0", "--trials 1.0", "--seed 0", "--trials=1",
                "--trials 2", "--trials 1e9", "--sampling sobol", "--quantiles 5,95", "--threads 3",
                "--memory 1MiB"});
    CHECK(holds(run("\"$F\" forecast plan.json --format json --trials 1e6").out, "\"trials\":1,"));
}

TEST_CASE("the seed is kept in the saved result") {
    CHECK(holds(run("\"$F\" forecast plan.json --format json --seed 18446744073709551615").out,
                "\"seed\":18446744073709551615"));
}

TEST_CASE("fault 37: a count of threads that is none is refused, 0 means all cores") {
    for (const char* command : {"forecast plan.json", "compare plan.json copy.json"})
        check_refused(command, {{"--threads -1", "from 0 (all cores) to 1024, in digits"},
                                {"--threads 1e6", "got \"1e6\""},
                                {"--threads 1000000", "got \"1000000\""},
                                {"--threads 1025", "got \"1025\""},
                                {"--threads 1.5", "got \"1.5\""},
                                {"--threads 99999999999999999999", "from 0"},
                                {"--threads abc", "got \"abc\""}});
    check_same_rows("--trials 1000 --threads 1",
                    {"--trials 1000 --threads 0", "--trials 1000 --threads 2",
                     "--trials 1000 --threads 3", "--trials 1000 --threads 1024"});
}

TEST_CASE("fault 38: quantiles are percentages, each once") {
    check_refused("forecast plan.json", {{"--quantiles nan", "from 0 to 100"},
                                         {"--quantiles 1,5,", "an empty item"},
                                         {"--quantiles ,5", "an empty item"},
                                         {"--quantiles 5,,6", "an empty item"},
                                         {"--quantiles ''", "needs a value"},
                                         {"--quantiles 100.1", "got \"100.1\""},
                                         {"--quantiles -1", "got \"-1\""},
                                         {"--quantiles 1e1", "got \"1e1\""},
                                         {"--quantiles 0.00001", "4 decimals"},
                                         {"--quantiles p10", "got \"p10\""},
                                         {"--quantiles .", "got \".\""},
                                         {"--quantiles 10,50,10", "\"10\" is named twice"},
                                         {"--quantiles 2.5,2.50", "\"2.50\" is named twice"}});
}

TEST_CASE("the columns of quantiles rise, in whatever order they are asked for") {
    const auto columns = [](const std::string& quantiles) {
        const std::string out = run(uncertain +
                                    "\"$F\" forecast plan.json --metrics cost_usd "
                                    "--format csv --trials 100 --quantiles " +
                                    quantiles)
                                    .out;
        return out.substr(0, out.find('\r'));
    };
    CHECK(columns("97.5,2.5,50") == "scenario,period,group,cost_usd_mean,cost_usd_p2_5,"
                                    "cost_usd_p50,cost_usd_p97_5");
    CHECK(columns("' 100 , 0'") == "scenario,period,group,cost_usd_mean,cost_usd_p0,cost_usd_p100");
    CHECK(columns("7,29,0.0001") == "scenario,period,group,cost_usd_mean,cost_usd_p0_0001,"
                                    "cost_usd_p7,cost_usd_p29");
}

TEST_CASE("the sampling is random, lhs or sobol, and the last two run whole replicates") {
    check_refused("forecast plan.json", {{"--sampling sobl", "did you mean \"sobol\"?"},
                                         {"--sampling LHS", "one of random, lhs, sobol"},
                                         {"--sampling mc", "one of random, lhs, sobol"}});
    const std::string forecast = uncertain + "\"$F\" forecast plan.json --format json --trials ";
    CHECK(holds(run(forecast + "1000 --sampling random").out, "\"trials\":1000"));
    for (const std::string sampling : {"lhs", "sobol"}) {
        const std::string out = run(forecast + "1000 --sampling " + sampling).out;
        CHECK(holds(out, "\"trials\":1008"));
        CHECK(holds(out, "\"sampling\":\"" + sampling + "\""));
        CHECK(holds(run(forecast + "1 --sampling " + sampling).out, "\"sampling\":\"median\""));
    }
}

TEST_CASE("a size of memory counts by 1024, and is a MiB at least") {
    check_refused("forecast plan.json", {{"--memory 0", "at least 1MiB"},
                                         {"--memory -1", "at least 1MiB"},
                                         {"--memory 1048575", "at least 1MiB"},
                                         {"--memory 1023K", "got \"1023K\""},
                                         {"--memory 1GB", "got \"1GB\""},
                                         {"--memory 1iB", "got \"1iB\""},
                                         {"--memory 2097152iB", "got \"2097152iB\""},
                                         {"--memory G", "got \"G\""},
                                         {"--memory GiB", "got \"GiB\""},
                                         {"--memory iB", "got \"iB\""},
                                         {"--memory 1GG", "got \"1GG\""},
                                         {"--memory '1 G'", "got \"1 G\""},
                                         {"--memory 1e308G", "got \"1e308G\""},
                                         {"--memory nan", "got \"nan\""}});
    check_same_rows("", {"--memory 1G", "--memory 1GiB", "--memory 1048576K", "--memory 1073741824",
                         "--memory 1.5GiB", "--memory 1e9", "--memory 1T"});
}

TEST_CASE("fault 36: figures over the cap are refused before anything is run, naming the flag") {
    const Ended ended =
        run("sed -i 's/\"end\": \"2024-06\"/\"end\": \"2099-12\"/' plan.json; " + uncertain +
            "\"$F\" forecast plan.json -o x.json --memory 1M; c=$?; ls; exit $c");
    CHECK(ended.code == 5);
    CHECK(holds(ended.err, "the cap is 1.0 MiB"));
    CHECK(holds(ended.err, "(--memory)"));
    CHECK(ended.out == "plan.json\n");
}

TEST_CASE("options of later versions are refused whatever their value") {
    for (const char* option : {"--shard 1/2", "--csv-dialect excel", "--beside meta"})
        for (const char* command : {"forecast plan.json", "compare plan.json copy.json"})
            check_refused(command, {{option, "is not yet supported"}});
}

TEST_CASE("fault 38: numbers that a C library would take are refused") {
    check_refused("forecast plan.json", {{"--seed 0x10", "in digits, got \"0x10\""},
                                         {"--seed 1e3", "in digits"},
                                         {"--seed ' 1'", "in digits"},
                                         {"--trials nan", "got \"nan\""},
                                         {"--trials 0x1", "got \"0x1\""},
                                         {"--trials +1", "got \"+1\""},
                                         {"--width 0", "at least 1"},
                                         {"--width 80.5", "at least 1"},
                                         {"--width nan", "at least 1"}});
}

TEST_CASE("fault 39: a command line that cannot be understood says what was probably meant") {
    check_refused(
        "forecast plan.json",
        {
            {"--metrisc owned", "unknown option \"--metrisc\": did you mean \"--metrics\"?"},
            {"--colour", "unknown option \"--colour\""},
            {"-x", "unknown option \"-x\""},
            {"-1", "unknown option \"-1\""},
            {"--seed", "--seed needs a value"},
            {"--seed=", "--seed needs a value"},
            {"--seed ''", "--seed needs a value"},
            {"--seed --quiet", "--seed needs a value"},
            {"--metrics --threads 2", "--metrics needs a value"},
            {"--metrics --shard 1/2", "--metrics needs a value"},
            {"-o=x.csv", "--output needs a value"},
            {"--quiet=1", "--quiet takes no value"},
            {"--seed 1 --seed 1", "--seed is given twice"},
            {"--quiet --quiet", "--quiet is given twice"},
            {"--quiet --verbose", "exclude each other"},
        });
    check_refused("", {{"forcast plan.json", "did you mean \"forecast\"?"},
                       {"zzz", "there are forecast, check, compare, sweep, validate"},
                       {"''", "unknown command \"\""},
                       {"render result.json", "not yet supported"},
                       {"--quiet forecast plan.json", "behind a command"},
                       {"help metric", "did you mean \"metrics\"?"},
                       {"help merge", "not yet supported"},
                       {"help metrics rules", "one topic"},
                       {"forecast", "no scenarios"},
                       {"validate --quiet", "no scenarios"},
                       {"compare", "one or more others, got no scenario"},
                       {"compare plan.json", "one or more others, got one scenario"},
                       {"catalog nvidia-h100-sxn", "did you mean \"nvidia-h100-sxm\"?"},
                       {"catalog a b", "one accelerator"},
                       {"init first-ordr", "did you mean \"first-order\"?"},
                       {"init first-order x y", "is a third"}});
}

TEST_CASE("names of metrics, groups, spans, tables and formats are checked before anything runs") {
    check_refused("forecast no-such-file.json",
                  {
                      {"--metrics ownd", "did you mean \"owned\"?"},
                      {"--metrics owned,", "an empty name"},
                      {"--metrics owned,owned", "named twice"},
                      {"--metrics all,ownd", "did you mean \"owned\"?"},
                      {"--metrics npv_cost", "did you mean \"npv_cost_usd\"?"},
                      {"--by sites", "did you mean \"site\"?"},
                      {"--by teams", "did you mean \"team\"?"},
                      {"--by chip", "one of source, site, accelerator, team, workload"},
                      {"--every decade", "one of period, quarter, year"},
                      {"--table chekcs", "did you mean \"checks\"?"},
                      {"--layout tall", "one of wide, long"},
                      {"--format xml", "unknown format \"xml\""},
                      {"--format xlsx", "not yet supported"},
                      {"-o plan.html", "not yet supported"},
                      {"-o plan.txt", "no format follows"},
                      {"-o plan.csv --format json", "is csv by its extension"},
                      {"--at 2024-13", "a month or a day"},
                      {"--at 2024", "a month or a day"},
                  });
}

TEST_CASE("all stands for every metric, spaces round a name do not matter") {
    const Ended all = run("\"$F\" forecast plan.json --metrics all --format csv");
    CHECK(holds(all.out, "scenario,period,group,acquired,"));
    CHECK(holds(all.out, ",bound_none\r\n"));
    CHECK(run("\"$F\" forecast plan.json --metrics 'owned, h100e' --format csv").out ==
          run("\"$F\" forecast plan.json --metrics owned,h100e --format csv").out);
}

TEST_CASE("the flag --at names the period that holds the last moment of a month or a day") {
    const auto first_day = [](const std::string& words) {
        const std::string out =
            run("\"$F\" forecast plan.json --metrics owned --format csv --at " + words).out;
        const auto row = out.find("plan,");
        return row == out.npos ? out : out.substr(row + 5, 10);
    };
    CHECK(first_day("2024-03") == "2024-03-01");
    CHECK(first_day("2024-03-01") == "2024-03-01");
    CHECK(first_day("2024-03-31") == "2024-03-01");
    CHECK(first_day("2024-05 --every quarter") == "2024-04-01");
    CHECK(first_day("2024-05 --every year") == "2024-01-01");
    for (const char* outside : {"2023-12", "2023-12-31", "2024-07", "2024-07-01", "1970-01"})
        check_refused("forecast plan.json", {{std::string("--at ") + outside,
                                              "outside the horizon of plan, 2024-01 to 2024-06"}});
}

TEST_CASE("options may stand before and behind the scenario, and -- ends them") {
    const Ended plain = run("\"$F\" forecast plan.json --format csv --every year");
    CHECK(plain.code == 0);
    CHECK(run("\"$F\" forecast --format=csv --every year -- plan.json").out == plain.out);
    CHECK(run("\"$F\" forecast --every year plan.json --format csv -o -").out == plain.out);
    CHECK(run("\"$F\" forecast --every year plan.json -oout.csv; cat out.csv").out == plain.out);
    const Ended odd = run("mv plan.json -- --quiet; \"$F\" validate -- --quiet");
    CHECK(odd.out == "--quiet: valid, 1 source, 1 site, 6 months\n");
    const Ended list = run("mv plan.json '[a,b].json'; \"$F\" validate '[a,b].json'");
    CHECK(list.out == "[a,b].json: valid, 1 source, 1 site, 6 months\n");
}

TEST_CASE("fault 40: long and hostile arguments are shortened and escaped") {
    const std::string long_text = "$(head -c 100000 /dev/zero | tr '\\0' x)";
    for (const std::string& words :
         {std::string("forecast plan.json --metrics ") + long_text,
          "forecast plan.json --" + long_text, "forecast plan.json --seed " + long_text, long_text,
          "catalog " + long_text, "help " + long_text, "init " + long_text}) {
        const Ended ended = run("\"$F\" " + words);
        CHECK(ended.code == 2);
        CHECK(ended.err.size() < 400);
    }
    CHECK(run("\"$F\" forecast " + long_text).code == 4);
    const std::string hostile = "\"$(printf 'a\\033[31m\\nb\\302\\233')\"";
    for (const std::string& words :
         {"forecast plan.json --metrics " + hostile, "forecast plan.json --" + hostile,
          "forecast plan.json --at " + hostile, hostile, "catalog " + hostile,
          "forecast " + hostile, "forecast plan.json -o " + hostile,
          "init first-order " + hostile + "/\"$F\"/x"}) {
        const Ended ended = run("\"$F\" " + words);
        INFO(words << "\n" << ended.err);
        CHECK((ended.code == 2 || ended.code == 4 || ended.code == 0));
        CHECK_FALSE(holds(ended.err + ended.out, "\033"));
        CHECK_FALSE(holds(ended.err + ended.out, "\302\233"));
        CHECK(holds(ended.err + ended.out, "a\\x1b[31m\\x0ab"));
    }
}

TEST_CASE("fault 41, 42: nothing but scenario and flags changes a number") {
    const Ended plain = run("\"$F\" forecast plan.json --format csv");
    REQUIRE(holds(plain.out, "plan,2024-06-01,total,600,"));
    for (const char* setting :
         {"FLEETCAST_TRIALS=abc FLEETCAST_SEED=7 FLEETCAST_METRICS=owned", "HOME=/nonexistent",
          "XDG_CONFIG_HOME=\"$(printf '\\033')\" XDG_DATA_HOME=", "TZ=Pacific/Kiritimati",
          "LANG=de_DE.UTF-8 LC_ALL=", "COLUMNS=20"}) {
        const Ended ended =
            run(std::string("env ") + setting + " \"$F\" forecast plan.json --format csv");
        INFO(setting);
        CHECK(ended.code == 0);
        CHECK(ended.out == plain.out);
    }
}
