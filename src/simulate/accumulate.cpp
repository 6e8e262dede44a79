#include <fleetcast/simulate/accumulate.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace fleetcast {

namespace {

bool is_rest(const Group& group) { return group.by != GroupBy::total && !group.member; }

/// Whether a figure of this source at this site counts in the group.
bool counts_source(const Group& group, const Plan& plan, Index source) {
    switch (group.by) {
    case GroupBy::total:
        return true;
    case GroupBy::source:
        return group.member == source;
    case GroupBy::accelerator:
        return group.member == plan.sources[source].accelerator;
    case GroupBy::site:
        return false;
    }
    return false;
}

} // namespace

Accumulator::Accumulator(const Plan& plan, const FigureView& view) : plan_(&plan) {
    figures_.metrics = view.metrics;
    figures_.groups = view.groups;
    needs_bounds_ = std::ranges::any_of(
        view.metrics, [](const Metric* metric) { return metric->kind == MetricKind::bound; });
    report_period_ = report_periods(plan.grid, view.every, plan.year_starts);
    for (std::size_t p = 0; p < plan.grid.periods.size(); ++p) {
        const Period& period = plan.grid.periods[p];
        if (report_period_[p] == figures_.periods.size()) {
            figures_.periods.push_back(period);
            continue;
        }
        Period& whole = figures_.periods.back();
        whole.x1 = period.x1;
        whole.last = period.last;
        whole.hours += period.hours;
    }
    const auto& groups = figures_.groups;
    of_source_.resize(plan.sources.size());
    of_site_.resize(plan.sites.size());
    knows_embodied_.assign(groups.size(), true);
    for (std::size_t g = 0; g < groups.size(); ++g) {
        const Group& group = groups[g];
        for (Index i = 0; i < plan.sources.size(); ++i) {
            const PlanSource& source = plan.sources[i];
            const bool counts = counts_source(group, plan, i);
            if (counts)
                of_source_[i].push_back(g);
            const bool stands_there = group.by == GroupBy::site && group.member &&
                                      std::ranges::count(source.sites, *group.member) > 0;
            if ((counts || stands_there) && !source.lease && !source.embodied_kg)
                knows_embodied_[g] = false;
        }
        for (Index j = 0; j < plan.sites.size(); ++j)
            if (group.by == GroupBy::total || (group.by == GroupBy::site && group.member == j))
                of_site_[j].push_back(g);
        if (group.by == GroupBy::total || is_rest(group))
            without_both_.push_back(g);
        if (is_rest(group) && group.by == GroupBy::site)
            without_site_.push_back(g);
        if (is_rest(group) && group.by != GroupBy::site)
            without_source_.push_back(g);
    }
    cells_.resize(view.metrics.size() * groups.size() * figures_.periods.size());
    row_.resize(groups.size());
    for (Row& row : bound_rows_)
        row.resize(groups.size());
}

void Accumulator::add_to(Row& row, const PeriodFigures& figures, const Metric& metric) const {
    const auto put = [&](const std::vector<std::size_t>& groups, double value) {
        for (const std::size_t g : groups)
            row[g] += value;
    };
    std::ranges::fill(row, 0.0);
    if (metric.of_pool)
        for (const PoolFigures& pool : figures.pools) {
            const double value = metric.of_pool(figures, pool);
            put(of_source_[pool.source], value);
            for (const std::size_t g : of_site_[pool.site])
                if (figures_.groups[g].by !=
                    GroupBy::total) // the total is among its source's groups
                    row[g] += value;
        }
    if (metric.of_source)
        for (std::size_t i = 0; i < figures.sources.size(); ++i) {
            const double value = metric.of_source(figures.sources[i]);
            put(of_source_[i], value);
            put(without_site_, value);
        }
    if (metric.of_site)
        for (std::size_t j = 0; j < figures.sites.size(); ++j) {
            const double value = metric.of_site(figures.sites[j]);
            put(of_site_[j], value);
            put(without_source_, value);
        }
    if (metric.of_rest)
        put(without_both_, metric.of_rest(figures));
}

