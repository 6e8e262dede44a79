// The demand part of the oracle by itself: cases computed by hand, sharing against a plain search
// for a flow, and the edges that random workloads meet.
#include "support/catch.hpp"

#include "oracle/oracle_demand.hpp"
#include "oracle/random_workloads.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

using namespace fleetcast::oracle;

namespace {

constexpr double flops = 1e15; // [FLOP/s] of an H100-equivalent, round for work by hand
constexpr double day = 86400;  // [s]

struct Case {
    DemandFigures figures;
    Clock clock;
    Edges edges = no_edges();

    double at(const std::string& metric, std::size_t period, const std::string& by = "total",
              const std::string& group = "total") const {
        return figures.series.at(metric).at({by, group}).at(period).value();
    }
    double of(const std::string& metric, const std::string& workload,
              std::size_t period = 0) const {
        return at(metric, period, "workload", workload);
    }
};

/// Runs workloads over a few months of 2024 from January on, one supply a month.
Case run_case(const std::string& workloads, const std::vector<DemandPool>& pools,
              const std::vector<DemandSupply>& supplies) {
    Case result;
    Json scenario = {{"start", "2024-01"}, {"end", "2024-0" + std::to_string(supplies.size())}};
    scenario["workloads"] = Json::parse(workloads);
    result.clock = read_clock(scenario);
    Values values(scenario, result.clock, Draws::medians(), result.edges);
    DemandOracle oracle(scenario, flops, pools, result.clock, values, result.edges);
    for (const DemandSupply& supply : supplies)
        oracle.step(supply);
    result.figures = oracle.figures();
    return result;
}

const std::vector<DemandPool> one_pool = {{"main", "a"}};

/// A workload as it stands in the text of a scenario.
std::string named(const std::string& name, const std::string& fields) {
    return std::string("\"").append(name).append("\":{").append(fields).append("}");
}

/// A training of mfu 0.5 that takes up to 80 H100e and so many days of them.
std::string training(const std::string& name, double days, const std::string& more = "") {
    const Json flop = 80 * 0.5 * flops * day * days;
    const std::string fields =
        R"("kind":"training","mfu_share":0.5,"max_h100e":80,"priority":2,"flop":)";
    return named(name, fields + flop.dump() + more);
}

/// Workloads: such a job, and others.
std::string job(double days, const std::string& more = "", const std::string& beside = "") {
    std::string text = "{";
    text.append(training("job", days, more));
    return text.append(beside.empty() ? "" : ",").append(beside).append("}");
}

/// A claim for 50 H100e.
std::string claim(int priority) {
    return named("claim", R"("kind":"reserved","h100e":50,"priority":)" + std::to_string(priority));
}

Approx near(double value) { return Approx(value).epsilon(1e-12).margin(1e-12); }

/// Whether the pools can give all amounts: as much as possible is sent along paths that are found
/// by search, taking back what stands in the way.
bool flows(const std::vector<Claim>& claims, const std::vector<double>& amounts,
           const std::vector<double>& capacity) {
    std::vector<double> open = capacity;
    std::vector<std::vector<double>> sent(claims.size(), std::vector<double>(capacity.size(), 0));
    for (std::size_t wanted = 0; wanted < claims.size(); ++wanted) {
        double rest = amounts[wanted];
        while (rest > 1e-9) {
            // From the claim through pools; `giver[pool]` is the claim that asks the pool.
            std::vector<int> giver(capacity.size(), -1);
            std::vector<int> entered(claims.size(), -1); // the pool it would give up
            std::vector<std::size_t> queue = {wanted};
            int end = -1;
            for (std::size_t head = 0; head < queue.size() && end < 0; ++head) {
                const std::size_t claim = queue[head];
                for (std::size_t pool = 0; pool < capacity.size() && end < 0; ++pool) {
                    if (claims[claim].may_use[pool] == 0 || giver[pool] >= 0)
                        continue;
                    giver[pool] = static_cast<int>(claim);
                    if (open[pool] > 1e-12)
                        end = static_cast<int>(pool);
                    for (std::size_t other = 0; other < claims.size(); ++other) {
                        const bool seen = other == wanted || entered[other] >= 0;
                        if (!seen && sent[other][pool] > 1e-12) {
                            entered[other] = static_cast<int>(pool);
                            queue.push_back(other);
                        }
                    }
                }
            }
            if (end < 0)
                return false;
            double most = std::min(rest, open[static_cast<std::size_t>(end)]);
            for (int pool = end; pool >= 0;) {
                const auto claim = static_cast<std::size_t>(giver[static_cast<std::size_t>(pool)]);
                pool = claim == wanted ? -1 : entered[claim];
                if (pool >= 0)
                    most = std::min(most, sent[claim][static_cast<std::size_t>(pool)]);
            }
            open[static_cast<std::size_t>(end)] -= most;
            rest -= most;
            for (int pool = end; pool >= 0;) {
                const auto claim = static_cast<std::size_t>(giver[static_cast<std::size_t>(pool)]);
                sent[claim][static_cast<std::size_t>(pool)] += most;
                pool = claim == wanted ? -1 : entered[claim];
                if (pool >= 0)
                    sent[claim][static_cast<std::size_t>(pool)] -= most;
            }
        }
    }
    return true;
}

} // namespace

