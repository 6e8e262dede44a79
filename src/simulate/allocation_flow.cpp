#include "allocation_flow.hpp"

#include <algorithm>

namespace fleetcast {

PoolFlow::PoolFlow(const std::vector<std::vector<Index>>& reach, std::size_t kinds)
    : reach_(reach.size()), users_(kinds), demand_(reach.size()), missing_(reach.size()),
      room_(kinds), class_depth_(reach.size()), kind_depth_(kinds), class_next_(reach.size()),
      kind_next_(kinds) {
    for (Index c = 0; c < reach.size(); ++c)
        for (const Index kind : reach[c]) {
            const auto number = static_cast<Index>(flow_.size());
            flow_.push_back(0);
            reach_[c].push_back({kind, number});
            users_[kind].push_back({c, number});
        }
}

void PoolFlow::start(std::span<const double> capacity) {
    std::ranges::copy(capacity, room_.begin());
    std::ranges::fill(flow_, 0);
    std::ranges::fill(demand_, 0);
    std::ranges::fill(missing_, 0);
}

void PoolFlow::demand(std::size_t c, double amount) {
    double missing = missing_[c] + (amount - demand_[c]);
    demand_[c] = amount;
    for (std::size_t k = 0; missing < 0 && k < reach_[c].size(); ++k) {
        const Arc arc = reach_[c][k];
        const double back = std::min(flow_[arc.number], -missing);
        flow_[arc.number] -= back;
        room_[arc.to] += back;
        missing += back;
    }
    missing_[c] = std::max(0.0, missing);
}

/// How far classes and kinds are from those that are short; whether some kind has room.
bool PoolFlow::find_depths() {
    std::ranges::fill(class_depth_, -1);
    std::ranges::fill(kind_depth_, -1);
    queue_.clear();
    for (Index c = 0; c < reach_.size(); ++c)
        if (missing_[c] > 0) {
            class_depth_[c] = 0;
            queue_.push_back(c);
        }
    bool has_room = false;
    for (std::size_t at = 0; at < queue_.size(); ++at) {
        const Index c = queue_[at];
        if (has_room && class_depth_[c] + 1 > last_depth_)
            break;
        for (const Arc& arc : reach_[c]) {
            if (kind_depth_[arc.to] >= 0)
                continue;
            kind_depth_[arc.to] = class_depth_[c] + 1;
            if (room_[arc.to] > 0) {
                has_room = true;
                last_depth_ = kind_depth_[arc.to];
            }
            for (const Arc& user : users_[arc.to])
                if (flow_[user.number] > 0 && class_depth_[user.to] < 0) {
                    class_depth_[user.to] = kind_depth_[arc.to] + 1;
                    queue_.push_back(user.to);
                }
        }
    }
    return has_room;
}

double PoolFlow::push_class(std::size_t c, double amount) {
    double rest = amount;
    for (std::size_t& k = class_next_[c]; k < reach_[c].size(); ++k) {
        const Arc arc = reach_[c][k];
        if (kind_depth_[arc.to] != class_depth_[c] + 1)
            continue;
        const double pushed = push_kind(arc.to, rest);
        flow_[arc.number] += pushed;
        rest -= pushed;
        if (!(rest > 0))
            break;
    }
    return amount - rest;
}

double PoolFlow::push_kind(std::size_t kind, double amount) {
    double rest = amount;
    if (room_[kind] > 0) {
        const double taken = std::min(room_[kind], rest);
        room_[kind] -= taken;
        rest -= taken;
    }
    if (kind_depth_[kind] >= last_depth_)
        return amount - rest;
    for (std::size_t& k = kind_next_[kind]; rest > 0 && k < users_[kind].size(); ++k) {
        const Arc user = users_[kind][k];
        double& flow = flow_[user.number];
        if (!(flow > 0) || class_depth_[user.to] != kind_depth_[kind] + 1)
            continue;
        const double yielded = push_class(user.to, std::min(flow, rest));
        flow -= std::min(flow, yielded);
        rest -= yielded;
        if (!(rest > 0))
            break;
    }
    return amount - rest;
}

bool PoolFlow::settle() {
    while (find_depths()) {
        std::ranges::fill(class_next_, 0);
        std::ranges::fill(kind_next_, 0);
        for (std::size_t c = 0; c < reach_.size(); ++c)
            if (missing_[c] > 0)
                missing_[c] -= push_class(c, missing_[c]);
    }
    return std::ranges::any_of(missing_, [](double missing) { return missing > 0; });
}

FlowSharing::FlowSharing(const std::vector<std::vector<Index>>& reach, std::size_t kinds)
    : flow_(reach, kinds), kinds_(kinds), capacity_(kinds), has_(reach.size()), open_(reach.size()),
      fraction_(reach.size()), tight_(reach.size()) {}

/// The largest fraction of all that is open which is possible, at most 1; who is tight then.
/// (Discrete Newton: from 1 downwards, to where the set that is short by most would not be. The
/// sets only lose classes on the way, so there are no more steps than classes.)
double FlowSharing::raise() {
    double fraction = 1;
    for (std::size_t step = 0; step <= open_.size(); ++step) {
        for (std::size_t c = 0; c < open_.size(); ++c)
            flow_.demand(c, has_[c] + fraction * open_[c]);
        if (!flow_.settle())
            break;
        double room = 0, asked = 0;
        for (std::size_t k = 0; k < kinds_; ++k)
            room += flow_.takes(k) ? capacity_[k] : 0;
        for (std::size_t c = 0; c < open_.size(); ++c)
            if (flow_.holds(c)) {
                room -= has_[c];
                asked += open_[c];
            }
        const double possible = std::max(0.0, room) / asked;
        if (!(asked > 0 && possible < fraction))
            break;
        fraction = possible;
        for (std::size_t c = 0; c < open_.size(); ++c)
            tight_[c] = flow_.holds(c) ? 1 : 0;
    }
    return fraction;
}

void FlowSharing::serve(const SharingTurn& turn, std::size_t lane) {
    std::ranges::fill(fraction_, 0);
    for (std::size_t i = 0; i < turn.item_count; ++i)
        open_[turn.items[i].place] += turn.items[i].ask[lane];
    // Every round settles a class; those that ask for nothing are not counted.
    while (std::ranges::any_of(open_, [](double asked) { return asked > 0; })) {
        const double fraction = raise();
        for (std::size_t c = 0; c < open_.size(); ++c)
            if (open_[c] > 0 && (fraction >= 1 || tight_[c])) {
                fraction_[c] = fraction;
                has_[c] += fraction * open_[c];
                open_[c] = 0;
            }
    }
    for (std::size_t i = 0; i < turn.item_count; ++i) {
        const SharingItem& item = turn.items[i];
        item.served[lane] = item.ask[lane] * fraction_[item.place];
        open_[item.place] = 0;
    }
}

void FlowSharing::share(const Sharing& sharing, std::size_t n) {
    for (std::size_t lane = 0; lane < n; ++lane) {
        for (std::size_t k = 0; k < kinds_; ++k)
            capacity_[k] = sharing.kinds[k][lane];
        flow_.start(capacity_);
        std::ranges::fill(has_, 0);
        for (std::size_t t = 0; t < sharing.turn_count; ++t)
            serve(sharing.turns[t], lane);
    }
}

double FlowSharing::more(std::size_t c, std::span<const double> has,
                         std::span<const double> capacity) {
    double all = 0;
    for (const double room : capacity)
        all += room;
    // More than there can be, so that the cut holds the class.
    flow_.start(capacity);
    for (std::size_t i = 0; i < has.size(); ++i)
        flow_.demand(i, i == c ? has[i] + 2 * all + 1 : has[i]);
    flow_.settle();
    double room = 0;
    for (std::size_t k = 0; k < kinds_; ++k)
        room += flow_.takes(k) ? capacity[k] : 0;
    for (std::size_t i = 0; i < has.size(); ++i)
        room -= flow_.holds(i) ? has[i] : 0;
    return std::max(0.0, room);
}

} // namespace fleetcast
