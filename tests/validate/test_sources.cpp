// What a source of each kind needs, refuses and may refer to (scenario-format.md, Sources).
#include "support/catch.hpp"
#include "validate/plans.hpp"

#include <utility>
#include <vector>

using namespace fleetcast::testing;

namespace {

using Cases = std::vector<std::pair<std::string, std::string>>; // scenario, what is said of it

void check_all(const Cases& cases) {
    for (const auto& [scenario, expected] : cases) {
        CAPTURE(scenario);
        CHECK(errors(scenario) == expected);
    }
}

const std::string h100 = R"("accelerator":"nvidia-h100-sxm")";
const std::string units = some_units;

std::string source(const std::string& members) { return scenario_with("\"s\":{" + members + "}"); }

} // namespace

TEST_CASE("what a kind of source requires is asked for by name") {
    check_all({
        {source(h100 + "," + units), "sources.s: needs \"kind\""},
        {source(R"("kind":"installed",)" + h100), "sources.s: needs \"vintages\""},
        {source(R"("kind":"purchase",)" + h100), "sources.s: needs \"deliveries\" or \"orders\""},
        {source(R"("kind":"in-house",)" + h100), "sources.s: needs \"deliveries\" or \"orders\""},
        {source(R"("kind":"undisclosed","kw_per_unit":1)"),
         "sources.s: needs \"deliveries\" or \"orders\""},
        {source(R"("kind":"lease",)" + h100),
         "sources.s: needs \"units\"\nsources.s: needs \"from\"\n"
         "sources.s: needs \"to\"\nsources.s: needs \"rate_usd_per_hour\""},
        {deliveries_with(R"("units":1)"),
         "sources.s.deliveries: needs \"from\"\nsources.s.deliveries: needs \"to\""},
        {deliveries_with(R"("reach":1)"), "sources.s.deliveries: needs \"by\""},
        {deliveries_with(R"("reach_h100e":1)"), "sources.s.deliveries: needs \"by\""},
        {deliveries_with(R"("unit":1,"from":"2024-01","to":"2024-02")"),
         "sources.s.deliveries.unit: unknown key"},
        {deliveries_with(R"("from":"2024-01")"),
         "sources.s.deliveries: needs one of units, schedule, reach, reach_h100e"},
        {order_with(R"("arrives":"2024-03")"), "sources.s.orders.po: needs \"units\""},
        {order_with(R"("units":1)"), "sources.s.orders.po: needs \"ordered\" or \"arrives\""},
        {in_house_with(R"("respin":{})"),
         "sources.s.respin: needs \"probability_share\"\nsources.s.respin: needs \"delay_months\""},
        {purchase_with(R"("replaces":{"from":"2024-03"})"), "sources.s.replaces: needs \"source\""},
        {site_with(R"("power":{"one":{}})"),
         "sites.hall.power.one: needs \"from\"\nsites.hall.power.one: needs \"critical_mw\""},
    });
}

TEST_CASE("the top level requires start, end and at least one source") {
    CHECK(errors("{}") == ": needs \"start\"\n: needs \"end\"\n: needs \"sources\"");
    CHECK(errors(R"({"start":"2024-01","end":"2024-12","sources":{}})") ==
          "sources: needs at least one source");
    CHECK(errors("[]") == ": must be an object, got an array");
}

TEST_CASE("where one of several is wanted, two are refused") {
    check_all({
        {purchase_with(R"("orders":{"po":{"units":1,"arrives":"2024-03"}})"),
         "sources.s: takes \"deliveries\" or \"orders\", not both"},
        {deliveries_with(R"("units":1,"reach":2,"from":"2024-01","to":"2024-02")"),
         "sources.s.deliveries: takes one form, got units and reach"},
        {deliveries_with(R"("schedule":{},"reach_h100e":2)"),
         "sources.s.deliveries: takes one form, got schedule and reach_h100e"},
        {order_with(R"("units":1,"ordered":"2024-01","arrives":"2024-03")"),
         "sources.s.orders.po: takes \"ordered\" or \"arrives\", not both"},
        {order_with(R"("units":1,"arrives":"2024-03","lead_time_months":2)"),
         "sources.s.orders.po.lead_time_months: goes with \"ordered\": \"arrives\" is the day "
         "itself"},
    });
    for (const char* part :
         {R"("nre_usd":1)", R"("nre_from":"2024-01")", R"("nre_usd":1,"nre_to":"2024-01")"})
        CHECK(errors(in_house_with(part)) ==
              "sources.s: needs all of \"nre_usd\", \"nre_from\" and \"nre_to\", or none");
}

