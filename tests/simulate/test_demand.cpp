// What workloads ask for and get, period by period, and when trainings are done [M12].
#include "support/catch.hpp"

#include <fleetcast/base/level.hpp>
#include <fleetcast/simulate/demand.hpp>

#include <algorithm>
#include <limits>
#include <memory>
#include <random>
#include <string>
#include <vector>

using namespace fleetcast;

namespace {

constexpr double flops = 1e15; // of one H100e [FLOP/s]
constexpr double forever = std::numeric_limits<double>::infinity();

/// A plan of workloads, written by hand: January to June 2024, accelerators 0 and 1, sites 0 and 1.
/// Sources: accelerator 0, accelerator 1, one without, and a lease of accelerator 0.
struct Hand {
    Plan plan;

    Hand() {
        plan.grid = make_time_grid(*parse_date("2024-01"), *parse_date("2024-06"), Step::month);
        plan.flops_per_h100e = flops;
        plan.accelerators = {"a", "b"};
        plan.sites.resize(2);
        plan.sources.resize(4);
        plan.sources[0].accelerator = 0;
        plan.sources[1].accelerator = 1;
        plan.sources[3].accelerator = 0;
    }

    Slot slot(double value) {
        plan.slots.emplace_back(value);
        return {static_cast<Index>(plan.slots.size() - 1)};
    }
    SeriesId series(const Program& program) {
        plan.series.push_back({program, {0, forever}, "series"});
        return {static_cast<Index>(plan.series.size() - 1)};
    }
    SeriesId always(double value) { return series({{Code::constant, value}}); }
    /// Steps at whole months.
    SeriesId by_month(const std::vector<double>& values) {
        PointsTable table;
        for (std::size_t k = 0; k < values.size(); ++k) {
            table.x.push_back(static_cast<double>(k));
            table.values.push_back(slot(values[k]));
        }
        plan.points.push_back(table);
        return series({{Code::points, 0, static_cast<Index>(plan.points.size() - 1)}});
    }

    PlanWorkload& add(int priority, const decltype(PlanWorkload::kind)& kind) {
        PlanWorkload workload;
        workload.name = "w" + std::to_string(plan.workloads.size());
        workload.priority = priority;
        workload.to = std::holds_alternative<PlanTraining>(kind) ? forever : plan.grid.end();
        workload.kind = kind;
        return plan.workloads.emplace_back(workload);
    }
    PlanWorkload& reserve(double h100e, int priority = 1) {
        return add(priority, PlanReserved{always(h100e)});
    }
    /// `work`: H100e that do it in the period, at half of their FLOP/s.
    PlanWorkload& train(double work, double most, int priority = 1, std::size_t period = 0) {
        const double seconds = plan.grid.periods[period].hours * 3600;
        return add(priority, PlanTraining{slot(work * flops * .5 * seconds), slot(.5), slot(most),
                                          std::nullopt});
    }
};

/// The demand of a plan over eight lanes that are alike but for the capacity.
class Run {
public:
    Run(const Hand& hand, std::vector<SupplyPool> pools)
        : plan_(hand.plan), prepared_(std::get<Prepared>(prepare(plan_))), arena_(8),
          values_(prepared_, arena_, best_level()),
          demand_(plan_, values_, arena_, best_level(), pools) {
        for (std::size_t k = 0; k < pools.size(); ++k)
            rows_.push_back(arena_.row());
        start();
    }

    void start() {
        values_.load({nullptr, {}, 0, 8});
        demand_.start();
    }
    Demand& step(std::size_t period, const std::vector<double>& capacity) {
        for (std::size_t k = 0; k < rows_.size(); ++k)
            std::fill_n(rows_[k], 8, capacity[k]);
        return step(period);
    }
    Demand& step(std::size_t period) {
        const std::vector<const double*> rows(rows_.begin(), rows_.end());
        demand_.step(plan_.grid.periods[period], rows);
        return demand_;
    }
    double* capacity(std::size_t pool) { return rows_[pool]; }
    const std::optional<TrialFailure>& failure() const { return values_.failure(); }

private:
    Plan plan_;
    Prepared prepared_;
    RowArena arena_;
    BlockValues values_;
    Demand demand_;
    std::vector<double*> rows_;
};

Approx near(double value) { return Approx(value).epsilon(1e-11); }

/// Accelerator 0 at site 0.
const std::vector<SupplyPool> one_pool{{0, 0}};

} // namespace

