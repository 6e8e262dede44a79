// Every warning of `validate` (cli.md), once triggered and once not, and the note of defaults.
#include "support/catch.hpp"
#include "validate/plans.hpp"

#include <algorithm>

using namespace fleetcast::testing;

namespace {

/// A purchase of 1,000 chips of 1 kW over the year at a site with these members.
std::string hall_with(const std::string& members, const std::string& more = "") {
    return scenario_with(R"("s":{"kind":"purchase","h100e":1,"kw_per_unit":1,)"
                         R"("deliveries":{"units":1200,"from":"2024-01","to":"2024-12"}})",
                         R"("sites":{"hall":{)" + members + "}}" + more);
}

} // namespace

TEST_CASE("names that differ by case only are warned of, in every group") {
    const std::string chip =
        std::string(R"({"kind":"purchase","h100e":1,"kw_per_unit":1,)") + some_units + "}";
    CHECK(warnings(scenario_with("\"h100\":" + chip + ",\"H100\":" + chip)) ==
          "sources.H100: differs from \"h100\" by case only");
    CHECK(warnings(scenario_with("\"h100\":" + chip + ",\"h-100\":" + chip)) == "");
    CHECK(warnings(purchase_with("", R"("sites":{"hall":{},"Hall":{}})")) ==
          "sites.Hall: differs from \"hall\" by case only");
    CHECK(warnings(
              purchase_with(R"("price_usd":{"formula":"a + A"})", R"("inputs":{"a":1,"A":2})")) ==
          "inputs.A: differs from \"a\" by case only");
    CHECK(warnings(purchase_with(
              "", R"("costs":{"a":{"usd":1,"at":"2024-03"},"A":{"usd":1,"at":"2024-03"}})")) ==
          "costs.A: differs from \"a\" by case only");
    for (const char* group : {"checks", "milestones"}) {
        const std::string item = std::string(R"({"metric":"owned",)") +
                                 (group[0] == 'c' ? R"("at":"all",)" : "") + R"("at_least":0})";
        CHECK(warnings(purchase_with("", "\"" + std::string(group) + "\":{\"a\":" + item +
                                             ",\"A\":" + item + "}")) ==
              std::string(group) + ".A: differs from \"a\" by case only");
    }
}

TEST_CASE("deliveries due before the start or after the end are warned of with their units") {
    const auto due = [](const char* from, const char* to) {
        return warnings(deliveries_with(std::string(R"("units":100,"from":")") + from +
                                        R"(","to":")" + to + "\""));
    };
    CHECK(due("2023-11", "2023-12") ==
          "sources.s: 100 units were due before the start: they arrive in the first period");
    CHECK(due("2024-12", "2025-01") == "sources.s: 50 units come after the end of the horizon");
    CHECK(due("2024-01", "2024-12") == "");
    // Early by its delay, too.
    CHECK(warnings(purchase_with(R"("delay_months":-2)")) ==
          "sources.s: 100 units were due before the start: they arrive in the first period");
}

TEST_CASE("a delivery due more than a year before the start is warned of") {
    const auto due = [](const std::string& deliveries) {
        return warnings(deliveries_with(deliveries));
    };
    CHECK(due(R"("units":100,"from":"2022-01","to":"2022-12")")
              .find("is due more than a year before the start") == std::string::npos);
    CHECK(due(R"("units":100,"from":"2022-01","to":"2022-11")")
              .find("sources.s.deliveries.to: is due more than a year before the start") !=
          std::string::npos);
    CHECK(due(R"("schedule":{"2022-Q3":100})")
              .find("sources.s.deliveries.schedule.2022-Q3: is due more than a year before the "
                    "start") != std::string::npos);
    CHECK(warnings(order_with(R"("units":1,"arrives":"2022-12")"))
              .find("sources.s.orders.po.arrives: is due more than") != std::string::npos);
    CHECK(warnings(order_with(R"("units":1,"arrives":"2023-01")")).find("is due more than") ==
          std::string::npos);
    // An order is due when its lead time is over.
    CHECK(warnings(order_with(R"("units":1,"ordered":"2022-01","lead_time_months":3)"))
              .find("is due more than") != std::string::npos);
    CHECK(warnings(order_with(R"("units":1,"ordered":"2022-01","lead_time_months":12)"))
              .find("is due more than") == std::string::npos);
}

