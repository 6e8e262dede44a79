// How workloads become indices, moments and slots of a plan, and by what they count supply.
#include "compile/compiled.hpp"
#include "validate/plans.hpp"

#include <algorithm>
#include <cmath>

using namespace fleetcast;
using namespace fleetcast::testing;

namespace {

double constant_at(const Plan& plan, Slot slot) {
    return std::get<double>(plan.slots.at(slot.index));
}

std::size_t draws_at(const Plan& plan, const std::string& path) {
    return static_cast<std::size_t>(std::ranges::count_if(plan.slots, [&](const SlotRule& rule) {
        const auto* draw = std::get_if<Draw>(&rule);
        return draw && draw->path == path;
    }));
}

const Range* limit_of(const Plan& plan, const std::string& path) {
    const auto found = std::ranges::find(plan.limits, path, &SlotLimit::path);
    return found == plan.limits.end() ? nullptr : &found->range;
}

using Indices = std::vector<Index>;

const std::string reserved = R"("kind":"reserved","h100e":5)";
const std::string training = R"("kind":"training","flop":1e24,"mfu_share":0.4,"max_h100e":500)";

} // namespace

TEST_CASE("a workload's dates are moments, and the horizon where it gives none [M12]") {
    const auto workload = [](const std::string& members) {
        return compiled(workload_with(members)).workloads.at(0);
    };
    CHECK(workload(reserved).from == 0);
    CHECK(workload(reserved).to == 12);
    CHECK(workload(reserved + R"(,"from":"2024-03","to":"2024-05")").from == 2);
    CHECK(workload(reserved + R"(,"from":"2024-03","to":"2024-05")").to == 5);
    CHECK(workload(reserved + R"(,"from":"2023-11","to":"2025-02")").from == -2);
    CHECK(workload(reserved + R"(,"from":"2023-11","to":"2025-02")").to == 14);
    CHECK(workload(training + R"(,"from":"2024-03")").from == 2);
    CHECK(std::isinf(workload(training).to));
    // `due` is an end date: the last day in time.
    const auto due = [&](const std::string& date) {
        return std::get<PlanTraining>(workload(training + date).kind).due;
    };
    using namespace std::chrono;
    CHECK_FALSE(due(""));
    CHECK(due(R"(,"due":"2024-02")") == sys_days(2024y / February / 29));
    CHECK(due(R"(,"due":"2024-02-10")") == sys_days(2024y / February / 10));
}

TEST_CASE("teams are numbered as workloads name them, places by their plan's index") {
    const Plan plan = compiled(scenario_with(
        R"("h":{"kind":"purchase","accelerator":"nvidia-h100-sxm",)" + std::string(some_units) +
            R"(},"o":{"kind":"installed","accelerator":"nvidia-a100-80gb-sxm","vintages":{"2023-06":10}})",
        R"("sites":{"a":{},"b":{},"c":{}},"workloads":{
             "w1":{"kind":"reserved","h100e":1,"team":"y"},
             "w2":{"kind":"reserved","h100e":1,"priority":3},
             "w3":{"kind":"reserved","h100e":1,"team":"x","sites":["c","a","c"],
                   "accelerators":["nvidia-b200","nvidia-a100-80gb-sxm"]},
             "w4":{"kind":"reserved","h100e":1,"team":"y","accelerators":["nvidia-a100-80gb-sxm","nvidia-h100-sxm"]}})"));
    CHECK(plan.teams == std::vector<std::string>{"y", "x"});
    REQUIRE(plan.workloads.size() == 4);
    CHECK(plan.workloads[0].name == "w1");
    CHECK(plan.workloads[0].team == Index{0});
    CHECK(plan.workloads[0].priority == 1);
    CHECK_FALSE(plan.workloads[1].team);
    CHECK(plan.workloads[1].priority == 3);
    CHECK_FALSE(plan.workloads[1].accelerators);
    CHECK_FALSE(plan.workloads[1].sites);
    CHECK(plan.workloads[2].team == Index{1});
    CHECK(plan.workloads[2].sites == Indices{0, 2});
    CHECK(plan.workloads[2].accelerators == Indices{1}); // no source has a B200
    CHECK(plan.workloads[3].team == Index{0});
    CHECK(plan.workloads[3].accelerators == Indices{0, 1});
}

