// What a plan shows at the medians before it is run: payments and trainings. It is one part of
// run_warnings(); what the run itself shows is in warnings.cpp.
#include "warning_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace fleetcast {

namespace {

constexpr double seconds_per_hour = 3600;

/// The median of a slot that is no formula.
std::optional<double> median_of(const Plan& plan, Slot slot) {
    for (const SlotRule* rule = &plan.slots[slot.index];;) {
        if (const auto* value = std::get_if<double>(rule))
            return *value;
        if (const auto* draw = std::get_if<Draw>(rule))
            return quantile(draw->distribution, 0.5);
        const auto& program = std::get<Program>(*rule);
        if (program.size() != 1 || program.front().code != Code::slot)
            return std::nullopt;
        rule = &plan.slots[program.front().index]; // stands earlier
    }
}

/// What is due first: the parts are of one delivery. [months before it]
double earliest(const std::vector<PlanPayment>& payment) {
    double months = 0;
    for (const PlanPayment& part : payment)
        if (part.share > 0)
            months = std::max(months, part.months_before);
    return months;
}

/// Whether a deposit is due more than a year before the start: for what was planned at `planned`
/// and comes at `x`, within the horizon. A slip does not postpone it (M8).
bool is_due_long_before(const Plan& plan, double planned, double x, double months_before) {
    return x < plan.grid.end() && std::min(x, planned) - months_before < -a_year - time_slack;
}

constexpr const char* long_before = "some of it is due more than a year before the start";
constexpr const char* no_period = "no period has it: see the outcome paid_before_start_usd";

void payments_of_source(const Plan& plan, const PlanSource& source, Warnings& out) {
    const double months = earliest(source.payment);
    const auto delay = median_of(plan, source.delay);
    if (months <= 0 || !delay)
        return;
    std::vector<double> planned;
    for (const PlanPiece& piece : source.pieces)
        if (const auto lead = piece.is_order ? median_of(plan, piece.lead) : 0.0)
            planned.push_back(piece.from + *lead);
    if (source.reach)
        planned.push_back(source.reach->from);
    if (std::ranges::any_of(planned, [&](double from) {
            const double x = std::max(0.0, from + *delay); // what was due before comes first
            return is_due_long_before(plan, x - *delay, x, months);
        }))
        out.add("sources." + source.name + ".payment", long_before, no_period);
}

void payments_of_site(const Plan& plan, const PlanSite& site, Warnings& out) {
    for (const PlanIncrement& increment : site.increments) {
        const auto late = median_of(plan, site.delay);
        const auto own = increment.delay ? median_of(plan, *increment.delay) : 0.0;
        const bool is_free = median_of(plan, increment.build_usd_per_mw) == 0.0;
        if (is_free || !late || !own || (increment.from <= 0 && !increment.delay))
            continue;
        const double x = increment.from + *own + *late;
        if (x >= 0 && is_due_long_before(plan, increment.from, x, earliest(increment.payment)))
            return out.add("sites." + site.name, "build cost: " + std::string(long_before),
                           no_period);
    }
}

/// A training that is given all that it can use from its start to the end of the horizon.
void training(const Plan& plan, const PlanWorkload& workload, Warnings& out) {
    const auto& job = std::get<PlanTraining>(workload.kind);
    const auto flop = median_of(plan, job.flop), mfu = median_of(plan, job.mfu);
    const auto most = median_of(plan, job.max_h100e);
    if (!flop || !mfu || !most || workload.from >= plan.grid.end())
        return;
    double hours = 0;
    for (const Period& period : plan.grid.periods)
        hours += period.hours * std::max(0.0, period.x1 - std::max(period.x0, workload.from)) /
                 period.dx();
    const double share = *most * *mfu * plan.flops_per_h100e * hours * seconds_per_hour / *flop;
    if (share < 1 - 1e-9)
        out.add("workloads." + workload.name,
                fmt::format("cannot be done by the end of the horizon: with max_h100e all the time "
                            "it gets {} % of its FLOP",
                            std::floor(share * 1000) / 10));
}

} // namespace

void warn_of_plan(const Plan& plan, Warnings& out) {
    for (const PlanSource& source : plan.sources)
        payments_of_source(plan, source, out);
    for (const PlanSite& site : plan.sites)
        payments_of_site(plan, site, out);
    for (const PlanWorkload& workload : plan.workloads)
        if (std::holds_alternative<PlanTraining>(workload.kind))
            training(plan, workload, out);
}

} // namespace fleetcast
