// A saved result, read back: nothing is lost, and what could hide behind a zero is refused.
#include "support/catch.hpp"
#include "support/sample_demand.hpp"
#include "support/sample_trials.hpp"

#include <fleetcast/report/json.hpp>
#include <fleetcast/report/read_result.hpp>

using namespace fleetcast;
using namespace fleetcast::testing;

namespace {

Result<ForecastResult> read_back(const std::string& text) {
    return read_result({{{"old.json", text}}}, 0);
}

/// The sample with one text replaced, which must be there.
std::string spoilt(const std::string& from, const std::string& to,
                   const ForecastResult& result = sample_trials()) {
    std::string text = to_json(result);
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

/// The mistakes of a text, "path: message" each.
std::vector<std::string> mistakes(const std::string& text) {
    std::vector<std::string> found;
    const auto result = read_back(text);
    if (const auto* problems = std::get_if<Problems>(&result))
        for (const Problem& problem : *problems)
            found.push_back(problem.path + ": " + problem.message);
    return found;
}

std::vector<std::string> one(const std::string& mistake) { return {mistake}; }

} // namespace

TEST_CASE("a result is the same after it was saved and read, and so are its bytes") {
    ForecastResult patched = sample_trials();
    patched.manifest.scenarios[0].patches = {{"variant", "late", "ab"}, {"set", "a=\"b\\\n\"", ""}};
    patched.manifest.seed = 18446744073709551615U; // no double holds it
    patched.manifest.quantiles = {2.5, 50};
    patched.manifest.scenarios[0].periods = {"2024-01-01", "2024-10-01"};
    patched.series[0].stats[0].second = {0.1 + 0.2, std::nullopt, 1e22, 5e-324};
    patched.trainings = {{"plan", "llama", "2024-07-31", 0.25}};
    patched.shortages = {{"plan", "team", "ads", 0.5, "2024-04-01", 0.25, 1234.5}};
    for (const ForecastResult& result : {sample_result(), sample_trials(), sample_comparison(),
                                         sample_demand(), patched, ForecastResult{}}) {
        const std::string text = to_json(result);
        const auto read = read_back(text);
        INFO(text.substr(0, 400));
        REQUIRE(mistakes(text).empty());
        CHECK(std::get<ForecastResult>(read) == result);
        CHECK(to_json(std::get<ForecastResult>(read)) == text);
    }
}

TEST_CASE("texts that need escapes come back as they were") {
    ForecastResult result = sample_result();
    result.manifest.scenarios[0].title = "\"\\\x1b[2J\n\t\x7f </script> \xe6\x96\xb9 \xe2\x80\xa8";
    CHECK(std::get<ForecastResult>(read_back(to_json(result))) == result);
}

TEST_CASE("a key that this version does not know is passed over") {
    CHECK(mistakes(spoilt("\"periods\":", "\"x\":[1,{}],\"periods\":")).empty());
    CHECK(mistakes(spoilt("\"metric\":", "\"label\":\"new\",\"metric\":")).empty());
    CHECK(mistakes(spoilt("\"seed\":", "\"host\":null,\"seed\":")).empty());
}

TEST_CASE("a result from before there were patches has none") {
    const std::string old = spoilt("\"patches\":[],", "");
    CHECK(std::get<ForecastResult>(read_back(old)) == sample_trials());
}

TEST_CASE("a result of a newer format says so, and nothing else (fault 79)") {
    const std::string version = "\"fleetcast_result\":1,";
    CHECK(mistakes("{\"fleetcast_result\":2,\"rows\":7}") ==
          one("fleetcast_result: made by version 2 of the format, this program reads 1"));
    CHECK(mistakes(spoilt(version, "\"fleetcast_result\":0,")) ==
          one("fleetcast_result: must be 1, the version of the format, got the number 0"));
    CHECK(mistakes(spoilt(version, "\"fleetcast_result\":\"1\",")) ==
          one("fleetcast_result: must be 1, the version of the format, got the string \"1\""));
    CHECK(mistakes(spoilt(version, "")) == one(": is no saved result of fleetcast"));
    CHECK(mistakes("[]") == one(": must be an object, got an array"));
}

TEST_CASE("a mistake has its place and its path") {
    const std::string text = spoilt("\"unit\":\"h100e\",", "\"unit\":7,");
    const auto problems = std::get<Problems>(read_back(text));
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].path == "series.2.unit");
    CHECK(problems[0].place == Place{0, text.find("\"unit\":7") + 7});
}

