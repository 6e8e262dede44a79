// Hand-computed cases of rules [M1], [M2] and [M3]: units and H100-equivalents.
#include "rules.hpp"

using namespace fleetcast::testing::rules;

namespace {

/// 100 opening units, 60 bought of which 30 find power, 50 leased.
const std::string mixed = plan(
    "2024-01", "2024-01",
    installed("base", R"("vintages": {"2023-01": 100})") +
        R"(, "new": {"kind": "purchase", "h100e": 2, "kw_per_unit": 1, "spares_share": 0.1, )" +
        within("2024-01", "60") + R"(}, "rented": {"kind": "lease", "h100e": 0.5, "units": 50,
           "from": "2024-01", "to": "2024-12", "rate_usd_per_hour": 1})",
    sites(site("m", "0.13")));

/// H100e of a unit of an accelerator with these catalogue figures.
double equivalence(const std::string& figures, const std::string& basis = "bf16",
                   const std::string& field = "") {
    const auto f = forecast(
        plan("2024-01", "2024-01",
             R"("a": {"kind": "installed", "accelerator": "mine", "kw_per_unit": 1, )" + field +
                 R"("vintages": {"2023-01": 1}})",
             R"("accelerators": {"mine": {)" + figures + R"(}}, "h100e_basis": ")" + basis + '"'));
    return f.total("h100e", 0);
}

} // namespace

TEST_CASE("[M1] acquired, owned, in service and warehoused: a lease is in service but not owned") {
    const auto f = forecast(mixed);
    CHECK(f.total("acquired", 0) == near(100 + 60));
    CHECK(f.total("warehoused", 0) == near(30));
    CHECK(f.total("in_service", 0) == near(100 + 30 + 50));
    CHECK(f.total("owned", 0) == near(30 + 100 + 30));
}

TEST_CASE("[M1] what is retired stays acquired and is no longer owned") {
    const auto f =
        forecast(plan("2024-01", "2024-02", installed("a", R"("vintages": {"2023-02": 100},
                                                   "service_life_months": 12)")));
    CHECK(row(f, "acquired") == Row{{100, 100}});
    CHECK(row(f, "owned") == Row{{100, 0}});
}

TEST_CASE("[M1] available is what spares or repair leave, whichever is less") {
    // r = 36.525 / 365.25 = 0.1: 1 / (1 + 1 x 0.1) = 1/1.1 of the units.
    const auto available = [](const std::string& spares) {
        return forecast(plan("2024-01", "2024-01",
                             installed("a", R"("vintages": {"2023-01": 110},
                                               "annual_failure_rate": 1,
                                               "repair_days": 36.525, "spares_share": )" +
                                                spares)))
            .total("available", 0);
    };
    CHECK(available("0.05") == near(110 / 1.1));
    CHECK(available("0.2") == near(110 * 0.8));
}

TEST_CASE("[M1] a cohort is available from the first period at or after its acceptance") {
    const auto available = [](const std::string& months) {
        return row(forecast(plan("2024-01", "2024-04",
                                 purchase("a", R"("deliveries": {"schedule": {"2024-01": 100,
                                     "2024-02": 50}}, "acceptance_months": )" +
                                                   months))),
                   "available");
    };
    CHECK(available("1") == Row{{0, 100, 150, 150}}); // 1 < 0 + 1 is false: accepted
    CHECK(available("1.5") == Row{{0, 0, 100, 150}}); // 1 < 0 + 1.5
    CHECK(available("0") == Row{{100, 150, 150, 150}});
}

TEST_CASE("[M1] leases and opening units are accepted, a lease has no spares and no repair") {
    const auto f = forecast(mixed);
    CHECK(f.of("source", "base", "available", 0) == near(100));
    CHECK(f.of("source", "new", "available", 0) == near(30 * 0.9)); // not the warehouse
    CHECK(f.of("source", "rented", "available", 0) == near(50));
    CHECK(f.of("source", "rented", "failures", 0) == near(0));
}

