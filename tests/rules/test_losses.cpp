// Hand-computed cases of rules [P1] and [P2]: retirement and attrition.
#include "rules.hpp"

using namespace fleetcast::testing::rules;

namespace {

/// An attrition of 0.75 a year leaves 0.25^(months/12): half after six months.
const std::string attrition = R"(, "annual_attrition_share": 0.75)";

/// What that attrition leaves after so many months.
double left_after(double months) { return std::pow(0.25, months / 12); }

fleetcast::testing::Figures opening(const std::string& end, const std::string& vintage,
                                    const std::string& more) {
    return forecast(
        plan("2024-01", end, installed("a", R"("vintages": {")" + vintage + R"(": 100})" + more)));
}

} // namespace

TEST_CASE("[P1] a vintage leaves in the first period that begins at or after its end of life") {
    // March 2023 is -10; -10 + 12 = 2 is the first moment of March 2024.
    const auto f = opening("2024-04", "2023-03", R"(, "service_life_months": 12)");
    CHECK(row(f, "retired") == Row{{0, 0, 100, 0}});
    CHECK(row(f, "in_service") == Row{{100, 100, 0, 0}});
    // -10 + 12.5 = 2.5 is within March: April.
    CHECK(row(opening("2024-04", "2023-03", R"(, "service_life_months": 12.5)"), "retired") ==
          Row{{0, 0, 0, 100}});
}

TEST_CASE("[P1] a vintage whose life is over by the start leaves in the first period") {
    const auto f = opening("2024-02", "2023-01", R"(, "service_life_months": 12)"); // ends at 0
    CHECK(row(f, "retired") == Row{{100, 0}});
    CHECK(row(f, "acquired") == Row{{100, 100}});
    CHECK(row(opening("2024-02", "2020-01", R"(, "service_life_months": 12)"), "retired") ==
          Row{{100, 0}});
}

TEST_CASE("[P1] a cohort's life counts from the start of its period of installation") {
    // Installed through January (0) and February (1): 0 + 2 and 1 + 2.
    const auto f = forecast(
        plan("2024-01", "2024-04",
             purchase("a", even("2024-01", "2024-02", "200") + R"(, "service_life_months": 2)")));
    CHECK(row(f, "retired") == Row{{0, 0, 100, 100}});
}

TEST_CASE("[P1] a unit that waited in the warehouse lives from its installation") {
    const auto f =
        forecast(plan("2024-01", "2024-04",
                      purchase("a", within("2024-01", "100") + R"(, "service_life_months": 1)"),
                      sites(R"("m": {"power": {"p": {"from": "2024-02", "critical_mw": 1}}})")));
    CHECK(row(f, "installed") == Row{{0, 100, 0, 0}});
    CHECK(row(f, "retired") == Row{{0, 0, 100, 0}});
}

TEST_CASE("[P1] in weeks a cohort's life counts from the start of its week") {
    // Installed in the week of 8 January (7/31); 7/31 + 1/2 = 22.5/31, and weeks begin at
    // 21/31 and at 28/31, the fifth.
    const auto f = forecast(
        plan("2024-01-01", "2024-02-04",
             purchase("a", at_once("2024-01-10", "100") + R"(, "service_life_months": 0.5)"),
             R"("step": "week")"));
    CHECK(row(f, "installed") == Row{{0, 100, 0, 0, 0}});
    CHECK(row(f, "retired") == Row{{0, 0, 0, 0, 100}});
}

TEST_CASE("[P1] what attrition left of a cohort retires") {
    // July 2023 is -6: its life of 12 months ends at 6, after six periods of attrition.
    const auto f = opening("2024-07", "2023-07", R"(, "service_life_months": 12)" + attrition);
    double lost = 0;
    for (std::size_t period = 0; period < 6; ++period)
        lost += f.total("lost", period);
    CHECK(lost == near(50));
    CHECK(f.total("retired", 6) == near(50));
    CHECK(f.total("lost", 6) == near(0)); // retiring comes first
}

TEST_CASE("[P2] attrition leaves (1 - share)^(months/12) of every cohort") {
    const auto f = opening("2024-12", "2023-01", attrition);
    CHECK(f.total("lost", 0) == near(100 * (1 - left_after(1))));
    CHECK(f.total("in_service", 5) == near(50));
    CHECK(f.total("in_service", 11) == near(25));
}

TEST_CASE("[P2] attrition goes by the length of the period, in weeks and in a cut one") {
    const auto f = forecast(plan("2024-01", "2024-02",
                                 installed("a", R"("vintages": {"2023-01": 100})" + attrition),
                                 R"("step": "week")"));
    CHECK(f.total("in_service", 0) == near(100 * left_after(7.0 / 31)));
    CHECK(f.total("lost", 8) == near(100 * (left_after(2 - 4.0 / 29) - left_after(2))));
}

TEST_CASE("[P2] units are not lost in the period that installs them, nor in the warehouse") {
    const auto f =
        forecast(plan("2024-01", "2024-02", purchase("a", within("2024-01", "100") + attrition),
                      sites(site("m", "0.06"))));
    CHECK(row(f, "lost") == Row{{0, 60 * (1 - left_after(1))}});
    // The room that the lost ones leave is taken from the 40 that wait.
    CHECK(row(f, "warehoused") == Row{{40, 40 - 60 * (1 - left_after(1))}});
}

TEST_CASE("[P2] a lost unit is not installed again") {
    const auto f =
        forecast(plan("2024-01", "2024-03", purchase("a", within("2024-01", "100") + attrition)));
    CHECK(row(f, "installed") == Row{{100, 0, 0}});
    CHECK(row(f, "in_service") == Row{{100, 100 * left_after(1), 100 * left_after(2)}});
}