TEST_CASE("dates stand in order, and the day of the first is a whole day") {
    check_all({
        {deliveries_with(R"("units":1,"from":"2024-03","to":"2024-02")"),
         "sources.s.deliveries.to: must not be before 2024-03, got 2024-02"},
        {deliveries_with(R"("units":1,"from":"2024-03-15","to":"2024-03-14")"),
         "sources.s.deliveries.to: must not be before 2024-03-15, got 2024-03-14"},
        {deliveries_with(R"("units":1,"from":"2024-03-15","to":"2024-03-15")"), ""},
        {deliveries_with(R"("units":1,"from":"2024-03-15","to":"2024-03")"), ""},
        {deliveries_with(R"("reach":1,"by":"2023-12")"),
         "sources.s.deliveries.by: must not be before 2024-01, got 2023-12"},
        {deliveries_with(R"("reach":1,"by":"2023-12","from":"2023-11")"), ""},
        {deliveries_with(R"("reach_h100e":1,"by":"2024-03","from":"2024-04")"),
         "sources.s.deliveries.by: must not be before 2024-04, got 2024-03"},
        {scenario_with(
             R"("s":{"kind":"lease","h100e":1,"units":1,"rate_usd_per_hour":1,"from":"2024-06","to":"2024-05"})"),
         "sources.s.to: must not be before 2024-06, got 2024-05"},
        {in_house_with(R"("nre_usd":1,"nre_from":"2024-03","nre_to":"2024-02")"),
         "sources.s.nre_to: must not be before 2024-03, got 2024-02"},
        {installed_with(R"("vintages":{"2023-12":1})"), ""},
        {installed_with(R"("vintages":{"2024-01":1,"2024-03":1})"),
         "sources.s.vintages.2024-01: must be before the start\nsources.s.vintages.2024-03: must "
         "be before the start"},
        {installed_with(R"("vintages":{"2023-12-01":1})"),
         "sources.s.vintages.2023-12-01: must be a month such as \"2021-06\""},
        {installed_with(R"("vintages":[])"), "sources.s.vintages: must be an object, got an array"},
    });
}

TEST_CASE("a field of another kind of source is refused, and the kind itself is one of five") {
    check_all({
        {purchase_with(R"("vintages":{})"), "sources.s.vintages: unknown key"},
        {purchase_with(R"("nre_usd":1)"), "sources.s.nre_usd: unknown key"},
        {purchase_with(R"("rate_usd_per_hour":1)"), "sources.s.rate_usd_per_hour: unknown key"},
        {installed_with(R"("vintages":{},"delay_months":1)"),
         "sources.s.delay_months: unknown key"},
        {scenario_with(R"("s":{"kind":"undisclosed","kw_per_unit":1,"respin":{},)" + units + "}"),
         "sources.s.respin: unknown key"},
        {lease_with(R"("units":1,"rate_usd_per_hour":1,"sites":[])"),
         "sources.s.sites: unknown key"},
        {deliveries_with(R"("schedule":{},"from":"2024-01")"),
         "sources.s.deliveries.from: unknown key"},
        {source(R"("kind":"purchased",)" + h100),
         "sources.s.kind: must be one of installed, purchase, in-house, lease, undisclosed, got "
         "\"purchased\""},
        {source(R"("kind":5)"), "sources.s.kind: must be a string, got the number 5"},
        {deliveries_with(R"("units":1,"from":"2024-01","to":"2024-02","curve":"scurve")"),
         "sources.s.deliveries.curve: must be one of linear, s-curve, front-loaded, back-loaded, "
         "got \"scurve\""},
    });
    CHECK(hint(source(R"("kind":"purchased",)" + h100)) == "did you mean \"purchase\"?");
    CHECK(hint(deliveries_with(R"("units":1,"from":"2024-01","to":"2024-02","curve":"scurve")")) ==
          "did you mean \"s-curve\"?");
}

