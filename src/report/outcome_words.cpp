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

std::string said_of_weeks(double weeks) {
    const std::optional<double> figures[] = {weeks};
    const Scale scale = scale_of("weeks", figures);
    return fmt::format("{} week{}", human(weeks, scale, ""), weeks == 1 ? "" : "s");
}

/// "; due 2024-07-31: late in 23 % of trials, 1.9 weeks at the median".
std::string said_of_lateness(const ToldTraining& training, const Wording& wording) {
    std::string text = fmt::format("; due {}: ", training.due->due);
    const bool single = training.completed != nullptr && training.completed->is_single();
    const std::string center = single ? "value" : wording.spread.center;
    const OutcomeRow* row =
        training.weeks_late == nullptr ? nullptr : training.weeks_late->stat(center);
    const auto weeks = row == nullptr ? std::nullopt : row->number;
    const bool told = weeks && *weeks > 0;
    const double late = training.due->late;
    if (single)
        return text += late <= 0 ? "in time" : told ? said_of_weeks(*weeks) + " late" : "late";
    if (late <= 0)
        return text += "in time in every trial";
    text += fmt::format("late in {} of trials", percent(late));
    if (told)
        text += fmt::format(", {} at {}", said_of_weeks(*weeks),
                            center == "p50" ? "the median" : stat_title(center));
    return text;
}

} // namespace

const OutcomeRow* ToldOutcome::stat(std::string_view name_of_stat) const {
    const auto found = std::ranges::find(rows, name_of_stat, &OutcomeRow::stat);
    return found == rows.end() ? nullptr : *found;
}

std::vector<ToldOutcome> outcomes_of(const ForecastResult& result, std::string_view scenario) {
    std::vector<ToldOutcome> outcomes;
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

std::string said_of_date(const ToldOutcome& outcome, const Wording& wording) {
    if (outcome.is_single()) {
        const std::string date = shown_date(*outcome.rows.front(), wording);
        return date.empty() ? wording.missed : wording.done + " " + date;
    }
    const OutcomeRow* missed = outcome.stat("not_reached");
    const double share = missed == nullptr ? 0 : missed->number.value_or(0);
    if (share >= 1)
        return wording.missed + " in any trial";
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
        any ? wording.done + ": " + joined(parts, ", ")
            : fmt::format("{} in {} of trials", wording.done, percent(1 - share));
    if (share <= 0)
        return when + ", within the horizon in every trial";
    return fmt::format("{}, {} in {} of trials", when, wording.missed, percent(share));
}

std::string said_of_number(const ToldOutcome& outcome, const Wording& wording) {
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

std::vector<ToldTraining> trainings_of(const std::vector<ToldOutcome>& outcomes,
                                       const ForecastResult& result, std::string_view scenario) {
    constexpr std::string_view prefix = "workloads.";
    std::vector<ToldTraining> trainings;
    for (const ToldOutcome& outcome : outcomes) {
        const std::size_t dot = outcome.name.rfind('.');
        if (!outcome.name.starts_with(prefix) || dot < prefix.size())
            continue;
        const std::string name = outcome.name.substr(prefix.size(), dot - prefix.size());
        const std::string_view figure = std::string_view(outcome.name).substr(dot + 1);
        if (trainings.empty() || trainings.back().name != name) { // its outcomes follow one another
            trainings.push_back({name});
            for (const TrainingRow& row : result.trainings)
                if (row.scenario == scenario && row.workload == name)
                    trainings.back().due = &row;
        }
        ToldTraining& training = trainings.back();
        if (figure == "completed")
            training.completed = &outcome;
        else if (figure == "weeks_late")
            training.weeks_late = &outcome;
        else if (figure == "training_usd")
            training.cost = &outcome;
    }
    return trainings;
}

std::string said_of_training(const ToldTraining& training, const Wording& wanted) {
    Wording wording = wanted;
    wording.by_month = false; // it is done on a day, not at the end of a period
    wording.done = "done";
    std::string text;
    if (training.completed != nullptr)
        text = said_of_date(*training.completed, wording);
    if (training.due != nullptr)
        text += said_of_lateness(training, wording);
    if (training.cost != nullptr)
        text += "; charged " + said_of_number(*training.cost, wording);
    return text;
}

} // namespace fleetcast
