// Which inputs stand behind a value, for messages of what a trial ran into.
#include <fleetcast/simulate/block_values.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace fleetcast {

namespace {

constexpr std::size_t most_named = 3;

struct Drawn {
    std::string_view path;
    double value;
};

/// The first few of them.
std::string text_of(std::vector<Drawn> draws) {
    std::string text;
    for (std::size_t i = 0; i < std::min(draws.size(), most_named); ++i)
        text += fmt::format("{}{} is {}", i == 0 ? "" : ", ", draws[i].path, draws[i].value);
    if (draws.size() > most_named)
        text += fmt::format(" and {} more", draws.size() - most_named);
    return text;
}

} // namespace

std::string BlockValues::drawn(std::size_t lane) const {
    std::vector<Drawn> draws;
    for (const PreparedDraw& draw : prepared_->draws)
        draws.push_back({std::get<Draw>(plan_->slots[draw.slot]).path, rows_[draw.slot][lane]});
    std::ranges::stable_sort(draws, std::ranges::greater{},
                             [](const Drawn& each) { return std::fabs(each.value); });
    draws.resize(std::min(draws.size(), most_named));
    return text_of(std::move(draws));
}

std::string BlockValues::drawn(const Program& program, std::size_t lane) const {
    std::vector<bool> slot_seen(plan_->slots.size()), series_seen(plan_->series.size());
    std::vector<const Program*> open{&program};
    const auto see = [&](Slot slot) {
        if (slot_seen[slot.index])
            return;
        slot_seen[slot.index] = true;
        if (const auto* inner = std::get_if<Program>(&plan_->slots[slot.index]))
            open.push_back(inner);
    };
    while (!open.empty()) {
        const Program& now = *open.back();
        open.pop_back();
        for (const Instruction& step : now)
            switch (step.code) {
            case Code::slot:
                see(Slot{step.index});
                break;
            case Code::points:
                std::ranges::for_each(plan_->points[step.index].values, see);
                break;
            case Code::growth:
                see(plan_->growths[step.index].start);
                see(plan_->growths[step.index].growth_per_year);
                break;
            case Code::series:
                if (!series_seen[step.index])
                    open.push_back(&plan_->series[step.index].program);
                series_seen[step.index] = true;
                break;
            default:
                break;
            }
    }
    std::vector<Drawn> draws;
    for (const PreparedDraw& draw : prepared_->draws)
        if (slot_seen[draw.slot])
            draws.push_back({std::get<Draw>(plan_->slots[draw.slot]).path, rows_[draw.slot][lane]});
    return text_of(std::move(draws));
}

} // namespace fleetcast
