// Hand-computed cases of rules [P3] and [P7]: deliveries, orders, delays, leases.
#include "rules.hpp"

using namespace fleetcast::testing::rules;

namespace {

fleetcast::testing::Figures supply(const std::string& end, const std::string& fields) {
    return forecast(plan("2024-01", end, purchase("a", fields)));
}

fleetcast::testing::Figures curve(const std::string& name, const std::string& units) {
    return supply("2024-04", R"("deliveries": {"units": )" + units +
                                 R"(, "from": "2024-01", "to": "2024-04", "curve": ")" + name +
                                 R"("})");
}

std::size_t warnings(const std::string& scenario) {
    std::size_t count = 0;
    for (const auto& problem : problems_of(scenario))
        count += problem.severity == fleetcast::Severity::warning ? 1 : 0;
    return count;
}

fleetcast::testing::Figures leased(const std::string& from, const std::string& to,
                                   const std::string& more = "") {
    return forecast(plan("2024-01", "2024-04",
                         lease("a", R"("units": 50, "rate_usd_per_hour": 1, "from": ")" + from +
                                        R"(", "to": ")" + to + '"' + more)));
}

} // namespace

TEST_CASE("[P3] an s-curve has delivered 3u^2 - 2u^3 when the share u of its time is gone") {
    // u = 1/4, 1/2, 3/4, 1: 10/64, 32/64, 54/64, 64/64.
    CHECK(row(curve("s-curve", "64"), "delivered") == Row{{10, 32 - 10, 54 - 32, 64 - 54}});
}

TEST_CASE("[P3] a front-loaded curve has delivered 1 - (1-u)^2, a back-loaded one u^2") {
    CHECK(row(curve("front-loaded", "16"), "delivered") == Row{{7, 12 - 7, 15 - 12, 16 - 15}});
    CHECK(row(curve("back-loaded", "16"), "delivered") == Row{{1, 4 - 1, 9 - 4, 16 - 9}});
}

TEST_CASE("[P3] a curve that begins within a month is exact, not rounded to periods") {
    // From 15/31 to 2, 47/31 months: u = 16/47 at the end of January, and 47^2 u^2 = 16^2.
    const auto f = supply("2024-02", R"("deliveries": {"units": 2209, "from": "2024-01-16",
        "to": "2024-02", "curve": "back-loaded"})");
    CHECK(row(f, "delivered") == Row{{16 * 16, 47 * 47 - 16 * 16}});
}

TEST_CASE("[P3] a schedule is even within each month, quarter and year") {
    const auto f = supply("2025-01", R"("deliveries": {"schedule":
        {"2024-01": 10, "2024-Q2": 300, "2025": 120}})");
    CHECK(row(f, "delivered") == Row{{10, 0, 0, 100, 100, 100, 0, 0, 0, 0, 0, 0, 10}});
    CHECK(f.outcome("pending.a") == near(120 - 10));
}

TEST_CASE("[P3] what was due before the start arrives in the first period, with a warning") {
    const auto f = supply("2024-02", even("2023-11", "2024-02", "40"));
    CHECK(row(f, "delivered") == Row{{10 + 10 + 10, 10}});
    const auto from = [](const std::string& month) {
        return plan("2024-01", "2024-02", purchase("a", even(month, "2024-02", "40")));
    };
    CHECK(warnings(from("2023-11")) == warnings(from("2024-01")) + 1);
}

TEST_CASE("[P3] a delay shifts the whole schedule, by parts of months too") {
    // C(x1 - 1.5) with 100 a month from 0 to 2: 0, 50, 150, 200.
    const auto f =
        supply("2024-04", even("2024-01", "2024-02", "200") + R"(, "delay_months": 1.5)");
    CHECK(row(f, "delivered") == Row{{0, 50, 100, 50}});
}

TEST_CASE("[P3] a negative delay is early, and what it puts before the start comes first") {
    // 100 a month from 1 to 4, that is from -0.5 to 2.5.
    const auto f =
        supply("2024-03", even("2024-02", "2024-04", "300") + R"(, "delay_months": -1.5)");
    CHECK(row(f, "delivered") == Row{{150, 100, 50}});
}

TEST_CASE("[P3] what slips past the end is pending") {
    const auto f = supply("2024-03", even("2024-01", "2024-03", "300") + R"(, "delay_months": 1)");
    CHECK(row(f, "delivered") == Row{{0, 100, 100}});
    CHECK(f.outcome("pending.a") == near(100));
}

