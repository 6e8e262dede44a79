// What the oracle draws, by itself: check values of the random numbers, quantiles against closed
// forms and Boost.Math, and trials computed by hand.
#include "support/catch.hpp"

#include "oracle/oracle.hpp"
#include "oracle/oracle_draws.hpp"
#include "oracle/oracle_laws.hpp"
#include "oracle/oracle_normal.hpp"
#include "oracle/oracle_random.hpp"
#include "oracle/oracle_shapes.hpp"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/normal.hpp>

#include <cmath>
#include <string>
#include <vector>

using namespace fleetcast::oracle;

namespace {

Approx near(double value) { return Approx(value).epsilon(1e-13).margin(1e-13); }

double quantile(const std::string& text, double u, const std::string& name = "x") {
    Edges edges = no_edges();
    return quantile_of(Json::parse(text), name, u, edges);
}

double u_of(const std::string& path, std::uint64_t seed, std::uint64_t trial) {
    return uniform(seed, fnv1a(path), trial);
}

const std::vector<double> many_u = {1e-12, 1e-6, 0.001, 0.02, 0.2,      0.35,
                                    0.5,   0.65, 0.9,   0.98, 0.999999, 1 - 1e-12};

Json empty_catalog() { return Json::parse(R"({"version":"test","accelerators":{}})"); }

double figure(const Figures& figures, const std::string& metric, std::size_t period,
              const std::string& source) {
    return figures.series.at(metric).at({"source", source}).at(period).value();
}

} // namespace

