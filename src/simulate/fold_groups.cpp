// Which quantities of which members a metric sums in a group (rules.md, G1), and where it has a
// meaning at all.
#include <fleetcast/simulate/fold.hpp>

#include <algorithm>
#include <bit>

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
    case GroupBy::team:
    case GroupBy::workload:
        return false;
    }
    return false;
}

bool counts_site(const Group& group, Index site) {
    return group.by == GroupBy::total || (group.by == GroupBy::site && group.member == site);
}

/// Workloads without a team are in its row "-".
bool counts_workload(const Group& group, const Plan& plan, Index workload) {
    switch (group.by) {
    case GroupBy::total:
        return true;
    case GroupBy::team:
        return group.member == plan.workloads[workload].team;
    case GroupBy::workload:
        return group.member == workload;
    case GroupBy::source:
    case GroupBy::site:
    case GroupBy::accelerator:
        return false;
    }
    return false;
}

bool is_of_demand(GroupBy by) { return by == GroupBy::team || by == GroupBy::workload; }

bool fits(Subject subject, const Group& group, const Plan& plan) {
    switch (subject) {
    case Subject::supply:
        return !is_of_demand(group.by);
    case Subject::demand:
        return group.by == GroupBy::total || is_of_demand(group.by);
    case Subject::balance:
        return group.by == GroupBy::total;
    case Subject::workload:
        return group.by == GroupBy::workload && group.member &&
               std::holds_alternative<PlanInference>(plan.workloads[*group.member].kind);
    }
    return false;
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

bool has_meaning(const Plan& plan, const Metric& metric, const Group& group) {
    const auto is_limited = [&](Index j) { return plan.sites[j].limited; };
    if (!fits(metric.subject, group, plan))
        return false;
    if (metric.needs_embodied && !knows_embodied(plan, group))
        return false;
    if (is_rest(group))
        return metric.kind != MetricKind::limit && metric.kind != MetricKind::ratio &&
               metric.kind != MetricKind::bound;
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

std::vector<Fold::Term> Fold::terms_of(const Needs& quantities, const Group& group,
                                       const Block& block) const {
    std::vector<Term> terms;
    const auto add = [&](Kind kind, std::uint32_t set, std::uint32_t member) {
        for (; set != 0; set &= set - 1)
            terms.push_back({kind, static_cast<std::uint32_t>(std::countr_zero(set)), member});
    };
    const Plan& plan = *plan_;
    for (Index k = 0; k < block.pool_count(); ++k)
        if (counts_source(group, plan, block.source_of(k)) || counts_site(group, block.site_of(k)))
            add(Kind::pool, quantities.pool, k);
    const bool of_no_site = is_rest(group) && group.by == GroupBy::site;
    for (Index i = 0; i < plan.sources.size(); ++i)
        if (of_no_site || counts_source(group, plan, i))
            add(Kind::source, quantities.source, i);
    const bool of_no_source =
        is_rest(group) && (group.by == GroupBy::source || group.by == GroupBy::accelerator);
    for (Index j = 0; j < plan.sites.size(); ++j)
        if (of_no_source || counts_site(group, j))
            add(Kind::site, quantities.site, j);
    for (Index w = 0; w < plan.workloads.size(); ++w)
        if (counts_workload(group, plan, w))
            add(Kind::workload, quantities.workload, w);
    if (group.by == GroupBy::total || is_rest(group))
        add(Kind::rest, quantities.rest, 0);
    return terms;
}

} // namespace fleetcast
