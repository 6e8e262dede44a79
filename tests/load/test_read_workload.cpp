// How workloads are read: each kind with its fields, what another kind has, places of mistakes.
#include "load/read_scenario.hpp"
#include "validate/plans.hpp"

#include <fleetcast/model/lookup.hpp>
#include <fleetcast/model/visit_values.hpp>

#include <map>
#include <utility>

using namespace fleetcast;
using namespace fleetcast::testing;

namespace {

const Scalar& scalar_of(const Series& series) { return std::get<Scalar>(series.value); }
double number(const Scalar& scalar) { return std::get<double>(scalar.value); }

const std::string training = R"("flop":3.8e25,"mfu_share":0.4,"max_h100e":24000)";
const std::string inference = R"("tokens_per_day":1e12,"flop_per_token":1.4e11,"mfu_share":0.2)";

} // namespace

TEST_CASE("a workload of each kind is read with all its fields, in file order") {
    const Scenario scenario =
        read_scenario(scenario_with(R"("s":{"kind":"purchase","accelerator":"nvidia-h100-sxm",)" +
                                        std::string(some_units) + "}",
                                    R"("sites":{"hall":{}},"workloads":{
             "research":{"kind":"reserved","team":"fair","h100e":{"points":{"2024-01":10,"2024-06":20}},
               "from":"2024-02","to":"2024-10-15","title":"a claim","citation":"an interview"},
             "llama3":{"kind":"training","priority":2,"flop":3.8e25,"mfu_share":{"interval":[0.3,0.4]},"max_h100e":24000,
               "due":"2024-07","from":"2024-03","accelerators":["nvidia-h100-sxm"],"sites":["hall"],"team":"gen-ai"},
             "assistant":{"kind":"inference","team":"fair","tokens_per_day":{"start":1e12,"growth_per_year":1},
               "flop_per_token":1.4e11,"mfu_share":0.2,"peak_to_mean":2,"to":"2024-11"}})"));
    REQUIRE(names_of(scenario.workloads) ==
            std::vector<std::string>{"research", "llama3", "assistant"});
    CHECK(teams_of(scenario) == std::vector<std::string>{"fair", "gen-ai"});

    const Workload& research = scenario.workloads[0].second;
    CHECK(research.title == "a claim");
    CHECK(research.team == "fair");
    CHECK(research.priority == 1);
    CHECK(research.from == parse_date("2024-02"));
    CHECK(last_day_of(research) == parse_date("2024-10-15"));
    CHECK_FALSE(research.accelerators);
    CHECK_FALSE(research.sites);
    const auto& claim = std::get<Reserved>(research.kind);
    CHECK(number(std::get<Points>(claim.h100e.value).points.at(1).second) == 20);

    const Workload& llama3 = scenario.workloads[1].second;
    CHECK(llama3.priority == 2);
    CHECK(llama3.accelerators == std::vector<std::string>{"nvidia-h100-sxm"});
    CHECK(llama3.sites == std::vector<std::string>{"hall"});
    CHECK_FALSE(last_day_of(llama3));
    const auto& run = std::get<Training>(llama3.kind);
    CHECK(number(run.flop) == 3.8e25);
    CHECK(number(run.max_h100e) == 24000);
    CHECK(run.due == parse_date("2024-07"));
    // An interval in a field whose name ends in _share stays within 0 and 1.
    CHECK(describe(std::get<Distribution>(run.mfu_share.value)).find("logit-normal") !=
          std::string::npos);

    const Workload& assistant = scenario.workloads[2].second;
    CHECK(last_day_of(assistant) == parse_date("2024-11"));
    const auto& served = std::get<Inference>(assistant.kind);
    CHECK(number(std::get<Growth>(served.tokens_per_day.value).start) == 1e12);
    CHECK(number(served.flop_per_token) == 1.4e11);
    CHECK(number(served.mfu_share) == 0.2);
    CHECK(number(*served.peak_to_mean) == 2);
}

TEST_CASE("what a workload may leave out has no value when it is left out") {
    const Scenario scenario = read_scenario(workload_with("\"kind\":\"inference\"," + inference));
    const Workload& workload = scenario.workloads[0].second;
    CHECK_FALSE(workload.team);
    CHECK(workload.priority == 1);
    CHECK_FALSE(workload.from);
    CHECK_FALSE(last_day_of(workload));
    const auto& served = std::get<Inference>(workload.kind);
    CHECK_FALSE(served.peak_to_mean);
    CHECK(number(scalar_of(served.tokens_per_day)) == 1e12);
}