TEST_CASE("oracle: the check values of the random numbers [R1]") {
    CHECK(philox({0, 0, 0, 0}, {0, 0}) == Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
    // The other two of the known answers that Random123 ships (kat_vectors).
    CHECK(philox({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}) ==
          Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
    CHECK(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
          Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
    CHECK(fnv1a("inputs.electricity") == 0x4d4bcc7faba61493);
    CHECK(u_of("inputs.electricity", 1, 0) == 0.8596699316873132);
    CHECK(u_of("inputs.electricity", 1, 1) == 0.7044163323034051);
    CHECK(u_of("sources.h100-2024.delay_months", (std::uint64_t{1} << 40) + 1, 7) ==
          0.17935719399235872);
}

TEST_CASE("oracle: the normal distribution and its inverse to 1e-13") {
    const boost::math::normal exact;
    for (const double u : many_u) {
        const double z = phi_inverse(u);
        INFO(u);
        CHECK(z == near(boost::math::quantile(exact, u)));
        CHECK(phi(z) == near(u));
    }
    CHECK(phi_inverse(0.975) == near(1.959963984540054));
}

TEST_CASE("oracle: quantiles are those of closed forms [R2]") {
    const boost::math::normal exact;
    for (const double u : many_u) {
        INFO(u);
        const double z = boost::math::quantile(exact, u);
        CHECK(quantile(R"({"uniform":[-1,3]})", u) == near(4 * u - 1));
        CHECK(quantile(R"({"triangular":[0,1,4]})", u) ==
              near(u < 0.25 ? std::sqrt(4 * u) : 4 - std::sqrt(12 * (1 - u))));
        CHECK(quantile(R"({"triangular":[2,2,3]})", u) == near(3 - std::sqrt(1 - u)));
        // Beta(1, 5) and Beta(5, 1).
        CHECK(quantile(R"({"pert":[0,0,1]})", u) == near(-std::expm1(std::log1p(-u) / 5)));
        CHECK(quantile(R"({"pert":[0,1,1]})", u) == near(std::pow(u, 0.2)));
        CHECK(quantile(R"({"pert":[2,3,6]})", u) ==
              near(2 + 4 * boost::math::quantile(boost::math::beta_distribution<>(2, 4), u)));
        CHECK(quantile(R"({"pert":[0,6.5,10]})", u) ==
              near(10 * boost::math::quantile(boost::math::beta_distribution<>(3.6, 2.4), u)));
        CHECK(quantile(R"({"normal":[5,2]})", u) == near(5 + 2 * z));
        CHECK(quantile(R"({"lognormal":{"median":3,"sigma":0.5}})", u) ==
              near(3 * std::exp(0.5 * z)));
        const double z90 = boost::math::quantile(exact, 0.95);
        CHECK(quantile(R"({"interval":[2,8]})", u) == near(4 * std::exp(std::log(2) / z90 * z)));
        CHECK(quantile(R"({"interval":[-2,8]})", u) == near(3 + 5 / z90 * z));
        CHECK(quantile(R"({"interval":[0.2,0.8]})", u, "pue_share") ==
              near(1 / (1 + std::exp(-std::log(4) / z90 * z))));
        CHECK(quantile(R"({"uniform":[0,4],"truncate":[1,3]})", u) == near(1 + 2 * u));
        CHECK(quantile(R"({"uniform":[0,4],"clamp":[1,3]})", u) ==
              near(std::min(3.0, std::max(1.0, 4 * u))));
        CHECK(quantile(R"({"normal":[0,1],"truncate":[0,null]})", u) ==
              near(boost::math::quantile(exact, 0.5 + u / 2)));
        CHECK(quantile(R"({"empirical":[30,10,20]})", u) == near(10 + 20 * u));
        // Two halves that touch are one uniform.
        CHECK(quantile(R"({"mixture":[[{"uniform":[1,2]},0.5],[{"uniform":[0,1]},0.5]]})", u) ==
              near(2 * u));
    }
    CHECK(quantile(R"({"interval":[2,8],"confidence":0.5})", 0.75) == near(8));
    CHECK(quantile(R"({"interval":[0.1,0.3],"shape":"logit-normal"})", 0.05) == near(0.1));
}

TEST_CASE("oracle: a distribution of atoms takes the least value that reaches u [R2]") {
    const std::string dice = R"({"discrete":[[3,0.5],[1,0.25],[2,0.25]])";
    CHECK(quantile(dice + "}", 0.25) == 1);
    CHECK(quantile(dice + "}", 0.25 + 1e-13) == 1);
    CHECK(quantile(dice + "}", 0.25 + 1e-11) == 2);
    CHECK(quantile(dice + "}", 0.51) == 3);
    // P(X < 2) = 1/4 is left out: 2 has 1/3 of what is left.
    CHECK(quantile(dice + R"(,"truncate":[2,null]})", 0.33) == 2);
    CHECK(quantile(dice + R"(,"truncate":[2,null]})", 0.34) == 3);
    CHECK(quantile(dice + R"(,"truncate":[null,2]})", 0.99) == 2);
    const std::string mixed = R"({"mixture":[[5,0.2],[{"uniform":[0,10]},0.8]]})";
    CHECK(quantile(mixed, 0.2) == near(2.5));
    CHECK(quantile(mixed, 0.41) == 5);
    CHECK(quantile(mixed, 0.59) == 5);
    CHECK(quantile(mixed, 0.8) == near(7.5));
}

TEST_CASE("oracle: a mixture is drawn through the inverse of its own distribution [R2]") {
    const Law law = mixture({{pert(0, 2, 9), 0.3}, {lognormal(1, 0.4), 0.5}, {normal(4, 1), 0.2}});
    const Law cut = truncated(law, 1, 6);
    for (const double u : {1e-6, 0.01, 0.3, 0.5, 0.77, 0.99, 1 - 1e-6}) {
        INFO(u);
        CHECK(std::fabs(law.at_most(law.quantile(u)) - u) <= 1e-12);
        CHECK(std::fabs(cut.at_most(cut.quantile(u)) - u) <= 1e-12);
    }
}

TEST_CASE("oracle: correlated inputs share normal scores, the others keep their own u [R3]") {
    const Json scenario = Json::parse(R"({"correlations":{
        "chips":{"between":["inputs.a","inputs.b"],"normal":0.6},
        "slips":{"between":["inputs.b","inputs.c"],"rank":0.5}}})");
    for (std::uint64_t trial = 0; trial < 20; ++trial) {
        const Draws draws = Draws::of_trial(scenario, 5, trial);
        const double a = phi_inverse(u_of("inputs.a", 5, trial));
        const double b = phi_inverse(u_of("inputs.b", 5, trial));
        const double c = phi_inverse(u_of("inputs.c", 5, trial));
        // The factor of [[1, 0.6, 0], [0.6, 1, r], [0, r, 1]], r = 2 sin(pi / 12).
        const double r = 2 * std::sin(std::acos(-1.0) / 12);
        const double l32 = r / 0.8;
        CHECK(draws.at("inputs.a") == near(phi(a)));
        CHECK(draws.at("inputs.b") == near(phi(0.6 * a + 0.8 * b)));
        CHECK(draws.at("inputs.c") == near(phi(l32 * b + std::sqrt(1 - l32 * l32) * c)));
        CHECK(draws.at("inputs.d") == u_of("inputs.d", 5, trial));
        CHECK_FALSE(draws.correlated("inputs.d"));
    }
    CHECK(Draws::medians().at("inputs.b") == 0.5);
}

TEST_CASE("oracle: inputs with correlation 1 have the same u, and a worse matrix is refused [R3]") {
    const Json same = Json::parse(R"({"correlations":{
        "x":{"between":["inputs.a","inputs.b","inputs.c"],"rank":1}}})");
    const Draws draws = Draws::of_trial(same, 1, 3);
    CHECK(draws.zero_pivots() == 2);
    CHECK(draws.at("inputs.b") == near(draws.at("inputs.a")));
    CHECK(draws.at("inputs.c") == near(u_of("inputs.a", 1, 3)));
    const Json bad = Json::parse(R"({"correlations":{
        "x":{"between":["inputs.a","inputs.b","inputs.c"],"normal":-0.6}}})");
    CHECK_THROWS(Draws::of_trial(bad, 1, 0));
}