TEST_CASE("[M2] failures go by the mean of begin and end, what retires leaves before begin") {
    // 240 units, 120 of them until 1 February (-11 + 12): 240 x 1/12, then 120 x 1/12.
    const auto f = forecast(
        plan("2024-01", "2024-02", installed("a", R"("vintages": {"2023-02": 120, "2023-06": 120},
                                                   "service_life_months": 12,
                                                   "annual_failure_rate": 1)")));
    CHECK(row(f, "failures") == Row{{20, 10}});
    CHECK(row(f, "retired") == Row{{0, 120}});
}

TEST_CASE("[M2] failures count half of what is installed or lost within the period") {
    const auto bought =
        forecast(plan("2024-01", "2024-02",
                      purchase("a", within("2024-01", "120") + R"(, "annual_failure_rate": 1)")));
    CHECK(row(bought, "failures") == Row{{(0 + 120) / 2 / 12.0, 120 / 12.0}});
    CHECK(row(bought, "hours_between_failures") == Row{{744 / 5.0, 696 / 10.0}});
    const auto lost =
        forecast(plan("2024-01", "2024-01", installed("a", R"("vintages": {"2023-02": 100},
                                                      "annual_attrition_share": 0.75,
                                                      "annual_failure_rate": 12)")));
    CHECK(lost.total("failures", 0) == near((100 + 100 * std::pow(0.25, 1.0 / 12)) / 2));
}

TEST_CASE("[M2] failures go by the length of the period") {
    const auto f =
        forecast(plan("2024-01-01", "2024-01-14", installed("a", R"("vintages": {"2023-02": 310},
                                                   "annual_failure_rate": 12)"),
                      R"("step": "week")"));
    CHECK(row(f, "failures") == Row{{70, 70}}); // 310 x 12 x 7/31 / 12
}

TEST_CASE("[M2] delivered, installed, retired and lost are what happened within the period") {
    const auto f =
        forecast(plan("2024-01", "2024-03",
                      purchase("a", within("2024-01", "100") + R"(, "service_life_months": 1,
                                                    "commissioning_months": 1)")));
    CHECK(row(f, "delivered") == Row{{100, 0, 0}});
    CHECK(row(f, "installed") == Row{{0, 100, 0}});
    CHECK(row(f, "retired") == Row{{0, 0, 100}});
    CHECK(row(f, "lost") == Row{{0, 0, 0}});
}

TEST_CASE("[M3] H100e in service, of the whole fleet with warehouse and leases, and available") {
    const auto f = forecast(mixed);
    CHECK(f.total("h100e", 0) == near(100 * 1 + 30 * 2 + 50 * 0.5));
    CHECK(f.total("fleet_h100e", 0) == near(100 * 1 + 60 * 2 + 50 * 0.5));
    CHECK(f.total("available_h100e", 0) == near(100 * 1 + 30 * 0.9 * 2 + 50 * 0.5));
}

TEST_CASE("[M3] a unit is so many H100s by BF16, and FP16 stands in where there is none") {
    CHECK(equivalence(R"("bf16_tflops": 494.7, "fp16_tflops": 1)") == near(494.7 / 989.4));
    CHECK(equivalence(R"("fp16_tflops": 1978.8)") == near(1978.8 / 989.4));
}

TEST_CASE("[M3] on another basis it is so many H100s by FP8, memory or its bandwidth") {
    const std::string figures = R"("bf16_tflops": 1, "fp8_tflops": 3958, "int8_tops": 1,
                                   "memory_gb": 120, "memory_bandwidth_gb_s": 1675)";
    CHECK(equivalence(figures, "fp8") == near(3958.0 / 1979));
    CHECK(equivalence(figures, "memory") == near(120.0 / 80));
    CHECK(equivalence(figures, "memory_bandwidth") == near(1675.0 / 3350));
    CHECK(equivalence(R"("int8_tops": 5937)", "fp8") == near(5937.0 / 1979)); // no FP8
}

TEST_CASE("[M3] a source's own h100e goes before the catalogue, and is 1 where nothing is known") {
    CHECK(equivalence(R"("bf16_tflops": 494.7)", "bf16", R"("h100e": 7, )") == near(7));
    CHECK(forecast(plan("2024-01", "2024-01",
                        R"("a": {"kind": "undisclosed", "kw_per_unit": 1, )" +
                            within("2024-01", "5") + "}"))
              .total("h100e", 0) == near(5));
}

TEST_CASE("[M3] an accelerator without the figure of the basis needs its own h100e") {
    CHECK_THROWS(equivalence(R"("memory_gb": 80)", "bf16"));
    CHECK(equivalence(R"("memory_gb": 80)", "bf16", R"("h100e": 3, )") == near(3));
}
