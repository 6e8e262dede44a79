// Names for the engine's indices.
#include "oracle/program_figures.hpp"

#include <fleetcast/simulate/metrics.hpp>

namespace fleetcast::oracle {

ProgramFigures program_figures(const fleetcast::Figures& figures, const fleetcast::Plan& plan) {
    ProgramFigures named;
    for (const auto& period : figures.periods)
        named.periods.push_back(iso_day(period.first));
    for (std::size_t m = 0; m < figures.metrics.size(); ++m) {
        const std::string metric(figures.metrics[m]->name);
        named.units[metric] = figures.metrics[m]->unit;
        for (std::size_t g = 0; g < figures.groups.size(); ++g) {
            const GroupKey key{std::string(text_of(figures.groups[g].by)),
                               name_of(figures.groups[g], plan)};
            Series& row = named.series[metric][key];
            for (std::size_t p = 0; p < figures.periods.size(); ++p)
                row.push_back(figures.at(m, g, p));
        }
    }
    return named;
}

std::string outcome_name(const OutcomeId& id, const fleetcast::Plan& plan) {
    switch (id.kind) {
    case OutcomeKind::pending:
        return "pending." + plan.sources[id.member].name;
    case OutcomeKind::paid_before_start:
        return "paid_before_start_usd";
    case OutcomeKind::due_after_end:
        return "due_after_end_usd";
    case OutcomeKind::prepaid:
        return "prepaid_usd";
    case OutcomeKind::training_cost:
        return "workloads." + plan.workloads[id.member].name + ".training_usd";
    }
    return "";
}

FigureView everything(const fleetcast::Plan& plan, Every every) {
    FigureView view{{},
                    groups_of(plan, {GroupBy::total, GroupBy::source, GroupBy::site,
                                     GroupBy::accelerator, GroupBy::team, GroupBy::workload}),
                    every};
    for (const Metric& metric : metrics())
        view.metrics.push_back(&metric);
    return view;
}

} // namespace fleetcast::oracle