TEST_CASE("oracle: every distribution of a trial has the u of its own path [R1]") {
    const Json scenario = Json::parse(R"({"start":"2024-01","end":"2024-02",
        "inputs":{"cost":{"uniform":[0,1]},
                  "rate":{"points":{"2024-01":{"uniform":[0,1]},"2024-02":{"uniform":[0,1]}}}},
        "sites":{"s":{"power":{"p2":{"from":"2024-01","critical_mw":{"uniform":[0,1]}}}}},
        "sources":{
            "old":{"kind":"installed","h100e":1,"kw_per_unit":1,
                   "vintages":{"2021-06":{"uniform":[0,1]}}},
            "in":{"kind":"purchase","h100e":1,"kw_per_unit":1,
                  "deliveries":{"schedule":{"2024-01":{"uniform":[0,1]}}}},
            "po":{"kind":"purchase","h100e":1,"kw_per_unit":1,
                  "price_usd":{"start":{"uniform":[0,1]},"growth_per_year":{"uniform":[0,1]}},
                  "orders":{"a":{"units":{"uniform":[0,1]},"arrives":"2024-02","over_months":0}}},
            "l":{"kind":"lease","h100e":1,"units":1,"from":"2024-01","to":"2024-02",
                 "rate_usd_per_hour":{"ref":"inputs.rate"}},
            "m":{"kind":"lease","h100e":{"mixture":[[{"uniform":[0,1]},0.5],
                                                    [{"uniform":[0,1]},0.5]]},
                 "units":{"formula":"cost * 2"},"from":"2024-01","to":"2024-02",
                 "rate_usd_per_hour":{"ref":"inputs.cost"}}}})");
    const Figures trial = run_trial(scenario, empty_catalog(), 9, 4);
    const auto u = [](const std::string& path) { return u_of(path, 9, 4); };
    CHECK(figure(trial, "acquired", 0, "old") == near(u("sources.old.vintages.2021-06")));
    CHECK(figure(trial, "acquired", 0, "in") == near(u("sources.in.deliveries.schedule.2024-01")));
    CHECK(figure(trial, "acquired", 1, "po") == near(u("sources.po.orders.a.units")));
    CHECK(figure(trial, "capex_usd", 1, "po") ==
          near(u("sources.po.orders.a.units") * u("sources.po.price_usd.start") *
               std::pow(1 + u("sources.po.price_usd.growth_per_year"), 1.0 / 12)));
    CHECK(figure(trial, "lease_usd", 0, "l") == near(744 * u("inputs.rate.points.2024-01")));
    CHECK(figure(trial, "lease_usd", 1, "l") == near(696 * u("inputs.rate.points.2024-02")));
    // One input is one draw, wherever it is used.
    CHECK(figure(trial, "in_service", 0, "m") == near(2 * u("inputs.cost")));
    CHECK(figure(trial, "lease_usd", 0, "m") == near(744 * 2 * std::pow(u("inputs.cost"), 2)));
    CHECK(figure(trial, "h100e", 0, "m") == near(2 * u("inputs.cost") * u("sources.m.h100e")));
    CHECK(trial.series.at("power_mw").at({"total", "total"}).at(0).value() ==
          near(u("sites.s.power.p2.critical_mw")));
}

