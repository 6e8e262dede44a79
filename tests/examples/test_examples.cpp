// Every example is valid without a warning, and the story of Meta's 2024 adds up: 350,000 H100s
// and 600,000 H100-equivalents.
#include "support/catch.hpp"
#include "support/run.hpp"

#include <fleetcast/base/text.hpp>
#include <fleetcast/load/catalog.hpp>
#include <fleetcast/load/scenario.hpp>
#include <fleetcast/model/lookup.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace fleetcast;
using namespace fleetcast::testing;

namespace {

const std::filesystem::path examples = std::filesystem::path(FLEETCAST_ROOT) / "examples";

std::string contents(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

} // namespace

TEST_CASE("every scenario of the examples is valid without a warning, and beside a README") {
    int scenarios = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(examples)) {
        if (entry.path().extension() != ".json")
            continue;
        ++scenarios;
        CAPTURE(entry.path().string());
        const std::string text = contents(entry.path());
        for (const Problem& problem : problems_of(text)) {
            CAPTURE(problem.path, problem.message);
            CHECK(problem.severity == Severity::note);
        }
        CHECK(forecast(text).total("owned", 0) >= 0);
        CHECK(std::filesystem::exists(entry.path().parent_path() / "README.md"));
        CHECK(std::filesystem::exists(entry.path().parent_path() / "scenario.json"));
    }
    CHECK(scenarios >= 5);
}

TEST_CASE("the tutorial is no longer than eleven lines") {
    const std::string text = contents(examples / "first-order" / "scenario.json");
    CHECK(std::count(text.begin(), text.end(), '\n') <= 11);
}

TEST_CASE(
    "Meta's plan for 2024 brings 350,000 H100s and, with the losses, 600,000 H100-equivalents") {
    const std::string text = contents(examples / "meta-2024" / "scenario.json");
    const Figures run = forecast(text);
    REQUIRE(run.period(11) == "2024-12-01");
    CHECK(run.of("accelerator", "nvidia-h100-sxm", "acquired", 11) == Approx(350000).epsilon(1e-9));

    const Scenario scenario = load_scenario({"scenario.json", text}).scenario;
    const Catalog catalog = load_catalog();
    const double h100 =
        *basis_figure(*find_accelerator(scenario, catalog, "nvidia-h100-sxm"), Basis::bf16);
    double lost_h100e = 0, retired = 0;
    for (const auto& [name, source] : scenario.sources) {
        const auto& id = accelerator_of(source);
        const double each =
            id ? *basis_figure(*find_accelerator(scenario, catalog, *id), Basis::bf16) / h100
               : std::get<double>(hardware_of(source)->h100e.value().value);
        for (std::size_t p = 0; p < run.periods(); ++p) {
            lost_h100e += each * run.of("source", name, "lost", p);
            retired += run.of("source", name, "retired", p);
        }
    }
    CHECK(lost_h100e > 0);
    CHECK(retired == 0);
    CHECK(run.total("fleet_h100e", 11) + lost_h100e == Approx(600000).epsilon(1e-9));
}

TEST_CASE("the table of Meta's README is what the model gives") {
    const Figures run = forecast(contents(examples / "meta-2024" / "scenario.json"));
    const std::string readme = contents(examples / "meta-2024" / "README.md");
    const std::pair<const char*, const char*> rows[] = {
        {"H100", "nvidia-h100-sxm"},      {"MI300X", "amd-mi300x"},
        {"A100", "nvidia-a100-80gb-sxm"}, {"V100", "nvidia-v100-sxm2-32gb"},
        {"MTIA v2", "meta-mtia-v2"},      {"undisclosed (H100-equivalents)", "-"}};
    for (const auto& [title, id] : rows) {
        std::string row = std::string("| ") + title + " |";
        for (const char* metric : {"acquired", "in_service", "fleet_h100e"})
            row += " " + with_thousands(run.of("accelerator", id, metric, 11), 0) + " |";
        CAPTURE(row);
        CHECK(readme.find(row) != std::string::npos);
    }
}
