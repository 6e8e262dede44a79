// Hand-computed cases of rule [P8]: how many units a `reach` and a `reach_h100e` order.
#include "rules.hpp"

using namespace fleetcast::testing::rules;

namespace {

/// A source of a catalogue accelerator, 1 H100e and 1 kW a unit.
std::string chips(const std::string& kind, const std::string& name, const std::string& fields,
                  const std::string& accelerator = "nvidia-h100-sxm") {
    return source(kind, name, R"("accelerator": ")" + accelerator + R"(", )" + fields);
}

/// A purchase that reaches so many H100s by a month.
std::string wanted(const std::string& name, const std::string& target, const std::string& by) {
    return chips("purchase", name,
                 R"("deliveries": {"reach": )" + target + R"(, "by": ")" + by + R"("})");
}

/// A source that fills the fleet up to so many H100e by December 2024.
std::string rest(const std::string& name, const std::string& target,
                 const std::string& h100e = "1") {
    return '"' + name + R"(": {"kind": "undisclosed", "kw_per_unit": 1, "h100e": )" + h100e +
           R"(, "deliveries": {"reach_h100e": )" + target + R"(, "by": "2024-12"}})";
}

/// Units a source has acquired by the end of 2024.
double bought(const std::string& sources, const std::string& name) {
    return forecast(plan("2024-01", "2024-12", sources)).of("source", name, "acquired", 11);
}

const std::string base = chips("installed", "base", R"("vintages": {"2023-06": 100},
                                                       "annual_attrition_share": 0.5)");

} // namespace

TEST_CASE("[P8] a reach orders what the other sources of its accelerator leave to the target") {
    // 500 - 100 - 200; neither attrition nor 50 units of another accelerator matter.
    const auto sources = base + ", " + wanted("want", "500", "2024-12") + ", " +
                         chips("purchase", "more", within("2024-12", "200")) + ", " +
                         chips("purchase", "other", within("2024-01", "50"), "amd-mi300x");
    const auto f = forecast(plan("2024-01", "2024-12", sources));
    CHECK(f.of("source", "want", "acquired", 11) == near(200));
    // `from` is the start when left out: even over twelve months.
    CHECK(f.of("source", "want", "delivered", 0) == near(200.0 / 12));
}

TEST_CASE("[P8] a vintage whose life ends before the last moment of `by` does not count") {
    // The last moment of June is 6: -7 + 12 is before it, -6 + 12 is not.
    CHECK(bought(chips("installed", "base", R"("vintages": {"2023-06": 60, "2023-07": 40},
                                               "service_life_months": 12)") +
                     ", " + wanted("want", "100", "2024-06"),
                 "want") == near(100 - 40));
}

TEST_CASE("[P8] other orders count by their dates, without delay or respin, at median lead times") {
    // The order arrives from 0.5 to 1.5: 25 of 50 by the end of January, 50 by that of February.
    const auto others =
        chips("purchase", "slow", R"("delay_months": 6, "orders": {"po": {"ordered": "2024-01",
              "units": 50, "lead_time_months": {"uniform": [0, 1]}}})") +
        ", " +
        chips("in-house", "own",
              within("2024-02", "20") +
                  R"(, "respin": {"probability_share": 0.9,
                                                     "delay_months": 9})") +
        ", ";
    CHECK(bought(others + wanted("want", "80", "2024-01"), "want") == near(80 - 25));
    CHECK(bought(others + wanted("want", "80", "2024-02"), "want") == near(80 - 50 - 20));
}

TEST_CASE("[P8] an arrival at the moment after `by` does not count") {
    const auto arriving = [](const std::string& date) {
        return bought(chips("purchase", "more", at_once(date, "30")) + ", " +
                          wanted("want", "100", "2024-02"),
                      "want");
    };
    CHECK(arriving("2024-03-01") == near(100));
    CHECK(arriving("2024-02-29") == near(100 - 30));
}