TEST_CASE(
    "orders that exceed power to the end are warned of: from which month, how many units and MW") {
    // 100 a month of 1 kW each: 0.45 MW is full in May.
    CHECK(warnings(hall_with(R"("power":{"one":{"from":"2024-01","critical_mw":0.45}})")) ==
          "sources.s: orders exceed the power of hall from 2024-05 to the end: up to 750 units "
          "wait for 0.75 MW");
    CHECK(warnings(hall_with(R"("power":{"one":{"from":"2024-01","critical_mw":1.2}})")) == "");
    // A wait that ends within the horizon is no excess.
    CHECK(
        warnings(hall_with(
            R"("power":{"one":{"from":"2024-01","critical_mw":0.45},"two":{"from":"2024-08","critical_mw":1}})")) ==
        "");
    CHECK(warnings(hall_with("")) == "");
}

TEST_CASE("an opening fleet beyond the power of its sites is warned of") {
    const auto opening = [](const char* mw) {
        return warnings(scenario_with(
            R"("s":{"kind":"installed","h100e":1,"kw_per_unit":1,"vintages":{"2023-06":100}})",
            std::string(R"("sites":{"hall":{"power":{"one":{"from":"2023-01","critical_mw":)") +
                mw + "}}}}"));
    };
    CHECK(opening("0.06") ==
          "sources.s: 40 units of the opening fleet exceed the power of their sites");
    CHECK(opening("0.1") == "");
}

TEST_CASE("an input, a site or an accelerator that nothing uses is warned of") {
    CHECK(warnings(purchase_with("", R"("inputs":{"a":1})")) == "inputs.a: is used by nothing");
    CHECK(warnings(purchase_with(R"("price_usd":{"ref":"inputs.a"})", R"("inputs":{"a":1})")) ==
          "");
    CHECK(warnings(purchase_with(
              R"("price_usd":{"formula":"2 * b"})",
              R"("inputs":{"a":1,"b":{"points":{"2024-01":{"ref":"inputs.a"}}}})")) == "");
    CHECK(warnings(purchase_with(R"("sites":["a"])", R"("sites":{"a":{},"b":{}})")) ==
          "sites.b: no source can be installed here");
    CHECK(warnings(purchase_with("", R"("sites":{"a":{},"b":{}})")) == "");
    CHECK(warnings(purchase_with("", R"("accelerators":{"mine":{"like":"nvidia-b200"}})")) ==
          "accelerators.mine: is used by nothing");
    CHECK(warnings(purchase_with("", R"("accelerators":{"nvidia-h100-sxm":{"tdp_w":650}})")) == "");
    CHECK(warnings(scenario_with(
              std::string(R"("s":{"kind":"purchase","accelerator":"a",)") + some_units + "}",
              R"("accelerators":{"a":{"like":"b"},"b":{"like":"nvidia-b200"}})")) == "");
}

