// What the whole of a scenario must satisfy: horizon, costs, names, accelerators of one's own,
// correlations, and keys that come with a later version.
#include "support/catch.hpp"
#include "validate/plans.hpp"

#include <string>
#include <vector>

using namespace fleetcast::testing;

namespace {

const std::string two_delays =
    R"("delay_months":{"uniform":[0,1]},"commissioning_months":{"uniform":[0,1]})";

std::string correlated(const std::string& lists) {
    return purchase_with(two_delays, "\"correlations\":{" + lists + "}");
}

/// Four uncertain inputs a, b, c, d, used, with these correlations.
std::string correlated_inputs(const std::string& lists) {
    return purchase_with(
        R"("price_usd":{"formula":"a + b + c + d"})",
        R"("inputs":{"a":{"uniform":[0,1]},"b":{"uniform":[0,1]},"c":{"uniform":[0,1]},"d":{"uniform":[0,1]}},"correlations":{)" +
            lists + "}");
}

} // namespace

TEST_CASE("fault 20: the end stands after the start, and the horizon has at most 1,200 periods") {
    const auto horizon = [](const std::string& dates) {
        return errors(
            "{" + dates +
            R"(,"sources":{"s":{"kind":"purchase","h100e":1,"kw_per_unit":1,"deliveries":{"schedule":{}}}}})");
    };
    CHECK(horizon(R"("start":"2024-03","end":"2024-02")") ==
          "end: must not be before the start, 2024-03, got 2024-02");
    CHECK(horizon(R"("start":"2024-03-01","end":"2024-02-29")") ==
          "end: must not be before the start, 2024-03-01, got 2024-02-29");
    CHECK(horizon(R"("start":"2024-03","end":"2024-03-01")") == ""); // a day
    CHECK(horizon(R"("start":"2000-01","end":"2099-12")") == "");    // 1,200 months
    CHECK(horizon(R"("start":"2000-01","end":"2100-01")") ==
          "end: the horizon has 1201 periods, the cap is 1200");
    CHECK(horizon(R"("start":"1970-01","end":"2199-12")") ==
          "end: the horizon has 2760 periods, the cap is 1200");
    CHECK(horizon(R"("step":"week","start":"2000-01","end":"2023-12")") ==
          "end: the horizon has 1253 periods, the cap is 1200");
    CHECK(horizon(R"("start":"2024-03-15","end":"2024-12")") ==
          "start: must be the first day of a month, got 2024-03-15");
    CHECK(horizon(R"("start":"2024-03-01","end":"2024-12")") == "");
    CHECK(horizon(R"("step":"week","start":"2024-03-15","end":"2024-12")") == "");
    CHECK(horizon(R"("step":"day","start":"2024-03","end":"2024-12")") ==
          "step: must be one of month, week, got \"day\"");
    CHECK(horizon(R"("report_every":"month","start":"2024-03","end":"2024-12")") ==
          "report_every: must be one of period, quarter, year, got \"month\"");
}

TEST_CASE("the first month of the financial year is 01 to 12") {
    const auto year = [](const std::string& starts) {
        return errors(purchase_with("", "\"finance\":{\"year_starts\":" + starts + "}"));
    };
    for (const char* month : {"\"01\"", "\"07\"", "\"12\""})
        CHECK(year(month) == "");
    for (const char* month : {"\"00\"", "\"13\"", "\"1\"", "\"july\"", "\"\"", "\"01-05\""})
        CHECK(year(month) ==
              std::string("finance.year_starts: must be a month from \"01\" to \"12\", got ") +
                  month);
    CHECK(year("7") ==
          "finance.year_starts: must be a month from \"01\" to \"12\", got the number 7");
}

TEST_CASE("a cost is spent once or every month") {
    const auto cost = [](const std::string& members) {
        return errors(purchase_with("", "\"costs\":{\"c\":{" + members + "}}"));
    };
    CHECK(cost(R"("usd":5,"at":"2024-03")") == "");
    CHECK(cost(R"("usd_per_month":{"points":{"2024-03":5}})") == "");
    CHECK(cost(R"("usd_per_month":5,"from":"2024-03","to":"2024-03")") == "");
    const std::string needs = "costs.c: needs \"usd\" with \"at\", or \"usd_per_month\"";
    for (const char* members : {"", R"("usd":5)", R"("at":"2024-03")", R"("from":"2024-03")"})
        CHECK(cost(members) == needs);
    const std::string one = "costs.c: takes one form: \"usd\" with \"at\", or \"usd_per_month\" "
                            "with \"from\" and \"to\"";
    for (const char* members :
         {R"("usd":5,"at":"2024-03","usd_per_month":5)", R"("usd":5,"from":"2024-03")",
          R"("at":"2024-03","usd_per_month":5)"})
        CHECK(cost(members) == one);
    CHECK(cost(R"("usd_per_month":5,"from":"2024-03","to":"2024-02")") ==
          "costs.c.to: must not be before 2024-03");
    CHECK(cost(R"("usd_per_month":5,"to":"2023-12")") == "costs.c.to: must not be before 2024-01");
}

