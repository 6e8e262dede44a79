// The oracle stands by itself: cases computed by hand, and the edges that random scenarios meet.
#include "oracle/figure_of.hpp"
#include "support/catch.hpp"

#include "oracle/oracle.hpp"
#include "oracle/oracle_formula.hpp"
#include "oracle/oracle_laws.hpp"
#include "oracle/random_edges.hpp"
#include "oracle/random_scenario.hpp"

#include <cmath>
#include <fstream>
#include <string>

using namespace fleetcast::oracle;

namespace {

Json small_catalog() {
    return Json::parse(R"({"version":"test","accelerators":{
        "nvidia-h100-sxm":{"name":"H100","figures":{"tdp_w":{"value":700},
            "server_max_power_w":{"value":10000},"accelerators_per_server":{"value":8},
            "memory_gb":{"value":80},"bf16_tflops":{"value":1000},"fp8_tflops":{"value":2000}}},
        "old":{"name":"Old","figures":{"tdp_w":{"value":300},"memory_gb":{"value":32},
            "fp16_tflops":{"value":125},"int8_tops":{"value":500},
            "embodied_kg":{"value":120}}}}})");
}

Figures run_text(const std::string& text, const std::string& every = "period") {
    return run(Json::parse(text, nullptr, true, true), small_catalog(), every);
}

Approx near(double value) { return Approx(value).epsilon(1e-12).margin(1e-12); }

double median(const std::string& text, const std::string& name = "x") {
    Edges edges = no_edges();
    return quantile_of(Json::parse(text), name, 0.5, edges);
}

} // namespace

TEST_CASE("oracle: days are linear inside their month and the last period is cut [T1]") {
    const Figures months = run_text(R"({"start":"2024-01","end":"2024-03-10",
        "sources":{"l":{"kind":"lease","h100e":1,"units":10,"from":"2024-01","to":"2024-12",
                        "rate_usd_per_hour":2}},
        "costs":{"rent":{"usd_per_month":31}}})");
    REQUIRE(months.periods == std::vector<std::string>{"2024-01-01", "2024-02-01", "2024-03-01"});
    // January has 744 hours, February of 2024 696, ten days of March 240.
    CHECK(figure(months, "lease_usd", 0) == near(10 * 2 * 744));
    CHECK(figure(months, "lease_usd", 1) == near(10 * 2 * 696));
    CHECK(figure(months, "lease_usd", 2) == near(10 * 2 * 240));
    CHECK(figure(months, "other_usd", 2) == near(31.0 * 10 / 31));

    // Two weeks from the 25th: 7 days of January, then 7 of February.
    const Figures weeks = run_text(R"({"start":"2024-01-25","end":"2024-02-07","step":"week",
        "sources":{"l":{"kind":"lease","h100e":1,"units":1,"from":"2024-01-30","to":"2024-02-02",
                        "rate_usd_per_hour":1}},
        "costs":{"rent":{"usd_per_month":1}}})");
    REQUIRE(weeks.periods == std::vector<std::string>{"2024-01-25", "2024-02-01"});
    CHECK(figure(weeks, "other_usd", 0) == near(7.0 / 31));
    CHECK(figure(weeks, "other_usd", 1) == near(7.0 / 29));
    CHECK(figure(weeks, "lease_usd", 0) == near(48));
    CHECK(figure(weeks, "lease_usd", 1) == near(48));
    CHECK(figure(weeks, "in_service", 0) == 1); // in force at the end of the first week only
    CHECK(figure(weeks, "in_service", 1) == 0);
}

TEST_CASE("oracle: a late linear delivery is priced when it was due [P3, M6]") {
    // 1,200 over 12 months, 1.5 months late; the price doubles in February.
    const Figures figures = run_text(R"({"start":"2024-01","end":"2024-06",
        "sources":{"p":{"kind":"purchase","accelerator":"nvidia-h100-sxm","delay_months":1.5,
            "price_usd":{"points":{"2024-01":1,"2024-02":2}},
            "deliveries":{"units":1200,"from":"2024-01","to":"2024-12"}}}})");
    CHECK(figure(figures, "delivered", 0) == 0);
    CHECK(figure(figures, "delivered", 1) == near(50));
    CHECK(figure(figures, "capex_usd", 1) == near(50));  // agreed at 1 - 1.5, not before 0
    CHECK(figure(figures, "capex_usd", 2) == near(100)); // agreed at 0.5
    CHECK(figure(figures, "capex_usd", 3) == near(200)); // agreed at 1.5
    CHECK(figures.pending.at("p").value() == near(1200 - 450));
    CHECK(figures.edges.at("pending past the end") == 1);
    CHECK(figure(figures, "cum_cost_usd", 3) - figure(figures, "cum_cost_usd", 2) ==
          near(figure(figures, "cost_usd", 3)));
}

