// What workloads may refer to, and by what supply is counted for them (scenario-format.md,
// Workloads).
#include "support/catch.hpp"
#include "validate/plans.hpp"

using namespace fleetcast::testing;

namespace {

const std::string inference = R"("tokens_per_day":1e6,"flop_per_token":1e9,"mfu_share":0.2)";
const std::string training = R"("flop":1e20,"mfu_share":0.4,"max_h100e":50)";

/// A reserved claim with these members; H100s at `a` and `b`, A100s at `b` only, a lease of L4s,
/// and units of no accelerator at `c`.
std::string claim(const std::string& members) {
    return scenario_with(
        R"("h":{"kind":"purchase","accelerator":"nvidia-h100-sxm","sites":["a","b"],)" +
            std::string(some_units) +
            R"(},"o":{"kind":"installed","accelerator":"nvidia-a100-80gb-sxm",
            "sites":["b"],"vintages":{"2023-06":10}},
            "l":{"kind":"lease","accelerator":"nvidia-l4","units":5,"from":"2024-01","to":"2024-06","rate_usd_per_hour":1},
            "u":{"kind":"undisclosed","kw_per_unit":1,"sites":["c"],)" +
            std::string(some_units) + "}",
        R"("sites":{"a":{},"b":{},"c":{},"d":{"accelerators":["nvidia-l4"]}},"workloads":{"w":{"kind":"reserved","h100e":5)" +
            (members.empty() ? "" : "," + members) + "}}");
}

const std::string nowhere = "workloads.w: can run nowhere: no source has what it names";

} // namespace

TEST_CASE("a workload ends where it begins or later") {
    CHECK(errors(reserved_with(R"("h100e":1,"from":"2024-05","to":"2024-04")")) ==
          "workloads.w.to: must not be before 2024-05, got 2024-04");
    CHECK(errors(reserved_with(R"("h100e":1,"to":"2023-12")")) ==
          "workloads.w.to: must not be before 2024-01, got 2023-12");
    CHECK(errors(inference_with(inference + R"(,"from":"2024-05-02","to":"2024-05-01")")) ==
          "workloads.w.to: must not be before 2024-05-02, got 2024-05-01");
    CHECK(errors(reserved_with(R"("h100e":1,"from":"2024-05","to":"2024-05")")) == "");
    CHECK(errors(reserved_with(R"("h100e":1,"from":"2023-05","to":"2023-07")")) == "");
    // A training may be late from the first.
    CHECK(errors(training_with(training + R"(,"from":"2024-05","due":"2024-03")")) == "");
    // A date that cannot be read is told alone.
    CHECK(errors(reserved_with(R"("h100e":1,"from":"2024-05","to":"2024-13")"))
              .find("must not be before") == std::string::npos);
}

TEST_CASE("the accelerators and sites of a workload are known") {
    CHECK(errors(claim(R"("accelerators":["nvidia-h100-sxm","nvidia-a100-80gb-smx"])")) ==
          "workloads.w.accelerators.1: unknown accelerator \"nvidia-a100-80gb-smx\"");
    CHECK(hint(claim(R"("accelerators":["nvidia-h100-sxm","nvidia-a100-80gb-smx"])")) ==
          "did you mean \"nvidia-a100-80gb-sxm\"?");
    CHECK(errors(claim(R"("sites":["aa"],"accelerators":["none"])")) ==
          "workloads.w.sites.0: unknown site \"aa\"\n"
          "workloads.w.accelerators.0: unknown accelerator \"none\"");
    CHECK(hint(reserved_with(R"("h100e":1,"sites":["everywhere"])")) == "there are none");
    CHECK(errors(claim(R"("sites":[])")) == "workloads.w.sites: must name at least one site");
    CHECK(errors(claim(R"("accelerators":[])")) ==
          "workloads.w.accelerators: must name at least one accelerator");
    // One of the scenario's own, also where no source has it.
    CHECK(errors(workload_with(
              R"("kind":"reserved","h100e":1,"accelerators":["mine","nvidia-h100-sxm"])",
              R"("accelerators":{"mine":{"like":"nvidia-b200"}})")) == "");
}

