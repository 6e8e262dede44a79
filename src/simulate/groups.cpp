// Groups and outcomes of a plan, and their names.
#include <fleetcast/simulate/forecast.hpp>

namespace fleetcast {

namespace {

std::size_t member_count(const Plan& plan, GroupBy by) {
    switch (by) {
    case GroupBy::total:
        return 0;
    case GroupBy::source:
        return plan.sources.size();
    case GroupBy::site:
        return plan.sites.size();
    case GroupBy::accelerator:
        return plan.accelerators.size();
    case GroupBy::team:
        return plan.teams.size();
    case GroupBy::workload:
        return plan.workloads.size();
    }
    return 0;
}

} // namespace

std::vector<Group> groups_of(const Plan& plan, const std::vector<GroupBy>& by) {
    std::vector<Group> groups;
    for (const GroupBy kind : by) {
        for (std::size_t i = 0; i < member_count(plan, kind); ++i)
            groups.push_back({kind, static_cast<Index>(i)});
        groups.push_back({kind, std::nullopt});
    }
    return groups;
}

std::string name_of(const Group& group, const Plan& plan) {
    if (group.by == GroupBy::total)
        return "total";
    if (!group.member)
        return "-";
    switch (group.by) {
    case GroupBy::source:
        return plan.sources[*group.member].name;
    case GroupBy::site:
        return plan.sites[*group.member].name;
    case GroupBy::accelerator:
        return plan.accelerators[*group.member];
    case GroupBy::team:
        return plan.teams[*group.member];
    default:
        return plan.workloads[*group.member].name;
    }
}

std::string_view text_of(GroupBy by) {
    switch (by) {
    case GroupBy::total:
        return "total";
    case GroupBy::source:
        return "source";
    case GroupBy::site:
        return "site";
    case GroupBy::accelerator:
        return "accelerator";
    case GroupBy::team:
        return "team";
    case GroupBy::workload:
        return "workload";
    }
    return "";
}

std::vector<OutcomeId> outcomes_of(const Plan& plan) {
    std::vector<OutcomeId> outcomes;
    for (Index i = 0; i < plan.sources.size(); ++i)
        outcomes.push_back({OutcomeKind::pending, i});
    for (const OutcomeKind kind :
         {OutcomeKind::paid_before_start, OutcomeKind::due_after_end, OutcomeKind::prepaid})
        outcomes.push_back({kind, 0});
    for (Index w = 0; w < plan.workloads.size(); ++w)
        if (std::holds_alternative<PlanTraining>(plan.workloads[w].kind))
            outcomes.push_back({OutcomeKind::training_cost, w});
    return outcomes;
}

} // namespace fleetcast