TEST_CASE("oracle: equal priorities share in proportion and idle is charged [M12]") {
    const std::string two = R"({
        "x":{"kind":"reserved","h100e":60,"team":"t"},
        "y":{"kind":"reserved","h100e":90}})";
    const Case tight = run_case(two, one_pool, {{{100}, 1000, 50, 20}});
    CHECK(tight.of("served_h100e", "x") == near(40));
    CHECK(tight.of("served_h100e", "y") == near(60));
    CHECK(tight.of("shortfall_h100e", "y") == near(30));
    CHECK(tight.at("demand_h100e", 0) == near(150));
    CHECK(tight.at("served_h100e", 0) == near(100));
    CHECK(tight.at("idle_h100e", 0) == near(0));
    CHECK(tight.at("utilisation", 0) == near(1));
    CHECK(tight.of("charged_usd", "x") == near(400));
    CHECK(tight.of("charged_mwh", "y") == near(30));
    CHECK(tight.at("charged_t", 0, "team", "t") == near(8));
    CHECK(tight.at("charged_usd", 0, "team", "-") == near(600)); // y has no team
    CHECK(tight.at("charged_usd", 0, "workload", "-") == 0);
    CHECK(tight.edges.at("equal priorities short") == 1);
    CHECK_FALSE(tight.figures.series.at("idle_h100e").at({"team", "t"}).at(0).has_value());

    const Case wide = run_case(two, one_pool, {{{200}, 1000, 50, 20}});
    CHECK(wide.at("utilisation", 0) == near(0.75));
    CHECK(wide.at("idle_h100e", 0) == near(50));
    CHECK(wide.of("charged_usd", "x") == near(400)); // with its share of what idles
    CHECK(wide.edges.at("idle is charged") == 1);
}

TEST_CASE("oracle: a higher priority takes all it asks before lower ones [M12]") {
    const Case result = run_case(R"({
        "late":{"kind":"reserved","h100e":40,"priority":3},
        "also":{"kind":"reserved","h100e":20,"priority":3},
        "first":{"kind":"reserved","h100e":70}})",
                                 one_pool, {{{100}}, {{70}}});
    CHECK(result.of("served_h100e", "first") == near(70));
    CHECK(result.of("served_h100e", "late") == near(20));
    CHECK(result.of("served_h100e", "also") == near(10));
    CHECK(result.of("served_h100e", "first", 1) == near(70));
    CHECK(result.of("served_h100e", "late", 1) == 0);
}

