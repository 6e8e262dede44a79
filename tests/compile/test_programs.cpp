// Programs of a plan: an input that varies in time is one series, shared by all that name it, and
// is worked out once for a moment.
#include "support/catch.hpp"
#include "validate/plans.hpp"

#include <fleetcast/compile/compile.hpp>
#include <fleetcast/load/catalog.hpp>
#include <fleetcast/load/scenario.hpp>
#include <fleetcast/simulate/block_values.hpp>

#include <fmt/format.h>

#include <chrono>

using namespace fleetcast;
using namespace fleetcast::testing;

namespace {

Plan plan_of(const std::string& scenario) {
    return compile(load_scenario({"test.json", scenario}).scenario, load_catalog());
}

/// A cost each month that is the last of `count` inputs: the first is given, each other is the mean
/// of the one before and itself.
std::string halves(int count, const std::string& first) {
    std::string inputs = "\"x0\":" + first;
    for (int i = 1; i < count; ++i)
        inputs += fmt::format(R"(,"x{}":{{"formula":"(x{} + x{}) / 2"}})", i, i - 1, i - 1);
    return purchase_with("", fmt::format(R"("inputs":{{{}}},"costs":{{"c":{{"usd_per_month":)"
                                         R"({{"ref":"inputs.x{}"}}}}}})",
                                         inputs, count - 1));
}

const std::string growth = R"({"start":100,"growth_per_year":0.21})";

const SeriesRule& series_at(const Plan& plan, const std::string& path) {
    return *std::ranges::find(plan.series, path, &SeriesRule::path);
}

} // namespace

TEST_CASE("inputs that name the one before twice are worked out once each") {
    const auto begin = std::chrono::steady_clock::now();
    for (const int count : {20, 60, 5000}) {
        CAPTURE(count);
        const testing::Figures run = forecast(halves(count, growth));
        CHECK(run.total("other_usd", 0) == Approx(100));
        CHECK(run.total("other_usd", 6) == Approx(110));
    }
    CHECK(forecast(halves(5000, "7")).total("other_usd", 3) == Approx(7));
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(60));
}

TEST_CASE("an input that varies in time is one series, however many name it") {
    const Plan plan = plan_of(purchase_with(
        R"("price_usd":{"ref":"inputs.r"},"system_price_usd":{"formula":"t * 2 + f"})",
        R"("inputs":{"f":{"formula":"t + r"},"r":{"ref":"inputs.t"},"t":{"points":{"2024-01":1,"2024-07":3}},
                     "unused":{"points":{"2024-01":1}}})"));
    CHECK(plan.points.size() == 1);
    CHECK(std::ranges::count(plan.series, "inputs.t", &SeriesRule::path) == 1);
    CHECK(std::ranges::count(plan.series, "inputs.r", &SeriesRule::path) == 0); // it is t
    CHECK(series_at(plan, "sources.s.price_usd").program.size() == 1);
    for (std::size_t i = 0; i < plan.series.size(); ++i)
        for (const Instruction& step : plan.series[i].program)
            if (step.code == Code::series)
                CHECK(step.index < i);
}

TEST_CASE("a shared series is worked out anew for each moment, in any order of moments") {
    const Plan plan = plan_of(purchase_with(
        R"("price_usd":{"formula":"t + g"},"system_price_usd":{"formula":"t * 2"})",
        R"("inputs":{"t":{"points":{"2024-01":1,"2024-07":3}},"g":{"formula":"10 * t"}})"));
    const Prepared prepared = std::get<Prepared>(prepare(plan));
    RowArena arena(8);
    BlockValues values(prepared, arena, Level::baseline);
    values.load({});
    const auto price_at = [&](const Moment& moment) {
        return values.at(plan.sources[0].price, moment)[1];
    };
    const auto system_at = [&](const Moment& moment) {
        return values.at(plan.sources[0].system_price, moment)[1];
    };
    for (const auto& [x, price] : {std::pair(0.0, 11.0), std::pair(7.0, 33.0), std::pair(7.0, 33.0),
                                   std::pair(0.0, 11.0), std::pair(3.0, 11.0)}) {
        CAPTURE(x);
        CHECK(price_at({x, nullptr}) == price);
        CHECK(system_at({x, nullptr}) == (x < 6 ? 2.0 : 6.0));
        CHECK(system_at({6, nullptr}) == 6.0); // between two at x
        const std::vector<double> moments(8, x); // each lane has its own
        CHECK(price_at({0, moments.data()}) == price);
    }
    CHECK_FALSE(values.failure());
}

TEST_CASE("an input may leave a range on the way to a value that lies within it") {
    const std::string inputs =
        R"("inputs":{"t":{"points":{"2024-01":-1,"2024-07":-3}},"square":{"formula":"t * t"}})";
    CHECK(errors(purchase_with(R"("price_usd":{"ref":"inputs.square"})", inputs)) == "");
    CHECK(errors(purchase_with(R"("price_usd":{"ref":"inputs.t"})", inputs))
              .find("must be at least 0, got -1") != std::string::npos);
}
