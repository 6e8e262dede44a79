// Who gets the compute of Meta's 2024, and what it costs each: the README says what the program
// gives.
#include "examples/readme.hpp"

using namespace fleetcast;
using namespace fleetcast::testing;
using namespace fleetcast::testing::readme;

namespace {

const std::vector<std::string> metrics = {"served_h100e",
                                          "charged_usd",
                                          "charged_mwh",
                                          "charged_t",
                                          "cash_usd",
                                          "book_value_usd",
                                          "usd_per_million_tokens",
                                          "tco_usd_per_gpu_hour",
                                          "tco_usd_per_h100e_hour",
                                          "tco_with_capital_usd_per_gpu_hour",
                                          "tco_with_capital_usd_per_h100e_hour",
                                          "utilisation"};

std::string scenario() { return contents(examples / "meta-2024" / "scenario.json"); }

ForecastResult year_of(const std::string& text) {
    return trials_of_text(text, Every::year, GroupBy::workload, metrics);
}

std::string workload_band(const ForecastResult& result, const char* workload, const char* metric,
                          double unit, int decimals) {
    return with_band(band_of(result, "workload", workload, metric, 0, unit, decimals));
}

} // namespace

TEST_CASE("the table of Meta's workloads is what the program gives") {
    const std::string readme = readme_of("meta-2024");
    const ForecastResult year = year_of(scenario());
    const std::pair<const char*, const char*> workloads[] = {
        {"research", "research | 1"},   {"assistant-llama2", "product | 1"},
        {"assistant", "product | 1"},   {"ad-pictures", "ads | 1"},
        {"llama3-8b", "gen-ai | 2"},    {"llama3-70b", "gen-ai | 2"},
        {"llama31-405b", "gen-ai | 2"}, {"next-llama", "gen-ai | 2"},
        {"recommendation", "ads | 3"}};
    for (const auto& [name, whose] : workloads) {
        const ShortageRow* shortage = shortage_of(year, name);
        says(readme, std::string("| ") + name + " | " + whose + " | " +
                         workload_band(year, name, "served_h100e", 1, 0) + " | " +
                         workload_band(year, name, "charged_usd", 1e6, 1) + " | " +
                         (shortage ? "in " + percent(shortage->share) : "never") + " |");
    }
    const ShortageRow* most = shortage_of(year, "recommendation");
    REQUIRE(most);
    CHECK(most->worst_period == "2024-11-01");
    says(readme, with_thousands(most->worst_h100e, 0) + " H100-equivalents are missing in " +
                     percent(most->worst_share) + " of them.");
}

TEST_CASE("the trainings of Meta's README end when the program says") {
    const ForecastResult year = year_of(scenario());
    const auto ends = [&](const char* workload) {
        std::string dates;
        for (const char* stat : {"p10", "p50", "p90"})
            dates += outcome_of(year, std::string("workloads.") + workload + ".completed", stat)
                         .date.substr(5) +
                     " ";
        return dates;
    };
    CHECK(ends("llama3-8b") == "01-13 01-14 01-15 ");
    CHECK(ends("llama3-70b") == "01-30 02-02 02-05 ");
    CHECK(ends("llama31-405b") == "06-11 06-18 06-25 ");
    for (const char* workload : {"llama3-8b", "llama3-70b", "llama31-405b"})
        CHECK(late(year, workload) == 0);
    says(readme_of("meta-2024"),
         "The 8B on 14 January (13 to 15 January), the 70B on 2 February (30 January to 5 "
         "February), the 405B on 18 June (11 to 25 June), all in time in every trial.");
}

TEST_CASE("Meta's README says who goes short when recommendation comes first") {
    std::string text = scenario();
    const std::string last = "\"priority\": 3";
    text.replace(text.find(last), last.size(), "\"priority\": 1");
    const ForecastResult year = year_of(text);
    const auto short_in = [&](const char* workload) {
        const ShortageRow* row = shortage_of(year, workload);
        return row ? percent(row->share) : "never";
    };
    says(readme_of("meta-2024"), "the 405B is late in " + percent(late(year, "llama31-405b")) +
                                     " of the trials, `next-llama` goes short in " +
                                     short_in("next-llama") + ", the assistant in " +
                                     short_in("assistant") + ", and recommendation still in " +
                                     short_in("recommendation") + ".");
}