TEST_CASE("oracle: a higher priority moves to where lower ones cannot go [M12]") {
    const std::vector<DemandPool> pools = {{"main", "a"}, {"main", "b"}};
    // The first could take all of a; it takes b whole and 20 of a.
    const Case moved = run_case(R"({
        "any":{"kind":"reserved","h100e":60},
        "tied":{"kind":"reserved","h100e":50,"accelerators":["a"],"priority":2}})",
                                pools, {{{60, 40}}});
    CHECK(moved.of("served_h100e", "any") == near(60));
    CHECK(moved.of("served_h100e", "tied") == near(40));

    // b: 40 / 100 for the one tied to it; the others go on to (100 - 40) / 120.
    const Case frozen = run_case(R"({
        "any":{"kind":"reserved","h100e":60},
        "more":{"kind":"reserved","h100e":60},
        "tied":{"kind":"reserved","h100e":100,"accelerators":["b"]}})",
                                 pools, {{{60, 40}}});
    CHECK(frozen.of("served_h100e", "tied") == near(40));
    CHECK(frozen.of("served_h100e", "any") == near(30));
    CHECK(frozen.of("served_h100e", "more") == near(30));
    CHECK(frozen.edges.at("freeze by restriction") == 1);
    CHECK(frozen.edges.at("freeze twice") == 1);
}

TEST_CASE("oracle: leases and nameless sources serve nobody who is tied [M12]") {
    const std::vector<DemandPool> pools = {{std::nullopt, "a"}, {"main", ""}, {"main", "a"}};
    const Case result = run_case(R"({
        "sited":{"kind":"reserved","h100e":500,"sites":["main"]},
        "named":{"kind":"reserved","h100e":500,"accelerators":["a"],"priority":2},
        "both":{"kind":"reserved","h100e":500,"accelerators":["a"],"sites":["main"],"priority":3},
        "any":{"kind":"reserved","h100e":500,"priority":4}})",
                                 pools, {{{10, 20, 40}}});
    CHECK(result.of("served_h100e", "sited") == near(60)); // not the lease
    CHECK(result.of("served_h100e", "named") == near(10)); // the lease is what is left
    CHECK(result.of("served_h100e", "both") == 0);
    CHECK(result.of("served_h100e", "any") == 0);

    const Case first = run_case(R"({
        "both":{"kind":"reserved","h100e":500,"accelerators":["a"],"sites":["main"]}})",
                                pools, {{{10, 20, 40}}});
    CHECK(first.of("served_h100e", "both") == near(40));
}

TEST_CASE("oracle: shares of weeks and of a cut period are of their own length [M12, T1]") {
    // Ten days from Thursday 25 January: a week, and three days of February.
    Edges edges = no_edges();
    const Json scenario = Json::parse(R"({"start":"2024-01-25","end":"2024-02-03","step":"week",
        "workloads":{
            "x":{"kind":"reserved","h100e":70,"from":"2024-01-27","to":"2024-02-01"},
            "job":{"kind":"training","mfu_share":0.5,"max_h100e":80,"flop":3.456e26}}})");
    const Clock clock = read_clock(scenario);
    Values values(scenario, clock, Draws::medians(), edges);
    DemandOracle oracle(scenario, flops, one_pool, clock, values, edges);
    oracle.step({{1000}});
    oracle.step({{1000}});
    const SeriesTable series = oracle.figures().series;
    const auto demand = [&](const char* name, std::size_t p) {
        return series.at("demand_h100e").at({"workload", name}).at(p).value();
    };
    CHECK(demand("x", 0) == near(50)); // five days of seven
    CHECK(demand("x", 1) == near(70.0 / 3));
    // 3.456e26 FLOP are 100 days of 80; it could take no more than its most.
    CHECK(demand("job", 1) == near(80));
    const SeriesTable folded = fold_demand(oracle.figures(), clock.periods, {{0, 1}});
    CHECK(folded.at("served_h100e").at({"workload", "x"}).at(0).value() ==
          near((50.0 * 7 + 70) / 10));
}