TEST_CASE("the kind of a workload is one of three, and suggested where it is misspelt") {
    CHECK(errors(workload_with(R"("h100e":5)")) == "workloads.w: needs \"kind\"");
    CHECK(hint(workload_with(R"("h100e":5)")) == "one of reserved, training, inference");
    CHECK(errors(workload_with(R"("kind":"trainning",)" + training)) ==
          "workloads.w.kind: must be one of reserved, training, inference, got \"trainning\"");
    CHECK(hint(workload_with(R"("kind":"trainning",)" + training)) == "did you mean \"training\"?");
    CHECK(errors(workload_with(R"("kind":7)")) ==
          "workloads.w.kind: must be a string, got the number 7");
    CHECK(errors(purchase_with("", R"("workloads":{"w":[]})")) ==
          "workloads.w: must be an object, got an array");
    CHECK(errors(purchase_with("", R"("workloads":[])")) ==
          "workloads: must be an object, got an array");
    CHECK(errors(purchase_with("", R"("workloads":{})")) == "");
}

TEST_CASE("what a kind of workload requires is asked for by name") {
    CHECK(errors(workload_with(R"("kind":"reserved")")) == "workloads.w: needs \"h100e\"");
    CHECK(errors(workload_with(R"("kind":"training")")) ==
          "workloads.w: needs \"flop\"\nworkloads.w: needs \"mfu_share\"\n"
          "workloads.w: needs \"max_h100e\"");
    CHECK(errors(workload_with(R"("kind":"inference")")) ==
          "workloads.w: needs \"tokens_per_day\"\nworkloads.w: needs \"flop_per_token\"\n"
          "workloads.w: needs \"mfu_share\"");
    // A misspelt key is told once, not also as missing.
    CHECK(errors(reserved_with(R"("h100":5)")) == "workloads.w.h100: unknown key");
    CHECK(hint(reserved_with(R"("h100":5)")) == "did you mean \"h100e\"?");
    CHECK(errors(training_with(training + R"(,"prioriti":2)")) ==
          "workloads.w.prioriti: unknown key");
    CHECK(hint(training_with(training + R"(,"prioriti":2)")) == "did you mean \"priority\"?");
}

TEST_CASE("a field of another kind of workload is refused") {
    const auto refused = [](const std::string& scenario, const std::string& key) {
        CAPTURE(key);
        CHECK(errors(scenario) == "workloads.w." + key + ": unknown key");
    };
    for (const char* key : {"flop", "mfu_share", "max_h100e", "due", "tokens_per_day",
                            "flop_per_token", "peak_to_mean"})
        refused(reserved_with(R"("h100e":5,")" + std::string(key) + "\":1"), key);
    for (const char* key : {"to", "h100e", "tokens_per_day", "flop_per_token", "peak_to_mean"})
        refused(training_with(training + ",\"" + key + "\":1"), key);
    for (const char* key : {"h100e", "flop", "max_h100e", "due"})
        refused(inference_with(inference + ",\"" + key + "\":1"), key);
}

TEST_CASE("a field of a workload takes its own type only") {
    const std::pair<const char*, const char*> cases[] = {
        {R"("team":5)", "team: must be a string, got the number 5"},
        {R"("from":202401)",
         "from: must be a date such as \"2024-03\" or \"2024-03-15\", got the number 202401"},
        {R"("due":"soon")", "due: must be a date such as \"2024-03\" or \"2024-03-15\", from "
                            "1970-01 to 2199-12, got \"soon\""},
        {R"("accelerators":"nvidia-h100-sxm")",
         "accelerators: must be an array, got the string \"nvidia-h100-sxm\""},
        {R"("sites":[1])", "sites.0: must be a string, got the number 1"},
        {R"("title":1)", "title: must be a string, got the number 1"},
    };
    for (const auto& [members, expected] : cases)
        CHECK(errors(training_with(training + "," + members)) ==
              std::string("workloads.w.") + expected);
    // A training's figures are constant in time, demand is not.
    CHECK(errors(training_with(
              R"("flop":{"points":{"2024-01":1}},"mfu_share":0.4,"max_h100e":24000)")) ==
          "workloads.w.flop: varies in time, but this value cannot: a scalar is needed");
    CHECK(errors(reserved_with(R"("h100e":{"points":{"2024-01":-1}})")) ==
          "workloads.w.h100e.points.2024-01: must be at least 0, got -1");
}

