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

FigureView everything(const fleetcast::Plan& plan, Every every) {
    FigureView view{
        {},
        groups_of(plan, {GroupBy::total, GroupBy::source, GroupBy::site, GroupBy::accelerator}),
        every};
    for (const Metric& metric : metrics())
        view.metrics.push_back(&metric);
    return view;
}

} // namespace fleetcast::oracle
