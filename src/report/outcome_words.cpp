// Quantiles of dates are said in the order of their rows; one beyond the horizon is said so.
#include "outcome_words.hpp"

#include <fleetcast/report/human.hpp>
#include <fleetcast/report/series_index.hpp>

#include <fleetcast/base/text.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace fleetcast {
namespace {

bool is_quantile(const OutcomeRow& row) {
    return stat_title(row.stat) != row.stat && !row.stat.ends_with("_se");
}

} // namespace

const OutcomeRow* Outcome::stat(std::string_view name_of_stat) const {
    const auto found = std::ranges::find(rows, name_of_stat, &OutcomeRow::stat);
    return found == rows.end() ? nullptr : *found;
}

std::vector<Outcome> outcomes_of(const ForecastResult& result, std::string_view scenario) {
    std::vector<Outcome> outcomes;
    for (const OutcomeRow& row : result.outcomes) {
        if (row.scenario != scenario)
            continue;
        if (outcomes.empty() || outcomes.back().name != row.outcome) // its rows follow one another
            outcomes.push_back({row.outcome, row.unit, {}});
        outcomes.back().rows.push_back(&row);
    }
    return outcomes;
}

Wording wording_of(const ForecastResult& result, std::string_view scenario, bool unicode) {
    const ManifestScenario* own = scenario_named(result.manifest, scenario);
    return {spread_of(result.manifest), own != nullptr && own->step == "month", unicode};
}

std::string shown_date(const OutcomeRow& row, const Wording& wording) {
    return wording.by_month && row.stat != "value" ? row.date.substr(0, 7) : row.date;
}

std::string said_of_date(const Outcome& outcome, const Wording& wording) {
    if (outcome.is_single()) {
        const std::string date = shown_date(*outcome.rows.front(), wording);
        return date.empty() ? "not within the horizon" : "reached " + date;
    }
    const OutcomeRow* missed = outcome.stat("not_reached");
    const double share = missed == nullptr ? 0 : missed->number.value_or(0);
    if (share >= 1)
        return "not within the horizon in any trial";
    std::vector<std::string> parts;
    bool any = false;
    for (const OutcomeRow* row : outcome.rows) {
        if (!is_quantile(*row))
            continue;
        const std::string date = shown_date(*row, wording);
        any = any || !date.empty();
        parts.push_back(fmt::format("{} {}", stat_title(row->stat), date.empty() ? "later" : date));
    }
    const std::string when =
        any ? "reached: " + joined(parts, ", ") : "reached in " + percent(1 - share) + " of trials";
    if (share <= 0)
        return when + ", within the horizon in every trial";
    return fmt::format("{}, not within the horizon in {} of trials", when, percent(share));
}

std::string said_of_number(const Outcome& outcome, const Wording& wording) {
    const auto number = [&](std::string_view stat) {
        const OutcomeRow* row = outcome.stat(stat);
        return row == nullptr ? std::nullopt : row->number;
    };
    const bool single = outcome.is_single();
    const auto center = number(single ? "value" : "mean");
    if (!center)
        return "no figure";
    const auto low = number(wording.spread.low), high = number(wording.spread.high);
    const std::optional<double> figures[] = {center, low, high};
    const Scale scale = scale_of(outcome.unit, figures);
    std::string text = fmt::format("{} {}", human(center, scale, ""), scale.unit);
    if (!single)
        text += " on average";
    if (!single && low && high)
        text += fmt::format(", {} {}, {} {}", stat_title(wording.spread.low), human(low, scale, ""),
                            stat_title(wording.spread.high), human(high, scale, ""));
    return text;
}

} // namespace fleetcast