TEST_CASE("a price dated more than a year before the start is warned of") {
    const auto price = [](const std::string& value) {
        return warnings(purchase_with("\"price_usd\":" + value));
    };
    const std::string old =
        "sources.s.price_usd: the price is of 2022-12, more than a year before the start";
    CHECK(price(R"({"points":{"2022-06":2,"2022-12":1}})") == old);
    CHECK(price(R"({"points":{"2022-12":2,"2023-01":1}})") == "");
    CHECK(price(R"({"start":1,"growth_per_year":0.1,"base":"2022-12"})") == old);
    CHECK(price(R"({"start":1,"growth_per_year":0.1,"base":"2023-01"})") == "");
    CHECK(price(R"({"start":1,"growth_per_year":0.1})") == "");
    CHECK(
        warnings(lease_with(R"("units":1,"rate_usd_per_hour":{"points":{"2022-01":1}})")) ==
        "sources.s.rate_usd_per_hour: the price is of 2022-01, more than a year before the start");
    CHECK(warnings(site_with(R"("electricity_usd_per_mwh":{"points":{"2020-01":1}})")) ==
          "sites.hall.electricity_usd_per_mwh: the price is of 2020-01, more than a year before "
          "the start");
    // Also where the price is an input.
    CHECK(warnings(purchase_with(R"("price_usd":{"ref":"inputs.p"})",
                                 R"("inputs":{"p":{"points":{"2022-06":1}}})"))
              .find("more than a year before the start") != std::string::npos);
}

TEST_CASE("several uncertain delays that are all independent are warned of") {
    const std::string delay = R"("delay_months":{"uniform":[0,1]})";
    const std::string two =
        filled(R"("sites":{"hall":{"power":{"one":{"from":"2024-01","critical_mw":9,@}}}})", delay);
    CHECK(warnings(purchase_with(delay, two)) == "sources.s.delay_months: 2 uncertain delays are "
                                                 "all independent: the bands may be too narrow");
    CHECK(warnings(purchase_with(delay)) == "");
    CHECK(warnings(purchase_with(R"("delay_months":1)", two)) == "");
    CHECK(
        warnings(purchase_with(
            delay,
            two +
                R"(,"correlations":{"c":{"between":["sources.s.delay_months","sites.hall.power.one.delay_months"],"rank":0.5}})")) ==
        "");
}

TEST_CASE(
    "a workload that asks outside the horizon only is warned of, and a training due outside") {
    const auto claim = [](const std::string& members) {
        return warnings(purchase_with("", R"("workloads":{"w":{"kind":"reserved","h100e":1,)" +
                                              members + "}}"));
    };
    CHECK(claim(R"("from":"2025-01")") ==
          "workloads.w.from: lies outside the horizon: it never asks");
    CHECK(claim(R"("from":"2024-12-31")") == "");
    CHECK(claim(R"("from":"2023-01","to":"2023-12")") ==
          "workloads.w.to: lies outside the horizon: it never asks");
    CHECK(claim(R"("from":"2023-01","to":"2024-01-01")") == "");
    const auto run = [](const std::string& members) {
        return warnings(purchase_with(
            "", R"("workloads":{"w":{"kind":"training","flop":1,"mfu_share":1,"max_h100e":1,)" +
                    members + "}}"));
    };
    CHECK(run(R"("from":"2025-01")") ==
          "workloads.w.from: lies outside the horizon: it never asks");
    CHECK(run(R"("due":"2023-12")") ==
          "workloads.w.due: lies before the start: it is late in any case");
    CHECK(run(R"("due":"2024-01-01")") == "");
    CHECK(run(R"("due":"2024-12-31")") == "");
    CHECK(run(R"("due":"2025-01-01")") == "workloads.w.due: lies after the end of the horizon: if "
                                          "it is not done by the end, it counts as late");
}

