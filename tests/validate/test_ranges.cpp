// The table of ranges of scenario-format.md, row by row: each field at its bounds, just outside,
// of the wrong type, and by distribution, reference and formula.
#include "support/catch.hpp"
#include "validate/plans.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

using namespace fleetcast::testing;

namespace {

constexpr double none = std::numeric_limits<double>::infinity();

struct Row {
    std::string path;
    std::string range; // in the words of a message
    double low = 0, high = none;
    bool low_open = false, high_open = false;
    bool plain = false; // takes a number, no distribution
};

std::string on_source(std::string_view field) {
    return purchase_with(fmt::format("\"{}\":@", field));
}
std::string on_site(std::string_view field) { return site_with(fmt::format("\"{}\":@", field)); }

const std::string not_negative = "at least 0", above_0 = "above 0",
                  share = "at least 0 and at most 1";

/// Pairs of a scenario, where @ is the value, and what may stand there.
std::vector<std::pair<std::string, Row>> table() {
    std::vector<std::pair<std::string, Row>> rows;
    const auto add = [&](std::string pattern, std::string path, std::string range, double low,
                         double high = none, bool low_open = false, bool high_open = false,
                         bool plain = false) {
        rows.push_back(
            {std::move(pattern),
             {std::move(path), std::move(range), low, high, low_open, high_open, plain}});
    };
    for (const char* field : {"annual_failure_rate", "repair_days", "price_usd", "system_price_usd",
                              "h100e", "commissioning_months"})
        add(on_source(field), fmt::format("sources.s.{}", field), not_negative, 0);
    for (const char* field : {"spares_share", "resale_share", "maintenance_share_per_year"})
        add(on_source(field), fmt::format("sources.s.{}", field), share, 0, 1);
    for (const char* field : {"service_life_months", "kw_per_unit"})
        add(on_source(field), fmt::format("sources.s.{}", field), above_0, 0, none, true);
    add(on_source("annual_attrition_share"), "sources.s.annual_attrition_share",
        "at least 0 and below 1", 0, 1, false, true);
    add(on_source("acceptance_months"), "sources.s.acceptance_months", not_negative, 0, none, false,
        false, true);
    add(on_source("depreciation_months"), "sources.s.depreciation_months", above_0, 0, none, true,
        false, true);
    for (const char* field : {"depreciation_months", "site_depreciation_months"})
        add(purchase_with("", fmt::format(R"("finance":{{"{}":@}})", field)),
            fmt::format("finance.{}", field), above_0, 0, none, true, false, true);
    add(purchase_with("", R"("finance":{"discount_rate_share":@})"), "finance.discount_rate_share",
        "above -1", -1, none, true, false, true);
    add(installed_with(R"("vintages":{"2023-06":@})"), "sources.s.vintages.2023-06", not_negative,
        0);
    add(deliveries_with(R"("units":@,"from":"2024-01","to":"2024-02")"),
        "sources.s.deliveries.units", not_negative, 0);
    for (const char* span : {"2024-03", "2024-Q2", "2025"})
        add(deliveries_with(fmt::format(R"("schedule":{{"{}":@}})", span)),
            fmt::format("sources.s.deliveries.schedule.{}", span), not_negative, 0);
    for (const char* form : {"reach", "reach_h100e"})
        add(deliveries_with(fmt::format(R"("{}":@,"by":"2024-06")", form)),
            fmt::format("sources.s.deliveries.{}", form), not_negative, 0);
    add(order_with(R"("units":@,"arrives":"2024-03")"), "sources.s.orders.po.units", not_negative,
        0);
    for (const char* field : {"lead_time_months", "over_months", "price_usd"})
        add(order_with(fmt::format(R"("units":9,"ordered":"2024-01","{}":@)", field)),
            fmt::format("sources.s.orders.po.{}", field), not_negative, 0);
    add(in_house_with(R"("nre_usd":@,"nre_from":"2024-01","nre_to":"2024-03")"),
        "sources.s.nre_usd", not_negative, 0);
    add(in_house_with(R"("respin":{"probability_share":@,"delay_months":3})"),
        "sources.s.respin.probability_share", share, 0, 1, false, false, true);
    add(in_house_with(R"("respin":{"probability_share":0.6,"delay_months":@})"),
        "sources.s.respin.delay_months", not_negative, 0);
    add(lease_with(R"("units":@,"rate_usd_per_hour":2)"), "sources.s.units", not_negative, 0);
    add(lease_with(R"("units":1,"rate_usd_per_hour":@)"), "sources.s.rate_usd_per_hour",
        not_negative, 0);
    add(scenario_with(
            R"("s":{"kind":"lease","units":1,"from":"2024-01","to":"2024-06","rate_usd_per_hour":2,"h100e":@})"),
        "sources.s.h100e", not_negative, 0);
    for (const char* field : {"load_share", "reserve_share"})
        add(on_site(field), fmt::format("sites.hall.{}", field), share, 0, 1);
    add(on_site("provisioning_share"), "sites.hall.provisioning_share", "above 0 and at most 2", 0,
        2, true);
    add(on_site("pue"), "sites.hall.pue", "at least 1", 1);
    for (const char* field : {"carbon_kg_per_mwh", "install_units_per_month", "build_usd_per_mw"})
        add(on_site(field), fmt::format("sites.hall.{}", field), not_negative, 0);
    add(site_with(
            R"("power":{"one":{"from":"2024-01","critical_mw":1}},"colocation_usd_per_kw_month":@)"),
        "sites.hall.colocation_usd_per_kw_month", not_negative, 0);
    add(site_with(R"("power":{"one":{"from":"2024-02","critical_mw":@}})"),
        "sites.hall.power.one.critical_mw", not_negative, 0);
    add(site_with(R"("power":{"one":{"from":"2024-02","critical_mw":1,"build_usd_per_mw":@}})"),
        "sites.hall.power.one.build_usd_per_mw", not_negative, 0);
    add(reserved_with(R"("h100e":@)"), "workloads.w.h100e", not_negative, 0);
    add(training_with(R"("flop":@,"mfu_share":0.4,"max_h100e":50)"), "workloads.w.flop", above_0, 0,
        none, true);
    add(training_with(R"("flop":1e20,"mfu_share":0.4,"max_h100e":@)"), "workloads.w.max_h100e",
        above_0, 0, none, true);
    add(training_with(R"("flop":1e20,"mfu_share":@,"max_h100e":50)"), "workloads.w.mfu_share",
        "above 0 and at most 1", 0, 1, true);
    add(inference_with(R"("tokens_per_day":@,"flop_per_token":1e9,"mfu_share":0.2)"),
        "workloads.w.tokens_per_day", not_negative, 0);
    add(inference_with(R"("tokens_per_day":1e6,"flop_per_token":@,"mfu_share":0.2)"),
        "workloads.w.flop_per_token", above_0, 0, none, true);
    add(inference_with(R"("tokens_per_day":1e6,"flop_per_token":1e9,"mfu_share":@)"),
        "workloads.w.mfu_share", "above 0 and at most 1", 0, 1, true);
    add(inference_with(
            R"("tokens_per_day":1e6,"flop_per_token":1e9,"mfu_share":0.2,"peak_to_mean":@)"),
        "workloads.w.peak_to_mean", "at least 1", 1);
    add(purchase_with(
            "", R"("checks":{"c":{"metric":"owned","at":"all","at_least":0,"probability":@}})"),
        "checks.c.probability", share, 0, 1, false, false, true);
    for (const char* kind : {"rank", "normal"})
        add(purchase_with(
                R"("delay_months":{"uniform":[0,1]},"commissioning_months":{"uniform":[0,1]})",
                fmt::format(
                    R"("correlations":{{"c":{{"between":["sources.s.delay_months","sources.s.commissioning_months"],"{}":@}}}})",
                    kind)),
            fmt::format("correlations.c.{}", kind), "at least -1 and at most 1", -1, 1, false,
            false, true);
    for (const char* figure :
         {"tdp_w", "kw_per_unit", "server_max_power_w", "accelerators_per_server", "memory_gb",
          "memory_bandwidth_gb_s", "bf16_tflops", "fp16_tflops", "fp8_tflops", "int8_tops",
          "embodied_kg"})
        add(purchase_with(
                "", fmt::format(R"("accelerators":{{"nvidia-h100-sxm":{{"{}":@}}}})", figure)),
            fmt::format("accelerators.nvidia-h100-sxm.{}", figure), above_0, 0, none, true, false,
            true);
    return rows;
}

/// A value within the range.
double inside(const Row& row) {
    return row.high == none ? row.low + 2 : row.low + (row.high - row.low) / 4;
}

} // namespace