TEST_CASE("a source that names no accelerator says what it counts and draws") {
    check_all({
        {source(R"("kind":"purchase",)" + units),
         "sources.s: needs \"accelerator\", or \"h100e\" and \"kw_per_unit\""},
        {source(R"("kind":"purchase","kw_per_unit":1,)" + units),
         "sources.s: needs \"accelerator\", or \"h100e\" and \"kw_per_unit\""},
        {source(R"("kind":"purchase","h100e":1,)" + units),
         "sources.s: needs \"kw_per_unit\", since it names no accelerator"},
        {source(R"("kind":"purchase","h100e":1,"kw_per_unit":1,)" + units), ""},
        {source(R"("kind":"undisclosed",)" + units),
         "sources.s: needs \"kw_per_unit\", since it names no accelerator"},
        {source(R"("kind":"undisclosed","kw_per_unit":1,)" + units), ""},
        {source(
             R"("kind":"lease","units":1,"from":"2024-01","to":"2024-02","rate_usd_per_hour":1)"),
         "sources.s: needs \"accelerator\" or \"h100e\""},
        {source(
             R"("kind":"lease","h100e":1,"units":1,"from":"2024-01","to":"2024-02","rate_usd_per_hour":1)"),
         ""},
    });
}

TEST_CASE("an accelerator without the figure of the basis is refused, saying which bases it has") {
    const std::string v100 =
        R"("s":{"kind":"purchase","accelerator":"nvidia-v100-sxm2-32gb",@)" + units + "}";
    const auto on = [&](const std::string& basis, const std::string& more = "") {
        return scenario_with(filled(v100, more), R"("h100e_basis":")" + basis + "\"");
    };
    CHECK(errors(on("fp8")) == "sources.s.accelerator: nvidia-v100-sxm2-32gb has no figure on the "
                               "basis fp8; it has: bf16, memory_bandwidth, memory");
    for (const char* basis : {"bf16", "memory_bandwidth", "memory"})
        CHECK(errors(on(basis)) == "");
    CHECK(errors(on("fp8", R"("h100e":0.1,)")) == "");
    CHECK(errors(on("fp16")) ==
          "h100e_basis: must be one of bf16, fp8, memory_bandwidth, memory, got \"fp16\"");
}

TEST_CASE("an accelerator whose power is not known takes kw_per_unit") {
    const std::string pattern =
        R"("s":{"kind":"purchase","accelerator":"aws-trainium1",@)" + units + "}";
    CHECK(errors(scenario_with(filled(pattern, ""))) ==
          "sources.s.accelerator: the power of aws-trainium1 is not known");
    CHECK(errors(scenario_with(filled(pattern, R"("kw_per_unit":0.5,)"))) == "");
}