TEST_CASE("a training that all it can use does not finish within the horizon is warned of") {
    // One H100 from July on, 184 days: 0.5 x 989.5 TFLOP/s.
    const double most = 0.5 * 989.5e12 * 184 * 86'400;
    const auto run = [&](double part, const std::string& from = "2024-07",
                         const std::string& mfu = "0.5") {
        return warnings(purchase_with(
            "", R"("accelerators":{"nvidia-h100-sxm":{"bf16_tflops":989.5}},"inputs":{"mfu":)" +
                    mfu + R"(},"workloads":{"w":{"kind":"training","from":")" + from +
                    R"(","max_h100e":1,"mfu_share":{"ref":"inputs.mfu"},"flop":)" +
                    std::to_string(part * most) + "}}"));
    };
    CHECK(run(1) == "");
    CHECK(run(1.25) == "workloads.w: cannot be done by the end of the horizon: with max_h100e all "
                       "the time it gets 80 % of its FLOP");
    CHECK(run(1.0001).find("99.9 %") != std::string::npos);
    CHECK(run(1.25, "2024-01") == "");
    // At the median of an uncertain figure.
    CHECK(run(1, "2024-07", R"({"uniform":[0.3,0.7]})") == "");
    CHECK(run(1, "2024-07", R"({"uniform":[0.3,0.5]})").find("80 %") != std::string::npos);
    CHECK(run(1, "2024-07", R"({"formula":"0.3 + 0.1"})") == ""); // not looked at
}

TEST_CASE("a workload tied to what no source has is warned of, and teams that differ by case") {
    const auto tied = [](const std::string& members) {
        return warnings(
            purchase_with(R"("sites":["a"])", R"("sites":{"a":{},"b":{}},"workloads":{"w":{)"
                                              R"("kind":"reserved","h100e":1,)" +
                                                  members + "}}"));
    };
    const std::string unused = "sites.b: no source can be installed here";
    CHECK(tied(R"("sites":["a"],"accelerators":["nvidia-h100-sxm"])") == unused);
    CHECK(tied(R"("sites":["a","b"])") ==
          unused + "\nworkloads.w.sites.1: no source can be installed here");
    CHECK(tied(R"("accelerators":["nvidia-b200","nvidia-h100-sxm"])") ==
          unused + "\nworkloads.w.accelerators.0: no source has this accelerator");

    const auto named = [](const std::string& first, const std::string& second,
                          const std::string& team) {
        const std::string claim = R"({"kind":"reserved","h100e":1,"team":")";
        return warnings(purchase_with("", "\"workloads\":{\"" + first + "\":" + claim +
                                              "red\"},\"" + second + "\":" + claim + team +
                                              "\"}}"));
    };
    CHECK(named("a", "b", "red") == "");
    CHECK(named("a", "b", "Red") == "workloads.b.team: differs from \"red\" by case only");
    CHECK(named("a", "A", "red") == "workloads.A: differs from \"a\" by case only");
    CHECK(named("a", "total", "red") == "workloads.total: is called like the row of the whole "
                                        "fleet: rows by workload will be mistaken");
    CHECK(named("a", "b", "total") == "workloads.b.team: is called like the row of the whole "
                                      "fleet: rows by team will be mistaken");
}

TEST_CASE("a price that is due more than a year before the start is warned of") {
    const auto paid = [](const std::string& deliveries, const std::string& members,
                         const char* months) {
        return warnings(scenario_with(
            R"("s":{"kind":"purchase","h100e":1,"kw_per_unit":1,"price_usd":1,)" + deliveries +
            members + R"(,"payment":[{"share":0.2,"months_before_delivery":)" + months +
            R"(},{"share":0.8}]})"));
    };
    const std::string long_before =
        "sources.s.payment: some of it is due more than a year before the start";
    const std::string march = R"("deliveries":{"units":1,"from":"2024-03","to":"2024-03"})";
    CHECK(paid(march, "", "14") == "");
    CHECK(paid(march, "", "14.5") == long_before);
    // A slip does not postpone a deposit; coming early does bring it forward.
    CHECK(paid(march, R"(,"delay_months":3)", "14") == "");
    CHECK(paid(march, R"(,"delay_months":3)", "14.5") == long_before);
    CHECK(paid(march, R"(,"delay_months":-1)", "13.5") == long_before);
    const std::string order =
        R"("orders":{"po":{"units":1,"ordered":"2024-01","lead_time_months":{"uniform":[1,3]}}})";
    CHECK(paid(order, "", "14") == "");
    CHECK(paid(order, "", "14.5") == long_before);
    const std::string later = R"("orders":{"po":{"units":1,"arrives":"2025-06"}})";
    CHECK(paid(later, "", "40").find("payment") == std::string::npos); // no payment of the horizon

    const auto built = [](const std::string& increment, const char* months) {
        return warnings(hall_with(
            R"("build_usd_per_mw":1,"payment":[{"share":1,"months_before_delivery":)" +
            std::string(months) + R"(}],"power":{"one":{"critical_mw":9,)" + increment + "}}"));
    };
    const std::string build =
        "sites.hall: build cost: some of it is due more than a year before the start";
    CHECK(built(R"("from":"2024-03")", "14") == "");
    CHECK(built(R"("from":"2024-03")", "14.5").starts_with(build));
    CHECK(built(R"("from":"2024-01")", "24") == ""); // stands: its cost is sunk
    CHECK(built(R"("from":"2024-01","delay_months":2)", "12.5").starts_with(build));
}