TEST_CASE("every field takes its bounds and refuses what is just outside") {
    for (const auto& [pattern, row] : table()) {
        CAPTURE(row.path);
        for (const double bound : {row.low, row.high}) {
            if (bound == none)
                continue;
            const bool is_low = bound == row.low, open = is_low ? row.low_open : row.high_open;
            const std::string out =
                open ? fmt::format("{}", bound)
                     : fmt::format("{}", std::nextafter(bound, is_low ? -none : none));
            CHECK(errors(filled(pattern, out)) ==
                  fmt::format("{}: must be {}, got {}", row.path, row.range, out));
            const double in = open ? bound + (is_low ? 1e-3 : -1e-3) : bound;
            CHECK(errors(filled(pattern, fmt::format("{}", in))) == "");
        }
        CHECK(errors(filled(pattern, fmt::format("{}", inside(row)))) == "");
    }
}

TEST_CASE("fault 15, 16: every field refuses another type, naming both, and a negative quantity") {
    for (const auto& [pattern, row] : table()) {
        CAPTURE(row.path);
        const std::string wanted =
            fmt::format("{}: must be {}, got ", row.path,
                        row.plain ? "a number" : "a number or a distribution");
        CHECK(errors(filled(pattern, "\"5\"")) == wanted + "the string \"5\"");
        CHECK(errors(filled(pattern, "true")) == wanted + "true");
        CHECK(errors(filled(pattern, "null")) == wanted + "null");
        CHECK(errors(filled(pattern, "[1]")) == wanted + "an array");
        CHECK(errors(filled(pattern, "-3")) ==
              fmt::format("{}: must be {}, got -3", row.path, row.range));
        if (row.plain)
            CHECK(errors(filled(pattern, R"({"uniform":[0,1]})")) == wanted + "an object");
    }
}

