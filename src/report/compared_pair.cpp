// A milestone, a training or a check that only one of the two has is shown all the same.
#include "compared_pair.hpp"

#include "outcome_words.hpp"

#include <fleetcast/report/human.hpp>
#include <fleetcast/report/sections.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace fleetcast {
namespace {

std::chrono::year_month_day parsed(const std::string& iso) {
    const auto part = [&](std::size_t from, std::size_t count) {
        return std::atoi(iso.substr(from, count).c_str());
    };
    return std::chrono::year(part(0, 4)) / part(5, 2) / part(8, 2);
}

/// "+2 months", "-7 days", "same"; the sign for an end that is not reached.
std::string shift_of(const std::string& before, const std::string& after, bool by_month,
                     std::string_view none) {
    if (before.empty() || after.empty())
        return std::string(none);
    const auto a = parsed(before), b = parsed(after);
    const auto months =
        (int(b.year()) - int(a.year())) * 12 +
        (static_cast<int>(unsigned(b.month())) - static_cast<int>(unsigned(a.month())));
    const auto days = (std::chrono::sys_days(b) - std::chrono::sys_days(a)).count();
    const auto shift = by_month ? months : days;
    if (shift == 0)
        return "same";
    return fmt::format("{:+} {}{}", shift, by_month ? "month" : "day",
                       std::abs(shift) == 1 ? "" : "s");
}

/// A date in one of the two.
struct Reached {
    std::string date, shown, band; // ISO day; as shown; "(2024-11–2025-04)"
    double missed = 0;             // share of the trials
};

Reached reached_in(const ToldOutcome* outcome, const Wording& wording) {
    if (outcome == nullptr)
        return {"", "", "", 1};
    Reached reached;
    const auto date = [&](std::string_view stat) -> std::string {
        const OutcomeRow* row = outcome->stat(stat);
        if (row == nullptr)
            return {};
        return row->date.empty() ? "later" : shown_date(*row, wording);
    };
    const bool has_center = outcome->stat(wording.spread.center) != nullptr;
    const std::string center = outcome->is_single() ? "value"
                               : has_center         ? wording.spread.center
                                                    : wording.spread.low;
    const OutcomeRow* row = outcome->stat(center);
    reached.date = row == nullptr ? "" : row->date;
    reached.shown = date(center);
    const std::string low = date(wording.spread.low), high = date(wording.spread.high);
    if (!low.empty() && !high.empty() && (low != reached.shown || high != reached.shown))
        reached.band = fmt::format("({} to {})", low, high);
    const OutcomeRow* missed = outcome->stat("not_reached");
    reached.missed = missed != nullptr ? missed->number.value_or(0) : reached.date.empty() ? 1 : 0;
    return reached;
}

/// Outcomes that are dates.
struct DateKind {
    std::string_view title, prefix, suffix; // of their names
    bool by_month = false;                  // where the steps are months
};

/// When each reaches them, and the shift of the median dates; empty where neither has any.
std::string dates_beside(const Telling& telling, const ComparedPair& pair, const DateKind& kind) {
    const auto bases = outcomes_of(telling.result, pair.names.base),
               others = outcomes_of(telling.result, pair.names.other);
    const bool unicode = telling.style.unicode;
    Wording of_base = wording_of(telling.result, pair.names.base, unicode),
            of_other = wording_of(telling.result, pair.names.other, unicode);
    of_base.by_month = of_base.by_month && kind.by_month;
    of_other.by_month = of_other.by_month && kind.by_month;
    const auto named = [](const std::vector<ToldOutcome>& all, const std::string& name) {
        const auto found = std::ranges::find(all, name, &ToldOutcome::name);
        return found == all.end() ? nullptr : &*found;
    };
    std::vector<std::string> names;
    for (const auto* outcomes : {&bases, &others})
        for (const ToldOutcome& outcome : *outcomes)
            if (outcome.name.starts_with(kind.prefix) && outcome.name.ends_with(kind.suffix) &&
                std::ranges::find(names, outcome.name) == names.end())
                names.push_back(outcome.name);
    if (names.empty())
        return {};

    const std::string none(no_figure(telling.style)), missed = "not reached";
    Grid grid{"", {}, {}};
    GridColumn base{pair.base, "", {}}, other{pair.other, "", {}}, shift{"shift", "", {}},
        missed_base{pair.base, "", {}, {}, missed}, missed_other{pair.other, "", {}, {}, missed};
    bool banded = false;
    for (const std::string& name : names) {
        const Reached a = reached_in(named(bases, name), of_base),
                      b = reached_in(named(others, name), of_other);
        grid.labels.push_back(
            name.substr(kind.prefix.size(), name.size() - kind.prefix.size() - kind.suffix.size()));
        const auto put = [&](GridColumn& column, const Reached& reached) {
            column.cells.push_back(reached.shown.empty() ? none : reached.shown);
            column.bands.push_back(reached.band);
            banded = banded || !reached.band.empty();
        };
        put(base, a);
        put(other, b);
        shift.cells.push_back(
            shift_of(a.date, b.date, of_base.by_month && of_other.by_month, none));
        missed_base.cells.push_back(percent(a.missed));
        missed_other.cells.push_back(percent(b.missed));
    }
    grid.columns = {base, other, shift, missed_base, missed_other};
    std::string text = heading(kind.title, telling.style);
    if (banded)
        text += note(fmt::format("{}; shift of {}", title_of(telling.spread, unicode),
                                 stat_title(telling.spread.center)),
                     telling.style);
    return text + render_grid(grid, telling.style);
}

/// "✓ pass, holds in 85 % of trials (84 to 86 %), asked 80 %"
std::string said_of_check(const CheckRow* row, const TerminalStyle& style) {
    if (row == nullptr)
        return "no such check";
    const std::string verdict = verdict_piece(*row, style).text;
    return row->trials > 1 ? verdict + ", " + said_of_share(*row) : verdict;
}

} // namespace

