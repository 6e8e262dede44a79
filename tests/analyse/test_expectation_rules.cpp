// What may be asked of demand and of outcomes, before any run.
#include "support/catch.hpp"

#include <fleetcast/analyse/expectations.hpp>
#include <fleetcast/load/scenario.hpp>

#include <string>

using namespace fleetcast;

namespace {

const std::string plan = R"({"start":"2024-01","end":"2024-12","sites":{"hall":{}},
    "sources":{"chips":{"kind":"purchase","accelerator":"nvidia-h100-sxm",
        "deliveries":{"units":1,"from":"2024-01","to":"2024-01"}}},
    "workloads":{
        "claim":{"kind":"reserved","team":"research","h100e":1},
        "llama":{"kind":"training","team":"models","flop":1,"mfu_share":0.4,"max_h100e":1,"due":"2024-07"},
        "free":{"kind":"training","flop":1,"mfu_share":0.4,"max_h100e":1},
        "chat":{"kind":"inference","tokens_per_day":1,"flop_per_token":1,"mfu_share":0.2}},)";

Problems problems_with(const std::string& expectations) {
    const LoadedScenario loaded = load_scenario({"test.json", plan + expectations + "}"});
    REQUIRE(loaded.problems.empty());
    return problems_of_expectations(
        loaded.scenario,
        make_time_grid(loaded.scenario.start, loaded.scenario.end, loaded.scenario.step));
}
std::string lines_of(const Problems& problems) {
    std::string text;
    for (const Problem& problem : problems)
        text += (text.empty() ? "" : "\n") + problem.path + ": " + problem.message;
    return text;
}

/// A check of an outcome, with a limit that fits it.
Problems outcome(const std::string& metric, const std::string& limit) {
    return problems_with(R"("checks":{"c":{"metric":")" + metric + "\"," + limit + "}}");
}

/// A metric of a period in a group: `"team":"models"`.
std::string asked(const std::string& metric, const std::string& filter = "") {
    const std::string selection =
        R"("metric":")" + metric + "\"" + (filter.empty() ? "" : "," + filter);
    const std::string of_check =
        lines_of(problems_with(R"("checks":{"x":{"at":"all","at_least":0,)" + selection + "}}"));
    const std::string of_milestone =
        lines_of(problems_with(R"("milestones":{"x":{"at_least":0,)" + selection + "}}"));
    const auto after = [](const std::string& text) {
        return text.empty() ? text : text.substr(text.find(".x"));
    };
    CHECK(after(of_check) == after(of_milestone));
    return of_check;
}

const std::string at_most_1 = R"("at_most":1)", by_june = R"("at_most":"2024-06")";

} // namespace

TEST_CASE("a team and a workload are filters like the others") {
    CHECK(asked("demand_h100e", R"("team":"models")") == "");
    CHECK(asked("served_h100e", R"("workload":"claim")") == "");
    CHECK(asked("charged_usd", R"("workload":"llama")") == "");
    CHECK(asked("demand_h100e", R"("team":"model")") == "checks.x.team: unknown team \"model\"");
    CHECK(asked("demand_h100e", R"("team":"-")") == "checks.x.team: unknown team \"-\"");
    CHECK(asked("demand_h100e", R"("workload":"lama")") ==
          "checks.x.workload: unknown workload \"lama\"");
    CHECK(problems_with(
              R"("milestones":{"m":{"metric":"demand_h100e","workload":"lama","at_least":1}})")
              .front()
              .hint == "did you mean \"llama\"?");
    CHECK(problems_with(
              R"("milestones":{"m":{"metric":"demand_h100e","team":"reserch","at_least":1}})")
              .front()
              .hint == "did you mean \"research\"?");
    CHECK(asked("demand_h100e", R"("team":"models","workload":"llama")") ==
          "checks.x: takes at most one of \"source\", \"site\", \"accelerator\", \"team\" and "
          "\"workload\"");
}

TEST_CASE("[G1] a metric that can have no figure in a group is a mistake that names the groups "
          "where it has one") {
    const std::string supply = ": it has one in total and by source, site, accelerator";
    const std::string demand = ": it has one in total and by team, workload";
    for (const char* metric : {"owned", "cash_usd", "tco_usd_per_gpu_hour", "bound_power"}) {
        const std::string at = "checks.x.metric: " + std::string(metric) + " has no figure ";
        CHECK(asked(metric) == "");
        CHECK(asked(metric, R"("site":"hall")") == "");
        CHECK(asked(metric, R"("team":"models")") == at + "by team" + supply);
        CHECK(asked(metric, R"("workload":"llama")") == at + "by workload" + supply);
    }
    for (const char* metric : {"demand_h100e", "shortfall_h100e", "charged_mwh"}) {
        const std::string at = "checks.x.metric: " + std::string(metric) + " has no figure ";
        CHECK(asked(metric) == "");
        CHECK(asked(metric, R"("source":"chips")") == at + "by source" + demand);
        CHECK(asked(metric, R"("site":"hall")") == at + "by site" + demand);
        CHECK(asked(metric, R"("accelerator":"nvidia-h100-sxm")") ==
              at + "by accelerator" + demand);
    }
    for (const char* metric : {"idle_h100e", "utilisation"}) {
        CHECK(asked(metric) == "");
        CHECK(asked(metric, R"("team":"models")") == "checks.x.metric: " + std::string(metric) +
                                                         " has no figure by team: it has one in "
                                                         "total");
    }
    CHECK(asked("headroom_mw", R"("site":"hall")") == "");
    CHECK(asked("headroom_mw", R"("source":"chips")") ==
          "checks.x.metric: headroom_mw has no figure by source: it has one in total and by site");
    CHECK(asked("bound_supply", R"("source":"chips")") == "");
    CHECK(asked("bound_supply", R"("site":"hall")") ==
          "checks.x.metric: bound_supply has no figure by site: it has one in total and by source, "
          "accelerator");
}

