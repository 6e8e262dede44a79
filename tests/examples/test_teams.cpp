// The example of two teams: its three files differ in what they say they differ in, and its README
// says what the program gives of each.
#include "examples/readme.hpp"

#include <map>

using namespace fleetcast;
using namespace fleetcast::testing;
using namespace fleetcast::testing::readme;

namespace {

const char* const files[] = {"scenario", "priority", "more"};

std::vector<std::string> lines_of(const char* file) {
    std::istringstream text(contents(examples / "teams" / (std::string(file) + ".json")));
    std::vector<std::string> lines;
    for (std::string line; std::getline(text, line);)
        lines.push_back(line);
    return lines;
}

/// The lines of `left` that `right` has not.
std::string without(const std::vector<std::string>& left, const std::vector<std::string>& right) {
    std::string rest;
    for (const std::string& line : left)
        if (std::ranges::find(right, line) == right.end() && line.find("//") == line.npos &&
            line.find("\"title\"") == line.npos)
            rest += line + "\n";
    return rest;
}

ForecastResult year_of(const std::string& text) {
    return trials_of_text(text, Every::year, GroupBy::workload,
                          {"idle_h100e", "cum_cost_usd", "usd_per_million_tokens"});
}

ForecastResult year_of_file(const char* file) {
    return year_of(contents(examples / "teams" / (std::string(file) + ".json")));
}

std::string share_text(const ShortageRow* row) { return row ? percent(row->share) : "never"; }

std::string day(const ForecastResult& result, const char* stat) {
    const std::string iso = outcome_of(result, "workloads.next-model.completed", stat).date;
    const char* const months[] = {"July", "August", "September", "October"};
    return std::to_string(std::stoi(iso.substr(8))) + " " +
           months[std::stoul(iso.substr(5, 2)) - 7];
}

} // namespace

TEST_CASE("the files of the teams example differ in a priority, and in an order") {
    const auto base = lines_of("scenario");
    CHECK(without(lines_of("priority"), base) == "      \"priority\": 3,\n");
    CHECK(without(base, lines_of("priority")).empty());
    CHECK(without(lines_of("more"), base) ==
          "    \"h100-february\": {\n"
          "      \"deliveries\": {\"units\": 768, \"from\": \"2027-02\", \"to\": \"2027-02\"},\n");
    CHECK(without(base, lines_of("more")).empty());
}

TEST_CASE("the table of the teams README is what the program gives") {
    const std::string readme = readme_of("teams");
    std::map<std::string, std::string> rows;
    for (const char* file : files) {
        const ForecastResult result = year_of_file(file);
        const ShortageRow* assistant = shortage_of(result, "assistant");
        REQUIRE(assistant);
        const Band weeks = outcome_band(result, "workloads.next-model.weeks_late", 1, 1);
        const auto of_total = [&](const char* metric, double unit, int decimals) {
            return band(result, metric, 0, unit, decimals)[1];
        };
        const std::pair<const char*, std::string> cells[] = {
            {"assistant short at some time", percent(assistant->share)},
            {"most is missing in", assistant->worst_period.substr(0, 7) + ": " +
                                       with_thousands(assistant->worst_h100e, 0)},
            {"experiments short", share_text(shortage_of(result, "experiments"))},
            {"model done (P50)", day(result, "p50")},
            {"P10 to P90", day(result, "p10") + " to " + day(result, "p90")},
            {"late", percent(late(result, "next-model"))},
            {"weeks late, P50 and P90", weeks[1] + ", " + weeks[2]},
            {"charged for the model, million USD",
             outcome_band(result, "workloads.next-model.training_usd", 1e6, 1)[1]},
            {"USD per million tokens in 2027",
             band_of(result, "workload", "assistant", "usd_per_million_tokens", 0, 1, 2)[1]},
            {"H100s idle, mean of 2027", of_total("idle_h100e", 1, 0)},
            {"cost of 2027, million USD", of_total("cum_cost_usd", 1e6, 1)}};
        for (const auto& [title, cell] : cells)
            rows[title] += " " + cell + " |";
    }
    for (const auto& [title, cells] : rows)
        says(readme, "| " + title + " |" + cells);
}

TEST_CASE("without its guarantee the share of the teams example is cut like the others") {
    std::string text = contents(examples / "teams" / "scenario.json");
    const std::string first = "\"priority\": 1,";
    text.replace(text.find(first), first.size(), "\"priority\": 2,");
    const ForecastResult result = year_of(text);
    const ShortageRow* experiments = shortage_of(result, "experiments");
    REQUIRE(experiments);
    CHECK(experiments->worst_period == "2027-05-01");
    says(readme_of("teams"), "the experiments lack " + with_thousands(experiments->worst_h100e, 0) +
                                 " H100s in May, and the model is late in " +
                                 percent(late(result, "next-model")) + ":");
}

TEST_CASE("more H100s and the priority together serve the assistant of the teams example") {
    std::string text = contents(examples / "teams" / "more.json");
    const std::string second = "\"priority\": 2,";
    text.replace(text.find(second, text.find("\"next-model\"")), second.size(), "\"priority\": 3,");
    const ForecastResult result = year_of(text);
    REQUIRE(shortage_of(result, "assistant"));
    CHECK(shortage_of(result, "assistant")->share < 0.01);
    says(readme_of("teams"), "is short in less than 1 % of the trials, and the model late in " +
                                 percent(late(result, "next-model")) + ".");
}