TEST_CASE("a text cut off anywhere is refused") {
    const std::string text = to_json(sample_comparison());
    for (std::size_t length = 0; length + 2 < text.size(); length += 97)
        CHECK_FALSE(mistakes(text.substr(0, length)).empty());
}

TEST_CASE("every key is needed") {
    for (const std::string key : {"manifest", "periods", "series", "outcomes", "checks",
                                  "trainings", "shortages", "inputs", "binding"})
        CHECK(mistakes(spoilt("\"" + key + "\":", "\"" + key + "x\":"))
                  .front()
                  .starts_with(key == "periods" ? "manifest.scenarios.0: needs \"periods\""
                                                : ": needs \"" + key + "\""));
    for (const std::string key : {"seed", "trials", "quantiles", "scenarios", "catalog_version"})
        CHECK(mistakes(spoilt("\"" + key + "\":", "\"" + key + "x\":")) ==
              one("manifest: needs \"" + key + "\""));
    CHECK(mistakes(spoilt("\"value\":", "\"valuex\":", sample_trials())) ==
          one("outcomes.0: needs \"value\""));
    CHECK(mistakes(spoilt("\"probability\":", "\"p\":")) == one("checks.0: needs \"probability\""));
}

TEST_CASE("a row has a figure for each period, each a number or null") {
    const std::string mean = "\"mean\":[112000,198500,279800.25,348000]";
    CHECK(mistakes(spoilt(mean, "\"mean\":[112000,198500,279800.25]")) ==
          one("series.0.mean: must have a figure for each of 4 periods, has 3"));
    CHECK(mistakes(spoilt(mean, "\"mean\":[112000,\"198500\",279800.25,348000]")) ==
          one("series.0.mean.1: must be a number or null, got the string \"198500\""));
    CHECK(mistakes(spoilt(mean, "\"mean\":null")) ==
          one("series.0.mean: must be an array of figures, got null"));
    CHECK(mistakes(spoilt("\"unit\":\"share\",\"mean\":", "\"unit\":\"share\",\"average\":")) ==
          one("series.9: has no figures"));
}

TEST_CASE("periods are days in their order") {
    const std::string periods = "\"periods\":[\"2024-01-01\",\"2024-04-01\"";
    CHECK(mistakes(spoilt(periods, "\"periods\":[\"2024-01-01\",\"2024-04\"")) ==
          one("periods.1: must be a day such as \"2024-03-15\", got \"2024-04\""));
    CHECK(mistakes(spoilt(periods, "\"periods\":[\"2024-01-01\",\"2024-02-30\"")) ==
          one("periods.1: must be a day such as \"2024-03-15\", got \"2024-02-30\""));
    CHECK(mistakes(spoilt(periods, "\"periods\":[\"2024-01-01\",\"2024-01-01\"")) ==
          one("periods.1: must be later than the period before it"));
    CHECK(mistakes(spoilt("\"trials\":10000,\"periods\":[]",
                          "\"trials\":10000,\"periods\":[\"2024-02-01\"]")) ==
          one("manifest.scenarios.0.periods: 2024-02-01 is no period of the result"));
}

