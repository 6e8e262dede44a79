// The shares are the means of the total rows of bound_power and its like, where the result has
// them.
#include "bound_shares.hpp"

#include <fleetcast/report/sections.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace fleetcast {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> bounds = {
    {{"bound_power", "power"},
     {"bound_install", "install"},
     {"bound_supply", "supply"},
     {"bound_none", "nothing"}}};

/// "62"; never a rounded 0 or 100.
std::string cell_of(std::optional<double> share, const TerminalStyle& style) {
    if (!share)
        return std::string(no_figure(style));
    std::string text = percent(*share);
    text.resize(text.size() - 2); // the unit stands over the column
    return text;
}

} // namespace

std::string bound_section(const Telling& telling, std::string_view scenario) {
    std::array<const SeriesRow*, bounds.size()> rows{};
    bool known = true;
    for (std::size_t b = 0; b < bounds.size(); ++b) {
        rows[b] = telling.index.find(scenario, "total", "total", bounds[b].first);
        known = known && is_uncertain(rows[b]);
    }
    const auto periods = periods_of(telling.result, scenario, telling.view.period);
    if (!known || periods.empty())
        return binding_section(telling.result, scenario, telling.style);

    using Cells = std::array<std::string, bounds.size()>;
    Grid grid{"from", {}, {}};
    std::vector<Cells> shown; // [row]
    for (const std::size_t p : periods) {
        Cells cells;
        for (std::size_t b = 0; b < bounds.size(); ++b)
            cells[b] = cell_of(figure(rows[b], "mean", p), telling.style);
        if (!shown.empty() && shown.back() == cells)
            continue;
        shown.push_back(cells);
        grid.labels.push_back(title_of(telling, scenario, p));
    }
    for (std::size_t b = 0; b < bounds.size(); ++b) {
        GridColumn column{std::string(bounds[b].second), "%", {}};
        for (const Cells& cells : shown)
            column.cells.push_back(cells[b]);
        if (std::ranges::any_of(column.cells, [](const auto& cell) { return cell != "0"; }))
            grid.columns.push_back(std::move(column));
    }
    return heading("What bound, share of the trials", telling.style) +
           render_grid(grid, telling.style) +
           list(binding_remarks(telling.result, scenario, telling.style), telling.style);
}

} // namespace fleetcast