TEST_CASE("fault 12: what underflows to 0 is refused where a value above 0 is needed, -0 is 0") {
    for (const auto& [pattern, row] : table()) {
        CAPTURE(row.path);
        const std::string refusal = fmt::format("{}: must be {}, got 1e-400", row.path, row.range);
        const bool takes_0 = row.low < 0 || (row.low == 0 && !row.low_open);
        CHECK(errors(filled(pattern, "1e-400")) == (takes_0 ? "" : refusal));
        CHECK((errors(filled(pattern, "-0")) == "") == takes_0);
    }
}

TEST_CASE("a support that can leave the range is refused, unless it is truncated or clamped") {
    for (const auto& [pattern, row] : table()) {
        if (row.plain)
            continue;
        CAPTURE(row.path);
        const double out = row.low - 1, in = inside(row);
        CHECK(errors(filled(pattern, fmt::format(R"({{"uniform":[{},{}]}})", out, in))) ==
              fmt::format("{}: must be {}, but uniform({}, {}) can leave that range", row.path,
                          row.range, out, in));
        CHECK(errors(filled(pattern, fmt::format(R"({{"normal":[{},1]}})", in))) ==
              fmt::format("{}: must be {}, but normal({}, 1) can leave that range", row.path,
                          row.range, in));
        const double low = row.low_open ? row.low + (in - row.low) / 2 : row.low;
        const double high = row.high == none ? in + 1
                            : row.high_open  ? (in + row.high) / 2
                                             : row.high;
        for (const char* by : {"truncate", "clamp"})
            CHECK(errors(filled(pattern, fmt::format(R"({{"normal":[{},1],"{}":[{},{}]}})", in, by,
                                                     low, high))) == "");
    }
}

TEST_CASE("a support and a number that leave the range through a reference are refused, and within "
          "it pass") {
    for (const auto& [pattern, row] : table()) {
        if (row.plain)
            continue;
        CAPTURE(row.path);
        const auto through = [&, &scenario = pattern](const std::string& value, const char* by) {
            const std::string whole = filled(scenario, by);
            return errors(whole.substr(0, whole.size() - 1) + R"(,"inputs":{"x":)" + value + "}}");
        };
        const double out = row.low - 1, in = inside(row);
        const char* ref = R"({"ref":"inputs.x"})";
        CHECK(through(fmt::format("{}", out), ref) ==
              fmt::format("{}.ref: must be {}, but the input is {}", row.path, row.range, out));
        CHECK(through(fmt::format(R"({{"uniform":[{},{}]}})", out, in), ref) ==
              fmt::format("{}.ref: must be {}, but the input uniform({}, {}) can leave that range",
                          row.path, row.range, out, in));
        CHECK(through(fmt::format("{}", in), ref) == "");
        CHECK(through(fmt::format(R"({{"uniform":[{},{}]}})", in, in), ref) == "");
        // What a formula gives, only a trial can tell.
        const char* formula = R"({"formula":"x"})";
        CHECK(through(fmt::format("{}", in), formula) == "");
        CHECK(through(fmt::format("{}", out), formula) ==
              fmt::format("{}: must be {}, got {} (trial 0, every input at its median)", row.path,
                          row.range, out));
    }
}