TEST_CASE("oracle: a training alone completes at the speed of its most [M12]") {
    // 15.5 of the 31 days of January: it asks 40 on average, and runs at 80 for half of it.
    const Case result = run_case(job(15.5, R"(,"due":"2024-01-09")"), one_pool, {{{100}}, {{100}}});
    CHECK(result.of("demand_h100e", "job") == near(40));
    CHECK(result.of("served_h100e", "job") == near(40));
    CHECK(result.of("demand_h100e", "job", 1) == 0);
    CHECK(result.figures.completed.at("job") == "2024-01-16");
    CHECK(result.figures.weeks_late.at("job").value() == near(1));
    CHECK(result.edges.at("training completes inside a period") == 1);

    // 14 days: the midnight after the 14th belongs to the 14th.
    const Case midnight = run_case(job(14, R"(,"due":"2024-01-14")"), one_pool, {{{100}}});
    CHECK(midnight.figures.completed.at("job") == "2024-01-14");
    CHECK(midnight.figures.weeks_late.at("job").value() == 0);

    // January whole and half of the 29 days of February, 300 and 100 USD.
    const Case longer =
        run_case(job(31 + 14.5), one_pool, {{{100}, 300}, {{100}, 100}, {{100}, 50}});
    CHECK(longer.of("served_h100e", "job", 0) == near(80));
    CHECK(longer.of("served_h100e", "job", 1) == near(40));
    CHECK(longer.figures.completed.at("job") == "2024-02-15");
    CHECK_FALSE(longer.figures.weeks_late.at("job").has_value());
    CHECK(longer.figures.training_usd.at("job") == near(400));
    CHECK(longer.at("charged_usd", 2, "workload", "-") == near(50)); // nobody is served in March
}

TEST_CASE("oracle: a training that begins inside a month counts from then [M12]") {
    // From the 15th of February, of 29 days: 7.5 days of 80.
    const Case result = run_case(job(7.5, R"(,"from":"2024-02-15")"), one_pool, {{{100}}, {{100}}});
    CHECK(result.of("demand_h100e", "job", 0) == 0);
    CHECK(result.of("demand_h100e", "job", 1) == near(80 * 7.5 / 29));
    CHECK(result.figures.completed.at("job") == "2024-02-22");

    // 20 days of 80 are more than what is left of February: 80 x 15/29 is asked, 5 days remain.
    const Case later =
        run_case(job(20, R"(,"from":"2024-02-15")"), one_pool, {{{100}}, {{100}}, {{100}}});
    CHECK(later.of("demand_h100e", "job", 1) == near(80.0 * 15 / 29));
    CHECK(later.of("demand_h100e", "job", 2) == near(80.0 * 5 / 31));
    CHECK(later.figures.completed.at("job") == "2024-03-05");
}

TEST_CASE("oracle: higher and equal priorities slow a completion and lower ones yield [M12]") {
    // 40 on average of the 50 that a higher claim leaves: done after 0.8 of 31 days.
    const Case higher = run_case(job(15.5, "", claim(1)), one_pool, {{{100}}});
    CHECK(higher.figures.completed.at("job") == "2024-01-25");
    CHECK(higher.edges.at("training completes below its most") == 1);
    // The same beside an equal one, which asks 50 and keeps it.
    const Case equal = run_case(job(15.5, "", claim(2)), one_pool, {{{100}}});
    CHECK(equal.figures.completed.at("job") == "2024-01-25");
    // A lower one has 50 of the fleet and yields 30 of them while the job runs.
    const Case lower = run_case(job(15.5, "", claim(3)), one_pool, {{{90}}});
    CHECK(lower.of("served_h100e", "claim") == near(50));
    CHECK(lower.figures.completed.at("job") == "2024-01-16");
    CHECK(lower.edges.at("lower priorities yield to a completion") == 1);

    // Two of equal priority, each its 40 of 90: what is free is each one's in turn, 50 at most.
    const Case both = run_case(job(15.5, "", training("two", 15.5)), one_pool, {{{90}}});
    CHECK(both.figures.completed.at("job") == "2024-01-25");
    CHECK(both.figures.completed.at("two") == "2024-01-25");

    // It is tied to a pool of 60, of which the higher claim needs 10 when the other pool is full.
    const Case tied = run_case(job(15.5, R"(,"accelerators":["a"])", claim(1)),
                               {{"main", "a"}, {"main", "b"}}, {{{60, 40}}});
    CHECK(tied.figures.completed.at("job") == "2024-01-25");
}

TEST_CASE("oracle: a training that is not done is late without limit [M12, S4]") {
    const Case result =
        run_case(job(100, R"(,"due":"2024-02")"), one_pool, {{{100}, 7}, {{40}, 7}});
    CHECK(result.figures.completed.at("job").empty());
    CHECK(result.figures.weeks_late.at("job").value() == std::numeric_limits<double>::infinity());
    CHECK(result.figures.training_usd.at("job") == near(14));
    CHECK(result.edges.at("training not completed") == 1);

    // A remainder below 1e-9 of the whole is none: 31 days but for half a billionth.
    const Case rounded = run_case(job(31 * (1 + 5e-10)), one_pool, {{{100}}, {{100}}});
    CHECK(rounded.figures.completed.at("job") == "2024-01-31");
    const Case kept = run_case(job(31 * (1 + 2e-9)), one_pool, {{{100}}, {{100}}});
    CHECK(kept.figures.completed.at("job") == "2024-02-01");
}