TEST_CASE(
    "fault 24: a name outside the pattern is refused with the pattern, wherever a name is given") {
    const std::string pattern = "is no name: it must match ^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$";
    const std::string longest(64, 'a');
    const std::string chip =
        std::string(R"({"kind":"purchase","h100e":1,"kw_per_unit":1,)") + some_units + "}";
    for (const std::string& name :
         {std::string("a.b"), std::string("-a"), std::string("_a"), std::string(""),
          std::string("a b"), std::string("=cmd"), std::string("\xc3\xa9"), longest + "a"}) {
        CAPTURE(name);
        CHECK(errors(scenario_with("\"" + name + "\":" + chip + ",\"s\":" + chip)) ==
              "sources." + name + ": " + pattern);
        CHECK(errors(purchase_with("", R"("sites":{"hall":{},")" + name + "\":{}}")) ==
              "sites." + name + ": " + pattern);
        CHECK(errors(purchase_with("", R"("inputs":{")" + name + "\":1}")) ==
              "inputs." + name + ": " + pattern);
        CHECK(errors(
                  site_with(R"("power":{")" + name + R"(":{"from":"2024-01","critical_mw":1}})")) ==
              "sites.hall.power." + name + ": " + pattern);
        CHECK(errors(order_with(R"("units":1,"arrives":"2024-02"},")" + name +
                                R"(":{"units":1,"arrives":"2024-03")")) ==
              "sources.s.orders." + name + ": " + pattern);
        for (const char* group :
             {"milestones", "checks", "costs", "correlations", "accelerators", "workloads"})
            CHECK(errors(purchase_with("", "\"" + std::string(group) + "\":{\"" + name +
                                               "\":{}}")) == group + ("." + name) + ": " + pattern);
    }
    for (const std::string& name : {longest, std::string("0"), std::string("A-b_c")})
        CHECK(errors(scenario_with("\"" + name + "\":" + chip)) == "");
}

TEST_CASE("an entry of accelerators holds figures, a model, a name and a vendor") {
    const auto entry = [](const std::string& members) {
        return errors(purchase_with("", "\"accelerators\":{\"mine\":{" + members + "}}"));
    };
    CHECK(
        entry(
            R"("like":"nvidia-b200","name":"B","vendor":"N","kw_per_unit":1.9,"title":"t","citation":"c")") ==
        "");
    CHECK(entry(R"("kw_per_uni":1)") == "accelerators.mine.kw_per_uni: unknown key");
    CHECK(entry(R"("price_usd":1)") == "accelerators.mine.price_usd: unknown key");
    CHECK(entry(R"("tdp_w":{"uniform":[1,2]})") ==
          "accelerators.mine.tdp_w: must be a number, got an object");
    CHECK(entry(R"("name":5)") == "accelerators.mine.name: must be a string, got the number 5");
    CHECK(errors(purchase_with("", R"("accelerators":{"mine":5})")) ==
          "accelerators.mine: must be an object, got the number 5");
}

