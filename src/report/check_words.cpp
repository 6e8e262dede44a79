#include "check_words.hpp"

#include <fleetcast/base/text.hpp>
#include <fleetcast/report/human.hpp>
#include <fleetcast/report/sections.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace fleetcast {
namespace {

constexpr double most_trials = 1e9; // that a run may have

/// Two digits, rounded up: fewer trials might not do.
double round_trials(double trials) {
    const double unit = std::pow(10.0, std::max(0.0, std::floor(std::log10(trials)) - 1));
    return std::ceil(trials / unit) * unit;
}

std::string with_unit(const std::string& figure, const Scale& scale) {
    if (figure.empty())
        return "no figure";
    return scale.unit.empty() ? figure : figure + " " + scale.unit;
}

std::string relative_of(const std::optional<double>& relative) {
    if (!relative)
        return {};
    const double shown = *relative * 100;
    return human_change(shown, {1, "%", std::abs(shown) < 10 ? 1 : 0}, "") + " %";
}

} // namespace

std::string shown_count(std::size_t count) { return with_thousands(static_cast<double>(count), 0); }

std::string counted(std::size_t count, std::string_view what) {
    return fmt::format("{} {}{}", shown_count(count), what, count == 1 ? "" : "s");
}

std::string ended(std::size_t count, std::string_view verb) {
    const std::string_view ending = count != 1 ? "" : verb.ends_with("ss") ? "es" : "s";
    return fmt::format("{} {}{}", shown_count(count), verb, ending);
}

std::string condition_of(const CheckRow& row) { return row.check + ": " + row.limit; }

std::string found_of(const CheckRow& row) {
    if (row.trials > 1)
        return said_of_share(row);
    return row.share > 0 ? "holds" : "does not hold";
}

std::string settled_words(const std::optional<double>& settled_by) {
    if (!settled_by)
        return "more trials would not settle it: the share is what is asked for";
    if (!(*settled_by <= most_trials))
        return "it would take more than 1e9 trials to settle it";
    const double trials = round_trials(std::max(*settled_by, 1.0));
    return fmt::format("about {} trials would settle it (--trials {:.0f})",
                       with_thousands(trials, 0), trials);
}

std::string verdict_before(const CheckRow& row) {
    return row.trials > 1 ? fmt::format("{}, {}", row.verdict, percent(row.share)) : row.verdict;
}

std::string told_of(const CheckedRow& row) {
    std::string text = found_of(row.row);
    if (row.row.verdict == "too-close")
        text += "; too close to call: " + settled_words(row.settled_by);
    if (row.before)
        text += "; was " + verdict_before(*row.before);
    return text;
}

bool is_broken(const CheckedScenario& scenario) {
    return scenario.exit != Exit::ok && scenario.exit != Exit::check_failed;
}

bool needs_telling(const CheckedScenario& scenario) {
    return scenario.exit != Exit::ok ||
           std::ranges::any_of(scenario.checks,
                               [](const CheckedRow& each) { return each.row.verdict != "pass"; });
}

std::vector<Finding> reasons_of(const CheckedScenario& scenario) {
    std::vector<Finding> errors;
    std::ranges::copy_if(scenario.problems, std::back_inserter(errors), [](const Finding& finding) {
        return finding.severity == Severity::error;
    });
    return errors.empty() ? scenario.problems : errors;
}

std::string said_of(const ToldDifference& told, std::string_view arrow) {
    return fmt::format("{} {} {}{}{}", told.before, arrow, told.after,
                       told.relative.empty() ? "" : ", ", told.relative);
}

std::vector<ToldDifference> told_differences(std::span<const Difference> moved, std::size_t most) {
    moved = moved.first(std::min(most, moved.size()));
    std::vector<std::string> periods;
    for (const Difference& each : moved)
        periods.push_back(each.period);
    const auto titles = period_titles(periods, "period");
    std::vector<ToldDifference> told;
    for (std::size_t i = 0; i < moved.size(); ++i) {
        const Difference& each = moved[i];
        const std::optional<double> figures[] = {each.before, each.after};
        const Scale scale = short_scale_of(each.unit, figures);
        std::string metric = metric_title(each.metric, each.unit);
        if (each.by != "total")
            metric += fmt::format(" of {}", each.group == "-" ? "no " + each.by : each.group);
        const auto change =
            each.before && each.after ? std::optional(*each.after - *each.before) : std::nullopt;
        told.push_back({std::move(metric), titles[i],
                        with_unit(human(each.before, scale, ""), scale),
                        with_unit(human(each.after, scale, ""), scale),
                        change ? with_unit(human_change(change, scale, ""), scale) : "",
                        relative_of(each.relative)});
    }
    return told;
}

} // namespace fleetcast