TEST_CASE("figures of workloads are slots and series with the ranges of their fields") {
    const Plan plan = compiled(purchase_with(
        "",
        R"("inputs":{"u":{"uniform":[0.1,0.2]},"t":{"points":{"2024-01":1,"2024-06":2}}},"workloads":{
             "r":{"kind":"reserved","h100e":{"formula":"10 * t"}},
             "t":{"kind":"training","flop":{"lognormal":{"median":1e24,"sigma":0.1}},"mfu_share":{"ref":"inputs.u"},"max_h100e":{"formula":"u * 100"}},
             "i":{"kind":"inference","tokens_per_day":{"start":1e9,"growth_per_year":1},"flop_per_token":{"formula":"u * 1e12"},
                  "mfu_share":{"formula":"u"},"peak_to_mean":{"formula":"1 + u"}},
             "j":{"kind":"inference","tokens_per_day":1e9,"flop_per_token":1e9,"mfu_share":0.25}})"));
    const auto series = [&](SeriesId id) { return plan.series.at(id.index); };
    const auto& claim = std::get<PlanReserved>(plan.workloads[0].kind);
    CHECK(series(claim.h100e).path == "workloads.r.h100e");
    CHECK(series(claim.h100e).range == not_negative);

    const auto& run = std::get<PlanTraining>(plan.workloads[1].kind);
    CHECK(draws_at(plan, "workloads.t.flop") == 1);
    CHECK(std::get<Draw>(plan.slots.at(run.flop.index)).path == "workloads.t.flop");
    CHECK(std::get<Draw>(plan.slots.at(run.mfu.index)).path == "inputs.u");

    const auto& served = std::get<PlanInference>(plan.workloads[2].kind);
    CHECK(series(served.tokens_per_day).path == "workloads.i.tokens_per_day");
    CHECK(series(served.tokens_per_day).range == not_negative);

    const Range mfu{.low = 0, .high = 1, .low_open = true};
    const std::pair<const char*, Range> limits[] = {{"workloads.t.mfu_share", mfu},
                                                    {"workloads.t.max_h100e", positive},
                                                    {"workloads.i.mfu_share", mfu},
                                                    {"workloads.i.flop_per_token", positive},
                                                    {"workloads.i.peak_to_mean", {.low = 1}}};
    for (const auto& [path, range] : limits) {
        CAPTURE(path);
        REQUIRE(limit_of(plan, path));
        CHECK(*limit_of(plan, path) == range);
    }

    const auto& constant = std::get<PlanInference>(plan.workloads[3].kind);
    CHECK(constant_at(plan, constant.flop_per_token) == 1e9);
    CHECK(constant_at(plan, constant.mfu) == 0.25);
    CHECK(constant_at(plan, constant.peak_to_mean) == 1);
}