bool Accumulator::has_meaning(const Metric& metric, const Group& group) const {
    const auto is_limited = [&](Index j) { return plan_->sites[j].limited; };
    const bool additive = metric.kind == MetricKind::stock || metric.kind == MetricKind::flow ||
                          metric.kind == MetricKind::running;
    if (is_rest(group))
        return additive;
    switch (metric.kind) {
    case MetricKind::limit:
        if (group.by == GroupBy::total)
            return std::ranges::any_of(plan_->sites, &PlanSite::limited);
        return group.by == GroupBy::site && is_limited(*group.member);
    case MetricKind::bound:
        return group.by != GroupBy::site || metric.bound == Bound::power ||
               metric.bound == Bound::install;
    default:
        return true;
    }
}

Bound Accumulator::bound_of(std::size_t group) const {
    if (bound_rows_[0][group] > 0)
        return Bound::power;
    if (bound_rows_[1][group] > 0)
        return Bound::install;
    return bound_rows_[2][group] > 1e-6 ? Bound::supply : Bound::none;
}

void Accumulator::gather_bounds(const PeriodFigures& figures) {
    add_to(bound_rows_[0], figures, *metric_named("waiting_power"));
    add_to(bound_rows_[1], figures, *metric_named("waiting_install"));
    Metric to_come;
    to_come.of_source = [](const SourceFigures& source) { return source.still_to_come; };
    add_to(bound_rows_[2], figures, to_come);
}

void Accumulator::add(const PeriodFigures& figures) {
    if (needs_bounds_)
        gather_bounds(figures);
    const std::size_t groups = figures_.groups.size(), periods = figures_.periods.size();
    const std::size_t at = report_period_[period_];
    for (std::size_t m = 0; m < figures_.metrics.size(); ++m) {
        const Metric& metric = *figures_.metrics[m];
        if (metric.kind != MetricKind::bound)
            add_to(row_, figures, metric);
        for (std::size_t g = 0; g < groups; ++g) {
            Cell* const row = &cells_[(m * groups + g) * periods];
            Cell& cell = row[at];
            cell.empty = !has_meaning(metric, figures_.groups[g]) ||
                         (metric.needs_embodied && !knows_embodied_[g]);
            switch (metric.kind) {
            case MetricKind::stock:
            case MetricKind::limit:
                cell.value = row_[g];
                break;
            case MetricKind::flow:
                cell.value += row_[g];
                break;
            case MetricKind::running:
                if (cell.weight == 0 && at > 0)
                    cell.value = row[at - 1].value;
                cell.weight = 1; // begun
                cell.value += row_[g];
                break;
            case MetricKind::ratio:
                cell.value += figures.hours;
                cell.weight += row_[g];
                break;
            case MetricKind::bound:
                cell.value += bound_of(g) == metric.bound ? figures.hours : 0.0;
                cell.weight += figures.hours;
                break;
            }
        }
    }
    ++period_;
}

std::variant<Figures, TrialFailure> Accumulator::take() {
    const std::size_t groups = figures_.groups.size(), periods = figures_.periods.size();
    figures_.values.reserve(cells_.size());
    for (std::size_t k = 0; k < cells_.size(); ++k) {
        const Metric& metric = *figures_.metrics[k / (groups * periods)];
        const bool divides = metric.kind == MetricKind::ratio || metric.kind == MetricKind::bound;
        const Cell& cell = cells_[k];
        if (cell.empty || (divides && cell.weight == 0)) {
            figures_.values.push_back(std::nullopt);
            continue;
        }
        const double value = divides ? cell.value / cell.weight : cell.value;
        if (!std::isfinite(value))
            return TrialFailure{
                "", fmt::format("{} of {} is not finite in the period of {}: an input is too large",
                                metric.name, name_of(figures_.groups[k / periods % groups], *plan_),
                                iso_day(figures_.periods[k % periods].first))};
        figures_.values.push_back(value);
    }
    return std::move(figures_);
}

} // namespace fleetcast
