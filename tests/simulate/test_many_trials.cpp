// Many trials: the same bytes whoever runs them, closed forms, differences between plans, failures.
#include "oracle/program_figures.hpp"
#include "support/catch.hpp"
#include "support/plan_of.hpp"

#include <fleetcast/base/embedded.hpp>
#include <fleetcast/random/standard_normal.hpp>
#include <fleetcast/simulate/forecast.hpp>

#include <bit>
#include <cmath>

using namespace fleetcast;
using namespace fleetcast::testing;

namespace {

// A fleet with every part of the engine in it, on a short horizon.
const std::string mixed = R"({
  "start":"2024-01","end":"2025-06",
  "inputs":{"slip":{"triangular":[-1,1,5]},"power_usd":{"start":{"lognormal":{"median":65,"sigma":0.3}},
            "growth_per_year":{"uniform":[-0.02,0.1]}},"scale":{"formula":"0.9 + slip / 100"}},
  "sources":{
    "old":{"kind":"installed","accelerator":"nvidia-a100-80gb-sxm","vintages":{"2020-02":{"uniform":[900,1100]},"2021-06":500},
      "service_life_months":{"uniform":[40,60]},"annual_attrition_share":{"uniform":[0.01,0.2]},"price_usd":9000,"resale_share":0.1},
    "new":{"kind":"purchase","accelerator":"nvidia-h100-sxm",
      "deliveries":{"units":{"pert":[2000,3000,5000]},"from":"2024-01","to":"2024-12","curve":"s-curve"},
      "delay_months":{"ref":"inputs.slip"},"price_usd":{"points":{"2024-01":30000,"2024-09":{"uniform":[20000,28000]}},"between":"linear"},
      "annual_failure_rate":{"uniform":[0.02,0.1]},"repair_days":{"uniform":[2,20]},"maintenance_share_per_year":0.03,
      "commissioning_months":{"discrete":[[0,0.5],[1,0.5]]},"acceptance_months":1,"replaces":{"source":"old","from":"2024-06"}},
    "po":{"kind":"purchase","accelerator":"nvidia-h200-sxm","orders":{
      "a":{"ordered":"2023-10","units":800,"lead_time_months":{"triangular":[3,5,9]},"over_months":2,"price_usd":31000},
      "b":{"arrives":"2024-08","units":{"lognormal":{"median":400,"sigma":0.5}},"over_months":0}},"price_usd":33000},
    "own":{"kind":"in-house","h100e":{"formula":"0.3 * scale"},"kw_per_unit":0.3,"deliveries":{"schedule":{"2024-03":400,"2024-Q3":900}},
      "respin":{"probability_share":0.4,"delay_months":{"uniform":[2,6]}},"nre_usd":{"uniform":[1e6,3e6]},"nre_from":"2024-01","nre_to":"2024-12"},
    "rest":{"kind":"undisclosed","kw_per_unit":0.7,"deliveries":{"reach_h100e":{"uniform":[5000,7000]},"by":"2025-03"}},
    "rent":{"kind":"lease","accelerator":"nvidia-h100-sxm","units":500,"from":"2024-05","to":"2025-01-15","rate_usd_per_hour":{"uniform":[2,3]},"delay_months":{"uniform":[0,1]}}},
  "sites":{
    "a":{"power":{"p1":{"from":"2023-12","critical_mw":2},"p2":{"from":"2024-05","critical_mw":{"uniform":[1,3]},"delay_months":{"triangular":[0,1,6]},"build_usd_per_mw":1e7}},
      "delay_months":{"uniform":[0,2]},"install_units_per_month":700,"pue":{"uniform":[1.1,1.3]},"electricity_usd_per_mwh":{"ref":"inputs.power_usd"},
      "colocation_usd_per_kw_month":90},
    "b":{"power":{"p1":{"from":"2024-09","critical_mw":6,"delay_months":{"uniform":[-1,4]}}},"load_share":{"uniform":[0.6,0.9]}}},
  "correlations":{"late":{"between":["inputs.slip","sites.a.power.p2.delay_months","sites.b.power.p1.delay_months"],"rank":0.6}},
  "costs":{"setup":{"usd":{"normal":[1e6,2e5]},"at":"2024-02"},"store":{"usd_per_month":{"uniform":[1e4,2e4]}}}
})";

