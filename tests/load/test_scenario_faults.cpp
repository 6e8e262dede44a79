// Rows 11 to 25 of faults.md that need typed fields: what is printed, with places. Parameters of
// distributions, ranges and references have more cases in tests/validate.
#include "support/catch.hpp"
#include "validate/plans.hpp"

#include <algorithm>
#include <ctime>

using namespace fleetcast::testing;

namespace {

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// A sound scenario with these members of its source on line 4, from column 3 on.
std::string in_lines(const std::string& members, const std::string& more = R"("x-none":0)") {
    return R"({"start":"2024-01","end":"2024-12",
"sources":{"s":{"kind":"purchase","accelerator":"nvidia-h100-sxm",
"deliveries":{"units":100,"from":"2024-01","to":"2024-02"},
  )" + members +
           "\n}},\n" + more + "}";
}

} // namespace

TEST_CASE(
    "five faults of a file are five errors in file order, each with its line, caret and hint") {
    CHECK(printed_problems(R"({
  "start": "2024-01", "end": "2024-12",
  "sources": {
    "h100": {"kind": "purchase", "accelerator": "nvidia-h100-smx",
      "deliveries": {"units": -3, "from": "2024-06", "to": "2024-05"},
      "price_usd": "25000"}},
  "sites": {"hall": {"power": {"one": {"from": "2024-01", "critical_kw": 450}}}}
}
)") == R"(test.json:4:49: error: sources.h100.accelerator: unknown accelerator "nvidia-h100-smx"
      "h100": {"kind": "purchase", "accelerator": "nvidia-h100-smx",
                                                  ^
  hint: did you mean "nvidia-h100-sxm"?
test.json:5:31: error: sources.h100.deliveries.units: must be at least 0, got -3
        "deliveries": {"units": -3, "from": "2024-06", "to": "2024-05"},
                                ^
test.json:5:60: error: sources.h100.deliveries.to: must not be before 2024-06, got 2024-05
        "deliveries": {"units": -3, "from": "2024-06", "to": "2024-05"},
                                                             ^
test.json:6:20: error: sources.h100.price_usd: must be a number or a distribution, got the string "25000"
        "price_usd": "25000"}},
                     ^
test.json:7:59: error: sites.hall.power.one.critical_kw: unknown key
    "sites": {"hall": {"power": {"one": {"from": "2024-01", "critical_kw": 450}}}}
                                                            ^
  hint: did you mean "critical_mw"?
)");
}

TEST_CASE("mistakes of fields and mistakes between fields are told together") {
    // What lacks a field as a whole is told even where another field of it is wrong.
    CHECK(
        errors(
            R"({"start":"2024-01","sources":{"s":{"kind":"purchase","accelerator":"nvidia-h100-smx",
        "deliveries":{"units":1,"from":"2024-05","to":"2024-02"}}}})") ==
        ": needs \"end\"\nsources.s.accelerator: unknown accelerator \"nvidia-h100-smx\"\n"
        "sources.s.deliveries.to: must not be before 2024-05, got 2024-02");
    CHECK(errors(scenario_with(
              R"("s":{"kind":"purchase","accelerator":"nvidia-h100-sxm","price_usd":-1})")) ==
          "sources.s: needs \"deliveries\" or \"orders\"\nsources.s.price_usd: must be at least 0, "
          "got -1");
}

TEST_CASE("a start that cannot be read is one mistake, whatever else hangs on it") {
    CHECK(
        errors(
            R"({"start":"2024-13","end":"2024-12","sources":{"s":{"kind":"installed","h100e":1,"kw_per_unit":1,
        "vintages":{"2023-05":1}},"t":{"kind":"purchase","accelerator":"nvidia-h100-sxm","deliveries":{"reach":1,"by":"2024-05"}}},
        "costs":{"c":{"usd_per_month":1,"to":"2024-05"}}})") ==
        "start: must be a date such as \"2024-03\" or \"2024-03-15\", from 1970-01 to 2199-12, got "
        "\"2024-13\"");
}