TEST_CASE("a cost outside the horizon is warned of") {
    const auto cost = [](const std::string& members) {
        return warnings(purchase_with("", "\"costs\":{\"c\":{" + members + "}}"));
    };
    CHECK(cost(R"("usd":1,"at":"2023-12")") ==
          "costs.c.at: lies outside the horizon: it is never spent");
    CHECK(cost(R"("usd":1,"at":"2025-01")") ==
          "costs.c.at: lies outside the horizon: it is never spent");
    CHECK(cost(R"("usd":1,"at":"2024-01-01")") == "");
    CHECK(cost(R"("usd":1,"at":"2024-12-31")") == "");
    CHECK(cost(R"("usd_per_month":1,"from":"2025-01")") ==
          "costs.c.from: lies outside the horizon: it is never spent");
    CHECK(cost(R"("usd_per_month":1,"from":"2023-01","to":"2023-12")")
              .find("lies outside the horizon") != std::string::npos);
    CHECK(cost(R"("usd_per_month":1,"from":"2023-01","to":"2024-01")") == "");
    // The boundary as the engine has it.
    CHECK(forecast(purchase_with("", R"("costs":{"c":{"usd":7,"at":"2023-12"}})"))
              .total("cum_cost_usd", 11) == forecast(purchase_with("")).total("cum_cost_usd", 11));
}

TEST_CASE("defaults that had an effect are named once, with who took them") {
    const std::string bare =
        std::string(R"("s":{"kind":"purchase","h100e":1,"kw_per_unit":1,)") + some_units + "}";
    CHECK(notes(scenario_with(bare)) ==
          ": defaults used: price 0 (sources: s); no delay (sources: s); no retirement (sources: "
          "s); no attrition (sources: s); "
          "no failures (sources: s); no spares (sources: s); one site, everywhere, without limits; "
          "pue 1.2 (sites: everywhere); "
          "load_share 0.75 (sites: everywhere); electricity 70 USD/MWh (sites: everywhere); carbon "
          "400 kg/MWh (sites: everywhere)");
    const std::string said =
        R"("s":{"kind":"purchase","h100e":1,"kw_per_unit":1,)" + std::string(some_units) +
        R"(,"price_usd":0,"delay_months":0,"service_life_months":60,"annual_attrition_share":0,)"
        R"("annual_failure_rate":0,"spares_share":0})";
    const std::string sites =
        R"("sites":{"hall":{"pue":1.2,"load_share":0.75,"electricity_usd_per_mwh":70,"carbon_kg_per_mwh":400}})";
    CHECK(notes(scenario_with(said, sites)) == "");
    CHECK(
        notes(scenario_with(
            said,
            R"("sites":{"hall":{"load_share":0.75,"electricity_usd_per_mwh":70,"carbon_kg_per_mwh":400}})")) ==
        ": defaults used: pue 1.2 (sites: hall)");
    // Of many who took it, four are named.
    std::string many;
    for (const char* name : {"a", "b", "c", "d", "e", "f"})
        many += (many.empty() ? "" : ",") + std::string("\"") + name + "\"" +
                said.substr(3, said.find(R"(,"spares_share")") - 3) + "}";
    CHECK(notes(scenario_with(many, sites)) ==
          ": defaults used: no spares (sources: a, b, c, d and 2 more)");
}