TEST_CASE("a payment has shares from 0 to 1 and months from -60 to 60, plain numbers") {
    const std::string patterns[] = {
        purchase_with(R"("payment":[@])"),
        in_house_with(R"("payment":[@])"),
        scenario_with(R"("s":{"kind":"undisclosed","kw_per_unit":1,"payment":[@],)" +
                      std::string(some_units) + "}"),
        site_with(R"("payment":[@])"),
        site_with(R"("power":{"one":{"from":"2024-01","critical_mw":1,"payment":[@]}})"),
    };
    const std::string paths[] = {"sources.s", "sources.s", "sources.s", "sites.hall",
                                 "sites.hall.power.one"};
    const std::string in_months = ".payment.0.months_before_delivery: must be ";
    for (std::size_t i = 0; i < std::size(patterns); ++i) {
        CAPTURE(patterns[i]);
        const auto with = [&](const std::string& parts) {
            return errors(filled(patterns[i], parts));
        };
        for (const char* months : {"-60", "0", "60", "2.5"})
            CHECK(with(R"({"share":1,"months_before_delivery":)" + std::string(months) + "}") ==
                  "");
        CHECK(with(R"({"share":0},{"share":1,"months_before_delivery":3})") == "");
        CHECK(with(R"({"share":1,"months_before_delivery":60.5})") ==
              paths[i] + in_months + "at least -60 and at most 60, got 60.5");
        CHECK(with(R"({"share":1,"months_before_delivery":-61})") ==
              paths[i] + in_months + "at least -60 and at most 60, got -61");
        CHECK(with(R"({"share":1.5},{"share":-0.5})") ==
              paths[i] + ".payment.0.share: must be at least 0 and at most 1, got 1.5\n" +
                  paths[i] + ".payment.1.share: must be at least 0 and at most 1, got -0.5");
        CHECK(with(R"({"share":{"uniform":[0,1]}})") ==
              paths[i] + ".payment.0.share: must be a number, got an object");
        CHECK(with(R"({"share":1,"months_before_delivery":{"uniform":[0,1]}})") ==
              paths[i] + in_months + "a number, got an object");
    }
}

TEST_CASE("a priority is a whole number from 1 to 1000") {
    const auto with = [](const std::string& priority) {
        return errors(reserved_with("\"h100e\":1,\"priority\":" + priority));
    };
    for (const char* priority : {"1", "1000", "7.0", "1e2"})
        CHECK(with(priority) == "");
    const std::string wrong = "workloads.w.priority: must be ";
    for (const char* priority : {"0", "1001", "-1", "0.5", "1e300", "-0"})
        CHECK(with(priority) == wrong + "at least 1 and at most 1000, got " + priority);
    CHECK(with("1.5") == wrong + "a whole number, got 1.5");
    CHECK(with("\"1\"") == wrong + "a number, got the string \"1\"");
    CHECK(with(R"({"uniform":[1,2]})") == wrong + "a number, got an object");
}

TEST_CASE("delays and electricity prices take any finite number") {
    const std::string patterns[] = {
        purchase_with(R"("delay_months":@)"),
        lease_with(R"("units":1,"rate_usd_per_hour":1,"delay_months":@)"),
        site_with(R"("power":{"one":{"from":"2024-02","critical_mw":1,"delay_months":@}})"),
        site_with(R"("power":{"one":{"from":"2024-02","critical_mw":1}},"delay_months":@)"),
        site_with(R"("electricity_usd_per_mwh":@)"),
        purchase_with("", R"("costs":{"c":{"usd":@,"at":"2024-03"}})"),
        purchase_with("", R"("costs":{"c":{"usd_per_month":@}})")};
    for (const std::string& pattern : patterns) {
        CAPTURE(pattern);
        for (const char* value :
             {"-40", "0", "40", "-0.5", R"({"normal":[0,3]})", R"({"uniform":[-5,5]})"})
            CHECK(errors(filled(pattern, value)) == "");
        CHECK(errors(filled(pattern, "\"soon\""))
                  .find("must be a number or a distribution, got the string \"soon\"") !=
              std::string::npos);
    }
}