TEST_CASE("a row of a scenario that the manifest does not name is refused") {
    CHECK(mistakes(spoilt("{\"scenario\":\"plan\",\"check\"", "{\"scenario\":\"x\",\"check\"")) ==
          one("checks.0.scenario: is not among the scenarios of the manifest: \"x\""));
    CHECK(mistakes(spoilt("\"difference\":\"late-base\"", "\"difference\":\"diff\"",
                          sample_comparison())) ==
          std::vector<std::string>{
              "series.2.scenario: is not among the scenarios of the manifest: \"late-base\"",
              "series.5.scenario: is not among the scenarios of the manifest: \"late-base\"",
              "series.8.scenario: is not among the scenarios of the manifest: \"late-base\"",
              "series.11.scenario: is not among the scenarios of the manifest: \"late-base\""});
    CHECK(mistakes(spoilt("\"other\":\"late\"", "\"other\":\"early\"", sample_comparison())) ==
          one("manifest.comparisons.0.other: is no scenario of the result: \"early\""));
    CHECK(mistakes(spoilt("\"difference\":\"late-base\"", "\"difference\":\"late\"",
                          sample_comparison()))
              .front() == "manifest.comparisons.0.difference: \"late\" is there twice");
}

TEST_CASE("two rows of one metric and group are refused, at the second") {
    ForecastResult result = sample_result();
    result.series.push_back(result.series[1]);
    CHECK(mistakes(to_json(result)) ==
          one("series.12: is the second row for warehoused of total total in scenario plan"));
}

TEST_CASE("numbers, days and words are what they are said to be") {
    CHECK(mistakes(spoilt("\"seed\":1,", "\"seed\":-1,")) ==
          one("manifest.seed: must be a whole number from 0 to 2^64 - 1, got the number -1"));
    CHECK(mistakes(spoilt("\"seed\":1,", "\"seed\":18446744073709551616,")) ==
          one("manifest.seed: must be a whole number from 0 to 2^64 - 1, got the number "
              "18446744073709551616"));
    CHECK(mistakes(spoilt("\"trials\":10000,", "\"trials\":1.5,")) ==
          one("manifest.trials: must be a whole number from 0 to 2^64 - 1, got the number 1.5"));
    CHECK(mistakes(spoilt("\"uncertain_inputs\":true", "\"uncertain_inputs\":1")) ==
          one("manifest.scenarios.0.uncertain_inputs: must be true or false, got the number 1"));
    CHECK(mistakes(spoilt("\"every\":\"quarter\"", "\"every\":\"decade\"")) ==
          one("manifest.scenarios.0.every: must be one of period, quarter, year, got \"decade\""));
    CHECK(mistakes(spoilt("\"2024-10-31\"", "\"soon\"")) ==
          one("outcomes.0.value: must be a day such as \"2024-03-15\", got \"soon\""));
    CHECK(mistakes(spoilt("\"share\":0.79,", "\"share\":null,")) ==
          one("checks.0.share: must be a number, got null"));
    CHECK(mistakes(spoilt("\"unit\":\"h100e\"", "\"unit\":\"\\u001b[2J\"")) ==
          one("series.2.unit: is no name: it must match ^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"));
    CHECK(mistakes(spoilt("\"binding\":[", "\"binding\":[7,")) ==
          one("binding.0: must be an object, got the number 7"));
}

TEST_CASE("of a file with mistakes without end only the first are told") {
    ForecastResult result = sample_result();
    result.series.resize(1);
    std::string rows;
    for (int i = 0; i < 5000; ++i)
        rows += "{},";
    const auto found = mistakes(spoilt("\"series\":[", "\"series\":[" + rows, result));
    CHECK(found.size() >= 100);
    CHECK(found.size() < 200);
}

TEST_CASE("only a document with the key of the format is a saved result") {
    const auto parsed = [](const std::string& text) {
        return require(parse_document({{{"a.json", text}}}, 0));
    };
    CHECK(is_saved_result(parsed("{\"fleetcast_result\": 9}")));
    CHECK_FALSE(is_saved_result(parsed("{\"start\": \"2024-01\"}")));
    CHECK_FALSE(is_saved_result(parsed("[\"fleetcast_result\"]")));
}