TEST_CASE("a claim asks for the part of a period within its dates, at the period's figure [M12]") {
    Hand hand;
    PlanWorkload& workload = hand.add(1, PlanReserved{hand.by_month({100, 200, 400})});
    workload.from = .75;
    workload.to = 2.5;
    Run run(hand, one_pool);
    Demand& demand = run.step(0, {1000});
    CHECK(demand.demand(0)[0] == near(25));
    CHECK(run.step(1, {1000}).demand(0)[0] == 200);
    CHECK(run.step(2, {1000}).demand(0)[7] == near(200));
    CHECK(demand.idle()[0] == near(800));
    run.step(3, {1000});
    CHECK(demand.demand(0) == nullptr);
    CHECK(demand.served(0) == nullptr);
    CHECK(demand.shortfall(0) == nullptr);
    CHECK(demand.served_in_all() == nullptr);
    CHECK(demand.idle()[0] == 1000);
    CHECK(demand.completed(0) == nullptr);
}

TEST_CASE("a workload whose dates leave a rounding error of a period asks for nothing [M12]") {
    Hand hand;
    hand.reserve(5).from = 1 - 1e-12;
    Run run(hand, one_pool);
    CHECK(run.step(0, {10}).demand(0) == nullptr);
    CHECK(run.step(1, {10}).demand(0)[0] == 5);
}

TEST_CASE("inference asks for its peak, and its tokens are those of the days it is served [M12]") {
    Hand hand;
    // 8.64e13 tokens a day are 1e9 a second, at 2e9 FLOP and 4000 H100e; twice that at the peak.
    PlanWorkload& workload = hand.add(
        1, PlanInference{hand.always(8.64e13), hand.slot(2e9), hand.slot(.5), hand.slot(2)});
    workload.to = 1 + 10.0 / 29; // ten days of February
    Run run(hand, one_pool);
    Demand& demand = run.step(0, {6000});
    CHECK(demand.demand(0)[0] == near(8000));
    CHECK(demand.served(0)[0] == near(6000));
    CHECK(demand.million_tokens(0)[0] == near(8.64e13 * 31 * .75 / 1e6));
    run.step(1, {6000});
    CHECK(demand.demand(0)[0] == near(8000 * 10.0 / 29));
    CHECK(demand.million_tokens(0)[0] == near(8.64e13 * 10 / 1e6));
    run.step(2, {6000});
    CHECK(demand.million_tokens(0) == nullptr);
}

TEST_CASE("inference without tokens asks for nothing and serves none [M12]") {
    Hand hand;
    hand.add(1, PlanInference{hand.always(0), hand.slot(2e9), hand.slot(.5), hand.slot(1)});
    Run run(hand, one_pool);
    Demand& demand = run.step(0, {6000});
    CHECK(demand.demand(0)[0] == 0);
    CHECK(demand.million_tokens(0)[0] == 0);
}

TEST_CASE("a training is done inside a period, with what it could have had [M12]") {
    const auto done_at = [](Hand& hand, double capacity) {
        Run run(hand, one_pool);
        return run.step(0, {capacity}).completed(0)[0];
    };
    Hand alone;
    alone.train(500, 1000);
    CHECK(done_at(alone, 800) == near(500.0 / 800));
    Hand limited;
    limited.train(500, 600);
    CHECK(done_at(limited, 800) == near(500.0 / 600));
    Hand lower; // which gets 300 but yields
    lower.train(500, 1000);
    lower.reserve(800, 2);
    CHECK(done_at(lower, 800) == near(500.0 / 800));
    Hand equal; // keeps its 200
    equal.train(500, 1000);
    equal.reserve(200, 1);
    CHECK(done_at(equal, 800) == near(500.0 / 600));
    Hand higher;
    higher.train(500, 1000, 2);
    higher.reserve(100, 1);
    CHECK(done_at(higher, 800) == near(500.0 / 700));
    Hand full; // nothing is left
    full.train(500, 1000);
    full.reserve(300, 1);
    CHECK(done_at(full, 800) == 1);
}

