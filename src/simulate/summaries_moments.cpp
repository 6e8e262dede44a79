// Node i of a level holds tasks i 2^level .. (i + 1) 2^level - 1 as far as they exist; one that has
// no right neighbour moves up as it is.
#include "summaries_moments.hpp"

#include <utility>

namespace fleetcast {

Moments merge(const Moments& first, const Moments& second) {
    if (first.count == 0)
        return second;
    if (second.count == 0)
        return first;
    const double count = first.count + second.count;
    const double step = second.mean - first.mean;
    return {.count = count,
            .mean = first.mean + step * (second.count / count),
            .squares = first.squares + second.squares +
                       step * step * (first.count * (second.count / count))};
}

Moments moments_of(const LaneSums& s, std::uint64_t values) {
    const auto total = [](const double* part) {
        return ((part[0] + part[1]) + (part[2] + part[3])) +
               ((part[4] + part[5]) + (part[6] + part[7]));
    };
    const auto count = static_cast<double>(values - s.missing);
    if (count == 0)
        return {};
    const double sum = total(s.sum), mean = sum / count;
    const double squares = total(s.squares) - sum * mean;
    return {.count = count, .mean = s.shift + mean, .squares = squares > 0 ? squares : 0};
}

Moments merge_all(const std::vector<Moments>& parts) {
    std::vector<Moments> level = parts;
    while (level.size() > 1) {
        for (std::size_t i = 0; i < level.size(); i += 2)
            level[i / 2] = i + 1 < level.size() ? merge(level[i], level[i + 1]) : level[i];
        level.resize((level.size() + 1) / 2);
    }
    return level.empty() ? Moments{} : level.front();
}

void MomentTree::add(std::uint64_t replicate, std::uint64_t task, std::vector<Moments> cells) {
    unsigned level = 0;
    for (std::uint64_t index = task;; index /= 2, ++level) {
        const std::uint64_t beside = index ^ 1U;
        const std::uint64_t width = std::uint64_t{1} << level;
        if (width < tasks_ && beside > index && beside * width >= tasks_)
            continue; // nothing to its right
        std::vector<Moments> other;
        {
            const std::lock_guard lock(mutex_);
            const auto found =
                width < tasks_ ? nodes_.find({replicate, level, beside}) : nodes_.end();
            if (found == nodes_.end()) {
                nodes_.emplace(Place{replicate, level, index}, std::move(cells));
                return;
            }
            other = std::move(found->second);
            nodes_.erase(found);
        }
        if (beside < index)
            cells.swap(other);
        for (std::size_t cell = 0; cell < cells.size(); ++cell)
            cells[cell] = merge(cells[cell], other[cell]);
    }
}

const Moments& MomentTree::whole(std::uint64_t replicate, std::size_t cell) const {
    unsigned level = 0;
    while (std::uint64_t{1} << level < tasks_)
        ++level;
    return nodes_.at({replicate, level, 0})[cell];
}

} // namespace fleetcast
