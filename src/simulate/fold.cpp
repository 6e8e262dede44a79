#include <fleetcast/simulate/fold.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace fleetcast {

namespace {

bool is_rest(const Group& group) { return group.by != GroupBy::total && !group.member; }

/// Whether a figure of this source counts in the group, whatever its site.
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

bool counts_site(const Group& group, Index site) {
    return group.by == GroupBy::total || (group.by == GroupBy::site && group.member == site);
}

bool knows_embodied(const Plan& plan, const Group& group) {
    for (Index i = 0; i < plan.sources.size(); ++i) {
        const PlanSource& source = plan.sources[i];
        const bool stands_there = group.by == GroupBy::site && group.member &&
                                  std::ranges::count(source.sites, *group.member) > 0;
        if ((counts_source(group, plan, i) || stands_there) && !source.lease && !source.embodied_kg)
            return false;
    }
    return true;
}

} // namespace

Needs needs_of(const FigureView& view) {
    Needs needs;
    for (const Metric* metric : view.metrics)
        needs |= needs_of(*metric);
    return needs;
}

Figures figures_shape(const Plan& plan, const FigureView& view) {
    Figures figures;
    figures.metrics = view.metrics;
    figures.groups = view.groups;
    const auto report = report_periods(plan.grid, view.every, plan.year_starts);
    for (std::size_t p = 0; p < plan.grid.periods.size(); ++p) {
        const Period& period = plan.grid.periods[p];
        if (report[p] == figures.periods.size()) {
            figures.periods.push_back(period);
            continue;
        }
        Period& whole = figures.periods.back();
        whole.x1 = period.x1;
        whole.last = period.last;
        whole.hours += period.hours;
    }
    return figures;
}

bool has_meaning(const Plan& plan, const Metric& metric, const Group& group) {
    const auto is_limited = [&](Index j) { return plan.sites[j].limited; };
    if (metric.needs_embodied && !knows_embodied(plan, group))
        return false;
    if (is_rest(group))
        return metric.kind == MetricKind::stock || metric.kind == MetricKind::flow ||
               metric.kind == MetricKind::running;
    switch (metric.kind) {
    case MetricKind::limit:
        if (group.by == GroupBy::total)
            return std::ranges::any_of(plan.sites, &PlanSite::limited);
        return group.by == GroupBy::site && is_limited(*group.member);
    case MetricKind::bound:
        return group.by != GroupBy::site || metric.bound == Bound::power ||
               metric.bound == Bound::install;
    default:
        return true;
    }
}

Fold::Fold(const Plan& plan, const FigureView& view, const Block& block, std::size_t width)
    : plan_(&plan), arena_(width), shape_(figures_shape(plan, view)),
      report_period_(report_periods(plan.grid, view.every, plan.year_starts)), row_(arena_.row()),
      finished_(arena_.row()) {
    const bool judges = std::ranges::any_of(
        view.metrics, [](const Metric* metric) { return metric->kind == MetricKind::bound; });
    for (const Metric* metric : view.metrics)
        for (const Group& group : view.groups) {
            Row& row = rows_.emplace_back();
            row.has_meaning = fleetcast::has_meaning(plan, *metric, group);
            if (!row.has_meaning)
                continue;
            row.terms = terms_of(*metric, group, block);
            row.value = arena_.row();
            row.weight = metric->kind == MetricKind::ratio ? arena_.row() : nullptr;
        }
    if (!judges)
        return;
    Metric to_come;
    to_come.source = bits(SourceQuantity::still_to_come);
    for (const Group& group : view.groups)
        bounds_.push_back({terms_of(*metric_named("waiting_power"), group, block),
                           terms_of(*metric_named("waiting_install"), group, block),
                           terms_of(to_come, group, block), arena_.row()});
}

std::vector<Fold::Term> Fold::terms_of(const Metric& metric, const Group& group,
                                       const Block& block) const {
    std::vector<Term> terms;
    const auto add = [&](Kind kind, std::uint32_t quantities, std::uint32_t member, bool minus) {
        for (; quantities != 0; quantities &= quantities - 1)
            terms.push_back(
                {kind, static_cast<std::uint32_t>(std::countr_zero(quantities)), member, minus});
    };
    const Plan& plan = *plan_;
    for (Index k = 0; k < block.pool_count(); ++k)
        if (counts_source(group, plan, block.source_of(k)) ||
            counts_site(group, block.site_of(k))) {
            add(Kind::pool, metric.pool, k, false);
            add(Kind::pool, metric.less, k, true);
        }
    const bool of_no_site = is_rest(group) && group.by == GroupBy::site;
    for (Index i = 0; i < plan.sources.size(); ++i)
        if (of_no_site || counts_source(group, plan, i))
            add(Kind::source, metric.source, i, false);
    const bool of_no_source = is_rest(group) && group.by != GroupBy::site;
    for (Index j = 0; j < plan.sites.size(); ++j)
        if (of_no_source || counts_site(group, j))
            add(Kind::site, metric.site, j, false);
    if (group.by == GroupBy::total || is_rest(group))
        add(Kind::rest, metric.rest, 0, false);
    return terms;
}

