#include "allocation_groups.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

namespace fleetcast {

namespace {

using Indices = std::vector<Index>;

/// Numbers the different lists, in the order in which they first appear; empty ones have none.
struct Numbered {
    std::map<Indices, std::size_t> number;
    std::vector<Indices> members; // [number] that have the list

    void add(Index member, const Indices& list) {
        if (list.empty())
            return;
        const auto [entry, is_new] = number.try_emplace(list, members.size());
        if (is_new)
            members.emplace_back();
        members[entry->second].push_back(member);
    }
};

bool overlap(const Indices& a, const Indices& b) {
    return std::ranges::any_of(a, [&](Index i) { return std::ranges::binary_search(b, i); });
}

} // namespace

std::vector<ClaimGroup> claim_groups(const std::vector<Claimant>& claimants,
                                     std::size_t pool_count) {
    Numbered classes, kinds;
    std::vector<Indices> users(pool_count);
    for (Index c = 0; c < claimants.size(); ++c) {
        classes.add(c, claimants[c].pools);
        for (const Index pool : claimants[c].pools)
            users[pool].push_back(c);
    }
    for (Index pool = 0; pool < pool_count; ++pool)
        kinds.add(pool, users[pool]);

    // The group of a class is its least class; a kind joins those that may use it.
    std::vector<std::size_t> parent(classes.members.size());
    std::iota(parent.begin(), parent.end(), 0);
    const auto root = [&](std::size_t k) {
        while (parent[k] != k)
            k = parent[k] = parent[parent[k]];
        return k;
    };
    const auto class_of = [&](Index claimant) {
        return classes.number.at(claimants[claimant].pools);
    };
    for (const Indices& pools : kinds.members)
        for (const Index user : users[pools.front()]) {
            const std::size_t a = root(class_of(users[pools.front()].front()));
            const std::size_t b = root(class_of(user));
            parent[std::max(a, b)] = std::min(a, b);
        }

    std::vector<ClaimGroup> groups;
    std::map<std::size_t, std::size_t> group_of; // root
    std::vector<std::size_t> place(classes.members.size());
    for (std::size_t k = 0; k < classes.members.size(); ++k) {
        const auto [entry, is_new] = group_of.try_emplace(root(k), groups.size());
        if (is_new)
            groups.emplace_back();
        ClaimGroup& group = groups[entry->second];
        place[k] = group.classes.size();
        group.classes.push_back(classes.members[k]);
        group.reach.emplace_back();
    }
    for (const Indices& pools : kinds.members) {
        const Indices& who = users[pools.front()];
        ClaimGroup& group = groups[group_of.at(root(class_of(who.front())))];
        const auto kind = static_cast<Index>(group.kinds.size());
        group.kinds.push_back(pools);
        for (const Index user : who) {
            Indices& reach = group.reach[place[class_of(user)]];
            if (reach.empty() || reach.back() != kind)
                reach.push_back(kind);
        }
    }
    return groups;
}

std::vector<LinkedSet> linked_sets(const std::vector<std::vector<Index>>& reach, std::size_t most) {
    // A set is known by its pools: it holds every class that has no others. All are found by adding
    // to a set one class after the other that has some pool in common with it.
    std::set<Indices> known;
    std::vector<Indices> open;
    const auto find = [&](const Indices& kinds) {
        if (known.insert(kinds).second)
            open.push_back(kinds);
    };
    for (const Indices& kinds : reach)
        find(kinds);
    while (!open.empty() && known.size() <= most) {
        const Indices set = open.back();
        open.pop_back();
        for (const Indices& kinds : reach)
            if (overlap(kinds, set) && !std::ranges::includes(set, kinds)) {
                Indices both;
                std::ranges::set_union(set, kinds, std::back_inserter(both));
                find(both);
            }
    }
    std::vector<LinkedSet> sets;
    if (known.size() > most)
        return sets;
    for (const Indices& kinds : known) {
        LinkedSet set{{}, kinds};
        for (Index k = 0; k < reach.size(); ++k)
            if (std::ranges::includes(kinds, reach[k]))
                set.classes.push_back(k);
        sets.push_back(std::move(set));
    }
    return sets;
}

} // namespace fleetcast