std::string milestones_beside(const Telling& telling, const ComparedPair& pair) {
    return dates_beside(telling, pair, {"Milestones", "milestones.", "", true});
}

std::string trainings_beside(const Telling& telling, const ComparedPair& pair) {
    return dates_beside(telling, pair, {"Trainings done", "workloads.", ".completed", false});
}

std::string shortages_beside(const Telling& telling, const ComparedPair& pair) {
    const std::string trials = "short in trials";
    GridColumn base{pair.base, "%", {}, {}, trials}, other{pair.other, "%", {}, {}, trials};
    Grid grid{"", {}, {}};
    std::vector<std::string> seen;
    const auto share_in = [&](const std::string& scenario, const std::string& title) {
        for (const ShortageRow& row : telling.result.shortages)
            if (row.scenario == scenario && title_of(row) == title)
                return row.share;
        return 0.0;
    };
    for (const std::string& scenario : {pair.names.base, pair.names.other})
        for (const ShortageRow& row : telling.result.shortages) {
            const std::string title = title_of(row);
            if (row.scenario != scenario || std::ranges::find(seen, title) != seen.end())
                continue;
            seen.push_back(title);
            grid.labels.push_back(title);
            for (auto [column, name] :
                 {std::pair(&base, &pair.names.base), std::pair(&other, &pair.names.other)}) {
                column->cells.push_back(percent(share_in(*name, title)));
                column->cells.back().resize(column->cells.back().size() - 2); // the unit is above
            }
        }
    if (seen.empty())
        return {};
    grid.columns = {base, other};
    return heading("Who goes short", telling.style) + render_grid(grid, telling.style);
}

std::string checks_beside(const Telling& telling, const ComparedPair& pair) {
    const auto find = [&](const std::string& scenario, const std::string& check) {
        const auto& all = telling.result.checks;
        const auto found = std::ranges::find_if(all, [&](const CheckRow& row) {
            return row.scenario == scenario && row.check == check;
        });
        return found == all.end() ? nullptr : &*found;
    };
    std::string text;
    std::vector<std::string> seen;
    for (const std::string& scenario : {pair.names.base, pair.names.other})
        for (const CheckRow& row : telling.result.checks) {
            if (row.scenario != scenario || std::ranges::find(seen, row.check) != seen.end())
                continue;
            seen.push_back(row.check);
            const CheckRow *base = find(pair.names.base, row.check),
                           *other = find(pair.names.other, row.check);
            const auto ink = [&](const CheckRow* each) {
                return each == nullptr ? Ink::dim : verdict_piece(*each, telling.style).ink;
            };
            const std::string margin(static_cast<std::size_t>(indent_of(telling.style)), ' ');
            text += prose({margin}, {fmt::format("{}: {}", row.check, row.limit)}, telling.style);
            text += list(
                {{{"  " + pair.base, Ink::dim}, {said_of_check(base, telling.style), ink(base)}},
                 {{"  " + pair.other, Ink::dim},
                  {said_of_check(other, telling.style), ink(other)}}},
                telling.style);
        }
    return text.empty() ? text : heading("Checks", telling.style) + text;
}

} // namespace fleetcast