/// The bits of all that a forecast says.
std::uint64_t digest(const Forecast& forecast) {
    std::uint64_t hash = 14695981039346656037U;
    const auto mix = [&](std::uint64_t word) { hash = (hash ^ word) * 1099511628211U; };
    const auto add = [&](const Figures& figures) {
        for (const auto& value : figures.values)
            mix(value ? std::bit_cast<std::uint64_t>(*value) : 1U);
    };
    for (const Figures& figures : forecast.views)
        add(figures);
    for (const Figures& figures : forecast.differences)
        add(figures);
    for (const auto& statistics : forecast.outcomes)
        for (const double value : statistics)
            mix(std::bit_cast<std::uint64_t>(value));
    for (const ConditionTally& tally : forecast.conditions)
        for (const auto& replicate : tally.held)
            for (const std::uint64_t count : replicate)
                mix(count);
    for (const Wait& wait : forecast.waits)
        for (const double value : {wait.share, wait.units, wait.mw})
            mix(std::bit_cast<std::uint64_t>(value));
    return hash;
}

Condition reaches(std::string_view metric, double low) {
    Condition condition;
    condition.metric = metric_named(metric);
    condition.low = low;
    return condition;
}

std::vector<Forecast> run(std::span<const PlanRun> runs, const RunSettings& settings) {
    auto result = simulate(runs, settings);
    if (const auto* failure = std::get_if<TrialFailure>(&result))
        FAIL(failure->path << ": " << failure->message << " in trial " << failure->trial);
    return std::get<std::vector<Forecast>>(std::move(result));
}

RunSettings settings_of(std::uint64_t trials) {
    RunSettings settings;
    settings.trials = trials;
    settings.spread = true;
    settings.threads = 1;
    return settings;
}

/// The total of one metric in one period.
double total(const Forecast& forecast, std::string_view metric, std::size_t period, Stat stat,
             double share = 0) {
    const Figures& figures = forecast.views[0];
    for (std::size_t s = 0; s < figures.statistics.size(); ++s)
        for (std::size_t m = 0; m < figures.metrics.size(); ++m)
            if (figures.metrics[m]->name == metric &&
                figures.statistics[s] == Statistic{stat, share})
                return figures.at(m, 0, period, s).value();
    throw std::runtime_error("no such figure");
}

} // namespace

TEST_CASE("any number of threads gives the same bytes, whatever the sampling") {
    const Plan plan = plan_of(mixed);
    const PlanRun wanted{
        &plan, {oracle::everything(plan, Every::period)}, {reaches("h100e", 3000)}};
    for (const Sampling sampling : {Sampling::random, Sampling::lhs, Sampling::sobol}) {
        RunSettings settings = settings_of(4500);
        settings.sampling = sampling;
        std::uint64_t first = 0;
        for (const unsigned threads : {1U, 2U, 3U, 7U}) {
            settings.threads = threads;
            const std::uint64_t now = digest(run({&wanted, 1}, settings).front());
            if (threads == 1)
                first = now;
            CHECK(now == first);
        }
    }
}

TEST_CASE("every level of the processor gives the same bytes") {
    const Plan plan = plan_of(mixed);
    const PlanRun wanted{
        &plan, {oracle::everything(plan, Every::quarter)}, {reaches("h100e", 3000)}};
    RunSettings settings = settings_of(3000);
    settings.level = Level::baseline;
    const std::uint64_t expected = digest(run({&wanted, 1}, settings).front());
    for (const Level level : {Level::v3, Level::v4}) {
        if (level > best_level())
            continue; // this processor cannot run it
        settings.level = level;
        CHECK(digest(run({&wanted, 1}, settings).front()) == expected);
    }
}

TEST_CASE("a trial is the same alone and among others") {
    const Plan plan = plan_of(mixed);
    const std::vector<FigureView> views{oracle::everything(plan, Every::period)};
    const auto together = simulate_trials(plan, views, 7, 100, 37);
    const auto& many = std::get<0>(together);
    for (const std::size_t k : {0U, 1U, 20U, 36U}) {
        const auto alone = simulate_trials(plan, views, 7, 100 + k, 1);
        CHECK(std::get<0>(alone)[0][0].values == many[k][0].values);
    }
}

TEST_CASE("trials differ, and differ by seed") {
    const Plan plan = plan_of(mixed);
    const std::vector<FigureView> views{oracle::everything(plan, Every::period)};
    const auto trials = std::get<0>(simulate_trials(plan, views, 1, 0, 2));
    const auto other = std::get<0>(simulate_trials(plan, views, 2, 0, 1));
    CHECK(trials[0][0].values != trials[1][0].values);
    CHECK(trials[0][0].values != other[0][0].values);
}