TEST_CASE("oracle: tokens come from the days asked and the share served [M12]") {
    // 1e9 a day x 8.64e11 x peak 2 / (86,400 x 1e15 x 0.2) = 100 H100e.
    const std::string api = R"({"api":{"kind":"inference","tokens_per_day":1e9,
        "flop_per_token":8.64e11,"mfu_share":0.2,"peak_to_mean":2,"to":"2024-02-15"},
        "rest":{"kind":"reserved","h100e":50,"priority":2}})";
    const Case result = run_case(api, one_pool, {{{50}, 31000}, {{100}, 15000}, {{60}, 900}});
    CHECK(result.of("demand_h100e", "api") == near(100));
    CHECK(result.of("served_h100e", "api") == near(50));
    CHECK(result.figures.million_tokens.at("api")[0] == near(15500));
    CHECK(result.of("usd_per_million_tokens", "api") == near(2));
    // 15 of the 29 days of February: 1500/29 of the 100; 15,000 million tokens.
    CHECK(result.of("served_h100e", "api", 1) == near(1500.0 / 29));
    CHECK(result.figures.million_tokens.at("api")[1] == near(15000));
    const double share = (1500.0 / 29) / 100; // the claim has the rest, 1400/29
    CHECK(result.of("usd_per_million_tokens", "api", 1) == near(share));
    const auto& by_workload = result.figures.series.at("usd_per_million_tokens");
    CHECK_FALSE(by_workload.at({"workload", "api"}).at(2).has_value());
    CHECK_FALSE(by_workload.at({"workload", "rest"}).at(0).has_value());
    CHECK_FALSE(by_workload.at({"total", "total"}).at(0).has_value());

    const SeriesTable quarter = fold_demand(result.figures, result.clock.periods, {{0, 1, 2}});
    CHECK(quarter.at("usd_per_million_tokens").at({"workload", "api"}).at(0).value() ==
          near((31000 + 15000 * share) / 30500));
}

TEST_CASE("oracle: what is charged when nothing is served belongs to nobody [M12]") {
    const std::string late = R"({"x":{"kind":"reserved","h100e":10,"team":"t","from":"2024-02"}})";
    const Case result = run_case(late, one_pool, {{{5}, 500, 4, 2}, {{0}, 300}, {{5}, 200}});
    for (const std::size_t p : {0, 1}) {
        CHECK(result.at("charged_usd", p, "workload", "-") == (p == 0 ? 500 : 300));
        CHECK(result.at("charged_usd", p, "team", "-") == (p == 0 ? 500 : 300));
        CHECK(result.at("charged_usd", p, "team", "t") == 0);
        CHECK(result.of("charged_usd", "x", p) == 0);
    }
    CHECK(result.at("charged_usd", 0) == 500);
    CHECK(result.at("charged_mwh", 0, "team", "-") == 4);
    CHECK(result.at("charged_t", 0, "workload", "-") == 2);
    CHECK(result.at("demand_h100e", 0, "workload", "-") == 0);
    CHECK(result.at("shortfall_h100e", 1) == near(10));
    CHECK(result.of("charged_usd", "x", 2) == near(200));
    CHECK_FALSE(result.figures.series.at("utilisation").at({"total", "total"}).at(1).has_value());

    const Case none = run_case("{}", one_pool, {{{5}, 500}});
    CHECK(none.at("charged_usd", 0, "team", "-") == 500);
    CHECK(none.at("utilisation", 0) == 0);
    CHECK(none.at("idle_h100e", 0) == 5);
}