TEST_CASE("a training goes on until its backlog is gone, and then asks for nothing [M12]") {
    Hand hand;
    hand.train(1000, 900);
    Run run(hand, one_pool);
    Demand& demand = run.step(0, {700});
    CHECK(demand.demand(0)[0] == 900);
    CHECK(demand.served(0)[0] == 700);
    CHECK(demand.shortfall(0)[0] == 200);
    CHECK(demand.completed(0)[0] == forever);
    run.step(1, {700}); // February has 29 days
    CHECK(demand.demand(0)[0] == near(300 * 31.0 / 29));
    CHECK(demand.completed(0)[0] == near(1 + 300 * 31.0 / 29 / 700));
    run.step(2, {700});
    CHECK(demand.demand(0) == nullptr);
    CHECK(demand.completed(0)[0] == near(1 + 300 * 31.0 / 29 / 700));
    run.start(); // the next block
    CHECK(run.step(0, {2000}).completed(0)[0] == forever);
    CHECK(run.step(1, {2000}).completed(0)[0] == near(1 + 100 * 31.0 / 29 / 900));
}

TEST_CASE("a training that begins inside a period has the rest of it [M12]") {
    Hand hand;
    hand.train(100, 400).from = .5;
    Run run(hand, one_pool);
    Demand& demand = run.step(0, {150});
    CHECK(demand.demand(0)[0] == near(100));
    // It could have had 150, less than the 200 that half a period allows.
    CHECK(demand.completed(0)[0] == near(.5 + .5 * 100 / 150));
    Hand limited;
    limited.train(300, 400).from = .5;
    Run slow(limited, one_pool);
    CHECK(slow.step(0, {500}).demand(0)[0] == near(200));
}

TEST_CASE("a training of which a rounding error is left is done, one of more is not [M12]") {
    for (const double rest : {5e-10, 2e-9}) {
        Hand hand;
        hand.train(100 * (1 + rest), 100);
        Run run(hand, one_pool);
        CHECK(run.step(0, {1000}).completed(0)[0] == (rest < 1e-9 ? 1 : forever));
    }
}

TEST_CASE("a training that may use no H100e, or gets none, is never done [M12]") {
    Hand hand;
    hand.train(100, 0);
    hand.train(100, 50, 2);
    Run run(hand, one_pool);
    for (std::size_t period = 0; period < 6; ++period) {
        Demand& demand = run.step(period, {0});
        CHECK(demand.demand(0)[0] == 0);
        CHECK(demand.shortfall(1)[0] == 50);
        CHECK(demand.completed(0)[0] == forever);
        CHECK(demand.completed(1)[0] == forever);
    }
}

TEST_CASE("a training tied to a site is done with what others can be led away from [M12]") {
    const std::vector<SupplyPool> two_sites{{0, 0}, {0, 1}};
    const auto done_at = [&](Hand& hand, double here, double there) {
        Run run(hand, two_sites);
        return run.step(0, {here, there}).completed(0)[0];
    };
    Hand hand;
    hand.train(4, 20, 2).sites = {{0}};
    hand.reserve(8, 1);
    CHECK(done_at(hand, 10, 10) == near(4.0 / 10)); // all of the site
    CHECK(done_at(hand, 10, 5) == near(4.0 / 7));   // 3 of it are the other's
    hand.reserve(100, 3).sites = {{0}};             // yields
    CHECK(done_at(hand, 10, 5) == near(4.0 / 7));
    hand.reserve(1, 2).sites = {{0}}; // keeps
    CHECK(done_at(hand, 10, 5) == near(4.0 / 6));
    hand.reserve(100, 1).sites = {{1}}; // takes 5, or what the first leaves of it
    CHECK(done_at(hand, 20, 5) == near(4.0 / 11));
}

TEST_CASE("lanes are trials: a training is done in each when it is done there [M12]") {
    Hand hand;
    hand.train(500, 1000);
    Run run(hand, one_pool);
    for (std::size_t i = 0; i < 8; ++i)
        run.capacity(0)[i] = 200 + 100 * static_cast<double>(i);
    Demand& demand = run.step(0);
    for (std::size_t i = 0; i < 8; ++i) {
        const double got = 200 + 100 * static_cast<double>(i);
        CHECK(demand.served(0)[i] == near(std::min(500.0, got)));
        CHECK((demand.completed(0)[i] == forever) == (got < 500));
        if (got >= 500)
            CHECK(demand.completed(0)[i] == near(500 / got));
    }
    run.step(1);
    CHECK(demand.demand(0)[0] == near(300 * 31.0 / 29));
    CHECK(demand.demand(0)[3] == 0);
    CHECK(demand.completed(0)[3] == near(1));
}