TEST_CASE("workloads count supply by BF16, or as the source says, whatever the basis [M12]") {
    const std::string sources =
        R"("h":{"kind":"purchase","accelerator":"nvidia-h100-sxm",)" + std::string(some_units) +
        R"(},"v":{"kind":"installed","accelerator":"nvidia-v100-sxm2-32gb","vintages":{"2023-06":10}},
           "own":{"kind":"installed","accelerator":"nvidia-h100-sxm","h100e":0.7,"vintages":{"2023-06":10}},
           "l":{"kind":"lease","accelerator":"nvidia-b200","units":5,"from":"2024-01","to":"2024-06","rate_usd_per_hour":1},
           "u":{"kind":"undisclosed","kw_per_unit":1,)" +
        std::string(some_units) + "}";
    const std::string workloads = R"("workloads":{"w":{"kind":"reserved","h100e":1}})";
    const Plan plan = compiled(scenario_with(sources, R"("h100e_basis":"memory",)" + workloads));
    const auto compute = [&](std::size_t source) {
        return constant_at(plan, plan.sources[source].compute_h100e);
    };
    CHECK(plan.flops_per_h100e == Approx(989.4e12).epsilon(1e-15));
    CHECK(compute(0) == 1);
    CHECK(compute(1) == Approx(125 / 989.4).epsilon(1e-15)); // FP16
    CHECK(compute(2) == 0.7);
    CHECK(compute(3) == Approx(2250 / 989.4).epsilon(1e-15));
    CHECK(compute(4) == 1);
    CHECK(constant_at(plan, plan.sources[1].h100e) == Approx(32.0 / 80));
    // A corrected reference counts for all.
    const Plan corrected = compiled(scenario_with(
        sources, R"("accelerators":{"nvidia-h100-sxm":{"bf16_tflops":1000}},)" + workloads));
    CHECK(corrected.flops_per_h100e == 1e15);
    CHECK(constant_at(corrected, corrected.sources[1].compute_h100e) == 0.125);
}

TEST_CASE("where both count alike there is one slot, and a draw of h100e is made once") {
    for (const char* h100e : {R"({"uniform":[1,2]})", R"({"formula":"a * 2"})", "3"})
        for (const char* basis : {"bf16", "memory"}) {
            CAPTURE(h100e, basis);
            const Plan plan = compiled(workload_with(
                reserved, R"("h100e_basis":")" + std::string(basis) +
                              R"(","inputs":{"a":{"uniform":[1,2]}},"milestones":{})"));
            CHECK((plan.sources[0].h100e == plan.sources[0].compute_h100e)); // both 1
            const Plan own = compiled(scenario_with(
                R"("s":{"kind":"purchase","accelerator":"nvidia-h100-sxm","h100e":)" +
                    std::string(h100e) + "," + some_units + "}",
                R"("h100e_basis":")" + std::string(basis) +
                    R"(","inputs":{"a":{"uniform":[1,2]}},"workloads":{"w":{)" + reserved + "}}"));
            CHECK((own.sources[0].h100e == own.sources[0].compute_h100e));
            CHECK(draws_at(own, "sources.s.h100e") <= 1);
        }
    const Plan plan = compiled(scenario_with(
        R"("s":{"kind":"purchase","accelerator":"nvidia-b200",)" + std::string(some_units) + "}",
        R"("workloads":{"w":{)" + reserved + "}}"));
    CHECK((plan.sources[0].h100e == plan.sources[0].compute_h100e));
}

TEST_CASE("without workloads a plan has nothing of them") {
    const Plan plan = compiled(purchase_with("", R"("h100e_basis":"memory")"));
    CHECK(plan.workloads.empty());
    CHECK(plan.teams.empty());
    CHECK(plan.flops_per_h100e == 0);
    CHECK(plan == compiled(purchase_with("", R"("h100e_basis":"memory","workloads":{})")));
}

TEST_CASE("an uncertain workload makes a plan uncertain, and may be correlated") {
    CHECK_FALSE(compiled(workload_with(training)).uncertain);
    CHECK(
        compiled(workload_with(
                     R"("kind":"training","flop":{"uniform":[1,2]},"mfu_share":0.4,"max_h100e":5)"))
            .uncertain);
    const Plan plan = compiled(workload_with(
        R"("kind":"training","flop":{"uniform":[1,2]},"mfu_share":{"uniform":[0.2,0.4]},"max_h100e":5)",
        R"("correlations":{"c":{"between":["workloads.w.flop","workloads.w.mfu_share"],"normal":0.5}})"));
    const auto& run = std::get<PlanTraining>(plan.workloads[0].kind);
    CHECK(plan.correlation.slots == Indices{run.flop.index, run.mfu.index});
}