TEST_CASE("correlations name uncertain values of the scenario, each pair once") {
    const std::string delay = "\"sources.s.delay_months\"",
                      commissioning = "\"sources.s.commissioning_months\"";
    const std::string both = "\"between\":[" + delay + "," + commissioning + "]";
    CHECK(errors(correlated("\"c\":{" + both + ",\"rank\":0.5}")) == "");
    CHECK(errors(correlated("\"c\":{" + both + ",\"normal\":-0.5}")) == "");
    CHECK(errors(correlated("\"c\":{" + both + ",\"rank\":0.5,\"normal\":0.5}")) ==
          "correlations.c: takes \"rank\" or \"normal\", not both");
    CHECK(errors(correlated("\"c\":{" + both + "}")) ==
          "correlations.c: needs \"rank\" or \"normal\"");
    CHECK(errors(correlated("\"c\":{\"rank\":0.5}")) == "correlations.c: needs \"between\"");
    CHECK(errors(correlated("\"c\":{\"between\":[" + delay + "],\"rank\":0.5}")) ==
          "correlations.c.between: needs at least two paths");
    CHECK(errors(correlated("\"c\":{\"between\":[" + delay + "," + delay + "],\"rank\":0.5}")) ==
          "correlations.c.between.1: sources.s.delay_months is named twice");
    CHECK(errors(correlated("\"c\":{" + both + ",\"rank\":0.5},\"d\":{\"between\":[" +
                            commissioning + "," + delay + "],\"rank\":0.4}")) ==
          "correlations.d.between.1: the pair of sources.s.commissioning_months and "
          "sources.s.delay_months stands in two lists");
    CHECK(errors(correlated("\"c\":{\"between\":[" + delay +
                            ",\"sources.s.delay_month\"],\"rank\":0.5}")) ==
          "correlations.c.between.1: sources.s.delay_month names no value of this scenario");
    CHECK(hint(correlated("\"c\":{\"between\":[" + delay +
                          ",\"sources.s.delay_month\"],\"rank\":0.5}")) ==
          "did you mean \"sources.s.delay_months\"?");
    CHECK(errors(correlated("\"c\":{\"between\":[" + delay +
                            ",\"sources.s.deliveries.units\"],\"rank\":0.5}")) ==
          "correlations.c.between.1: sources.s.deliveries.units is no distribution: only an "
          "uncertain input can be correlated");
    CHECK(errors(correlated("\"c\":{\"between\":[" + delay + ",5],\"rank\":0.5}")) ==
          "correlations.c.between.1: must be a string, got the number 5");
    CHECK(
        errors(scenario_with(
            R"("s":{"kind":"in-house","h100e":1,"kw_per_unit":1,)" + std::string(some_units) +
                R"(,"respin":{"probability_share":0.1,"delay_months":3},"delay_months":{"uniform":[0,1]}})",
            R"("correlations":{"c":{"between":["sources.s.delay_months","sources.s.respin"],"rank":0.5}})")) ==
        "correlations.c.between.1: sources.s.respin is a respin: it cannot be correlated");
    // Another path is no way out where the path was right.
    CHECK(hint(correlated("\"c\":{\"between\":[" + delay +
                          ",\"sources.s.deliveries.units\"],\"rank\":0.5}")) == "");
}

TEST_CASE("what a correlation may name: points, growth, vintages, orders, increments and workloads "
          "by their paths") {
    const std::string values = scenario_with(
        R"("s":{"kind":"purchase","h100e":1,"kw_per_unit":1,"orders":{"po":{"units":{"uniform":[1,2]},"ordered":"2024-01","lead_time_months":{"uniform":[1,2]}}},
            "price_usd":{"points":{"2024-01":{"uniform":[1,2]}}},"system_price_usd":{"start":{"uniform":[1,2]},"growth_per_year":{"uniform":[0,1]}}},
           "o":{"kind":"installed","h100e":1,"kw_per_unit":1,"vintages":{"2023-06":{"uniform":[1,2]}}},
           "d":{"kind":"purchase","h100e":1,"kw_per_unit":1,"deliveries":{"schedule":{"2024-Q2":{"uniform":[1,2]}}}})",
        R"("sites":{"hall":{"power":{"one":{"from":"2024-02","critical_mw":1,"delay_months":{"uniform":[1,2]}}}}},
           "costs":{"c":{"usd":{"uniform":[1,2]},"at":"2024-03"}},
           "workloads":{"r":{"kind":"reserved","h100e":{"points":{"2024-03":{"uniform":[1,2]}}}},
             "t":{"kind":"training","flop":{"uniform":[1,2]},"mfu_share":{"uniform":[0.2,0.4]},"max_h100e":{"uniform":[1,2]}},
             "i":{"kind":"inference","tokens_per_day":{"start":{"uniform":[1,2]},"growth_per_year":{"uniform":[1,2]}},
               "flop_per_token":{"uniform":[1,2]},"mfu_share":0.2,"peak_to_mean":{"uniform":[1,2]}}},
           "correlations":{"c":{"between":["sources.s.orders.po.units","sources.s.orders.po.lead_time_months","sources.s.price_usd.points.2024-01",
             "sources.s.system_price_usd.start","sources.s.system_price_usd.growth_per_year","sources.o.vintages.2023-06",
             "sources.d.deliveries.schedule.2024-Q2","sites.hall.power.one.delay_months","costs.c.usd",
             "workloads.r.h100e.points.2024-03","workloads.t.flop","workloads.t.mfu_share","workloads.t.max_h100e","workloads.i.tokens_per_day.start",
             "workloads.i.tokens_per_day.growth_per_year","workloads.i.flop_per_token","workloads.i.peak_to_mean"],"rank":0.3}})");
    CHECK(errors(values) == "");
}

