// What a planner expects of the figures: milestones and checks.
#pragma once

#include <fleetcast/base/field.hpp>
#include <fleetcast/base/time_grid.hpp>

#include <optional>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

namespace fleetcast {

/// A number, or a date where the metric is one.
using Threshold = std::variant<double, Date>;

/// A metric of the fleet, or of one member.
struct Selection {
    std::string metric;
    std::optional<std::string> source, site, accelerator, team, workload;
    bool operator==(const Selection&) const = default;

    static constexpr auto fields() {
        return std::tuple{
            field("metric", &Selection::metric, "a metric; a check may name an outcome").required(),
            field("source", &Selection::source, "of this source only"),
            field("site", &Selection::site, "of this site only"),
            field("accelerator", &Selection::accelerator, "of this accelerator only"),
            field("team", &Selection::team, "of the workloads of this team only"),
            field("workload", &Selection::workload, "of this workload only"),
        };
    }
};

/// When will it be reached?
struct Milestone : Selection {
    std::string title;
    std::optional<double> at_least, at_most;
    bool operator==(const Milestone&) const = default;

    static constexpr auto fields() {
        return std::tuple_cat(
            Selection::fields(),
            std::tuple{
                field("at_least", &Milestone::at_least, "reached at this figure or more"),
                field("at_most", &Milestone::at_most, "reached at this figure or less"),
            });
    }
};

enum class CheckSeverity { error, warn };

/// What must hold.
struct Check : Selection {
    std::string title;
    std::optional<Threshold> at_least, at_most;
    std::optional<std::vector<double>> between; // two numbers
    std::optional<std::string> at;              // a date, "all" or "any"
    std::optional<Every> every;
    CheckSeverity severity = CheckSeverity::error;
    double probability = 0.5;
    bool operator==(const Check&) const = default;

    static constexpr auto fields() {
        return std::tuple_cat(Selection::fields(),
                              std::tuple{
                                  field("at_least", &Check::at_least, "the least that will do"),
                                  field("at_most", &Check::at_most, "the most that will do"),
                                  field("between", &Check::between, "the least and the most"),
                                  field("at", &Check::at, "a date, all or any"),
                                  field("every", &Check::every, "period, quarter or year"),
                                  field("severity", &Check::severity, "error or warn"),
                                  field("probability", &Check::probability,
                                        "share of the trials in which it must hold")
                                      .in(share_range),
                              });
    }
};

} // namespace fleetcast
