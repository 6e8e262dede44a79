#include "selection.hpp"

#include <fleetcast/model/lookup.hpp>

#include <array>
#include <cmath>
#include <string_view>

namespace fleetcast {

namespace {

constexpr double limit_slack = 1e-9; // of the limit (S3)

double from(double limit) { return limit - limit_slack * std::fabs(limit); }
double up_to(double limit) { return limit + limit_slack * std::fabs(limit); }

/// "milestones.X": what stands before and after the name of a member.
struct Form {
    Asked asked;
    std::string_view before, after;
};
constexpr std::array<Form, 5> of_members{{
    {Asked::milestone, "milestones.", ""},
    {Asked::completed, "workloads.", ".completed"},
    {Asked::weeks_late, "workloads.", ".weeks_late"},
    {Asked::training_cost, "workloads.", ".training_usd"},
    {Asked::pending, "pending.", ""},
}};
constexpr std::array<std::pair<Asked, std::string_view>, 3> of_all{{
    {Asked::paid_before_start, "paid_before_start_usd"},
    {Asked::due_after_end, "due_after_end_usd"},
    {Asked::prepaid, "prepaid_usd"},
}};

std::string name_of(const Form& form, const std::string& member) {
    return std::string(form.before) + member + std::string(form.after);
}

} // namespace

Filter filter_of(const Selection& selection) {
    if (selection.source)
        return {GroupBy::source, *selection.source};
    if (selection.site)
        return {GroupBy::site, *selection.site};
    if (selection.accelerator)
        return {GroupBy::accelerator, *selection.accelerator};
    if (selection.team)
        return {GroupBy::team, *selection.team};
    if (selection.workload)
        return {GroupBy::workload, *selection.workload};
    return {};
}

int filters_of(const Selection& selection) {
    return selection.source.has_value() + selection.site.has_value() +
           selection.accelerator.has_value() + selection.team.has_value() +
           selection.workload.has_value();
}

std::optional<Outcome> outcome_of(const std::string& metric) {
    for (const auto& [asked, name] : of_all)
        if (metric == name)
            return Outcome{asked, ""};
    for (const Form& form : of_members)
        if (metric.starts_with(form.before) && metric.ends_with(form.after) &&
            metric.size() > form.before.size() + form.after.size())
            return Outcome{form.asked,
                           metric.substr(form.before.size(),
                                         metric.size() - form.before.size() - form.after.size())};
    return std::nullopt;
}

bool is_outcome(const std::string& metric) {
    return outcome_of(metric) || metric.find('.') != std::string::npos;
}

bool asks_date(const std::optional<Outcome>& outcome) {
    return outcome && (outcome->asked == Asked::milestone || outcome->asked == Asked::completed ||
                       outcome->asked == Asked::weeks_late);
}

std::vector<std::string> outcome_names(const Scenario& scenario) {
    std::vector<std::string> names;
    for (const Form& form : of_members) {
        if (form.asked == Asked::milestone)
            for (const auto& [name, milestone] : scenario.milestones)
                names.push_back(name_of(form, name));
        else if (form.asked == Asked::pending)
            for (const auto& [name, source] : scenario.sources) {
                if (procured_of(source))
                    names.push_back(name_of(form, name));
            }
        else
            for (const auto& [name, workload] : scenario.workloads) {
                const auto* training = std::get_if<Training>(&workload.kind);
                if (training && (training->due || form.asked != Asked::weeks_late))
                    names.push_back(name_of(form, name));
            }
    }
    for (const auto& [asked, name] : of_all)
        names.emplace_back(name);
    return names;
}

const Training* training_of(const Scenario& scenario, const std::string& workload) {
    const Workload* found = find(scenario.workloads, workload);
    return found ? std::get_if<Training>(&found->kind) : nullptr;
}

Limits limits_of(const Check& check) {
    if (check.between)
        return {from((*check.between)[0]), up_to((*check.between)[1])};
    Limits limits;
    if (check.at_least)
        limits.low = from(std::get<double>(*check.at_least));
    else
        limits.high = up_to(std::get<double>(*check.at_most));
    return limits;
}

Limits limits_of(const Milestone& milestone) {
    Limits limits;
    if (milestone.at_least)
        limits.low = from(*milestone.at_least);
    else
        limits.high = up_to(*milestone.at_most);
    return limits;
}

} // namespace fleetcast