TEST_CASE(
    "fault 33: correlations that cannot hold together are refused with the least eigenvalue") {
    const std::string ab = R"("ab":{"between":["inputs.a","inputs.b"],"normal":@})",
                      bc = R"("bc":{"between":["inputs.b","inputs.c"],"normal":0.9})";
    const std::string ac = R"("ac":{"between":["inputs.a","inputs.c"],"normal":-0.9})";
    // Eigenvalues of 0.9, 0.9, -0.9: 1 + 0.9, 1 + 0.9, 1 - 2 x 0.9.
    CHECK(errors(correlated_inputs(filled(ab, "0.9") + "," + bc + "," + ac)) ==
          "correlations: cannot all hold at once: the least eigenvalue of the matrix is -0.8, it "
          "must not be negative");
    // Without the pair a-c it is 0: eigenvalues 1 and 1 +- sqrt(2) x 0.9.
    CHECK(errors(correlated_inputs(filled(ab, "0.9") + "," + bc)) ==
          "correlations: cannot all hold at once: the least eigenvalue of the matrix is -0.272792, "
          "it must not be negative");
    CHECK(errors(correlated_inputs(filled(ab, "0.4") + "," + bc)) == "");
    // All pairs of four at r: 1 - r and 1 + 3 r. At -1/3 it is 0, and stands.
    const std::string all =
        R"("all":{"between":["inputs.a","inputs.b","inputs.c","inputs.d"],"normal":@})";
    CHECK(errors(correlated_inputs(filled(all, "-0.3333333333333333"))) == "");
    CHECK(errors(correlated_inputs(filled(all, "-0.34"))) ==
          "correlations: cannot all hold at once: the least eigenvalue of the matrix is -0.02, it "
          "must not be negative");
    for (const char* r : {"1", "0", "0.999999"})
        CHECK(errors(correlated_inputs(filled(all, r))) == "");
    // A rank of -0.34 is a normal score of 2 sin(-pi 0.34/6) = -0.354169, so 1 - 3 x 0.354169.
    CHECK(errors(correlated_inputs(
              R"("all":{"between":["inputs.a","inputs.b","inputs.c","inputs.d"],"rank":-0.34})")) ==
          "correlations: cannot all hold at once: the least eigenvalue of the matrix is "
          "-0.0625084, it must not be negative");
}

TEST_CASE("citation, title, comment, schema and x- keys are allowed in every object") {
    const std::string free =
        R"("$schema":"s","$comment":"c","title":"t","citation":"c","x-own":[1])";
    const std::string everywhere =
        "{" + free +
        R"(,"start":"2024-01","end":"2024-12","sources":{"$comment":"c","x-o":1,"s":{"kind":"purchase",
        "h100e":{"uniform":[1,2],)" +
        free + R"(},"kw_per_unit":1,"deliveries":{"schedule":{"2024-01":1,)" + free + "}," + free +
        "}," + free + R"(,"price_usd":{"points":{"2024-01":1,)" + free + "}," + free +
        R"(},"system_price_usd":{"start":1,"growth_per_year":0,)" + free +
        R"(}},"i":{"kind":"in-house","h100e":1,"kw_per_unit":1,"orders":{)" + free +
        R"(,"po":{"units":1,"arrives":"2024-03",)" + free +
        R"(}},"respin":{"probability_share":0,"delay_months":0,)" + free + "}," + free +
        R"(}},"sites":{"hall":{"power":{"one":{"from":"2024-01","critical_mw":1,"payment":[{"share":1,)" +
        free + "}]," + free + "}," + free + "}," + free + "}," + free + R"(},"finance":{)" + free +
        R"(},"checks":{)" + free + R"(,"c":{"metric":"owned","at":"all","at_least":0,)" + free +
        R"(}},"workloads":{)" + free +
        R"(,"w":{"kind":"reserved","h100e":{"points":{"2024-01":1,)" + free + "}," + free + "}," +
        free + R"(}},"costs":{"c":{"usd":1,"at":"2024-02",)" + free + "}}}";
    CHECK(errors(everywhere) == "");
}
