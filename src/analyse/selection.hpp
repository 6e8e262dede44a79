// What milestones and checks select, for their rules and for their judge.
#pragma once

#include <fleetcast/model/expectation.hpp>
#include <fleetcast/simulate/forecast.hpp>

#include <string>

namespace fleetcast {

/// The members that an expectation looks at: the whole fleet, or one of them.
struct Filter {
    GroupBy by = GroupBy::total;
    std::string name;
};

inline Filter filter_of(const Selection& selection) {
    if (selection.source)
        return {GroupBy::source, *selection.source};
    if (selection.site)
        return {GroupBy::site, *selection.site};
    if (selection.accelerator)
        return {GroupBy::accelerator, *selection.accelerator};
    return {};
}

/// Whether a metric is a single figure of a run: milestones.X, pending.SOURCE.
inline bool is_outcome(const std::string& metric) { return metric.find('.') != std::string::npos; }

/// X of milestones.X and pending.X.
inline std::string outcome_of(const std::string& metric) {
    return metric.substr(metric.find('.') + 1);
}

inline bool asks_milestone(const std::string& metric) { return metric.starts_with("milestones."); }

} // namespace fleetcast