TEST_CASE("[P3] an order begins to arrive at its date plus lead time, over one month") {
    // -2 + 2.5 = 0.5, to 1.5.
    const auto f = supply("2024-03", R"("orders": {"po": {"ordered": "2023-11", "units": 10,
        "lead_time_months": 2.5}})");
    CHECK(row(f, "delivered") == Row{{5, 5, 0}});
}

TEST_CASE("[P3] an order is even over its own months") {
    // From 0.5 to 2.5: 20 a month.
    const auto f = supply("2024-03", R"("orders": {"po": {"ordered": "2023-11", "units": 40,
        "lead_time_months": 2.5, "over_months": 2}})");
    CHECK(row(f, "delivered") == Row{{10, 20, 10}});
}

TEST_CASE("[P3] an arrival at the first moment of a period belongs to that period") {
    const auto f = supply("2024-03", R"("orders": {"po": {"ordered": "2023-12", "units": 10,
        "lead_time_months": 2, "over_months": 0}})");
    CHECK(row(f, "delivered") == Row{{0, 10, 0}}); // -1 + 2 = 1
    const auto after = supply("2024-03", at_once("2024-04-01", "10"));
    CHECK(row(after, "delivered") == Row{{0, 0, 0}});
    CHECK(after.outcome("pending.a") == near(10));
}

TEST_CASE("[P3] the source's delay comes on top of each order's lead time") {
    const auto f = supply("2024-04", R"("delay_months": 1, "orders": {
        "one": {"ordered": "2024-01", "units": 10, "lead_time_months": 1, "over_months": 0},
        "two": {"arrives": "2024-02-15", "units": 5, "over_months": 0}})");
    CHECK(row(f, "delivered") == Row{{0, 0, 10 + 5, 0}}); // at 0 + 1 + 1 and 1 + 14/29 + 1
}

TEST_CASE("[P3] in-house and undisclosed sources deliver as purchases do") {
    const auto f = forecast(plan("2024-01", "2024-02",
                                 source("in-house", "b", within("2024-01", "20")) + ", " +
                                     source("undisclosed", "c", within("2024-02", "30"))));
    CHECK(row(f, "source", "b", "delivered") == Row{{20, 0}});
    CHECK(row(f, "source", "c", "delivered") == Row{{0, 30}});
}

TEST_CASE("[P7] a lease is in service in the periods whose end lies within it") {
    // From 1 to 3; the ends of the periods are 1, 2, 3, 4.
    CHECK(row(leased("2024-02", "2024-03"), "in_service") == Row{{0, 50, 50, 0}});
    // From 1 + 14/29 to 2 + 15/31: only the end of February.
    CHECK(row(leased("2024-02-15", "2024-03-15"), "in_service") == Row{{0, 50, 0, 0}});
}

TEST_CASE("[P7] a delay shifts both ends of a lease") {
    CHECK(row(leased("2024-02", "2024-03", R"(, "delay_months": 1)"), "in_service") ==
          Row{{0, 0, 50, 50}});
    // From 1.5 to 3.5.
    CHECK(row(leased("2024-02", "2024-03", R"(, "delay_months": 0.5)"), "in_service") ==
          Row{{0, 50, 50, 0}});
}

TEST_CASE("[P7] in weeks a lease of one week is in service in that week alone") {
    const auto f =
        forecast(plan("2024-01-01", "2024-01-21", lease("a", R"("units": 50, "rate_usd_per_hour": 1,
                                               "from": "2024-01-08", "to": "2024-01-14")"),
                      R"("step": "week")"));
    CHECK(row(f, "in_service") == Row{{0, 50, 0}});
    CHECK(row(f, "lease_usd") == Row{{0, 50 * 168, 0}});
}

TEST_CASE("[P7] a lease is neither owned nor stored nor limited by any site's power") {
    const auto f =
        forecast(plan("2024-01", "2024-01", lease("a", R"("units": 50, "rate_usd_per_hour": 1,
                                               "from": "2024-01", "to": "2024-12")"),
                      sites(R"("none": {"power": {}})")));
    CHECK(f.total("in_service", 0) == near(50));
    CHECK(f.total("owned", 0) == near(0));
    CHECK(f.total("warehoused", 0) == near(0));
    CHECK(f.total("acquired", 0) == near(0));
    CHECK(f.of("site", "none", "in_service", 0) == near(0));
}
