#include <fleetcast/simulate/prepared.hpp>

#include <fleetcast/random/sampling.hpp>
#include <fleetcast/simulate/block_values.hpp>
#include <fleetcast/simulate/stop.hpp>

#include <algorithm>

namespace fleetcast {

namespace {

/// Whether a program's result differs from trial to trial; what it refers to stands earlier.
bool varies(const Program& program, const Prepared& so_far) {
    const Plan& plan = *so_far.plan;
    return std::ranges::any_of(program, [&](const Instruction& step) {
        const auto slot_varies = [&](Slot slot) { return so_far.varies[slot.index]; };
        switch (step.code) {
        case Code::slot:
            return bool(so_far.varies[step.index]);
        case Code::points:
            return std::ranges::any_of(plan.points[step.index].values, slot_varies);
        case Code::growth:
            return slot_varies(plan.growths[step.index].start) ||
                   slot_varies(plan.growths[step.index].growth_per_year);
        case Code::series:
            return bool(so_far.series_varies[step.index]);
        default:
            return false;
        }
    });
}

bool has_time(const Program& program, const Prepared& so_far) {
    return std::ranges::any_of(program, [&](const Instruction& step) {
        return step.code == Code::points || step.code == Code::growth ||
               (step.code == Code::series && so_far.in_time[step.index]);
    });
}

} // namespace

std::variant<Prepared, TrialFailure> prepare(const Plan& plan, Draws draws, const Stop& stop) {
    Prepared out;
    out.plan = &plan;
    for (std::size_t i = 0; i < plan.slots.size(); ++i) {
        const SlotRule& rule = plan.slots[i];
        end_if_needed(stop); // a table of quantiles takes its time
        if (const auto* draw = std::get_if<Draw>(&rule))
            out.draws.push_back({static_cast<Index>(i), fnv1a64(draw->path),
                                 LaneQuantile(draw->distribution, draws)});
        const auto* program = std::get_if<Program>(&rule);
        out.varies.push_back(std::holds_alternative<Draw>(rule) ||
                             (program && varies(*program, out)));
    }
    for (const Index slot : plan.correlation.slots)
        out.correlated.push_back(static_cast<std::size_t>(
            std::ranges::find(out.draws, slot, &PreparedDraw::slot) - out.draws.begin()));
    for (const SeriesRule& rule : plan.series) {
        out.series_varies.push_back(varies(rule.program, out));
        out.in_time.push_back(has_time(rule.program, out));
    }
    RowArena arena(8);
    BlockValues values(out, arena, Level::baseline);
    values.load({});
    if (values.failure())
        return *values.failure();
    for (Index i = 0; i < plan.slots.size(); ++i)
        out.medians.push_back(values.row(Slot{i})[0]);
    return out;
}

} // namespace fleetcast