void Fold::start() { period_ = 0; }

bool Fold::sum(const std::vector<Term>& terms, const Block& block, double* out) {
    plus_.clear();
    minus_.clear();
    for (const Term& term : terms) {
        Product row;
        switch (term.kind) {
        case Kind::pool:
            row = block.figure(static_cast<PoolQuantity>(term.quantity), term.member);
            break;
        case Kind::source:
            row = block.figure(static_cast<SourceQuantity>(term.quantity), term.member);
            break;
        case Kind::site:
            row = block.figure(static_cast<SiteQuantity>(term.quantity), term.member);
            break;
        case Kind::rest:
            row = block.other_cost();
            break;
        }
        if (row)
            (term.minus ? minus_ : plus_).push_back(row);
    }
    return block.kernels().sum(out, plus_.data(), plus_.size(), minus_.data(), minus_.size(),
                               block.lanes());
}

/// A group without anything that waits or is still to come is bound by nothing.
void Fold::judge_bounds(const Block& block) {
    for (Bounds& group : bounds_) {
        sum(group.supply, block, group.which);
        for (std::size_t l = 0; l < block.lanes(); ++l)
            group.which[l] =
                static_cast<double>(group.which[l] > 1e-6 ? Bound::supply : Bound::none);
        for (const auto& [terms, bound] :
             {std::pair(&group.install, Bound::install), std::pair(&group.power, Bound::power)}) {
            sum(*terms, block, row_);
            for (std::size_t l = 0; l < block.lanes(); ++l)
                if (row_[l] > 0)
                    group.which[l] = static_cast<double>(bound);
        }
    }
}

std::optional<TrialFailure> Fold::not_finite(std::size_t metric, std::size_t group,
                                             const Block& block) const {
    const std::size_t at = report_period_[period_];
    const std::string inputs = block.values().drawn(0); // of the trial, once it runs alone
    return TrialFailure{
        "", fmt::format("{} of {} is not finite in the period of {}: an input is too large{}",
                        shape_.metrics[metric]->name, name_of(shape_.groups[group], *plan_),
                        iso_day(shape_.periods[at].first),
                        inputs.empty() ? "" : "; the largest draws: " + inputs)};
}

std::optional<TrialFailure> Fold::add(const Block& block, FigureSink& sink) {
    const Kernels& k = block.kernels();
    const std::size_t n = block.lanes();
    const std::size_t at = report_period_[period_];
    const bool begins = period_ == 0 || report_period_[period_ - 1] != at;
    const bool ends = period_ + 1 == report_period_.size() || report_period_[period_ + 1] != at;
    const double hours = block.period().hours;
    hours_ = begins ? hours : hours_ + hours;
    judge_bounds(block);
    const std::size_t groups = shape_.groups.size();
    for (std::size_t m = 0; m < shape_.metrics.size(); ++m) {
        const Metric& metric = *shape_.metrics[m];
        for (std::size_t g = 0; g < groups; ++g) {
            Row& row = rows_[m * groups + g];
            if (!row.has_meaning)
                continue;
            const double* figure = row.value;
            bool finite = true;
            switch (metric.kind) {
            case MetricKind::stock:
            case MetricKind::limit:
                if (ends)
                    finite = sum(row.terms, block, row.value);
                break;
            case MetricKind::flow:
            case MetricKind::running:
                if (metric.kind == MetricKind::flow ? begins : period_ == 0) {
                    finite = sum(row.terms, block, row.value);
                    break;
                }
                finite = sum(row.terms, block, row_);
                k.add(row.value, row_, n);
                finite = finite && k.all_finite(row.value, n);
                break;
            case MetricKind::ratio:
                if (begins)
                    k.fill(row.weight, 0, n);
                finite = sum(row.terms, block, row_);
                k.add(row.weight, row_, n);
                for (std::size_t l = 0; ends && l < n; ++l) {
                    const bool is_empty = row.weight[l] == 0;
                    finished_[l] = is_empty ? std::numeric_limits<double>::quiet_NaN()
                                            : hours_ / row.weight[l];
                    finite = finite && (is_empty || std::isfinite(finished_[l]));
                }
                figure = finished_;
                break;
            case MetricKind::bound:
                if (begins)
                    k.fill(row.value, 0, n);
                for (std::size_t l = 0; l < n; ++l)
                    row.value[l] +=
                        bounds_[g].which[l] == static_cast<double>(metric.bound) ? hours : 0.0;
                if (ends)
                    for (std::size_t l = 0; l < n; ++l)
                        finished_[l] = row.value[l] / hours_;
                figure = finished_;
                break;
            }
            if (!finite)
                return not_finite(m, g, block);
            if (ends)
                sink.take((m * groups + g) * shape_.periods.size() + at, figure);
        }
    }
    ++period_;
    return std::nullopt;
}

} // namespace fleetcast