TEST_CASE("oracle: longer periods average demand over hours and sum charges [G1]") {
    const Case result = run_case(R"({"x":{"kind":"reserved","h100e":{"points":{
        "2024-01":10,"2024-02":40}},"team":"t"}})",
                                 one_pool, {{{20}, 300}, {{30}, 100}});
    const SeriesTable folded = fold_demand(result.figures, result.clock.periods, {{0, 1}});
    const auto value = [&](const char* metric) {
        return folded.at(metric).at({"total", "total"}).at(0).value();
    };
    CHECK(value("demand_h100e") == near((10.0 * 31 + 40 * 29) / 60));
    CHECK(value("served_h100e") == near((10.0 * 31 + 30 * 29) / 60));
    CHECK(value("shortfall_h100e") == near(10.0 * 29 / 60));
    CHECK(value("idle_h100e") == near(10.0 * 31 / 60));
    CHECK(value("utilisation") == near((10.0 * 31 + 30 * 29) / (20.0 * 31 + 30 * 29)));
    CHECK(folded.at("charged_usd").at({"team", "t"}).at(0).value() == near(400));
    CHECK_FALSE(folded.at("idle_h100e").at({"team", "t"}).at(0).has_value());
    CHECK_FALSE(folded.at("utilisation").at({"team", "t"}).at(0).has_value());
}

TEST_CASE("oracle: shares found by subsets are flows that nobody can better [M12]") {
    long shorted = 0, restricted = 0;
    for (std::uint64_t number = 0; number < 400; ++number) {
        Dice dice(number);
        std::vector<double> capacity(static_cast<std::size_t>(dice.from_to(1, 5)));
        for (double& pool : capacity)
            pool = dice.chance(15) ? 0 : dice.between(1, 100);
        std::vector<Claim> claims(static_cast<std::size_t>(dice.from_to(1, 6)));
        for (Claim& claim : claims) {
            claim.priority = dice.from_to(1, 3);
            claim.ask = dice.chance(10) ? 0 : dice.between(1, 80);
            for (std::size_t pool = 0; pool < capacity.size(); ++pool)
                claim.may_use.push_back(dice.chance(55) ? 1 : 0);
        }
        Edges edges = no_edges();
        const std::vector<double> amounts = share_out(claims, capacity, edges);
        restricted += edges.at("freeze by restriction");
        INFO("number " << number);
        CHECK(flows(claims, amounts, capacity));
        for (std::size_t i = 0; i < claims.size(); ++i) {
            CHECK(amounts[i] >= 0);
            CHECK(amounts[i] <= claims[i].ask);
            // Alone with the higher and those of its level that are served no better, it is full.
            std::vector<double> tried = amounts;
            for (std::size_t k = 0; k < claims.size(); ++k) {
                const bool better = claims[k].priority == claims[i].priority &&
                                    amounts[k] * claims[i].ask > amounts[i] * claims[k].ask + 1e-6;
                if (claims[k].priority > claims[i].priority || better)
                    tried[k] = 0;
            }
            if (amounts[i] < claims[i].ask - 1e-6) {
                tried[i] += 1e-6;
                CHECK_FALSE(flows(claims, tried, capacity));
                ++shorted;
            }
            // Exactly what could be had more while lower ones yield.
            const double more = could_get_more(i, claims, amounts, capacity);
            std::vector<double> yielded = amounts;
            for (std::size_t k = 0; k < claims.size(); ++k)
                if (claims[k].priority > claims[i].priority)
                    yielded[k] = 0;
            yielded[i] = amounts[i] + std::max(0.0, more - 1e-6);
            CHECK(flows(claims, yielded, capacity));
            yielded[i] = amounts[i] + more + 1e-6;
            CHECK_FALSE(flows(claims, yielded, capacity));
        }
    }
    CHECK(shorted > 200);
    CHECK(restricted > 50);
}

TEST_CASE("oracle: the places of a scenario are where its sources may stand") {
    const auto places =
        workload_places(Json::parse(R"({"p":{"kind":"purchase","accelerator":"a"},
            "u":{"kind":"undisclosed"},"l":{"kind":"lease","accelerator":"b","units":1},
            "q":{"kind":"purchase","accelerator":"c","sites":["west"]}})"),
                        Json::parse(R"({"east":{"accelerators":["a"]},"west":{}})"));
    std::string text;
    for (const WorkloadPlace& place : places)
        text += place.accelerator + "@" + place.site + " ";
    CHECK(text == "a@east a@west @west b@ c@west ");
}

