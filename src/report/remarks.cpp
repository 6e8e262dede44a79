// "2024-09 to 2024-12: up to 31,000 H100 SXM5 80GB (h100-2024) wait for 43 MW at prineville"; of
// several trials "2024-09 to 2025-03, at the peak in 2024-12: power holds back 31,000 H100 SXM5
// 80GB (h100-2024) at prineville in 71 % of trials, 43 MW short".
#include "remarks.hpp"

#include <fleetcast/base/text.hpp>
#include <fleetcast/model/lookup.hpp>

#include <fmt/format.h>

namespace fleetcast {

namespace {

constexpr double least_share = 0.01; // of the trials, to be worth a sentence

/// Two digits or so: "44", "7.3", "0.15".
std::string about(double value) {
    return value >= 10 ? with_thousands(value, 0) : fmt::format("{:.2g}", value);
}

/// "71 %"; never "100 %" where a trial is missing.
std::string percent(double share) {
    const std::string text = fmt::format("{:.0f}", 100 * share);
    return share < 1 && text == "100" ? "more than 99 %" : text + " %";
}

std::string span_of(const Wait& wait, const Plan& plan, Step step, bool with_peak) {
    const auto when = [&](std::size_t period) {
        const std::string day = iso_day(plan.grid.periods[period].first);
        return step == Step::week ? day : day.substr(0, 7);
    };
    if (wait.first == wait.last)
        return when(wait.first);
    const std::string span = fmt::format("{} to {}", when(wait.first), when(wait.last));
    return with_peak ? fmt::format("{}, at the peak in {}", span, when(wait.peak)) : span;
}

/// Of the only trial; `what` says how many of which units.
std::string certain_text(const Wait& wait, const std::string& span, const std::string& what,
                         const std::string& site) {
    const std::string most = wait.first == wait.last ? "" : "up to ";
    return wait.bound == Bound::power
               ? fmt::format("{}: {}{} wait for {} MW at {}", span, most, what, about(wait.mw),
                             site)
               : fmt::format("{}: {}{} wait to be installed at {}", span, most, what, site);
}

std::string uncertain_text(const Wait& wait, const std::string& span, const std::string& what,
                           const std::string& site) {
    const std::string trials = percent(wait.share) + " of trials";
    return wait.bound == Bound::power
               ? fmt::format("{}: power holds back {} at {} in {}, {} MW short", span, what, site,
                             trials, about(wait.mw))
               : fmt::format("{}: the install rate holds back {} at {} in {}", span, what, site,
                             trials);
}

} // namespace

std::vector<Remark> remarks_of(const Scenario& scenario, const Catalog& catalog,
                               const std::string& name, const Plan& plan,
                               const Forecast& forecast) {
    const bool certain = forecast.trials == 1;
    std::vector<Remark> remarks;
    for (const Wait& wait : forecast.waits) {
        if (wait.share < least_share)
            continue;
        const auto& id = accelerator_of(scenario.sources[wait.source].second);
        const auto accelerator = id ? find_accelerator(scenario, catalog, *id) : std::nullopt;
        const std::string& source = plan.sources[wait.source].name;
        const std::string what =
            fmt::format("{} {}", with_thousands(wait.units, wait.units < 10 ? 1 : 0),
                        accelerator ? fmt::format("{} ({})", accelerator->name, source)
                                    : fmt::format("units of {}", source));
        const std::string span = span_of(wait, plan, scenario.step, !certain);
        const std::string& site = plan.sites[wait.site].name;
        remarks.push_back({name, certain ? certain_text(wait, span, what, site)
                                         : uncertain_text(wait, span, what, site)});
    }
    return remarks;
}

} // namespace fleetcast