TEST_CASE("oracle: orders arrive at once or evenly, and their warehouse has one average cost") {
    // 100 units of 10 USD at once on 1 February, 300 of 20 + 2 USD over March and April.
    const Figures figures = run_text(R"({"start":"2024-01","end":"2024-04",
        "sites":{"s":{"power":{"a":{"from":"2024-01","critical_mw":0.1},
                               "b":{"from":"2024-03","critical_mw":0.15}}}},
        "sources":{"p":{"kind":"purchase","h100e":1,"kw_per_unit":2,"price_usd":10,
            "maintenance_share_per_year":1.2,
            "orders":{"a":{"ordered":"2023-11","lead_time_months":3,"over_months":0,"units":100},
                      "b":{"arrives":"2024-03","over_months":2,"units":300,"price_usd":22}}}}})");
    CHECK(figure(figures, "delivered", 0) == 0);
    CHECK(figure(figures, "delivered", 1) == 100);
    CHECK(figure(figures, "delivered", 2) == near(150));
    CHECK(figure(figures, "capex_usd", 2) == near(150 * 22));
    // February: 50 installed, 500 USD. March: warehouse 50 of 10 and 150 of 22, 19 on average.
    CHECK(figure(figures, "in_service", 1) == near(50));
    CHECK(figure(figures, "installed", 2) == near(75));
    CHECK(figure(figures, "maintenance_usd", 2) == near((50 * 10 + 75 * 19) * 0.1));
}

TEST_CASE("oracle: power and install rate bind, and what waits is counted where it could go") {
    const Figures figures = run_text(R"({"start":"2024-01","end":"2024-02",
        "sites":{"full":{"power":{"a":{"from":"2023-01","critical_mw":1}},"reserve_share":0.1,
                         "provisioning_share":0.9},
                 "slow":{"install_units_per_month":100}},
        "sources":{"p":{"kind":"purchase","h100e":1,"kw_per_unit":2,"sites":["full"],
                        "deliveries":{"units":800,"from":"2024-01","to":"2024-01"}},
                   "q":{"kind":"purchase","h100e":1,"kw_per_unit":2,
                        "deliveries":{"units":300,"from":"2024-01","to":"2024-01"}}}})");
    // 900 kW / (2 x 0.9) = 500 units.
    CHECK(figure(figures, "in_service", 0, "source", "p") == near(500));
    CHECK(figure(figures, "waiting_power", 0, "site", "full") == near(300));
    CHECK(figure(figures, "power_short_mw", 0) == near(300 * 1.8 / 1000));
    CHECK(figure(figures, "headroom_mw", 0) == near(0));
    CHECK(figure(figures, "waiting_install", 0, "site", "slow") == near(200));
    CHECK(figure(figures, "waiting_install", 1, "source", "q") == near(100));
    CHECK(figure(figures, "bound_power", 0) == 1);
    CHECK(figure(figures, "bound_install", 0, "source", "q") == 1);
    CHECK(figure(figures, "bound_install", 0, "site", "slow") == 1);
    CHECK(empty(figures, "bound_none", 0, "site", "slow"));
    CHECK(empty(figures, "power_mw", 0, "site", "slow"));
    CHECK(figure(figures, "power_mw", 0) == 1);
    CHECK(empty(figures, "power_mw", 0, "source", "p"));
}

TEST_CASE("oracle: opening fleets go where headroom is, the rest to the last site [P6]") {
    const Figures figures = run_text(R"({"start":"2024-01","end":"2024-02",
        "sites":{"a":{"power":{"a":{"from":"2023-01","critical_mw":0.1}}},
                 "b":{"power":{"a":{"from":"2023-01","critical_mw":0.1}}}},
        "sources":{"i":{"kind":"installed","h100e":1,"kw_per_unit":1,
                        "vintages":{"2022-01":80,"2022-02":170},"service_life_months":24}}})");
    // The first vintage, all of it at a, is 24 months old on 1 January; the second a month later.
    CHECK(figure(figures, "acquired", 0, "site", "a") == near(100));
    CHECK(figure(figures, "acquired", 0, "site", "b") == near(150));
    CHECK(figure(figures, "retired", 0) == near(80));
    CHECK(figure(figures, "in_service", 0, "site", "a") == near(20));
    CHECK(figure(figures, "headroom_mw", 0, "site", "b") == 0);
    CHECK(figure(figures, "retired", 1) == near(170));
    CHECK(figures.edges.at("opening over the power") == 1);
}

