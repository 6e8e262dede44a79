#include <fleetcast/simulate/fold.hpp>

#include <fleetcast/random/portable_math.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace fleetcast {

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

Fold::Fold(const Plan& plan, const FigureView& view, const Block& block, std::size_t width)
    : plan_(&plan), arena_(width), shape_(figures_shape(plan, view)),
      report_period_(report_periods(plan.grid, view.every, plan.year_starts)), row_(arena_.row()),
      finished_(arena_.row()) {
    for (const Period& period : plan.grid.periods)
        discounts_.push_back(portable::pow(1 + plan.discount, -period.x1 / 12));
    const bool judges = std::ranges::any_of(
        view.metrics, [](const Metric* metric) { return metric->kind == MetricKind::bound; });
    for (const Metric* metric : view.metrics)
        for (const Group& group : view.groups) {
            Row& row = rows_.emplace_back();
            row.has_meaning = fleetcast::has_meaning(plan, *metric, group);
            if (!row.has_meaning)
                continue;
            row.plus = terms_of(metric->sum, group, block);
            row.minus = terms_of(metric->less, group, block);
            row.value = arena_.row();
            if (metric->kind == MetricKind::ratio) {
                row.over = terms_of(metric->over, group, block);
                row.divisor = arena_.row();
            }
        }
    if (!judges)
        return;
    constexpr Needs power{.pool = bits(PoolQuantity::waiting_power)};
    constexpr Needs install{.pool = bits(PoolQuantity::waiting_install)};
    constexpr Needs to_come{.source = bits(SourceQuantity::still_to_come)};
    for (const Group& group : view.groups)
        bounds_.push_back({terms_of(power, group, block), terms_of(install, group, block),
                           terms_of(to_come, group, block), arena_.row()});
}

void Fold::start() { period_ = 0; }

void Fold::gather(const std::vector<Term>& terms, const Block& block, std::vector<Product>& out) {
    out.clear();
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
        case Kind::workload:
            row = block.figure(static_cast<WorkloadQuantity>(term.quantity), term.member);
            break;
        case Kind::rest:
            row = block.figure(static_cast<RestQuantity>(term.quantity));
            break;
        }
        if (row)
            out.push_back(row);
    }
}

bool Fold::sum(const std::vector<Term>& plus, const std::vector<Term>& minus, const Block& block,
               double* out) {
    gather(plus, block, plus_);
    gather(minus, block, minus_);
    return block.kernels().sum(out, plus_.data(), plus_.size(), minus_.data(), minus_.size(),
                               block.lanes());
}

/// A group without anything that waits or is still to come is bound by nothing.
void Fold::judge_bounds(const Block& block) {
    for (Bounds& group : bounds_) {
        sum(group.supply, {}, block, group.which);
        for (std::size_t l = 0; l < block.lanes(); ++l)
            group.which[l] =
                static_cast<double>(group.which[l] > 1e-6 ? Bound::supply : Bound::none);
        for (const auto& [terms, bound] :
             {std::pair(&group.install, Bound::install), std::pair(&group.power, Bound::power)}) {
            sum(*terms, {}, block, row_);
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

/// Adds the period to a row that is summed over periods.
bool Fold::accumulate(const std::vector<Term>& plus, const std::vector<Term>& minus,
                      const Block& block, double weight, bool is_first, double* out) {
    const Kernels& k = block.kernels();
    const std::size_t n = block.lanes();
    const bool is_plain = weight == 1;
    if (is_first && is_plain)
        return sum(plus, minus, block, out);
    const bool finite = sum(plus, minus, block, row_);
    const double* addend = row_;
    if (!is_plain) {
        k.scale(is_first ? out : finished_, row_, weight, n);
        addend = finished_;
    }
    if (!is_first)
        k.add(out, addend, n);
    return finite && k.all_finite(out, n);
}

bool Fold::add_ratio(const Metric& metric, Row& row, const Block& block, bool begins, bool ends) {
    const double hours = block.period().hours;
    const double weight = metric.subject == Subject::balance ? hours : 1; // of averages
    const bool of_hours = !metric.sum.any();
    bool finite = accumulate(row.over, {}, block, weight, begins, row.divisor);
    if (!of_hours)
        finite = accumulate(row.plus, row.minus, block, weight, begins, row.value) && finite;
    for (std::size_t l = 0; ends && l < block.lanes(); ++l) {
        const bool is_empty = row.divisor[l] == 0;
        const double above = of_hours ? hours_ : row.value[l];
        finished_[l] = is_empty ? std::numeric_limits<double>::quiet_NaN() : above / row.divisor[l];
        finite = finite && (is_empty || std::isfinite(finished_[l]));
    }
    return finite;
}

/// The share of the hours in which this bound the group.
void Fold::add_bound(const Metric& metric, Row& row, const double* which, const Block& block,
                     bool begins, bool ends) {
    const double hours = block.period().hours;
    if (begins)
        block.kernels().fill(row.value, 0, block.lanes());
    for (std::size_t l = 0; l < block.lanes(); ++l)
        row.value[l] += which[l] == static_cast<double>(metric.bound) ? hours : 0.0;
    for (std::size_t l = 0; ends && l < block.lanes(); ++l)
        finished_[l] = row.value[l] / hours_;
}

std::optional<TrialFailure> Fold::add(const Block& block, FigureSink& sink) {
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
                    finite = sum(row.plus, row.minus, block, row.value);
                break;
            case MetricKind::flow:
                finite = accumulate(row.plus, row.minus, block, 1, begins, row.value);
                break;
            case MetricKind::running:
                finite = accumulate(row.plus, row.minus, block, 1, period_ == 0, row.value);
                break;
            case MetricKind::discounted:
                finite = accumulate(row.plus, row.minus, block, discounts_[period_], period_ == 0,
                                    row.value);
                break;
            case MetricKind::average:
                if (begins && ends) {
                    finite = sum(row.plus, row.minus, block, row.value);
                    break;
                }
                finite = accumulate(row.plus, row.minus, block, hours, begins, row.value);
                if (ends)
                    block.kernels().scale(finished_, row.value, 1 / hours_, block.lanes());
                figure = finished_;
                break;
            case MetricKind::ratio:
                finite = add_ratio(metric, row, block, begins, ends);
                figure = finished_;
                break;
            case MetricKind::bound:
                add_bound(metric, row, bounds_[g].which, block, begins, ends);
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
