#include <fleetcast/simulate/allocation.hpp>

#include "allocation_flow.hpp"
#include "allocation_groups.hpp"

#include <fleetcast/simulate/kernels.hpp>

#include <algorithm>
#include <limits>
#include <map>
#include <optional>

namespace fleetcast {

namespace {

struct alignas(64) Scratch {
    double numbers[sharing_scratch];
};

/// What the plan says of a turn, whoever takes part in a period.
struct Turn {
    struct Member {
        Index claimant, place;
    };
    std::vector<Member> members; // those of a class together
    std::vector<SharingTerm> terms;
    std::vector<std::uint32_t> classes;
};

SharingRun append(std::vector<std::uint32_t>& list, const std::vector<Index>& more) {
    const SharingRun run{static_cast<std::uint32_t>(list.size()),
                         static_cast<std::uint32_t>(more.size())};
    list.insert(list.end(), more.begin(), more.end());
    return run;
}

} // namespace

struct Allocation::Group {
    ClaimGroup shape;
    std::vector<LinkedSet> linked;
    std::vector<SharingRun> sets;
    std::vector<std::uint32_t> set_kinds;
    std::optional<FlowSharing> flow; // where there are too many sets
    std::vector<Index> class_of;     // [claimant]
    std::vector<double*> sums;       // [kind] room for the capacity of several pools
    std::vector<Turn> turns;         // by priority
    // Of a period:
    std::vector<const double*> kinds; // [kind] capacity over lanes
    std::vector<Product> pools;
    std::vector<SharingItem> items;
    std::vector<std::uint32_t> places; // of the items of each turn
    std::vector<SharingTurn> active;
    std::vector<double> has, capacity; // [class], [kind], of a lane
    std::vector<Scratch> scratch;      // [set]
};

Allocation::~Allocation() = default;

Allocation::Allocation(std::vector<Claimant> claimants, std::size_t pool_count, RowArena& arena,
                       Level level, std::size_t most_sets)
    : claimants_(std::move(claimants)), asks_(claimants_.size()), level_(level),
      width_(arena.width()) {
    for (std::size_t c = 0; c < claimants_.size(); ++c)
        served_.push_back(arena.row());
    std::vector<ClaimGroup> shapes = claim_groups(claimants_, pool_count);
    group_of_.assign(claimants_.size(), shapes.size());
    for (std::size_t g = 0; g < shapes.size(); ++g) {
        groups_.push_back(std::make_unique<Group>());
        Group& group = *groups_.back();
        group.shape = std::move(shapes[g]);
        group.linked = linked_sets(group.shape.reach, most_sets);
        if (group.linked.empty())
            group.flow.emplace(group.shape.reach, group.shape.kinds.size());
        make_group(g, arena);
    }
}

void Allocation::make_group(std::size_t index, RowArena& arena) {
    Group& group = *groups_[index];
    group.class_of.resize(claimants_.size());
    std::map<int, Turn> turns;
    std::size_t members = 0;
    for (Index k = 0; k < group.shape.classes.size(); ++k)
        for (const Index claimant : group.shape.classes[k]) {
            group_of_[claimant] = index;
            group.class_of[claimant] = k;
            turns[claimants_[claimant].priority].members.push_back({claimant, k});
            ++members;
        }
    for (const LinkedSet& set : group.linked)
        group.sets.push_back(append(group.set_kinds, set.kinds));
    for (auto& [priority, turn] : turns) {
        for (std::uint32_t s = 0; s < group.linked.size(); ++s) {
            std::vector<Index> here;
            for (const Index k : group.linked[s].classes)
                if (std::ranges::find(turn.members, k, &Turn::Member::place) != turn.members.end())
                    here.push_back(k);
            if (!here.empty())
                turn.terms.push_back({s, append(turn.classes, here)});
        }
        group.turns.push_back(std::move(turn));
    }
    for (std::size_t k = 0; k < group.shape.kinds.size(); ++k)
        group.sums.push_back(arena.row());
    group.kinds.resize(group.sums.size());
    group.items.reserve(members);
    group.places.reserve(members);
    group.scratch.resize(group.sets.size());
    group.active.reserve(group.turns.size());
    group.has.resize(group.shape.classes.size());
    group.capacity.resize(group.shape.kinds.size());
}

void Allocation::share(std::span<const double* const> asks, std::span<const double* const> capacity,
                       std::size_t n) {
    const Kernels& kernels = kernels_of(level_);
    for (std::size_t c = 0; c < claimants_.size(); ++c) {
        if (asks_[c] && !asks[c])
            kernels.fill(served_[c], 0, width_);
        asks_[c] = asks[c] != nullptr;
    }
    for (const auto& holder : groups_) {
        Group& group = *holder;
        group.items.clear();
        group.places.clear();
        group.active.clear();
        for (const Turn& turn : group.turns) {
            const std::size_t items = group.items.size(), places = group.places.size();
            for (const Turn::Member& member : turn.members) {
                if (!asks_[member.claimant])
                    continue;
                group.items.push_back(
                    {asks[member.claimant], served_[member.claimant], member.place});
                if (group.places.size() == places || group.places.back() != member.place)
                    group.places.push_back(member.place);
            }
            if (group.items.size() > items)
                group.active.push_back({group.items.data() + items, group.items.size() - items,
                                        group.places.data() + places, group.places.size() - places,
                                        turn.terms.data(), turn.terms.size(), turn.classes.data()});
        }
        if (group.active.empty())
            continue;
        for (std::size_t k = 0; k < group.kinds.size(); ++k) {
            group.pools.clear();
            for (const Index pool : group.shape.kinds[k])
                if (capacity[pool])
                    group.pools.push_back({capacity[pool]});
            if (group.pools.size() != 1)
                kernels.sum(group.sums[k], group.pools.data(), group.pools.size(), nullptr, 0, n);
            group.kinds[k] = group.pools.size() == 1 ? group.pools[0].row : group.sums[k];
        }
        const Sharing sharing{group.kinds.data(),
                              group.sets.data(),
                              group.set_kinds.data(),
                              group.sets.size(),
                              group.active.data(),
                              group.active.size(),
                              group.scratch.empty() ? nullptr : group.scratch[0].numbers};
        if (group.flow)
            group.flow->share(sharing, n);
        else
            demand_lanes(level_).share(sharing, n);
    }
}

double Allocation::more(std::size_t claimant, std::size_t lane) {
    if (!asks_[claimant] || group_of_[claimant] == groups_.size())
        return 0;
    Group& group = *groups_[group_of_[claimant]];
    const Index own = group.class_of[claimant];
    std::ranges::fill(group.has, 0);
    for (std::size_t k = 0; k < group.shape.classes.size(); ++k)
        for (const Index other : group.shape.classes[k])
            if (asks_[other] && claimants_[other].priority <= claimants_[claimant].priority)
                group.has[k] += served_[other][lane];
    for (std::size_t k = 0; k < group.kinds.size(); ++k)
        group.capacity[k] = group.kinds[k][lane];
    if (group.flow)
        return group.flow->more(own, group.has, group.capacity);
    double least = std::numeric_limits<double>::infinity();
    for (const LinkedSet& set : group.linked) {
        if (!std::ranges::binary_search(set.classes, own))
            continue;
        double room = 0;
        for (const Index kind : set.kinds)
            room += group.capacity[kind];
        for (const Index k : set.classes)
            room -= group.has[k];
        least = std::min(least, room);
    }
    return std::max(0.0, least);
}

} // namespace fleetcast