TEST_CASE("oracle: attrition, failures, spares and acceptance [P2, M1, M2]") {
    const Figures figures = run_text(R"({"start":"2024-01","end":"2024-12",
        "sources":{"i":{"kind":"installed","h100e":2,"kw_per_unit":1,"vintages":{"2023-01":1000},
                        "annual_attrition_share":0.19,"annual_failure_rate":2,
                        "repair_days":36.525,"spares_share":0.1},
                   "p":{"kind":"purchase","h100e":1,"kw_per_unit":1,"acceptance_months":2,
                        "orders":{"o":{"arrives":"2024-01","over_months":0,"units":12}}}}})");
    const double stay = std::pow(0.81, 1.0 / 12);
    CHECK(figure(figures, "in_service", 5, "source", "i") == near(900)); // 0.81^(6/12) = 0.9
    CHECK(figure(figures, "lost", 0) == near(1000 - 1000 * stay));
    const double failures = (1000 + 1000 * stay) / 2 * 2 / 12;
    CHECK(figure(figures, "failures", 0) == near(failures));
    CHECK(figure(figures, "hours_between_failures", 0) == near(744 / failures));
    CHECK(empty(figures, "hours_between_failures", 0, "source", "p"));
    // 1 / (1 + 2 x 0.1) is below 0.9.
    CHECK(figure(figures, "available", 5, "source", "i") == near(900 / 1.2));
    CHECK(figure(figures, "available", 1, "source", "p") == 0);
    CHECK(figure(figures, "available", 2, "source", "p") == near(12));
    const std::string text = R"({"start":"2024-01","end":"2025-12","finance":{"year_starts":"07"},
        "sources":{"i":{"kind":"installed","h100e":2,"kw_per_unit":1,"vintages":{"2023-01":1000},
                        "annual_failure_rate":1.2}}})";
    const Figures years = run_text(text, "year");
    REQUIRE(years.periods == std::vector<std::string>{"2024-01-01", "2024-07-01", "2025-07-01"});
    CHECK(figure(years, "failures", 1) == near(1200));
    CHECK(figure(years, "hours_between_failures", 1) == near(365 * 24 / 1200.0));
}

TEST_CASE("oracle: refresh retires as much power as the waiting units need [P5]") {
    // 100 old units of 1 kW fill 100 kW; 30 new ones of 2 kW come in January and 60 in February.
    const Figures figures = run_text(R"({"start":"2024-01","end":"2024-03",
        "sites":{"s":{"power":{"a":{"from":"2023-01","critical_mw":0.1}}}},
        "sources":{"old":{"kind":"installed","h100e":1,"kw_per_unit":1,"price_usd":10,
                          "resale_share":0.5,"vintages":{"2023-01":25,"2023-02":75}},
                   "new":{"kind":"purchase","h100e":1,"kw_per_unit":2,
                          "replaces":{"source":"old","from":"2024-02"},
                          "deliveries":{"schedule":{"2024-01":30,"2024-02":60}}}}})");
    CHECK(figure(figures, "waiting_power", 0) == near(30));
    CHECK(figure(figures, "retired", 0) == 0);
    CHECK(figure(figures, "retired", 1) == near(100)); // 90 x 2 kW is more than all of them
    CHECK(figure(figures, "installed", 1) == near(50));
    CHECK(figure(figures, "waiting_power", 1) == near(40));
    CHECK(figure(figures, "resale_usd", 1) == near(100 * 10 * 0.5));
    CHECK(figure(figures, "owned", 1) == near(90));
}

