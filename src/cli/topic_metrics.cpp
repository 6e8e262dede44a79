// The table of metrics in words: a new row there is a new entry here.
#include <fleetcast/cli/help.hpp>

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
    case MetricKind::running:
        return "so far";
    case MetricKind::ratio:
        return "ratio of sums";
    case MetricKind::bound:
        return "share of the hours";
    }
    return "";
}

} // namespace

std::string metrics_topic() {
    std::vector<Entry> list;
    for (const Metric& metric : metrics()) {
        std::string text = fmt::format("{}, {}: {}", metric.unit, text_of(metric.kind), metric.doc);
        if (metric.kind == MetricKind::limit)
            text += "; of sites with a limit";
        list.push_back({std::string(metric.name), text});
    }
    return "Metrics\n\n" +
           paragraphs("Each with its unit, and what a quarter or a year shows of its periods "
                      "(`--every`): a stock at the end, a flow as the sum.") +
           "\n" + entries(list) + "\n" +
           paragraphs(fmt::format("Reported unless --metrics says otherwise: {}.",
                                  fmt::join(default_metrics(), ", "))) +
           "\n" +
           paragraphs(
               "With --by, rows of metrics that add up sum to the total; a row \"-\" holds what "
               "belongs to no member, such as the warehouse by site. A figure that has no "
               "meaning is empty: the limits of a site by source, headroom of a site without a "
               "limit, hours between failures where nothing fails.\n\n"
               "Outcomes, single figures of a run (--table outcomes): milestones.NAME, the day "
               "on which it is reached, and pending.SOURCE, units that come after the end.");
}

} // namespace fleetcast
