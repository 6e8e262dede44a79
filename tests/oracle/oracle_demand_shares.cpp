// Sharing by subsets. A demand can be met exactly when no subset of the claims wants more than all
// the pools that its members may use (Gale 1957), so every subset is looked at.
#include "oracle/oracle_demand.hpp"

#include <algorithm>
#include <limits>
#include <set>

namespace fleetcast::oracle {

namespace {

/// What the pools of a subset have left when its members take their amounts; `subset` has a bit
/// for each claim.
double left(unsigned subset, const std::vector<Claim>& claims, const std::vector<double>& amounts,
            const std::vector<double>& capacity) {
    double room = 0;
    for (std::size_t pool = 0; pool < capacity.size(); ++pool) {
        bool usable = false;
        for (std::size_t i = 0; i < claims.size(); ++i)
            usable = usable || ((subset >> i & 1u) != 0 && claims[i].may_use[pool] != 0);
        if (usable)
            room += capacity[pool];
    }
    double rest = room;
    for (std::size_t i = 0; i < claims.size(); ++i) {
        if ((subset >> i & 1u) != 0)
            rest -= amounts[i];
    }
    return rest < 1e-12 * room ? 0 : rest;
}

struct Tightest {
    double fraction = 1;
    unsigned subset = 0; // 0: nothing binds
};

/// How far the asks of `rising` can be raised together beside the amounts of `settled`.
Tightest raise(const std::set<std::size_t>& settled, const std::set<std::size_t>& rising,
               const std::vector<Claim>& claims, const std::vector<double>& amounts,
               const std::vector<double>& capacity) {
    Tightest tightest;
    for (unsigned subset = 1; subset < 1u << claims.size(); ++subset) {
        double asked = 0;
        bool known = true; // no claim of a lower level
        for (std::size_t i = 0; i < claims.size(); ++i) {
            if ((subset >> i & 1u) == 0)
                continue;
            known = known && (settled.contains(i) || rising.contains(i));
            if (rising.contains(i))
                asked += claims[i].ask;
        }
        if (!known || asked == 0)
            continue;
        const double fraction = left(subset, claims, amounts, capacity) / asked;
        if (fraction < tightest.fraction)
            tightest = {fraction, subset};
    }
    return tightest;
}

} // namespace

std::vector<double> share_out(const std::vector<Claim>& claims, const std::vector<double>& capacity,
                              Edges& edges) {
    std::vector<double> amounts(claims.size(), 0.0);
    std::set<int> levels;
    for (const Claim& claim : claims)
        levels.insert(claim.priority);
    std::set<std::size_t> settled;
    bool short_before = false;
    for (const int level : levels) {
        std::set<std::size_t> rising;
        for (std::size_t i = 0; i < claims.size(); ++i) {
            if (claims[i].priority != level)
                continue;
            if (claims[i].ask > 0)
                rising.insert(i);
            else
                settled.insert(i);
        }
        const std::size_t asking = rising.size();
        std::set<double> fractions;
        while (!rising.empty()) {
            const Tightest tightest = raise(settled, rising, claims, amounts, capacity);
            fractions.insert(tightest.fraction);
            for (const std::size_t i : std::set<std::size_t>(rising)) {
                if (tightest.subset != 0 && (tightest.subset >> i & 1u) == 0)
                    continue;
                amounts[i] = claims[i].ask * tightest.fraction;
                rising.erase(i);
                settled.insert(i);
            }
        }
        if (asking == 0)
            continue;
        const bool now_short = *fractions.begin() < 1;
        // Fractions that rounding sets apart are one.
        const bool apart = *fractions.rbegin() > *fractions.begin() + 1e-9;
        hit(edges, now_short ? "level short" : "level served whole");
        if (now_short && asking > 1)
            hit(edges, "equal priorities short");
        if (apart)
            hit(edges, "freeze by restriction");
        if (apart && *fractions.rbegin() < 1)
            hit(edges, "freeze twice");
        if (short_before && *fractions.rbegin() == 0)
            hit(edges, "level gets nothing");
        if (short_before && *fractions.rbegin() > 0)
            hit(edges, "lower level served beside a short one");
        short_before = short_before || now_short;
    }
    return amounts;
}

double could_get_more(std::size_t which, const std::vector<Claim>& claims,
                      const std::vector<double>& amounts, const std::vector<double>& capacity) {
    double more = std::numeric_limits<double>::infinity();
    for (unsigned subset = 1; subset < 1u << claims.size(); ++subset) {
        bool counts = (subset >> which & 1u) != 0;
        for (std::size_t i = 0; i < claims.size(); ++i) {
            const bool yields = claims[i].priority > claims[which].priority;
            counts = counts && !((subset >> i & 1u) != 0 && yields);
        }
        if (counts)
            more = std::min(more, left(subset, claims, amounts, capacity));
    }
    return more;
}

} // namespace fleetcast::oracle