TEST_CASE("a workload that can run nowhere is refused [M12]") {
    for (const char* members :
         {"", R"("accelerators":["nvidia-h100-sxm"],"sites":["a"])", R"("sites":["c"])",
          R"("accelerators":["nvidia-l4"])", R"("accelerators":["nvidia-b200","nvidia-l4"])",
          R"("accelerators":["nvidia-a100-80gb-sxm"],"sites":["a","b"])"})
        CHECK(errors(claim(members)) == "");
    for (const char* members : {
             R"("accelerators":["nvidia-b200"])", // no source has it
             R"("accelerators":["nvidia-a100-80gb-sxm"],"sites":["a"])",
             R"("accelerators":["nvidia-l4"],"sites":["a","b","c","d"])", // a lease has no site
             R"("sites":["d"])",                                    // takes what no source has
             R"("accelerators":["nvidia-h100-sxm"],"sites":["c"])", // of no accelerator
         })
        CHECK(errors(claim(members)) == nowhere);
    // Where the supply itself is misread nothing follows for its workloads.
    CHECK(
        errors(scenario_with(
            R"("s":{"kind":"purchase","accelerator":"nvidia-h100-smx",)" + std::string(some_units) +
                "}",
            R"("workloads":{"w":{"kind":"reserved","h100e":1,"accelerators":["nvidia-h100-sxm"]}})")) ==
        "sources.s.accelerator: unknown accelerator \"nvidia-h100-smx\"");
}

TEST_CASE("what workloads cannot count is refused where it stands, and only with workloads [M12]") {
    const auto with = [](const std::string& source, const std::string& more) {
        return scenario_with(
            "\"s\":{\"kind\":\"purchase\"," + source + some_units + "}",
            R"("h100e_basis":"memory","accelerators":{"mine":{"memory_gb":80,"kw_per_unit":1}})" +
                more);
    };
    const std::string workload = R"(,"workloads":{"w":{"kind":"reserved","h100e":1}})";
    CHECK(errors(with(R"("accelerator":"mine",)", "")) == "");
    CHECK(errors(with(R"("accelerator":"mine",)", workload)) ==
          "sources.s.accelerator: mine has no BF16 or FP16 figure, by which workloads count it");
    CHECK(hint(with(R"("accelerator":"mine",)", workload)) == "give \"h100e\" here");
    CHECK(errors(with(R"("accelerator":"mine","h100e":2,)", workload)) == "");
    CHECK(errors(with(R"("h100e":2,"kw_per_unit":1,)", workload)) == "");
    CHECK(errors(with(R"("accelerator":"nvidia-v100-sxm2-32gb",)", workload)) == ""); // FP16
    // On the basis bf16 it is refused in any case, and told once.
    CHECK(errors(scenario_with(
              R"("s":{"kind":"purchase","accelerator":"mine",)" + std::string(some_units) + "}",
              R"("accelerators":{"mine":{"memory_gb":80,"kw_per_unit":1}})" + workload)) ==
          "sources.s.accelerator: mine has no figure on the basis bf16; it has: memory");
    // The H100 itself, made into something else.
    CHECK(errors(scenario_with(
              R"("s":{"kind":"purchase","accelerator":"nvidia-h100-sxm","h100e":1,)" +
                  std::string(some_units) + "}",
              R"("h100e_basis":"memory","accelerators":{"mine":{"memory_gb":80,"kw_per_unit":1},
                 "nvidia-h100-sxm":{"like":"mine"}})" +
                  workload)) ==
          "accelerators.nvidia-h100-sxm: has no figure on the basis bf16, by which workloads count "
          "all others");
}

TEST_CASE("references of workloads are followed as those of all other values") {
    CHECK(errors(workload_with(
              R"("kind":"training","flop":{"ref":"inputs.flops"},"mfu_share":0.4,"max_h100e":5)",
              R"("inputs":{"flop":1e20})")) == "workloads.w.flop.ref: unknown input \"flops\"");
    CHECK(errors(workload_with(R"("kind":"reserved","h100e":{"formula":"a * b"})",
                               R"("inputs":{"a":{"points":{"2024-01":1}},"b":2})")) == "");
    CHECK(errors(workload_with(
              R"("kind":"training","flop":1e20,"mfu_share":0.4,"max_h100e":{"ref":"inputs.a"})",
              R"("inputs":{"a":{"points":{"2024-01":1}}})")) ==
          "workloads.w.max_h100e.ref: varies in time, but this value cannot: a scalar is needed");
}