TEST_CASE("fault 11: an unknown key is marked at the key with what was probably meant") {
    CHECK(printed_problems(in_lines(R"("price_us": 1)")) ==
          R"(test.json:4:3: error: sources.s.price_us: unknown key
    "price_us": 1
    ^
  hint: did you mean "price_usd"?
)");
    CHECK(errors(purchase_with(R"("$schema":"s","$comment":"c","x-ours":{"any":[1]})",
                               R"("x-top":null)"))
              .empty());
    for (const char* key : {"x", "X-a", "$ref", "comment", "sourcs"})
        CHECK(errors(purchase_with("", "\"" + std::string(key) + "\":1")) ==
              key + std::string(": unknown key"));
    CHECK(hint(purchase_with("", R"("chekcs":{})")) == "did you mean \"checks\"?");
    CHECK(holds(hint(purchase_with("", R"("quite_another_thing":{})")), "known here: "));
}

TEST_CASE("fault 34: a unit that is not the format's is recognised in every object") {
    CHECK(
        hint(site_with(R"("power":{"one":{"from":"2024-01","critical_mw":1,"critical_kw":1}})")) ==
        "did you mean \"critical_mw\"?");
    CHECK(hint(site_with(R"("electricity_usd_per_kwh":0.07)")) ==
          "did you mean \"electricity_usd_per_mwh\"?");
    CHECK(hint(purchase_with(R"("delay_weeks":1)")) == "did you mean \"delay_months\"?");
}

TEST_CASE("fault 12: numbers that are none are refused at their place in a field") {
    for (const char* number : {"NaN", "Infinity", "-Infinity", "1e400"}) {
        const std::string text =
            printed_problems(purchase_with("\"price_usd\":" + std::string(number)));
        CAPTURE(text);
        CHECK(text.starts_with("test.json:1:"));
        CHECK(holds(text, "error: "));
    }
    CHECK(printed_problems(in_lines(R"("kw_per_unit": 1e-400)"))
              .starts_with(
                  "test.json:4:18: error: sources.s.kw_per_unit: must be above 0, got 1e-400"));
}

TEST_CASE("fault 13: an integer beyond what a double holds is never rounded in silence") {
    for (const char* number : {"9007199254740993", "9223372036854775809", "18446744073709551617"})
        CHECK(holds(errors(deliveries_with(R"("units":)" + std::string(number) +
                                           R"(,"from":"2024-01","to":"2024-02")")),
                    number));
    const Figures run =
        forecast(deliveries_with(R"("units":9007199254740992,"from":"2024-01","to":"2024-02")"));
    CHECK(run.total("acquired", 11) == 9007199254740992.0);
}

TEST_CASE("fault 14: a whole number may be written with a point or an exponent, a count may have a "
          "part") {
    for (const char* number : {"100.0", "1e2", "0.1e3", "100"})
        CHECK(forecast(deliveries_with(R"("units":)" + std::string(number) +
                                       R"(,"from":"2024-01","to":"2024-02")"))
                  .total("acquired", 11) == 100);
    CHECK(forecast(deliveries_with(R"("units":1.5,"from":"2024-01","to":"2024-02")"))
              .total("acquired", 11) == 1.5);
}

TEST_CASE("fault 15: a wrong type is named beside the right one, in every kind of field") {
    const std::pair<std::string, std::string> cases[] = {
        {purchase_with(R"("delay_months":null)"),
         "sources.s.delay_months: must be a number or a distribution, got null"},
        {purchase_with(R"("acceptance_months":true)"),
         "sources.s.acceptance_months: must be a number, got true"},
        {deliveries_with(R"("units":1,"from":202401,"to":"2024-02")"),
         "sources.s.deliveries.from: must be a date such as \"2024-03\" or \"2024-03-15\", got the "
         "number 202401"},
        {purchase_with("", R"("sites":[])"), "sites: must be an object, got an array"},
        {purchase_with("", R"("sites":null)"), "sites: must be an object, got null"},
        {site_with(R"("region":5)"), "sites.hall.region: must be a string, got the number 5"},
        {purchase_with(R"("sites":[5])"), "sources.s.sites.0: must be a string, got the number 5"},
        {purchase_with("", R"("title":5)"), "title: must be a string, got the number 5"},
        {scenario_with(R"("s":5)"), "sources.s: must be an object, got the number 5"},
        {purchase_with("", R"("step":7)"), "step: must be a string, got the number 7"},
        {purchase_with("", R"("checks":{"c":{"metric":5,"at":"all","at_least":1}})"),
         "checks.c.metric: must be a string, got the number 5"},
        {purchase_with("", R"("checks":{"c":{"metric":"owned","at":"all","at_least":true}})"),
         "checks.c.at_least: must be a number, or a date where the metric is one, got true"},
    };
    for (const auto& [scenario, expected] : cases)
        CHECK(errors(scenario) == expected);
}