TEST_CASE("a team is a name") {
    const std::string pattern = "is no name: it must match ^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$";
    for (const std::string& team : {std::string(""), std::string("-"), std::string("a b"),
                                    std::string("a.b"), std::string(65, 'a')})
        CHECK(errors(reserved_with(R"("h100e":5,"team":")" + team + "\"")) ==
              "workloads.w.team: " + pattern);
    for (const std::string& team :
         {std::string("0"), std::string("gen-AI_2"), std::string(64, 'a')})
        CHECK(errors(reserved_with(R"("h100e":5,"team":")" + team + "\"")) == "");
}

TEST_CASE("mistakes of a workload stand at their place in the file") {
    CHECK(printed_problems(R"({"start":"2024-01","end":"2024-12","sources":{"s":
{"kind":"purchase","accelerator":"nvidia-h100-sxm","deliveries":{"units":1,"from":"2024-01","to":"2024-02"}}},
"workloads":{
  "a": {"kind": "training", "flop": 1e24, "mfu_share": 40, "max_h100e": 100, "to": "2024-07"},
  "b": {"kind": "reserve", "h100e": 5},
  "c": {"kind": "reserved", "h100e": 5, "team": "gen ai"}}}
)") == R"(test.json:4:56: error: workloads.a.mfu_share: must be above 0 and at most 1, got 40
    "a": {"kind": "training", "flop": 1e24, "mfu_share": 40, "max_h100e": 100, "to": "2024-07"},
                                                         ^
test.json:4:78: error: workloads.a.to: unknown key
    "a": {"kind": "training", "flop": 1e24, "mfu_share": 40, "max_h100e": 100, "to": "2024-07"},
                                                                               ^
  hint: known here: kind, team, priority, from, accelerators, sites, flop, mfu_share, max_h100e, due
test.json:5:17: error: workloads.b.kind: must be one of reserved, training, inference, got "reserve"
    "b": {"kind": "reserve", "h100e": 5},
                  ^
  hint: did you mean "reserved"?
test.json:6:49: error: workloads.c.team: is no name: it must match ^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$
    "c": {"kind": "reserved", "h100e": 5, "team": "gen ai"}}}
                                                  ^
)");
}

TEST_CASE("every value of a workload is walked with its path, its unit and its range") {
    const Scenario scenario = read_scenario(purchase_with("", R"("workloads":{
             "r":{"kind":"reserved","h100e":{"points":{"2024-01":1,"2024-06":2},"citation":"said"}},
             "t":{"kind":"training","flop":1,"mfu_share":0.4,"max_h100e":3},
             "i":{"kind":"inference","tokens_per_day":{"start":4,"growth_per_year":0.5},"flop_per_token":5,
                  "mfu_share":0.2,"peak_to_mean":2}})"));
    std::map<std::string, std::pair<std::string, std::string>> walked; // path: unit, range
    visit_values(scenario, [&](const ValueSpot& spot) {
        if (spot.path.starts_with("workloads."))
            walked[spot.path] = {spot.unit, text_of(spot.range)};
        if (spot.path == "workloads.r.h100e.points.2024-06")
            CHECK(spot.citation == "said");
    });
    const std::string share = "above 0 and at most 1";
    CHECK(walked == std::map<std::string, std::pair<std::string, std::string>>{
                        {"workloads.r.h100e.points.2024-01", {"h100e", "at least 0"}},
                        {"workloads.r.h100e.points.2024-06", {"h100e", "at least 0"}},
                        {"workloads.t.flop", {"flop", "above 0"}},
                        {"workloads.t.mfu_share", {"share", share}},
                        {"workloads.t.max_h100e", {"h100e", "above 0"}},
                        {"workloads.i.tokens_per_day.start", {"tokens_per_day", "at least 0"}},
                        {"workloads.i.tokens_per_day.growth_per_year", {"share", "at least -1"}},
                        {"workloads.i.flop_per_token", {"flop_per_token", "above 0"}},
                        {"workloads.i.mfu_share", {"share", share}},
                        {"workloads.i.peak_to_mean", {"ratio", "at least 1"}},
                    });
}