TEST_CASE(
    "fault 25: an unknown accelerator, site or source is refused with what was probably meant") {
    const std::string sites = R"("sites":{"menlo":{},"reno":{}})";
    check_all({
        {scenario_with(R"("s":{"kind":"purchase","accelerator":"nvidia-h100-smx",)" + units + "}"),
         "sources.s.accelerator: unknown accelerator \"nvidia-h100-smx\""},
        {purchase_with(R"("sites":["menlo","ren"])", sites),
         "sources.s.sites.1: unknown site \"ren\""},
        {purchase_with(R"("sites":["menlo"])"), "sources.s.sites.0: unknown site \"menlo\""},
        {purchase_with(R"("sites":[])", sites), "sources.s.sites: must name at least one site"},
        {purchase_with(R"("sites":["menlo","reno","menlo"])", sites),
         "sources.s.sites.0: \"menlo\" is named twice"},
        {purchase_with(R"("sites":"menlo")", sites),
         "sources.s.sites: must be an array, got the string \"menlo\""},
        {purchase_with(R"("replaces":{"source":"olds"},"x-old":1)"),
         "sources.s.replaces.source: unknown source \"olds\""},
        {site_with(R"("accelerators":["nvidia-h100-sxm","nvidia-h100-sx"])"),
         "sites.hall.accelerators.1: unknown accelerator \"nvidia-h100-sx\""},
        {purchase_with("", R"("accelerators":{"mine":{"like":"nvidia-b20"}})"),
         "accelerators.mine.like: unknown accelerator \"nvidia-b20\""},
    });
    CHECK(hint(scenario_with(R"("s":{"kind":"purchase","accelerator":"nvidia-h100-smx",)" + units +
                             "}")) == "did you mean \"nvidia-h100-sxm\"?");
    CHECK(hint(purchase_with(R"("sites":["menlo","ren"])", sites)) == "did you mean \"reno\"?");
    CHECK(hint(purchase_with(R"("sites":["menlo"])")) == "there are none");
    CHECK(hint(site_with(R"("accelerators":["nvidia-h100-sxm","nvidia-h100-sx"])")) ==
          "did you mean \"nvidia-h100-sxm\"?");
    CHECK(
        hint(scenario_with(
            R"("old":{"kind":"lease","h100e":1,"units":1,"from":"2024-01","to":"2024-02","rate_usd_per_hour":1},
        "s":{"kind":"purchase","h100e":1,"kw_per_unit":1,"replaces":{"source":"odl"},)" +
            units + "}")) == "did you mean \"old\"?");
}

TEST_CASE("a source whose sites all refuse its accelerator is refused") {
    const std::string sites =
        R"("sites":{"a":{"accelerators":["nvidia-b200"]},"b":{"accelerators":["nvidia-h100-sxm"]}})";
    const std::string own = R"("s":{"kind":"purchase","h100e":1,"kw_per_unit":1,)" + units + "}";
    check_all({
        {purchase_with("", sites), ""},
        {purchase_with(R"("sites":["a","b"])", sites), ""},
        {purchase_with(R"("sites":["a"])", sites),
         "sources.s.sites: no site takes nvidia-h100-sxm"},
        {scenario_with(own, sites), "sources.s: no site takes a source that names no accelerator"},
        {scenario_with(own, R"("sites":{"a":{"accelerators":[]}})"),
         "sources.s: no site takes a source that names no accelerator"},
        {scenario_with(own, R"("sites":{"a":{}})"), ""},
        // One mistake is one error.
        {scenario_with(R"("s":{"kind":"purchase","accelerator":"nvidia-h100-smx",)" + units + "}",
                       sites),
         "sources.s.accelerator: unknown accelerator \"nvidia-h100-smx\""},
    });
}

TEST_CASE("reach counts the units of one accelerator, reach_h100e needs units that count") {
    const std::string own =
        R"("s":{"kind":"undisclosed","kw_per_unit":1,"deliveries":{@,"by":"2024-06"}%})";
    const auto with = [&](const std::string& form, const std::string& more) {
        std::string text = filled(own, form);
        text.replace(text.find('%'), 1, more);
        return scenario_with(text);
    };
    CHECK(errors(with(R"("reach":5)", "")) ==
          "sources.s: needs \"accelerator\": \"reach\" counts the units of one");
    CHECK(errors(with(R"("reach_h100e":5)", "")) == "");
    CHECK(errors(with(R"("reach_h100e":5)", R"(,"h100e":0)")) ==
          "sources.s.h100e: must be above 0 with \"reach_h100e\"");
    CHECK(errors(with(R"("reach_h100e":5)", R"(,"h100e":{"uniform":[0,1]})")) ==
          "sources.s.h100e: must be above 0 with \"reach_h100e\"");
    CHECK(errors(with(R"("reach_h100e":5)", R"(,"h100e":{"uniform":[0.1,1]})")) == "");
    CHECK(errors(with(R"("reach_h100e":5)", R"(,"h100e":{"formula":"1 - 1"})"))
              .find("must be above 0") != std::string::npos);
}