TEST_CASE("[P8] a reach counts the reaches earlier in the file") {
    // early: 300 - 100 = 200; late: 500 - 100 - 200.
    const auto sources =
        base + ", " + wanted("early", "300", "2024-06") + ", " + wanted("late", "500", "2024-12");
    CHECK(bought(sources, "early") == near(200));
    CHECK(bought(sources, "late") == near(200));
}

TEST_CASE("[P8] a reach does not count the reaches later in the file") {
    // late, now first: 500 - 100 = 400, half of them by June; early: 350 - 100 - 200.
    const auto sources =
        base + ", " + wanted("late", "500", "2024-12") + ", " + wanted("early", "350", "2024-06");
    CHECK(bought(sources, "late") == near(400));
    CHECK(bought(sources, "early") == near(50));
}

TEST_CASE("[P8] a reach orders nothing when there is enough") {
    CHECK(bought(base + ", " + wanted("want", "60", "2024-12"), "want") == near(0));
    CHECK(bought(base + ", " + rest("want", "60"), "want") == near(0));
}

TEST_CASE("[P8] a reach counts no lease") {
    CHECK(bought(base + R"(, "rented": {"kind": "lease", "accelerator": "nvidia-h100-sxm",
                            "units": 70, "from": "2024-01", "to": "2025-12",
                            "rate_usd_per_hour": 1}, )" +
                     wanted("want", "300", "2024-12"),
                 "want") == near(300 - 100));
}

TEST_CASE("[P8] a reach keeps its own `from`, curve and delay") {
    // 100 units from 1 to 3 by u^2: 25, then 75; a month later: 25 in March, 75 after the end.
    const auto f = forecast(
        plan("2024-01", "2024-03", chips("purchase", "want", R"("delay_months": 1, "deliveries":
                                       {"reach": 100, "from": "2024-02", "by": "2024-03",
                                        "curve": "back-loaded"})")));
    CHECK(row(f, "delivered") == Row{{0, 0, 25}});
    CHECK(f.outcome("pending.want") == near(75));
}

TEST_CASE("[P8] a reach_h100e fills up the whole fleet, by equivalence, leases in force included") {
    // December ends at 12: the lease to then is in force, the one that ended a day before is not,
    // and the one from January 2025 (12) has not begun.
    const auto rented = [](const std::string& name, const std::string& units,
                           const std::string& from, const std::string& to) {
        return lease(name, R"("rate_usd_per_hour": 1, "units": )" + units + R"(, "from": ")" +
                               from + R"(", "to": ")" + to + '"') +
               ", ";
    };
    const auto sources = R"("double": {"kind": "installed", "h100e": 2, "kw_per_unit": 1,
                                       "vintages": {"2023-06": 100}}, )" +
                         rented("in-force", "50", "2024-06", "2024-12") +
                         rented("over", "70", "2024-01", "2024-12-30") +
                         rented("to-come", "90", "2025-01", "2025-06") + rest("fill", "600", "0.5");
    CHECK(bought(sources, "fill") == near((600 - 100 * 2 - 50) / 0.5));
}

TEST_CASE("[P8] reach is settled before reach_h100e, wherever it stands") {
    // want: 300 - 100 = 200; fill: 500 - 100 - 200.
    const auto sources =
        rest("fill", "500") + ", " + base + ", " + wanted("want", "300", "2024-12");
    CHECK(bought(sources, "want") == near(200));
    CHECK(bought(sources, "fill") == near(200));
}

TEST_CASE("[P8] a reach does not count what a reach_h100e brings") {
    const auto filled =
        chips("undisclosed", "fill", R"("deliveries": {"reach_h100e": 400, "by": "2024-12"})");
    CHECK(bought(filled + ", " + wanted("want", "300", "2024-12"), "want") == near(300));
    CHECK(bought(filled + ", " + wanted("want", "300", "2024-12"), "fill") == near(400 - 300));
}

TEST_CASE("[P8] a reach_h100e counts those earlier in the file, not the later ones") {
    const auto sources = base + ", " + rest("one", "300") + ", " + rest("two", "500");
    CHECK(bought(sources, "one") == near(300 - 100));
    CHECK(bought(sources, "two") == near(500 - 100 - 200));
}