TEST_CASE("statistics of a run are those of its trials") {
    const Plan plan = plan_of(mixed);
    const FigureView view = oracle::everything(plan, Every::period);
    const PlanRun wanted{&plan, {view}, {}};
    constexpr std::size_t count = 1500;
    const Forecast forecast = run({&wanted, 1}, settings_of(count)).front();
    const auto trials = std::get<0>(simulate_trials(plan, {view}, 1, 0, count));
    const Figures& figures = forecast.views[0];
    const std::size_t cells = trials[0][0].values.size();
    const auto statistic = [&](Stat stat, double share, std::size_t cell) {
        const auto at = std::ranges::find(figures.statistics, Statistic{stat, share});
        return figures
            .values[static_cast<std::size_t>(at - figures.statistics.begin()) * cells + cell];
    };
    std::size_t compared = 0;
    for (std::size_t c = 0; c < cells; c += 7) {
        std::vector<double> values;
        for (const auto& trial : trials)
            if (trial[0].values[c])
                values.push_back(*trial[0].values[c]);
        REQUIRE(statistic(Stat::mean, 0, c).has_value() == !values.empty());
        if (values.empty())
            continue;
        std::ranges::sort(values);
        double sum = 0;
        for (const double value : values)
            sum += value;
        const double most = std::max(std::fabs(values.front()), std::fabs(values.back()));
        CHECK(std::fabs(*statistic(Stat::mean, 0, c) - sum / static_cast<double>(values.size())) <=
              1e-12 * most);
        CHECK(statistic(Stat::min, 0, c) == values.front());
        CHECK(statistic(Stat::max, 0, c) == values.back());
        for (const double p : {0.1, 0.5, 0.9}) {
            const double rank = p * static_cast<double>(values.size() - 1);
            const auto low = static_cast<std::size_t>(rank);
            const std::size_t high = std::min(low + 1, values.size() - 1);
            const double expected =
                values[low] + (rank - static_cast<double>(low)) * (values[high] - values[low]);
            CHECK(std::fabs(*statistic(Stat::quantile, p, c) - expected) <= 1e-12 * most);
        }
        ++compared;
    }
    CHECK(compared > 1000);
}

TEST_CASE("a sum of correlated normals has the closed-form mean, spread and quantiles") {
    for (const double correlation : {-0.5, 0.0, 0.8}) {
        const Plan plan = plan_of(
            R"({"start":"2024-01","end":"2024-01","sources":{"s":{"kind":"installed",
                "accelerator":"nvidia-h100-sxm","vintages":{"2023-01":1}}},
                "costs":{"a":{"usd":{"normal":[100,3]},"at":"2024-01"},
                         "b":{"usd":{"normal":[50,4]},"at":"2024-01"}},
                "correlations":{"c":{"between":["costs.a.usd","costs.b.usd"],"normal":)" +
            std::to_string(correlation) + "}}}");
        const PlanRun wanted{&plan, {{{metric_named("other_usd")}, {{}}, Every::period}}, {}};
        constexpr double trials = 40'000;
        const double sd = std::sqrt(9 + 16 + 2 * correlation * 12);
        for (const Sampling sampling : {Sampling::random, Sampling::lhs, Sampling::sobol}) {
            RunSettings settings = settings_of(static_cast<std::uint64_t>(trials));
            settings.sampling = sampling;
            const Forecast forecast = run({&wanted, 1}, settings).front();
            CAPTURE(correlation, static_cast<int>(sampling));
            constexpr double k = 5; // standard errors
            CHECK(std::fabs(total(forecast, "other_usd", 0, Stat::mean) - 150) <
                  k * sd / std::sqrt(trials));
            CHECK(std::fabs(total(forecast, "other_usd", 0, Stat::sd) - sd) <
                  k * sd / std::sqrt(2 * trials));
            for (const double p : {0.1, 0.5, 0.9}) {
                const double z = normal_score({p, 1 - p});
                const double density = std::exp(-z * z / 2) / std::sqrt(2 * 3.14159265358979) / sd;
                const double se = std::sqrt(p * (1 - p) / trials) / density;
                CHECK(std::fabs(total(forecast, "other_usd", 0, Stat::quantile, p) -
                                (150 + z * sd)) < k * se);
                // The error that is printed is of the right size, or smaller where strata help.
                const double printed = total(forecast, "other_usd", 0, Stat::quantile_se, p);
                CHECK(printed < 2 * se);
                if (sampling == Sampling::random)
                    CHECK(printed > se / 2);
            }
        }
    }
}

