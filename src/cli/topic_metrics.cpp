// The table of metrics in words: a new row there is a new entry here.
#include <fleetcast/cli/help.hpp>

#include <fleetcast/report/make_result.hpp>
#include <fleetcast/simulate/metrics.hpp>

#include <fmt/format.h>

namespace fleetcast {
namespace {

std::string_view text_of(MetricKind kind) {
    switch (kind) {
    case MetricKind::stock:
    case MetricKind::limit:
        return "at the end";
    case MetricKind::flow:
        return "sum";
    case MetricKind::average:
        return "mean over the hours";
    case MetricKind::running:
        return "so far";
    case MetricKind::discounted:
        return "so far, discounted";
    case MetricKind::ratio:
        return "ratio of sums";
    case MetricKind::bound:
        return "share of the hours";
    }
    return "";
}

/// Where a metric of demand has a figure; empty for those of supply.
std::string_view text_of(Subject subject) {
    switch (subject) {
    case Subject::supply:
        return "";
    case Subject::demand:
        return "; of the total, teams and workloads";
    case Subject::balance:
        return "; of the total";
    case Subject::workload:
        return "; of workloads";
    }
    return "";
}

} // namespace

std::string metrics_topic() {
    RunOptions by_team;
    by_team.by = GroupBy::team;
    std::vector<Entry> list;
    for (const Metric& metric : metrics()) {
        std::string text = fmt::format("{}, {}: {}", metric.unit, text_of(metric.kind), metric.doc);
        if (metric.kind == MetricKind::limit)
            text += "; of sites with a limit";
        text += text_of(metric.subject);
        list.push_back({std::string(metric.name), text});
    }
    return "Metrics\n\n" +
           paragraphs("Each with its unit, and what a quarter or a year shows of its periods "
                      "(`--every`): a stock at the end, a flow as the sum, an average over the "
                      "hours.") +
           "\n" + entries(list) + "\n" +
           paragraphs(fmt::format("Reported unless --metrics says otherwise: {}; where a scenario "
                                  "has workloads also demand_h100e and shortfall_h100e. By team "
                                  "and workload: {}.",
                                  fmt::join(default_metrics(false), ", "),
                                  fmt::join(metrics_shown(by_team), ", "))) +
           "\n" +
           paragraphs(
               "With --by, rows of metrics that add up sum to the total; a row \"-\" holds what "
               "belongs to no member, such as the warehouse by site, workloads without a team, or "
               "what is charged to nobody. A figure that has no meaning is empty: the limits of a "
               "site by source, headroom of a site without a limit, hours between failures where "
               "nothing fails, supply by team.") +
           "\nOutcomes, single figures of a run (--table outcomes):\n\n" +
           entries(
               {{"milestones.NAME", "date: when it is reached"},
                {"workloads.NAME.completed", "date: when a training is done"},
                {"workloads.NAME.weeks_late",
                 "weeks: from the day on which a training is due; 0 where it is not late"},
                {"workloads.NAME.training_usd", "usd: charged to a training"},
                {"pending.SOURCE", "units: what comes after the end"},
                {"paid_before_start_usd", "usd: paid before the start for what is delivered later"},
                {"due_after_end_usd", "usd: still to be paid for what is delivered by the end"},
                {"prepaid_usd", "usd: paid within the horizon for what comes after it"}}) +
           "\n" +
           paragraphs("A date that is not reached within the horizon is later than every other; "
                      "`not_reached` is the share of the trials without one.");
}

} // namespace fleetcast
