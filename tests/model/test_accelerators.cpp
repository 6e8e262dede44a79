// What one accelerator draws and how many H100s it is (rules.md, Measure), and the scenario's own
// entries: corrections, additions and models (`like`).
#include "support/catch.hpp"
#include "validate/plans.hpp"

#include <fleetcast/load/catalog.hpp>
#include <fleetcast/load/scenario.hpp>
#include <fleetcast/model/lookup.hpp>

using namespace fleetcast;
using namespace fleetcast::testing;

namespace {

Accelerator chip(const Named<double>& figures) {
    Accelerator out;
    for (const auto& [name, value] : figures)
        out.figures.emplace_back(name, Figure{value, "", "", ""});
    return out;
}

std::optional<Accelerator> with_entries(const std::string& entries, const std::string& id) {
    return find_accelerator(
        load_scenario({"test.json", purchase_with("", "\"accelerators\":{" + entries + "}")})
            .scenario,
        load_catalog(), id);
}

double figure(const std::optional<Accelerator>& accelerator, const std::string& name) {
    return find(accelerator.value().figures, name)->value;
}

} // namespace

TEST_CASE("power is the entry's own, else the server's share with a tenth on top, else estimated "
          "from the TDP") {
    const auto own = unit_power(chip({{"tdp_w", 700},
                                      {"server_max_power_w", 10200},
                                      {"accelerators_per_server", 8},
                                      {"kw_per_unit", 1.5}}));
    CHECK(own->kw == 1.5);
    CHECK_FALSE(own->estimated);
    const auto server = unit_power(
        chip({{"tdp_w", 700}, {"server_max_power_w", 10200}, {"accelerators_per_server", 8}}));
    CHECK(server->kw == Approx(10.2 / 8 * 1.1)); // 1.4025
    CHECK_FALSE(server->estimated);
    for (const Named<double>& figures :
         {Named<double>{{"tdp_w", 700}},
          Named<double>{{"tdp_w", 700}, {"server_max_power_w", 10200}},
          Named<double>{{"tdp_w", 700}, {"accelerators_per_server", 8}}}) {
        const auto tdp = unit_power(chip(figures));
        CHECK(tdp->kw == Approx(0.7 * 1.8 * 1.1)); // 1.386
        CHECK(tdp->estimated);
    }
    CHECK_FALSE(unit_power(chip({{"memory_gb", 80}})).has_value());
}

TEST_CASE(
    "FP16 stands in where there is no BF16, INT8 where there is no FP8, and nothing for memory") {
    const Accelerator both =
        chip({{"bf16_tflops", 2}, {"fp16_tflops", 3}, {"fp8_tflops", 4}, {"int8_tops", 5}});
    CHECK(basis_figure(both, Basis::bf16) == 2.0);
    CHECK(basis_figure(both, Basis::fp8) == 4.0);
    const Accelerator other = chip({{"fp16_tflops", 3}, {"int8_tops", 5}});
    CHECK(basis_figure(other, Basis::bf16) == 3.0);
    CHECK(basis_figure(other, Basis::fp8) == 5.0);
    CHECK(known_bases(other) == "bf16, fp8");
    CHECK_FALSE(basis_figure(other, Basis::memory).has_value());
    CHECK_FALSE(basis_figure(other, Basis::memory_bandwidth).has_value());
    CHECK(known_bases(chip({{"memory_gb", 80}, {"memory_bandwidth_gb_s", 3350}})) ==
          "memory_bandwidth, memory");
    CHECK(known_bases(chip({{"tdp_w", 1}})) == "none");
}

TEST_CASE("an equivalence is the figure over that of the H100, not rounded, on every basis") {
    const std::string own =
        R"("s":{"kind":"purchase","accelerator":"mine",)" + std::string(some_units) + "}";
    const std::string entry =
        R"("accelerators":{"mine":{"kw_per_unit":1,"fp16_tflops":100,"int8_tops":200,"memory_gb":30,"memory_bandwidth_gb_s":40}})";
    const Accelerator h100 = *with_entries("", "nvidia-h100-sxm");
    const std::pair<const char*, double> cases[] = {
        {"bf16", 100 / figure(h100, "bf16_tflops")},
        {"fp8", 200 / figure(h100, "fp8_tflops")},
        {"memory", 30 / figure(h100, "memory_gb")},
        {"memory_bandwidth", 40 / figure(h100, "memory_bandwidth_gb_s")}};
    for (const auto& [basis, each] : cases)
        CHECK(
            forecast(scenario_with(own, R"("h100e_basis":")" + std::string(basis) + "\"," + entry))
                .total("fleet_h100e", 11) == Approx(100 * each).epsilon(1e-12));
    // 989.4, not 989: the V100's 125 FP16 of the catalogue.
    CHECK(
        forecast(scenario_with(R"("s":{"kind":"purchase","accelerator":"nvidia-v100-sxm2-32gb",)" +
                               std::string(some_units) + "}"))
            .total("fleet_h100e", 11) ==
        Approx(100 * 125 / figure(h100, "bf16_tflops")).epsilon(1e-12));
}

TEST_CASE("an entry corrects the catalogue's figures one by one, and keeps the others") {
    const auto corrected =
        with_entries(R"("nvidia-h100-sxm":{"tdp_w":650,"kw_per_unit":1.3})", "nvidia-h100-sxm");
    const auto plain = with_entries("", "nvidia-h100-sxm");
    CHECK(figure(corrected, "tdp_w") == 650);
    CHECK(figure(plain, "tdp_w") == 700);
    CHECK(figure(corrected, "bf16_tflops") == figure(plain, "bf16_tflops"));
    CHECK(corrected->name == plain->name);
    CHECK(unit_power(*corrected)->kw == 1.3);
    CHECK(find(corrected->figures, "tdp_w")->source == "scenario");
    CHECK(find(corrected->figures, "bf16_tflops")->source ==
          find(plain->figures, "bf16_tflops")->source);
}

TEST_CASE("a chain of likes hands figures down, the nearest entry wins") {
    const std::string entries =
        R"("a":{"like":"b","tdp_w":1},"b":{"like":"c","tdp_w":2,"memory_gb":2},"c":{"like":"nvidia-b200","tdp_w":3,"memory_gb":3,"fp8_tflops":3})";
    const auto a = with_entries(entries, "a"), model = with_entries("", "nvidia-b200");
    CHECK(figure(a, "tdp_w") == 1);
    CHECK(figure(a, "memory_gb") == 2);
    CHECK(figure(a, "fp8_tflops") == 3);
    CHECK(figure(a, "bf16_tflops") == figure(model, "bf16_tflops"));
    CHECK(figure(with_entries(entries, "c"), "tdp_w") == 3);
    CHECK_FALSE(with_entries(R"("a":{"like":"b"},"b":{"like":"a"})", "a").has_value());
    CHECK_FALSE(with_entries("", "nvidia-h1000").has_value());
}

TEST_CASE("like takes the corrected model, wherever in the file it is corrected") {
    for (const char* entries : {R"("mine":{"like":"nvidia-b200"},"nvidia-b200":{"tdp_w":5})",
                                R"("nvidia-b200":{"tdp_w":5},"mine":{"like":"nvidia-b200"})"})
        CHECK(figure(with_entries(entries, "mine"), "tdp_w") == 5);
    // An entry that is like itself corrects the catalogue.
    CHECK(figure(with_entries(R"("nvidia-b200":{"like":"nvidia-b200","tdp_w":5})", "nvidia-b200"),
                 "tdp_w") == 5);
}
