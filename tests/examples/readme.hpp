// What the tests of the examples share: a README on one line, what an example gives at 10,000
// trials and seed 1, and figures as READMEs write them.
#pragma once

#include "support/catch.hpp"
#include "support/run.hpp"

#include <fleetcast/base/text.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fleetcast::testing::readme {

inline const std::filesystem::path examples = std::filesystem::path(FLEETCAST_ROOT) / "examples";

inline std::string contents(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

/// The README of an example on one line, one space between words.
inline std::string readme_of(const char* example) {
    std::istringstream words(contents(examples / example / "README.md"));
    std::string line;
    for (std::string word; words >> word;)
        line += word + " ";
    return line;
}

/// What a scenario text gives with 10,000 trials and seed 1; it is called "a".
inline ForecastResult trials_of_text(const std::string& text, Every every, GroupBy by,
                                     std::vector<std::string> metrics) {
    RunOptions options;
    options.metrics = std::move(metrics);
    options.by = by;
    options.every = every;
    options.settings.trials = 10000;
    return result_of({text}, options);
}

inline void says(const std::string& readme, const std::string& text) {
    CAPTURE(text);
    CHECK(readme.find(text) != std::string::npos);
}

inline std::string percent(double share) { return with_thousands(100 * share, 0) + " %"; }

/// P10, P50 and P90 of a figure in the period, in `unit`, as a README writes them.
using Band = std::array<std::string, 3>;
inline Band band_of(const ForecastResult& result, std::string_view by, std::string_view group,
                    std::string_view metric, std::size_t period, double unit, int decimals) {
    Band texts;
    const char* stats[] = {"p10", "p50", "p90"};
    for (std::size_t i = 0; i < 3; ++i) {
        const auto& figures = figures_of(result, "a", by, group, metric, stats[i]);
        texts[i] = with_thousands(figures.at(period).value() / unit, decimals);
    }
    return texts;
}

/// The same of the whole fleet.
inline Band band(const ForecastResult& result, std::string_view metric, std::size_t period,
                 double unit, int decimals) {
    return band_of(result, "total", "total", metric, period, unit, decimals);
}

/// The same of an outcome that is no date.
inline Band outcome_band(const ForecastResult& result, std::string_view outcome, double unit,
                         int decimals) {
    Band texts;
    const char* stats[] = {"p10", "p50", "p90"};
    for (std::size_t i = 0; i < 3; ++i)
        texts[i] =
            with_thousands(outcome_of(result, outcome, stats[i]).number.value() / unit, decimals);
    return texts;
}

/// "7 MW (5 to 9)", or "7 MW" where the band has no width.
inline std::string with_band(const Band& texts, const std::string& unit = "") {
    const auto& [low, middle, high] = texts;
    const std::string median = unit.empty() ? middle : middle + " " + unit;
    return low == high ? median : median + " (" + low + " to " + high + ")";
}

/// The shortage of a workload; none where it gets all it asks for in every trial.
inline const ShortageRow* shortage_of(const ForecastResult& result, std::string_view workload) {
    const auto found = std::ranges::find_if(result.shortages, [&](const ShortageRow& row) {
        return row.by == "workload" && row.group == workload;
    });
    return found == result.shortages.end() ? nullptr : &*found;
}

/// The share of the trials in which a training is late.
inline double late(const ForecastResult& result, std::string_view workload) {
    return std::ranges::find(result.trainings, workload, &TrainingRow::workload)->late;
}

} // namespace fleetcast::testing::readme