TEST_CASE("who names sites gets no lease, who names accelerators no source without one [M12]") {
    // Accelerator 0 at both sites, accelerator 1 at site 1, a source without, a lease.
    const std::vector<SupplyPool> pools{{0, 0}, {0, 1}, {1, 1}, {2, 0}, {3, std::nullopt}};
    const auto served = [&](std::optional<std::vector<Index>> accelerators,
                            std::optional<std::vector<Index>> sites) {
        Hand hand;
        PlanWorkload& workload = hand.reserve(1e6);
        workload.accelerators = std::move(accelerators);
        workload.sites = std::move(sites);
        Run run(hand, pools);
        Demand& demand = run.step(0, {1, 10, 100, 1000, 10000});
        CHECK(demand.capacity()[0] == 11111);
        CHECK(demand.idle()[0] == 11111 - demand.served(0)[0]);
        return demand.served(0)[0];
    };
    CHECK(served(std::nullopt, std::nullopt) == near(11111));
    CHECK(served({{0}}, std::nullopt) == near(10011));
    CHECK(served({{0, 1}}, std::nullopt) == near(10111));
    CHECK(served(std::nullopt, {{0}}) == near(1001));
    CHECK(served(std::nullopt, {{0, 1}}) == near(1111));
    CHECK(served({{0}}, {{1}}) == near(10));
    CHECK(served({{1}}, {{0}}) == 0);
}

TEST_CASE("pools without capacity are no pools, and nothing at all leaves all short [M12]") {
    Hand hand;
    hand.reserve(5);
    Run run(hand, {{0, 0}, {1, 1}});
    Demand& demand = run.step(0, {3, 1});
    const std::vector<const double*> one{run.capacity(0), nullptr}, none{nullptr, nullptr};
    const Period& period = hand.plan.grid.periods[0];
    demand.step(period, one);
    CHECK(demand.served(0)[0] == near(3));
    CHECK(demand.capacity()[0] == 3);
    CHECK(demand.idle()[0] == 0);
    demand.step(period, none);
    CHECK(demand.served(0)[0] == 0);
    CHECK(demand.shortfall(0)[0] == 5);
    CHECK(demand.capacity() == nullptr);
    CHECK(demand.idle() == nullptr);
}

TEST_CASE("served and shortfall are the demand, served and idle the capacity [C1] [M12]") {
    std::mt19937_64 dice(8);
    const auto some = [&](double most) {
        return most * static_cast<double>(dice() >> 11) * 0x1p-53;
    };
    for (int k = 0; k < 50; ++k) {
        Hand hand;
        for (int w = 0; w < 6; ++w) {
            PlanWorkload& workload = w < 3 ? hand.reserve(some(100), 1 + w % 2)
                                           : hand.train(some(300), some(100), 1 + w % 3);
            if (k % 2 != 0 && w % 2 != 0)
                workload.sites = {{static_cast<Index>(dice() % 2)}};
        }
        Run run(hand, {{0, 0}, {1, 1}});
        for (std::size_t period = 0; period < 6; ++period) {
            for (std::size_t i = 0; i < 8; ++i) {
                run.capacity(0)[i] = some(150);
                run.capacity(1)[i] = some(150);
            }
            const Demand& demand = run.step(period);
            for (std::size_t i = 0; i < 8; ++i) {
                double served = 0;
                for (std::size_t w = 0; w < 6; ++w) {
                    if (!demand.demand(w))
                        continue;
                    served += demand.served(w)[i];
                    REQUIRE(demand.served(w)[i] >= 0);
                    REQUIRE(demand.shortfall(w)[i] >= 0);
                    REQUIRE(demand.served(w)[i] + demand.shortfall(w)[i] ==
                            near(demand.demand(w)[i]).epsilon(1e-14).margin(1e-14));
                }
                REQUIRE(demand.served_in_all()[i] == near(served).epsilon(1e-14));
                REQUIRE(served + demand.idle()[i] ==
                        near(demand.capacity()[i]).epsilon(1e-14).margin(1e-12));
            }
        }
    }
}

TEST_CASE("a workload that asks for more than can be counted is named [M12]") {
    Hand hand;
    hand.reserve(1);
    hand.add(1, PlanInference{hand.always(1e300), hand.slot(1e300), hand.slot(.5), hand.slot(1)});
    Run run(hand, one_pool);
    run.step(0, {1});
    REQUIRE(run.failure());
    CHECK(run.failure()->path == "workloads.w1");
    CHECK(run.failure()->message == "asks for more than 1e300 H100e");
    CHECK_FALSE(run.failure()->internal);
}