TEST_CASE("the unit costs of Meta's README are what the program gives") {
    const std::string readme = readme_of("meta-2024");
    const ForecastResult year = year_of(scenario());
    const auto hour = [&](const char* metric) { return band(year, metric, 0, 1, 2); };
    says(readme, "of 2024: " + with_band(hour("tco_usd_per_gpu_hour"), "USD") +
                     ", with 9 % a year on the capital " +
                     with_band(hour("tco_with_capital_usd_per_gpu_hour")) +
                     "; an H100-equivalent's hour " + hour("tco_usd_per_h100e_hour")[1] + " and " +
                     hour("tco_with_capital_usd_per_h100e_hour")[1] + ".");
    const auto training = [&](const char* workload) {
        return outcome_band(year, std::string("workloads.") + workload + ".training_usd", 1e6, 1);
    };
    const double usd =
        outcome_of(year, "workloads.llama31-405b.training_usd", "p50").number.value();
    says(readme, "Llama 3.1 405B: " + with_band(training("llama31-405b"), "million USD") + ", or " +
                     with_thousands(usd / 30.84e6, 2) +
                     " for each of its stated GPU-hours; Llama 3 70B " + training("llama3-70b")[1] +
                     " million, 8B " + training("llama3-8b")[1] + ".");
    const double busy =
        figures_of(year, "a", "total", "total", "utilisation", "p50").front().value();
    says(readme, "idle (" + percent(1 - busy) + " of the compute at the median)");
    const auto tokens = [&](const char* workload) {
        return band_of(year, "workload", workload, "usd_per_million_tokens", 0, 1, 2);
    };
    const double position =
        figures_of(year, "a", "workload", "ad-pictures", "usd_per_million_tokens", "p50")
            .front()
            .value();
    says(readme, "of the assistant: " + with_band(tokens("assistant"), "USD") +
                     "; of a picture's positions " + with_band(tokens("ad-pictures")) +
                     ", which makes " + with_thousands(position * 4096 / 1e6 * 100, 1) + " cents");
}

TEST_CASE("the cash and the energy of Meta's README are what the program gives") {
    const std::string readme = readme_of("meta-2024");
    const ForecastResult year = year_of(scenario());
    const auto money = [&](const char* metric, const char* unit = "") {
        return with_band(band(year, metric, 0, 1e9, 1), unit);
    };
    const auto paid = [&](const char* outcome) {
        return with_band(outcome_band(year, outcome, 1e9, 1));
    };
    says(readme, money("cash_usd", "billion USD") + " are paid in 2024");
    says(readme, paid("paid_before_start_usd") + " was paid before the year, " +
                     paid("due_after_end_usd") + " is due after it, and " + paid("prepaid_usd") +
                     " is paid for what comes later.");
    says(readme, "Charged to the year are " + money("charged_usd"));
    says(readme, "The books hold " + money("book_value_usd"));
    const auto of_405b = [&](const char* metric, const char* unit) {
        return with_band(band_of(year, "workload", "llama31-405b", metric, 0, 1e3, 1), unit);
    };
    says(readme, "The 405B is charged " + of_405b("charged_mwh", "GWh") + " and " +
                     of_405b("charged_t", "kt of CO2") + ".");
}

TEST_CASE("the hours of Meta's accelerators cost what the README says") {
    const testing::Figures run = forecast(scenario(), "year");
    const auto hour = [&](const char* accelerator) {
        return with_thousands(run.of("accelerator", accelerator, "tco_usd_per_h100e_hour", 0), 2);
    };
    says(readme_of("meta-2024"), "an H100-equivalent's hour is " + hour("amd-mi300x") +
                                     " on MI300X, " + hour("nvidia-h100-sxm") + " on H100, " +
                                     hour("nvidia-a100-80gb-sxm") + " on A100 and " +
                                     hour("meta-mtia-v2") + " on MTIA v2");
}
