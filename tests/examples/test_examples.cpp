// Every example is valid without a warning, the story of Meta's 2024 adds up: 350,000 H100s and
// 600,000 H100-equivalents, and the READMEs say what the program gives.
#include "examples/readme.hpp"
#include "support/example.hpp"

#include <fleetcast/load/catalog.hpp>
#include <fleetcast/load/scenario.hpp>
#include <fleetcast/model/lookup.hpp>

#include <initializer_list>

using namespace fleetcast;
using namespace fleetcast::testing;
using namespace fleetcast::testing::readme;

TEST_CASE("every scenario of the examples is valid without a warning, and beside a README") {
    int scenarios = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(examples)) {
        if (entry.path().extension() != ".json")
            continue;
        ++scenarios;
        CAPTURE(entry.path().string());
        const std::string text = example_text(entry.path());
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

TEST_CASE("the tutorial is no longer than twelve lines") {
    const std::string text = contents(examples / "first-order" / "scenario.json");
    CHECK(std::count(text.begin(), text.end(), '\n') <= 12);
}

TEST_CASE(
    "Meta's plan for 2024 brings 350,000 H100s and, with the losses, 600,000 H100-equivalents") {
    const std::string text = contents(examples / "meta-2024" / "scenario.json");
    const testing::Figures run = forecast(text);
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
    const testing::Figures run = forecast(contents(examples / "meta-2024" / "scenario.json"));
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

namespace {

/// What the first command of an example's README gives: 10,000 trials, seed 1.
ForecastResult trials_of(const char* example, Every every, GroupBy by) {
    return trials_of_text(contents(examples / example / "scenario.json"), every, by,
                          {"acquired", "in_service", "fleet_h100e", "waiting_power", "bound_power",
                           "capex_usd", "opex_usd", "bound_install", "bound_supply", "cum_cost_usd",
                           "energy_mwh", "facility_mw"});
}

/// The row of a table of shares, a column for each of the periods.
std::string row_of_shares(const char* title, const ForecastResult& result, const char* metric,
                          std::initializer_list<std::size_t> periods) {
    std::string row = std::string("| ") + title + " |";
    for (const std::size_t period : periods)
        row +=
            " " +
            percent(figures_of(result, "a", "total", "total", metric, "mean").at(period).value()) +
            " |";
    return row;
}

std::string share_of_check(const ForecastResult& result, const char* check) {
    const auto found = std::ranges::find(result.checks, check, &CheckRow::check);
    return found == result.checks.end() ? "no such check" : percent(found->share);
}

} // namespace

TEST_CASE("what Meta's README concludes from the ranges is what the program gives") {
    const std::string readme = readme_of("meta-2024");
    const ForecastResult months = trials_of("meta-2024", Every::period, GroupBy::accelerator);
    const Band bought = band_of(months, "accelerator", "nvidia-h100-sxm", "acquired", 11, 1, 0);
    const Band runs = band_of(months, "accelerator", "nvidia-h100-sxm", "in_service", 11, 1, 0);
    says(readme, bought[0] + " to " + bought[2] + " are bought (median " + bought[1] + ") and " +
                     runs[0] + " to " + runs[2] + " in service (median " + runs[1] + ")");
    const Band fleet = band(months, "fleet_h100e", 11, 1, 0);
    says(readme, fleet[0] + " to " + fleet[2] + " with " + fleet[1] + " as its median");
    const Band waits = band(months, "waiting_power", 6, 1, 0);
    says(readme, "in July " + waits[0] + " to " + waits[2] + " units wait for it (median " +
                     waits[1] + ")");
    says(readme, "350,000 H100s by the end of 2024: in " + share_of_check(months, "h100s") +
                     " of the trials");
    says(readme, "holds in " + share_of_check(months, "no-full-warehouse") + " of the trials");
    const OutcomeRow& missed = outcome_of(months, "milestones.almost-600k", "not_reached");
    says(readme, "as 590,000, is reached in " + percent(1 - missed.number.value()));
    CHECK(outcome_of(months, "milestones.600k", "not_reached").number == 1);

    const ForecastResult year = trials_of("meta-2024", Every::year, GroupBy::total);
    const Band capital = band(year, "capex_usd", 0, 1e9, 1);
    const Band running = band(year, "opex_usd", 0, 1e9, 2);
    const Band energy = band(year, "energy_mwh", 0, 1e6, 2);
    says(readme, capital[0] + " to " + capital[2] + " billion USD of capital in 2024 (median " +
                     capital[1] + ") and " + running[0] + " to " + running[2] +
                     " of operating cost (median " + running[1] + "); " + energy[0] + " to " +
                     energy[2] + " TWh (median " + energy[1] + ")");
    for (const auto& [title, metric] :
         {std::pair{"power", "bound_power"}, std::pair{"supply", "bound_supply"}}) {
        const auto& whole = figures_of(year, "a", "total", "total", metric, "mean");
        says(readme, row_of_shares(title, months, metric, {2, 5, 6, 8, 9, 11}) + " " +
                         percent(whole.front().value()) + " |");
    }
}

TEST_CASE("what the neocloud's README concludes from the ranges is what the program gives") {
    const std::string readme = readme_of("neocloud");
    const ForecastResult quarters = trials_of("neocloud", Every::quarter, GroupBy::total);
    const auto reached = [&](const char* stat) {
        return outcome_of(quarters, "milestones.10k-in-service", stat).date;
    };
    CHECK(reached("p10") == "2025-04-06");
    CHECK(reached("p50") == "2025-06-01");
    CHECK(reached("p90") == "2025-09-14");
    says(readme, "run by 6 April 2025 (P10), 1 June (P50) or 14 September (P90)");
    says(readme, "3,900 of them run in " + share_of_check(quarters, "h200-before-the-lease-ends") +
                     " of the trials");
    const Band cost = band(quarters, "cum_cost_usd", 5, 1e6, 0);
    says(readme,
         cost[0] + " to " + cost[2] + " million USD to the end of 2025 (median " + cost[1] + ")");
    const Band runs = band(quarters, "in_service", 5, 1, 0);
    const Band draws = band(quarters, "facility_mw", 5, 1, 1);
    says(readme,
         runs[0] + " to " + runs[2] + " in service on " + draws[0] + " to " + draws[2] + " MW");
    for (const auto& [title, metric] :
         {std::pair{"power", "bound_power"}, std::pair{"hands to install", "bound_install"},
          std::pair{"supply", "bound_supply"}})
        says(readme, row_of_shares(title, quarters, metric, {0, 1, 2, 3, 4, 5}));
}
