// Hand-computed cases of rule [M12]: who gets the fleet, when trainings end, what is charged.
#include "rules.hpp"

using namespace fleetcast::testing::rules;

namespace {

constexpr double flops = 989.4e12;        // dense BF16 of one H100 [FLOP/s]
constexpr double january = 31 * 86'400.0; // [s]
constexpr double leap_february = 29 * 86'400.0;

/// A fleet of so many H100e from the start on, without losses, over three months of 2024.
std::string fleet(const std::string& workloads, const std::string& rest = "",
                  const std::string& units = "100") {
    return plan("2024-01", "2024-03", installed("a", R"("vintages": {"2023-12": )" + units + "}"),
                R"("workloads": {)" + workloads + "}" + (rest.empty() ? "" : ", " + rest));
}

std::string claim(const std::string& name, const std::string& h100e,
                  const std::string& fields = "") {
    return '"' + name + R"(": {"kind": "reserved", "h100e": )" + h100e + fields + '}';
}

/// A training that is whole after so many seconds of one H100 at an MFU of 0.5.
std::string training(const std::string& name, double h100_seconds, const std::string& most,
                     const std::string& fields = "") {
    return '"' + name + R"(": {"kind": "training", "mfu_share": 0.5, "flop": )" +
           std::to_string(h100_seconds * 0.5 * flops) + R"(, "max_h100e": )" + most + fields + '}';
}

Row served(const fleetcast::testing::Figures& figures, const std::string& workload) {
    return row(figures, "workload", workload, "served_h100e");
}

} // namespace

TEST_CASE("[M12] equal priorities share in proportion to what they ask") {
    const auto f = forecast(fleet(claim("x", "50") + ", " + claim("y", "150")));
    CHECK(served(f, "x") == Row{{25, 25, 25}});
    CHECK(served(f, "y") == Row{{75, 75, 75}});
    CHECK(row(f, "demand_h100e") == Row{{200, 200, 200}});
    CHECK(row(f, "shortfall_h100e") == Row{{100, 100, 100}});
    CHECK(row(f, "idle_h100e") == Row{{0, 0, 0}});
    CHECK(row(f, "utilisation") == Row{{1, 1, 1}});
}

TEST_CASE("[M12] a higher priority is served before a lower one") {
    const auto f = forecast(fleet(claim("x", "50", R"(, "priority": 2, "team": "t")") + ", " +
                                  claim("y", "70", R"(, "team": "u")")));
    CHECK(served(f, "x") == Row{{30, 30, 30}});
    CHECK(served(f, "y") == Row{{70, 70, 70}});
    CHECK(row(f, "team", "t", "shortfall_h100e") == Row{{20, 20, 20}});
    CHECK(row(f, "team", "u", "shortfall_h100e") == Row{{0, 0, 0}});
}

TEST_CASE("[M12] a claim counts for the part of the period that it covers") {
    // The second half of February 2024: 14.5 of 29 days.
    const auto f = forecast(
        fleet(claim("x", "40", R"(, "from": "2024-02-15", "to": "2024-02-29", "team": "t")")));
    CHECK(served(f, "x") == Row{{0, 40 * 15.0 / 29, 0}});
}

TEST_CASE("[M12] an inference asks for what its peak needs") {
    // 1e9 tokens a day at 2e9 FLOP, peak 3, MFU 0.25.
    const double asked = 1e9 * 2e9 * 3 / (86'400 * flops * 0.25);
    const auto f = forecast(fleet(R"("chat": {"kind": "inference", "tokens_per_day": 1e9,
        "flop_per_token": 2e9, "mfu_share": 0.25, "peak_to_mean": 3})"));
    CHECK(row(f, "workload", "chat", "demand_h100e") == Row{{asked, asked, asked}});
}

TEST_CASE("[M12] a training takes what it can get and ends when its backlog is done") {
    // All of January at 40 of 40, then as much again as ten days of February at 40.
    const double work = 40 * january + 40 * 10 * 86'400.0;
    const auto f = forecast(fleet(training("x", work, "40", R"(, "due": "2024-01-27")")));
    CHECK(served(f, "x") == Row{{40, 40 * 10.0 / 29, 0}});
    // Midnight after the tenth of February belongs to that day; 14 days after the 27th of January.
    CHECK(f.outcome_date("workloads.x.completed") == "2024-02-10");
    CHECK(f.outcome("workloads.x.weeks_late") == near(2));
}

TEST_CASE("[M12] a training beside an equal priority ends later in the period than alone") {
    // January: it asks for all that is left, the claim for 60, of 100. In February both get what
    // they ask for; the training could have had the 40 that the claim leaves.
    const double work = 40 * january + 20 * leap_february;
    const auto f = forecast(fleet(training("x", work, "80") + ", " + claim("y", "60")));
    const double first = 100 * (work / january) / (work / january + 60);
    CHECK(served(f, "x").figures[0] == near(first));
    const double left = (work - first * january) / leap_february;
    CHECK(served(f, "x").figures[1] == near(left));
    const auto day = static_cast<int>(std::ceil(29 * left / 40 - 1e-6));
    CHECK(f.outcome_date("workloads.x.completed") == "2024-02-0" + std::to_string(day));
}

TEST_CASE("[M12] a training that is not done has no date and is later than every other") {
    const auto f = forecast(fleet(training("x", 1000 * january, "40", R"(, "due": "2024-02")"),
                                  R"("checks": {"c": {"metric": "workloads.x.completed",
                                           "at_most": "2030-01"}})"));
    CHECK(f.outcome_date("workloads.x.completed").empty());
    CHECK(f.verdict("c") == "fail");
}