TEST_CASE("defaults of finance and demand are named where something is priced, built or served") {
    const auto finance = [](const std::string& scenario) {
        std::string used = notes(scenario);
        const std::size_t from = used.find("depreciation"), rate = used.find("discount");
        return std::min(from, rate) == std::string::npos ? "" : used.substr(std::min(from, rate));
    };
    const std::string priced = R"("price_usd":1000)";
    CHECK(finance(purchase_with("")) == "");
    CHECK(finance(purchase_with(R"("price_usd":0)")) == "");
    CHECK(finance(purchase_with(priced)) == "depreciation 60 months (sources: s); discount rate 0");
    CHECK(finance(order_with(R"("units":1,"arrives":"2024-03","price_usd":5)")) ==
          "depreciation 60 months (sources: s); discount rate 0");
    CHECK(finance(purchase_with(priced + R"(,"depreciation_months":48)")) == "discount rate 0");
    CHECK(finance(purchase_with(priced, R"("finance":{"depreciation_months":48})")) ==
          "discount rate 0");
    CHECK(finance(purchase_with(priced, R"("finance":{"discount_rate_share":0.08})")) ==
          "depreciation 60 months (sources: s)");
    const std::string built =
        R"("sites":{"hall":{"build_usd_per_mw":1,"power":{"one":{"from":"2024-03","critical_mw":9}}}})";
    CHECK(finance(purchase_with("", built)) ==
          "depreciation 240 months (sites: hall); discount rate 0");
    CHECK(finance(purchase_with("", built + R"(,"finance":{"site_depreciation_months":180})")) ==
          "discount rate 0");
    CHECK(finance(purchase_with("", R"("sites":{"hall":{"build_usd_per_mw":1}})")) == "");
    CHECK(finance(lease_with(R"("units":1,"rate_usd_per_hour":2)")) == "discount rate 0");

    const std::string chat =
        R"("workloads":{"chat":{"kind":"inference","tokens_per_day":1,"flop_per_token":1,"mfu_share":0.2@}})";
    CHECK(
        notes(purchase_with("", filled(chat, ""))).ends_with("; peak_to_mean 1 (workloads: chat)"));
    CHECK(notes(purchase_with("", filled(chat, R"(,"peak_to_mean":1)"))).find("peak") ==
          std::string::npos);
}

TEST_CASE("power that is estimated from the TDP, and an undisclosed unit that counts as one H100, "
          "are noted") {
    const std::string mtia = scenario_with(
        std::string(R"("s":{"kind":"purchase","accelerator":"meta-mtia-v2",@)") + some_units + "}");
    CHECK(notes(filled(mtia, "")).find("power estimated from the TDP (sources: s)") !=
          std::string::npos);
    CHECK(notes(filled(mtia, R"("kw_per_unit":0.2,)")).find("estimated") == std::string::npos);
    CHECK(notes(purchase_with("")).find("estimated") == std::string::npos);
    const std::string rest = scenario_with(
        std::string(R"("s":{"kind":"undisclosed","kw_per_unit":1,@)") + some_units + "}");
    CHECK(notes(filled(rest, "")).find("h100e 1 (sources: s)") != std::string::npos);
    CHECK(notes(filled(rest, R"("h100e":1,)")).find("h100e") == std::string::npos);
}

TEST_CASE("with an error there are no warnings and no notes") {
    const std::string scenario = purchase_with(R"("spares_share":2)", R"("inputs":{"a":1})");
    CHECK(errors(scenario) != "");
    CHECK(warnings(scenario) + notes(scenario) == "");
}