TEST_CASE("plans that share their inputs differ by nothing but what differs") {
    const std::string more =
        mixed.substr(0, mixed.find("\"rent\"")) +
        R"("extra":{"kind":"installed","accelerator":"nvidia-h100-sxm","vintages":{"2023-01":{"uniform":[10,20]}},
           "sites":["b"]},)" +
        mixed.substr(mixed.find("\"rent\""));
    const Plan base = plan_of(mixed), same = plan_of(mixed), other = plan_of(more);
    const FigureView view{{metric_named("delivered"), metric_named("in_service")},
                          groups_of(base, {GroupBy::total, GroupBy::source}),
                          Every::period};
    const FigureView wider{view.metrics, groups_of(other, {GroupBy::total, GroupBy::source}),
                           Every::period};
    const std::vector<PlanRun> runs{
        {&base, {view}, {}}, {&same, {view}, {}}, {&other, {wider}, {}}};
    const auto forecasts = run(runs, settings_of(2000));
    for (const auto& value : forecasts[1].differences[0].values)
        CHECK(value.value_or(0) == 0);
    const Figures& difference = forecasts[2].differences[0];
    CHECK(difference.groups.size() == view.groups.size()); // "extra" has nothing to set beside it
    for (std::size_t p = 0; p < difference.periods.size(); ++p)
        for (const std::size_t source : {1U, 2U, 3U, 4U}) // "old" to "own" have the same draws
            CHECK(difference.at(0, source, p).value() == 0);
    CHECK(difference.at(1, 0, 0).value() != 0);
}

TEST_CASE("a failure is that of the first trial that has one, at any number of threads") {
    const Plan plan = plan_of(
        R"json({"start":"2024-01","end":"2024-03","inputs":{"u":{"uniform":[0,1]},"p":{"formula":"sqrt(u - 0.0004)"}},
            "sources":{"s":{"kind":"purchase","accelerator":"nvidia-h100-sxm","price_usd":{"ref":"inputs.p"},
            "deliveries":{"units":5,"from":"2024-01","to":"2024-02"}}}})json");
    const PlanRun wanted{&plan, {oracle::everything(plan, Every::period)}, {}};
    std::uint64_t trial = 0; // the first with u below 0.0004
    while (uniform(1, fnv1a64("inputs.u"), trial) >= 0.0004)
        ++trial;
    for (const unsigned threads : {1U, 3U}) {
        RunSettings settings = settings_of(20'000);
        settings.threads = threads;
        const auto result = simulate({&wanted, 1}, settings);
        const auto* failure = std::get_if<TrialFailure>(&result);
        REQUIRE(failure);
        CHECK(failure->trial == trial);
        CHECK(failure->path == "sources.s.price_usd");
        CHECK(failure->message.starts_with("is not a finite number where inputs.u is 0.000"));
        CHECK_FALSE(failure->internal);
    }
}

TEST_CASE("conditions count the trials in which they hold") {
    const Plan plan = plan_of(
        R"({"start":"2024-01","end":"2024-12","sources":{"s":{"kind":"purchase","accelerator":"nvidia-h100-sxm",
            "delay_months":{"uniform":[0,10]},"deliveries":{"units":120,"from":"2024-01","to":"2024-01"}}}})");
    Condition first = reaches("acquired", 119.99);
    Condition all = reaches("acquired", 119.99), any = reaches("delivered", 100);
    all.over = Condition::Over::all;
    all.periods = std::vector<bool>(12, false);
    all.periods[5] = true;
    any.over = Condition::Over::any;
    Condition late;
    late.over = Condition::Over::all;
    late.low = 1; // units pending
    const PlanRun wanted{&plan, {oracle::everything(plan, Every::period)}, {first, all, any, late}};
    constexpr std::uint64_t trials = 20'000;
    const Forecast forecast = run({&wanted, 1}, settings_of(trials)).front();
    const auto share = [&](std::uint64_t count) { return static_cast<double>(count) / trials; };
    constexpr double k_se = 5 * 0.5 / 141.4; // 5 standard errors of a share, at most
    // It arrives over one month from the delay on, so all is there at delay + 1 <= x1.
    for (std::size_t p = 0; p < 10; ++p)
        CHECK(std::fabs(share(forecast.conditions[0].held[0][p]) - (p == 0 ? 0.0 : 0.1)) <
              k_se + 1e-4);
    CHECK(std::fabs(share(forecast.conditions[1].held[0][0]) - 0.5) < k_se);
    // 100 of 120 units arrive in one month when the delay is within 1/6 of a whole month.
    CHECK(std::fabs(share(forecast.conditions[2].held[0][0]) - 1.0 / 3) < k_se);
    CHECK(forecast.conditions[3].held[0][0] == 0);
}
