// Runs that must end before they are done: at once, at any of the moments at which they ask, never.
#include "support/catch.hpp"
#include "support/plan_of.hpp"

#include <fleetcast/base/result.hpp>
#include <fleetcast/simulate/forecast.hpp>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

using namespace fleetcast;
using namespace fleetcast::testing;

namespace {

// Deliveries that wait for power, and a workload that goes short.
const std::string small = R"({
  "start":"2024-01","end":"2024-04",
  "sources":{"new":{"kind":"purchase","accelerator":"nvidia-h100-sxm","price_usd":{"uniform":[20000,30000]},
    "deliveries":{"units":{"triangular":[200,300,500]},"from":"2024-01","to":"2024-03"},"delay_months":{"uniform":[0,2]}}},
  "sites":{"a":{"power":{"p":{"from":"2024-02","critical_mw":0.2}}}},
  "workloads":{"w":{"kind":"reserved","h100e":{"uniform":[100,400]}}}
})";

// The price is not a number in about one of 2,500 trials.
const std::string failing = R"json({"start":"2024-01","end":"2024-03",
  "inputs":{"u":{"uniform":[0,1]},"p":{"formula":"sqrt(u - 0.0004)"}},
  "sources":{"s":{"kind":"purchase","accelerator":"nvidia-h100-sxm","price_usd":{"ref":"inputs.p"},
    "deliveries":{"units":5,"from":"2024-01","to":"2024-02"}}}})json";

PlanRun few_of(const Plan& plan) {
    return {&plan, {{{metric_named("owned"), metric_named("cum_cost_usd")}, {Group{}}}}, {}};
}

RunSettings settings_of(std::uint64_t trials, unsigned threads) {
    RunSettings settings;
    settings.trials = trials;
    settings.threads = threads;
    settings.spread = true;
    return settings;
}

using Answer = std::variant<std::vector<Forecast>, TrialFailure>;

/// What the run answers when it must end at the `last`-th time it asks; nothing where it ended so.
/// `asked` counts.
std::optional<Answer> run_until(std::uint64_t last, const std::vector<PlanRun>& runs,
                                RunSettings settings, std::atomic<std::uint64_t>& asked) {
    asked = 0;
    settings.stop = {[&] { return ++asked >= last; }, "enough (--test)"};
    try {
        return simulate(runs, settings);
    } catch (const Failure& failure) {
        CHECK(failure.code == Exit::refused);
        CHECK(std::string(failure.what()) == "enough (--test)");
        return std::nullopt;
    }
}

/// At some of the moments at which a run in one thread asks, the last of them included, it ends
/// when it must.
void check_moments(const std::vector<PlanRun>& runs, const RunSettings& settings,
                   std::uint64_t some) {
    std::atomic<std::uint64_t> asked = 0;
    REQUIRE(run_until(UINT64_MAX, runs, settings, asked));
    const std::uint64_t moments = asked, step = moments / some + 1;
    REQUIRE(moments > 10);
    for (std::uint64_t last = moments; last > 0; last -= std::min(step, last)) {
        INFO("question " << last << " of " << moments);
        CHECK_FALSE(run_until(last, runs, settings, asked));
        CHECK(asked == last); // a yes is not asked for twice
    }
    CHECK(run_until(moments + 1, runs, settings, asked));
}

} // namespace

TEST_CASE("a run that must end at once runs no trial and says why") {
    const Plan plan = plan_of(small);
    for (const std::uint64_t trials : {1U, 100'000U})
        for (const unsigned threads : {1U, 3U}) {
            RunSettings settings = settings_of(trials, threads);
            settings.progress = [](std::uint64_t) { FAIL("a trial was run"); };
            std::atomic<std::uint64_t> asked = 0;
            CHECK_FALSE(run_until(1, {few_of(plan)}, settings, asked));
        }
}

TEST_CASE("a run at the medians ends at any moment at which it is told to") {
    const Plan plan = plan_of(small);
    check_moments({few_of(plan)}, settings_of(1, 1), UINT64_MAX); // all moments
    check_moments({few_of(plan), few_of(plan)}, settings_of(1, 1), UINT64_MAX);
}

TEST_CASE("a run of many trials ends at any moment at which it is told to") {
    const Plan plan = plan_of(small);
    check_moments({few_of(plan)}, settings_of(100, 1), UINT64_MAX);
    check_moments({few_of(plan), few_of(plan)}, settings_of(20'000, 1), 60); // several rounds
    RunSettings lean = settings_of(20'000, 1);
    lean.memory = 30e3; // several passes, in counts
    check_moments({few_of(plan)}, lean, 60);
}

TEST_CASE("a run that finds a failing trial while it must end does not speak of the trial") {
    const Plan plan = plan_of(failing);
    check_moments({few_of(plan)}, settings_of(20'000, 1), 200);
}

TEST_CASE("with several threads one yes ends them all, even if it is followed by a no") {
    const Plan plan = plan_of(small);
    constexpr unsigned threads = 3;
    for (const std::uint64_t last : {2U, 50U, 1000U, 5000U}) {
        RunSettings settings = settings_of(1'000'000'000, threads);
        settings.quantiles.clear();
        std::atomic<std::uint64_t> asked = 0;
        settings.stop = {[&] { return ++asked == last; }, "enough"};
        const PlanRun wanted = few_of(plan);
        CHECK_THROWS_AS(simulate({&wanted, 1}, settings), Failure);
        CHECK(asked < last + threads); // those that were just asking
    }
}

TEST_CASE("a run that is never told to end has the same figures as one that does not ask") {
    const Plan plan = plan_of(small);
    const std::vector<PlanRun> runs{few_of(plan)};
    for (const std::uint64_t trials : {1U, 6000U})
        for (const unsigned threads : {1U, 3U}) {
            const RunSettings settings = settings_of(trials, threads);
            const Answer plain = simulate(runs, settings);
            std::atomic<std::uint64_t> asked = 0;
            const auto answer = run_until(UINT64_MAX, runs, settings, asked);
            REQUIRE(answer);
            const Forecast& one = std::get<std::vector<Forecast>>(plain).front();
            const Forecast& other = std::get<std::vector<Forecast>>(*answer).front();
            CHECK(one.views.front().values == other.views.front().values);
            CHECK(one.outcomes == other.outcomes);
            CHECK(one.waits.size() == other.waits.size());
            CHECK(one.trials == other.trials);
        }
}