TEST_CASE("oracle: random workloads meet every edge of demand and keep its balances [M12, C1]") {
    Edges sum = no_edges();
    long trainings = 0, completed = 0;
    for (std::uint64_t number = 0; number < 500; ++number) {
        Dice dice(number);
        Horizon horizon;
        horizon.months = dice.from_to(6, 30);
        ValueMaker values(dice, horizon);
        const Json sources =
            Json::parse(R"({"p":{"kind":"purchase","accelerator":"a","sites":["east"]},
            "q":{"kind":"purchase","accelerator":"b"},"u":{"kind":"undisclosed"},
            "l":{"kind":"lease","accelerator":"a"}})");
        const Json sites = Json::parse(R"({"east":{"accelerators":["a"]},"west":{}})");
        const WorkloadWishes wishes{workload_places(sources, sites), 20000};
        Json scenario = {{"start", "2024-01"}, {"end", horizon.month_text(horizon.months - 1)}};
        if (!dice.chance(5))
            scenario["workloads"] = random_workloads(dice, horizon, values, wishes);
        scenario["inputs"] = values.inputs();
        const Clock clock = read_clock(scenario);
        Edges edges = no_edges();
        INFO("number " << number);
        Values drawn(scenario, clock, Draws::medians(), edges);
        const std::vector<DemandPool> pools = {
            {"east", "a"}, {"west", "b"}, {"west", ""}, {std::nullopt, "a"}};
        DemandOracle oracle(scenario, wishes.flops, pools, clock, drawn, edges);
        const int begins = dice.chance(40) ? dice.from_to(1, 3) : 0; // before: no capacity
        for (int p = 0; p < horizon.months; ++p) {
            DemandSupply supply;
            for (std::size_t i = 0; i < pools.size(); ++i)
                supply.capacity.push_back(p < begins ? 0 : dice.between(1000, 9000));
            supply.cost_usd = dice.between(-1e5, 1e6);
            oracle.step(supply);
        }
        const DemandFigures figures = oracle.figures();
        add(sum, edges);
        for (const auto& [name, day_done] : figures.completed) {
            ++trainings;
            completed += day_done.empty() ? 0 : 1;
        }
        const auto& at = figures.series;
        for (const char* metric :
             {"demand_h100e", "served_h100e", "shortfall_h100e", "charged_usd"}) {
            std::map<std::string, std::vector<double>> sums; // by team, workload and in total
            for (const auto& [group, series] : at.at(metric)) {
                sums[group.first].resize(series.size());
                for (std::size_t p = 0; p < series.size(); ++p)
                    sums[group.first][p] += series[p].value();
            }
            for (std::size_t p = 0; p < clock.periods.size(); ++p) {
                CHECK(sums["team"][p] == Approx(sums["total"][p]).epsilon(1e-9).margin(1e-6));
                CHECK(sums["workload"][p] == Approx(sums["total"][p]).epsilon(1e-9).margin(1e-6));
            }
        }
        const Json workloads = scenario.value("workloads", Json::object());
        for (const auto& [name, workload] : workloads.items()) {
            if (!workload.is_object())
                continue;
            const auto lists = [&workload = workload](const char* key, const std::string& entry) {
                const Json listed = workload.value(key, Json::array({entry}));
                return !entry.empty() && std::count(listed.begin(), listed.end(), entry) > 0;
            };
            bool somewhere = false;
            for (const WorkloadPlace& place : wishes.places) {
                const bool accelerator =
                    !workload.contains("accelerators") || lists("accelerators", place.accelerator);
                const bool site = !workload.contains("sites") || lists("sites", place.site);
                somewhere = somewhere || (accelerator && site);
            }
            CHECK(somewhere); // else the scenario would be refused
        }
        for (const auto& idle : at.at("idle_h100e").at({"total", "total"}))
            CHECK(idle.value() >= -1e-6);
    }
    for (const std::string& name : demand_edge_names()) {
        INFO(name);
        CHECK(sum.at(name) > 0);
    }
    CHECK(completed * 2 > trainings); // a good part, not all
    CHECK(completed < trainings);
}