TEST_CASE("the cost of tokens is asked of an inference") {
    CHECK(asked("usd_per_million_tokens", R"("workload":"chat")") == "");
    CHECK(asked("usd_per_million_tokens") == "checks.x.metric: usd_per_million_tokens has no "
                                             "figure in total: it has one by workload");
    CHECK(asked("usd_per_million_tokens", R"("team":"models")") ==
          "checks.x.metric: usd_per_million_tokens has no figure by team: it has one by workload");
    for (const char* other : {"claim", "llama"})
        CHECK(asked("usd_per_million_tokens", R"("workload":")" + std::string(other) + "\"") ==
              "checks.x.metric: usd_per_million_tokens has no figure: the workload is no "
              "inference");
}

TEST_CASE("outcomes are dates or numbers, without a filter and without a time") {
    for (const char* date : {"workloads.llama.completed", "workloads.free.completed"}) {
        CHECK(lines_of(outcome(date, by_june)) == "");
        CHECK(lines_of(outcome(date, R"("at_least":"2024-06-15")")) == "");
        CHECK(lines_of(outcome(date, at_most_1)) ==
              "checks.c.at_most: must be a date: the outcome is one");
        CHECK(
            lines_of(outcome(date, R"("between":[1,2])")) ==
            "checks.c.between: takes numbers, but the outcome is a date: use at_least or at_most");
    }
    for (const char* number :
         {"workloads.llama.weeks_late", "workloads.free.training_usd", "pending.chips",
          "paid_before_start_usd", "due_after_end_usd", "prepaid_usd"}) {
        CAPTURE(number);
        CHECK(lines_of(outcome(number, at_most_1)) == "");
        CHECK(lines_of(outcome(number, R"("between":[1,2])")) == "");
        CHECK(lines_of(outcome(number, by_june)) ==
              "checks.c.at_most: must be a number, got a date");
        CHECK(lines_of(outcome(number, at_most_1 + R"(,"workload":"llama")")) ==
              "checks.c: an outcome takes no filter");
        CHECK(lines_of(outcome(number, at_most_1 + R"(,"at":"all")")) ==
              "checks.c.at: does not go with an outcome, which is one figure of a run");
        CHECK(lines_of(outcome(number, at_most_1 + R"(,"every":"year")")) ==
              "checks.c.every: does not go with an outcome, which is one figure of a run");
    }
}

TEST_CASE("an outcome that no run has is a mistake: of what is no training, or without due") {
    const auto wrong = [](const std::string& metric) {
        const Problems problems = outcome(metric, R"("at_most":1)");
        return problems.front().path + ": " + problems.front().message + problems.front().hint;
    };
    CHECK(wrong("workloads.free.weeks_late") == "checks.c.metric: workloads.free.weeks_late has no "
                                                "figure: the workload has no \"due\"");
    for (const char* what : {"completed", "weeks_late", "training_usd"})
        for (const char* workload : {"claim", "chat"}) {
            const std::string metric = std::string("workloads.") + workload + "." + what;
            CHECK(wrong(metric) ==
                  "checks.c.metric: " + metric + " has no figure: the workload is no training");
        }
    CHECK(wrong("workloads.lama.completed") ==
          "checks.c.metric: unknown metric \"workloads.lama.completed\"did you mean "
          "\"workloads.llama.completed\"?");
    CHECK(wrong("workloads.llama.complete") ==
          "checks.c.metric: unknown metric \"workloads.llama.complete\"did you mean "
          "\"workloads.llama.completed\"?");
    CHECK(wrong("prepaid") ==
          "checks.c.metric: unknown metric \"prepaid\"did you mean \"prepaid_usd\"?");
}

TEST_CASE("a milestone asks figures of periods, no outcome") {
    for (const std::string metric : {"prepaid_usd", "workloads.llama.weeks_late"}) {
        const Problems found =
            problems_with(R"("milestones":{"m":{"metric":")" + metric + R"(","at_least":1}})");
        CHECK(lines_of(found) == "milestones.m.metric: " + metric +
                                     " is one figure of a whole run: a milestone waits for a "
                                     "metric of periods");
        CHECK(found.front().hint == "a check can ask for it");
    }
}
