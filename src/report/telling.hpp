// What the parts of a terminal report share: the result with its index, the names of its periods,
// and columns of figures with their bands. Interface: Telling, telling_of(), and the functions
// below. What is told in which order is left to terminal.cpp and compare_terminal.cpp.
#pragma once

#include <fleetcast/report/chart.hpp>
#include <fleetcast/report/layout.hpp>
#include <fleetcast/report/series_index.hpp>
#include <fleetcast/report/spread.hpp>
#include <fleetcast/report/tables.hpp>

#include <map>

namespace fleetcast {

struct Telling {
    const ForecastResult& result;
    const View& view;
    const TerminalStyle& style;
    const SeriesIndex& index;
    std::map<std::string, std::vector<std::string>, std::less<>> titles; // [scenario][period]
    Spread spread;
};

/// It keeps references to all it is given.
Telling telling_of(const ForecastResult& result, const View& view, const TerminalStyle& style,
                   const SeriesIndex& index);

/// What a period is called in a scenario.
const std::string& title_of(const Telling& telling, std::string_view scenario, std::size_t period);
std::vector<std::string> titles_of(const Telling& telling, std::string_view scenario,
                                   const std::vector<std::size_t>& periods);

/// Texts one empty line apart.
struct Paragraphs {
    std::string text;
    void add(const std::string& part) {
        if (!part.empty())
            text += (text.empty() ? "" : "\n") + part;
    }
};

using Estimates = std::vector<Estimate>; // [row of a grid]

/// The row's estimates in the periods; empty ones where it is nullptr.
Estimates estimates_of(const Telling& telling, const SeriesRow* row,
                       const std::vector<std::size_t>& periods);

/// Centres and ends, for scales.
std::vector<std::optional<double>> figures_of(const Estimates& estimates);

/// Cells and bands; a change is shown with its sign.
enum class Sign { as_is, of_change };
GridColumn column_of(std::string title, const Scale& scale, const Estimates& estimates, Sign sign,
                     const TerminalStyle& style);

/// A metric's column; in short figures where `uncertain`.
GridColumn metric_column(const Telling& telling, std::string_view metric,
                         const Estimates& estimates, bool uncertain);

/// A metric over the periods, with its band where there is one.
std::string metric_chart(const Telling& telling, std::string title, const Scale& scale,
                         const Estimates& estimates, std::vector<std::string> labels);

/// "10,000 trials, seed 1, random sampling"
std::string said_of_trials(const Manifest& manifest);

/// How far the row's figures may be off by chance, where the result knows; else empty.
std::string error_note(const Telling& telling, const SeriesRow* row, std::string_view name,
                       const std::vector<std::size_t>& periods);

} // namespace fleetcast