TEST_CASE("oracle: reaches count orders, vintages that live on and leases in force [P8]") {
    const Figures figures = run_text(R"({"start":"2024-01","end":"2024-12",
        "sources":{
            "base":{"kind":"installed","accelerator":"old","service_life_months":24,
                    "vintages":{"2022-06":100,"2023-06":200}},
            "more":{"kind":"purchase","accelerator":"old","delay_months":5,
                    "deliveries":{"units":120,"from":"2024-01","to":"2024-12"}},
            "rest":{"kind":"purchase","accelerator":"old",
                    "deliveries":{"reach":500,"by":"2024-09"}},
            "over":{"kind":"purchase","accelerator":"old",
                    "deliveries":{"reach":400,"by":"2024-12"}},
            "rented":{"kind":"lease","h100e":1,"units":50,"from":"2024-01","to":"2024-12",
                      "rate_usd_per_hour":1},
            "all":{"kind":"undisclosed","kw_per_unit":1,
                   "deliveries":{"reach_h100e":300,"by":"2024-12"}}}})");
    // By the end of September: 200 (the first vintage is over in June) and 9/12 of 120.
    CHECK(figure(figures, "acquired", 11, "source", "rest") == near(210));
    CHECK(figure(figures, "acquired", 11, "source", "over") == 0);
    // An old one is 125/1000: (200 + 120 + 210) x 0.125 = 66.25, and 50 leased.
    CHECK(figure(figures, "acquired", 11, "source", "all") == near(300 - 66.25 - 50));
}

TEST_CASE("oracle: increments slip, stand or come early, and only new ones cost [P4, M7]") {
    const Figures figures = run_text(R"({"start":"2024-01","end":"2024-06",
        "sites":{"s":{"delay_months":1,"build_usd_per_mw":10,"colocation_usd_per_kw_month":2,
            "power":{"old":{"from":"2024-01","critical_mw":1},
                     "late":{"from":"2024-02","critical_mw":2,"delay_months":1},
                     "early":{"from":"2024-03","critical_mw":4,"delay_months":-4,
                              "build_usd_per_mw":99},
                     "own":{"from":"2024-01","critical_mw":8,"delay_months":0}}}},
        "sources":{"i":{"kind":"installed","h100e":1,"kw_per_unit":1,"vintages":{"2023-01":1}}}})");
    // old stands in spite of the delay of the site; early is there at 2 - 4 + 1 = -1.
    CHECK(figure(figures, "power_mw", 0) == 5);
    CHECK(figure(figures, "power_mw", 1) == 13);
    CHECK(figure(figures, "power_mw", 2) == 13);
    CHECK(figure(figures, "power_mw", 3) == 15);
    CHECK(figure(figures, "contracted_mw", 0) == 9);
    CHECK(figure(figures, "contracted_mw", 1) == 11);
    CHECK(figure(figures, "contracted_mw", 2) == 15);
    CHECK(figure(figures, "capex_usd", 0) == 0);
    CHECK(figure(figures, "capex_usd", 1, "site", "s") == 80);
    CHECK(figure(figures, "capex_usd", 3, "source", "-") == 20);
    CHECK(figure(figures, "colocation_usd", 3) == near(2 * 1000 * 15));
}

TEST_CASE("oracle: power times hours is energy, with the catalogue's kW and H100e [M3, M4, M5]") {
    const Figures figures = run_text(R"({"start":"2024-01","end":"2024-01","h100e_basis":"fp8",
        "accelerators":{"odd":{"like":"old","kw_per_unit":0.5,"fp8_tflops":1000}},
        "sites":{"s":{"pue":1.5,"load_share":0.5,"electricity_usd_per_mwh":100,
                      "carbon_kg_per_mwh":200}},
        "sources":{
            "h":{"kind":"installed","accelerator":"nvidia-h100-sxm","vintages":{"2023-01":1000}},
            "o":{"kind":"installed","accelerator":"old","vintages":{"2023-01":1000}},
            "c":{"kind":"installed","accelerator":"odd","vintages":{"2023-01":1000}}}})");
    CHECK(figure(figures, "nameplate_mw", 0, "source", "h") == near(1.375)); // 10/8 x 1.1
    CHECK(figure(figures, "nameplate_mw", 0, "source", "o") == near(0.594)); // 0.3 x 1.8 x 1.1
    CHECK(figure(figures, "nameplate_mw", 0, "accelerator", "odd") == near(0.5));
    CHECK(figure(figures, "h100e", 0) == near(1000 + 250 + 500));
    const double energy = (1.375 + 0.594 + 0.5) * 0.5 * 1.5 * 744;
    CHECK(figure(figures, "energy_mwh", 0) == near(energy));
    CHECK(figure(figures, "energy_usd", 0) == near(energy * 100));
    CHECK(figure(figures, "emissions_t", 0) == near(energy * 0.2));
    CHECK(empty(figures, "embodied_t", 0));
    CHECK(figure(figures, "embodied_t", 0, "source", "o") == near(1000 * 120.0 / 1000 / 60));
}