TEST_CASE("circles of replaces, like and leases in the place of the old are refused") {
    const auto chip = [](const std::string& name, const std::string& old) {
        return "\"" + name + R"(":{"kind":"purchase","h100e":1,"kw_per_unit":1,)" +
               std::string(some_units) +
               (old.empty() ? "" : R"(,"replaces":{"source":")" + old + "\"}") + "}";
    };
    CHECK(errors(scenario_with(chip("a", "") + "," + chip("b", "a") + "," + chip("c", "b"))) == "");
    CHECK(errors(scenario_with(chip("a", "a"))) ==
          "sources.a.replaces.source: goes in a circle: a -> a");
    CHECK(errors(scenario_with(chip("a", "b") + "," + chip("b", "a"))) ==
          "sources.a.replaces.source: goes in a circle: a -> b -> a\nsources.b.replaces.source: "
          "goes in a circle: b -> a -> b");
    CHECK(
        errors(scenario_with(
            chip("a", "l") +
            R"(,"l":{"kind":"lease","h100e":1,"units":1,"from":"2024-01","to":"2024-02","rate_usd_per_hour":1})")) ==
        "sources.a.replaces.source: is a lease: leases cannot be replaced");
    const std::string like = "leads back to itself";
    CHECK(errors(purchase_with("", R"("accelerators":{"a":{"like":"b"},"b":{"like":"a"}})")) ==
          "accelerators.a.like: " + like + "\naccelerators.b.like: " + like);
    CHECK(errors(purchase_with("", R"("accelerators":{"a":{"like":"a","tdp_w":1}})")) ==
          "accelerators.a.like: " + like);
}

TEST_CASE("a chain of twenty likes is no circle") {
    std::string entries = R"("c0":{"like":"nvidia-b200"})";
    for (int i = 1; i < 20; ++i)
        entries += ",\"c" + std::to_string(i) + R"(":{"like":"c)" + std::to_string(i - 1) + "\"}";
    CHECK(errors(purchase_with("", "\"accelerators\":{" + entries + "}")) == "");
}

TEST_CASE("a misspelt form is one mistake, not also a missing one") {
    CHECK(errors(R"({"start":"2024-01","end":"2024-12","sources":{"s":{"kind":"purchase",
        "accelerator":"nvidia-h100-sxm","deliverys":{"units":1,"from":"2024-01","to":"2024-02"}}}})") ==
          "sources.s.deliverys: unknown key");
}

TEST_CASE("keys of a schedule are months, quarters or years that do not overlap") {
    const auto schedule = [](const std::string& keys) {
        return deliveries_with("\"schedule\":{" + keys + "}");
    };
    const std::string wrong =
        ": must be a month, a quarter or a year: \"2024-01\", \"2024-Q2\", \"2024\"";
    check_all({
        {schedule(R"("2024-01":1,"2024-Q2":1,"2025":1)"), ""},
        {schedule(R"("2024-03":1,"2024-Q1":1)"),
         "sources.s.deliveries.schedule.2024-Q1: overlaps \"2024-03\""},
        {schedule(R"("2024":1,"2024-12":1)"),
         "sources.s.deliveries.schedule.2024-12: overlaps \"2024\""},
        {schedule(R"("2024-Q4":1,"2025":1,"2024":1)"),
         "sources.s.deliveries.schedule.2024: overlaps \"2024-Q4\""},
        {schedule(R"("2024-Q5":1)"), "sources.s.deliveries.schedule.2024-Q5" + wrong},
        {schedule(R"("2024-q1":1)"), "sources.s.deliveries.schedule.2024-q1" + wrong},
        {schedule(R"("2024-01-15":1)"), "sources.s.deliveries.schedule.2024-01-15" + wrong},
        {schedule(R"("2024-13":1)"), "sources.s.deliveries.schedule.2024-13" + wrong},
        {schedule(R"("24":1)"), "sources.s.deliveries.schedule.24" + wrong},
        {schedule(R"("2024-01":-1)"),
         "sources.s.deliveries.schedule.2024-01: must be at least 0, got -1"},
    });
}