TEST_CASE("[M12] what may run on one site only is short while others are not") {
    const auto f =
        forecast(plan("2024-01", "2024-02",
                      installed("a", R"("vintages": {"2023-12": 10}, "sites": ["m"])") + ", " +
                          installed("b", R"("vintages": {"2023-12": 90}, "sites": ["n"])"),
                      sites(R"("m": {}, "n": {"pue": 1.1})") + R"(, "workloads": {)" +
                          claim("x", "30", R"(, "sites": ["m"])") + ", " + claim("y", "30") + "}"));
    CHECK(served(f, "x") == Row{{10, 10}});
    CHECK(served(f, "y") == Row{{30, 30}});
    CHECK(row(f, "idle_h100e") == Row{{60, 60}});
}

TEST_CASE("[M12] cost, energy and emissions go to workloads by what they are served") {
    const std::string rest = sites(R"("m": {"pue": 1, "load_share": 1,
        "electricity_usd_per_mwh": 50, "carbon_kg_per_mwh": 200})");
    const auto f = forecast(fleet(claim("x", "10", R"(, "team": "t")") + ", " +
                                      claim("y", "30", R"(, "to": "2024-02")"),
                                  rest));
    const double mwh = 100 * 744 / 1000.0; // January, idle units, too
    CHECK(f.of("workload", "x", "charged_mwh", 0) == near(mwh / 4));
    CHECK(f.of("workload", "y", "charged_usd", 0) == near(mwh * 50 * 3 / 4));
    CHECK(f.of("team", "t", "charged_t", 0) == near(mwh * 0.2 / 4));
    CHECK(f.of("team", "-", "charged_t", 0) == near(mwh * 0.2 * 3 / 4));
    CHECK(f.of("workload", "x", "charged_mwh", 2) == near(mwh)); // alone in March
    CHECK(f.total("charged_usd", 2) == near(mwh * 50));
}

TEST_CASE("[M12] what nobody is served for is charged to nobody") {
    const auto f = forecast(fleet(claim("x", "10", R"(, "from": "2024-02")"),
                                  sites(R"("m": {"pue": 1, "load_share": 1})")));
    CHECK(f.of("workload", "-", "charged_mwh", 0) == near(74.4));
    CHECK(f.of("workload", "-", "charged_mwh", 1) == near(0));
    CHECK(f.of("workload", "x", "charged_mwh", 1) == near(100 * 29 * 24 / 1000.0));
}

TEST_CASE("[M12] a million tokens cost what is charged over what is served") {
    const double asked = 1e9 * 2e9 / (86'400 * flops * 0.25);
    const auto f = forecast(fleet(R"("chat": {"kind": "inference", "tokens_per_day": 1e9,
        "flop_per_token": 2e9, "mfu_share": 0.25})",
                                  sites(R"("m": {"pue": 1, "load_share": 1,
        "electricity_usd_per_mwh": 50})"),
                                  std::to_string(asked / 2)));
    // Half of the tokens of 31 days are served, at the cost of the whole fleet.
    const double cost = asked / 2 * 744 / 1000.0 * 50;
    CHECK(f.of("workload", "chat", "usd_per_million_tokens", 0) ==
          Approx(cost / (1e9 * 31 / 2 / 1e6)).epsilon(1e-5)); // the fleet is written to 6 digits
}

TEST_CASE("[M12] what a training costs is what it is charged") {
    const auto f =
        forecast(fleet(training("x", 40 * january, "40"), sites(R"("m": {"pue": 1, "load_share": 1,
        "electricity_usd_per_mwh": 50})")));
    CHECK(f.outcome_date("workloads.x.completed") == "2024-01-31");
    CHECK(f.outcome("workloads.x.training_usd") == near(100 * 744 / 1000.0 * 50));
}