TEST_CASE("oracle: medians of distributions [R2, R4]") {
    CHECK(median(R"({"uniform":[1,4]})") == near(2.5));
    // (x - 1)^2 / ((9 - 1)(7 - 1)) = 1/2.
    CHECK(median(R"({"triangular":[1,7,9]})") == near(1 + std::sqrt(24.0)));
    CHECK(median(R"({"pert":[0,5,10]})") == near(5));
    // Beta(1, 5): 1 - (1 - x)^5 = 1/2.
    CHECK(median(R"({"pert":[0,0,1]})") == near(1 - std::pow(0.5, 0.2)));
    CHECK(median(R"({"normal":[3,2],"clamp":[4,null]})") == 4);
    // Beyond its mean a normal loses half: the quantile at 3/4 is 0.674489750196082.
    CHECK(median(R"({"normal":[0,1],"truncate":[0,null]})") == near(0.674489750196082));
    CHECK(median(R"({"lognormal":{"median":7,"sigma":0.4}})") == near(7));
    CHECK(median(R"({"interval":[2,8]})") == near(4));
    CHECK(median(R"({"interval":[2,8],"shape":"normal"})") == near(5));
    CHECK(median(R"({"interval":[0.1,0.9]})", "pue_share") == near(0.5));
    CHECK(median(R"({"discrete":[[5,0.5],[1,0.5]]})") == 1);
    CHECK(median(R"({"discrete":[[5,0.5],[1,0.25],[2,0.25]],"truncate":[2,null]})") == 5);
    CHECK(median(R"({"empirical":[4,1,3,2]})") == near(2.5));
    // 0.2 of weight at 0, then the uniform runs to 1/2 at (0.5 - 0.2) / 0.8.
    CHECK(median(R"({"mixture":[[0,0.2],[{"uniform":[0,1]},0.8]]})") == near(0.375));
    CHECK(median(R"({"mixture":[[3,0.5],[{"uniform":[2,4]},0.5]]})") == 3);
}

TEST_CASE("oracle: formulas bind as they are written in scenario-format.md") {
    const auto value = [](const std::string& text) {
        return evaluate_formula(text,
                                [](const std::string& name) { return name == "a" ? 2. : 3.; });
    };
    CHECK(value("-a^2") == -4);
    CHECK(value("a ^ b ^ a") == 512);
    CHECK(value("2 * (a + b) / 4 - 1.5e1") == -12.5);
    CHECK(value("max(a, b, 1) - min(a, b) + abs(-1) + sqrt(4)") == 4);
    CHECK(value("log(exp(a))") == near(2));
}

TEST_CASE("oracle: milestones have the last day of their period, respins happen above one half") {
    const std::string text = R"({"start":"2024-01","end":"2024-06",
        "sources":{"c":{"kind":"in-house","h100e":1,"kw_per_unit":1,
            "respin":{"probability_share":SHARE,"delay_months":2},
            "deliveries":{"units":600,"from":"2024-01","to":"2024-06"}}},
        "milestones":{"300":{"metric":"acquired","at_least":300},
                      "far":{"metric":"acquired","source":"c","at_least":601}},
        "checks":{"k":{"metric":"acquired","at":"2024-03","at_least":300}}})";
    const auto with = [&](const std::string& share) {
        return run_text(std::string(text).replace(text.find("SHARE"), 5, share));
    };
    CHECK(with("0.5").milestones.at("300") == "2024-03-31");
    CHECK(with("0.5").checks.at("k") == "pass");
    CHECK(with("0.6").milestones.at("300") == "2024-05-31");
    CHECK(with("0.6").checks.at("k") == "fail");
    CHECK(with("0.6").milestones.at("far").empty());
}

TEST_CASE("a random scenario is a pure function of its number") {
    CHECK(random_scenario(7) == random_scenario(7));
    CHECK(random_scenario(7) != random_scenario(8));
}

TEST_CASE("1,000 random scenarios meet every limit and edge") {
    std::ifstream file(FLEETCAST_ROOT "/data/catalog.json");
    const Edges edges = random_edges(1000, Json::parse(file));
    WARN("edges met:\n" << edge_table(edges));
    for (const std::string& name : edge_names()) {
        INFO(name);
        CHECK(edges.at(name) > 0);
    }
}