TEST_CASE("fault 16: negative quantities, prices and power, PUE below 1 and shares beyond 0 to 1 "
          "are refused") {
    CHECK(errors(purchase_with(R"("price_usd":-1,"annual_attrition_share":1)",
                               R"("sites":{"hall":{"pue":0.99,"load_share":1.01,
        "power":{"one":{"from":"2024-01","critical_mw":-5}}}})")) ==
          "sources.s.price_usd: must be at least 0, got -1\n"
          "sources.s.annual_attrition_share: must be at least 0 and below 1, got 1\n"
          "sites.hall.pue: must be at least 1, got 0.99\n"
          "sites.hall.load_share: must be at least 0 and at most 1, got 1.01\n"
          "sites.hall.power.one.critical_mw: must be at least 0, got -5");
}

TEST_CASE("fault 17, 18: a distribution with wrong parameters is marked where it stands") {
    CHECK(printed_problems(in_lines(R"("delay_months": {"triangular":[3,2,5]})"))
              .starts_with("test.json:4:19: error: sources.s.delay_months: mode must lie between "
                           "min and max, got triangular [3, 2, 5]"));
    CHECK(printed_problems(in_lines(R"("delay_months": {"lognormal":{"median":1,"sigma":-1}})"))
              .starts_with("test.json:4:19: error: sources.s.delay_months: sigma must be at least "
                           "0 and finite, got lognormal sigma -1"));
}

TEST_CASE("fault 19: what is no date is refused, wherever a date stands") {
    for (const char* date :
         {"2026-13", "2026-00", "2026-02-30", "2023-02-29", "2026-1", "2026-01\\n", "2026-01-1",
          "0000-01", "99999-01", "1969-12", "2200-01", "26-01", "2026", "2026/01", "+026-01",
          "2026-01-01T00:00", "", " 2026-01", "2026-Q1"}) {
        CAPTURE(date);
        const std::string wrong =
            "must be a date such as \"2024-03\" or \"2024-03-15\", from 1970-01 to 2199-12, got ";
        CHECK(holds(
            errors(R"({"start":")" + std::string(date) + R"(","end":"2199-12","sources":{}})"),
            "start: " + wrong));
        CHECK(holds(errors(deliveries_with(R"("units":1,"from":"2024-01","to":")" +
                                           std::string(date) + "\"")),
                    "sources.s.deliveries.to: " + wrong));
        CHECK(errors(purchase_with(R"("price_usd":{"points":{")" + std::string(date) + "\":1}}")) !=
              "");
    }
    for (const char* date : {"1970-01", "2199-12", "2024-02-29"})
        CHECK(errors(purchase_with(R"("price_usd":{"points":{")" + std::string(date) + "\":1}}")) ==
              "");
}

TEST_CASE("fault 20: an endless horizon is refused at once") {
    errors("{}"); // the catalogue is read once
    const std::clock_t before = std::clock();
    CHECK(
        errors(
            R"({"start":"1970-01","end":"2199-12","step":"week","sources":{"s":{"kind":"purchase","h100e":1,"kw_per_unit":1,
        "deliveries":{"schedule":{}}}}})") ==
        "end: the horizon has 12001 periods, the cap is 1200");
    CHECK(errors(R"({"start":"2024-01","end":"1000002024-01","sources":{}})")
              .starts_with("end: must be a date"));
    CHECK(static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC < 0.1);
}