TEST_CASE("oracle: a respin happens when its own uniform is below its probability [R5]") {
    const Json scenario = Json::parse(R"({"start":"2024-01","end":"2024-06",
        "sources":{"c":{"kind":"in-house","h100e":1,"kw_per_unit":1,
            "respin":{"probability_share":0.4,"delay_months":{"uniform":[0,1]}},
            "deliveries":{"units":600,"from":"2024-01","to":"2024-06"}}}})");
    int taken = 0;
    for (std::uint64_t trial = 0; trial < 50; ++trial) {
        const Figures figures = run_trial(scenario, empty_catalog(), 1, trial);
        const bool late = u_of("sources.c.respin", 1, trial) < 0.4;
        const double delay = late ? u_of("sources.c.respin.delay_months", 1, trial) : 0;
        CHECK(figure(figures, "acquired", 2, "c") == near(100 * (3 - delay)));
        taken += late ? 1 : 0;
    }
    CHECK(taken > 0);
    CHECK(taken < 50);
}

TEST_CASE("oracle: a reach counts lead times at their medians, units as drawn [P8]") {
    const Json scenario = Json::parse(R"({"start":"2024-01","end":"2024-12",
        "accelerators":{"x":{"tdp_w":100,"bf16_tflops":1}},
        "sources":{
            "po":{"kind":"purchase","accelerator":"x","h100e":1,"kw_per_unit":1,
                "orders":{"a":{"ordered":"2024-01","units":{"uniform":[0,100]},
                               "lead_time_months":{"uniform":[0,10]},"over_months":2}}},
            "fill":{"kind":"purchase","accelerator":"x","h100e":1,"kw_per_unit":1,
                    "deliveries":{"reach":100,"by":"2024-06"}}}})");
    for (std::uint64_t trial = 0; trial < 5; ++trial) {
        const Figures figures = run_trial(scenario, empty_catalog(), 3, trial);
        const double units = 100 * u_of("sources.po.orders.a.units", 3, trial);
        // At the median lead time, 5 months, one of the two months of arrival is before July.
        CHECK(figure(figures, "acquired", 11, "fill") == near(100 - units / 2));
        const double lead = 10 * u_of("sources.po.orders.a.lead_time_months", 3, trial);
        const double there = std::min(1.0, std::max(0.0, (6 - lead) / 2));
        CHECK(figure(figures, "acquired", 5, "po") == near(units * there));
    }
}
