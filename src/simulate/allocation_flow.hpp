// Sharing out by cuts, for groups whose sets are too many to look through (rules.md, M12): a lane
// at a time. Interface: PoolFlow, what is possible; FlowSharing, who gets what.
#pragma once

#include "demand_lanes.hpp"

#include <fleetcast/plan/plan.hpp>

#include <span>
#include <vector>

namespace fleetcast {

/// A flow from kinds of pools to classes of claimants that is as large as can be; it is kept while
/// demands change. (Dinic's algorithm. Arcs are filled to exactly 0, so rounding cannot make it go
/// on for ever.)
class PoolFlow {
public:
    /// `reach`: by class the kinds that it may use.
    PoolFlow(const std::vector<std::vector<Index>>& reach, std::size_t kinds);

    /// Begins without demand and flow.
    void start(std::span<const double> capacity);
    void demand(std::size_t c, double amount);
    /// Lets flow what can. Whether some class is short: then `holds` and `takes` tell the least
    /// set of classes that is short by as much as can be, and the kinds that they may use.
    bool settle();
    bool holds(std::size_t c) const { return class_depth_[c] >= 0; }
    bool takes(std::size_t kind) const { return kind_depth_[kind] >= 0; }

private:
    struct Arc {
        Index to;     // a kind, or a class
        Index number; // of the flow
    };
    bool find_depths();
    double push_class(std::size_t c, double amount);
    double push_kind(std::size_t kind, double amount);

    std::vector<std::vector<Arc>> reach_, users_; // [class], [kind]
    std::vector<double> flow_;                    // [arc]
    std::vector<double> demand_, missing_;        // [class]
    std::vector<double> room_;                    // [kind]
    std::vector<int> class_depth_, kind_depth_;   // -1: not reached
    std::vector<std::size_t> class_next_, kind_next_;
    std::vector<Index> queue_;
    int last_depth_ = 0;
};

class FlowSharing {
public:
    FlowSharing(const std::vector<std::vector<Index>>& reach, std::size_t kinds);

    /// Serves every item of every turn; sets and terms are not looked at.
    void share(const Sharing& sharing, std::size_t n);

    /// What a class can get more while each class keeps what it has.
    double more(std::size_t c, std::span<const double> has, std::span<const double> capacity);

private:
    void serve(const SharingTurn& turn, std::size_t lane);
    double raise();

    PoolFlow flow_;
    std::size_t kinds_;
    std::vector<double> capacity_;              // [kind]
    std::vector<double> has_, open_, fraction_; // [class]
    std::vector<char> tight_;                   // [class]
};

} // namespace fleetcast