TEST_CASE("fault 21: deliveries before the start, after the end and on the edge are defined, "
          "warned of once, and none is lost") {
    struct Case {
        const char* from;
        const char* to;
        double first, last, pending;
        int warned;
    };
    const Case cases[] = {
        {"2023-10", "2023-12", 100, 100, 0, 1}, // all before the start: in the first period
        {"2023-12", "2024-01", 100, 100, 0, 1}, // half and half
        {"2024-01", "2024-01", 100, 100, 0, 0}, {"2024-12", "2024-12", 0, 100, 0, 0},
        {"2024-12", "2025-01", 0, 50, 50, 1},   {"2025-01", "2025-02", 0, 0, 100, 1},
    };
    for (const Case& each : cases) {
        const std::string scenario = deliveries_with(
            R"("units":100,"from":")" + std::string(each.from) + R"(","to":")" + each.to + "\"");
        CAPTURE(each.from, each.to);
        const Figures run = forecast(scenario);
        CHECK(run.total("acquired", 0) == Approx(each.first));
        CHECK(run.total("acquired", 11) == Approx(each.last));
        CHECK(run.outcome("pending.s") == Approx(each.pending).margin(1e-9));
        CHECK(run.total("acquired", 11) + run.outcome("pending.s") == Approx(100));
        const std::string said = warnings(scenario);
        CHECK((said.empty() ? 0 : 1 + std::count(said.begin(), said.end(), '\n')) == each.warned);
    }
}

TEST_CASE("fault 22: what a lead time or a slip pushes past the end is pending, with a warning") {
    const std::string order = order_with(R"("units":70,"ordered":"2024-01","lead_time_months":24)");
    CHECK(forecast(order).total("acquired", 11) == 0);
    CHECK(forecast(order).outcome("pending.s") == 70);
    CHECK(warnings(order) == "sources.s: 70 units come after the end of the horizon");
    const std::string slip = purchase_with(R"("delay_months":11)");
    CHECK(forecast(slip).total("acquired", 11) == Approx(50));
    CHECK(forecast(slip).outcome("pending.s") == Approx(50));
    CHECK(warnings(slip) == "sources.s: 50 units come after the end of the horizon");
}

TEST_CASE("fault 23: no sources are refused, an empty schedule and quantities of 0 give zeros") {
    CHECK(errors(R"({"start":"2024-01","end":"2024-12","sources":{}})") ==
          "sources: needs at least one source");
    for (
        const std::string& scenario :
        {deliveries_with(R"("schedule":{})"),
         deliveries_with(R"("units":0,"from":"2024-01","to":"2024-02")"),
         scenario_with(R"("s":{"kind":"purchase","h100e":1,"kw_per_unit":1,"orders":{}})"),
         installed_with(R"("vintages":{})"), deliveries_with(R"("reach":0,"by":"2024-06")"),
         site_with(R"("power":{})"), site_with(R"("install_units_per_month":0)"),
         scenario_with(
             R"("s":{"kind":"lease","h100e":0,"units":0,"rate_usd_per_hour":0,"from":"2024-01","to":"2024-02"})")}) {
        CAPTURE(scenario);
        CHECK(errors(scenario) == "");
        const Figures run = forecast(scenario);
        for (const char* metric :
             {"in_service", "h100e", "it_mw", "energy_mwh", "cost_usd", "available"})
            CHECK(run.total(metric, 11) == 0);
        CHECK(run.empty("total", "total", "hours_between_failures", 11));
    }
}

TEST_CASE(
    "fault 24: a source written twice is refused, names that differ by case only are warned of") {
    const std::string chip =
        std::string(R"({"kind":"purchase","h100e":1,"kw_per_unit":1,)") + some_units + "}";
    CHECK(holds(errors(scenario_with("\"s\":" + chip + ",\"s\":" + chip)), "duplicate key \"s\""));
    CHECK(warnings(scenario_with("\"S\":" + chip + ",\"s\":" + chip)) ==
          "sources.s: differs from \"S\" by case only");
}

TEST_CASE("fault 25: what is not in the file or the catalogue is marked where it is named") {
    CHECK(printed_problems(
              in_lines(R"("sites": ["hall", "menlo"])", R"("sites":{"hall":{},"menlow":{}})")) ==
          R"(test.json:4:21: error: sources.s.sites.1: unknown site "menlo"
    "sites": ["hall", "menlo"]
                      ^
  hint: did you mean "menlow"?
)");
}
