// Sharing out [M12] against a slow reading of the rule, in small cases of every shape.
#include "support/catch.hpp"

#include <fleetcast/base/level.hpp>
#include <fleetcast/simulate/allocation.hpp>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <numeric>
#include <random>
#include <vector>

using namespace fleetcast;

namespace {

constexpr std::size_t by_cuts = 0; // most_sets: none are looked through
constexpr std::size_t width = 8;

/// Claimants and pools, and what they ask and have in each of eight lanes.
struct Case {
    std::vector<Claimant> claimants;
    std::vector<std::vector<double>> asks, capacity; // [claimant], [pool] over lanes
};

struct Outcome {
    std::vector<std::vector<double>> served, more; // [claimant] over lanes
};

std::vector<double> everywhere(double value) { return std::vector<double>(width, value); }

bool is_empty(const std::vector<double>& row) { return std::ranges::count(row, 0) == width; }

/// Rows of zeros are left out.
std::vector<const double*> rows_of(const std::vector<std::vector<double>>& rows, RowArena& arena) {
    std::vector<const double*> out;
    for (const std::vector<double>& row : rows) {
        if (is_empty(row)) {
            out.push_back(nullptr);
            continue;
        }
        double* const copy = arena.row();
        std::ranges::copy(row, copy);
        out.push_back(copy);
    }
    return out;
}

Outcome share(const Case& given, std::size_t most_sets = Allocation::usual_sets,
              Level level = best_level()) {
    RowArena arena(width);
    Allocation allocation(given.claimants, given.capacity.size(), arena, level, most_sets);
    const auto asks = rows_of(given.asks, arena), capacity = rows_of(given.capacity, arena);
    allocation.share(asks, capacity, width);
    Outcome out;
    for (std::size_t c = 0; c < asks.size(); ++c) {
        out.served.emplace_back(allocation.served(c), allocation.served(c) + width);
        out.more.emplace_back();
        for (std::size_t lane = 0; lane < width; ++lane)
            out.more.back().push_back(allocation.more(c, lane));
    }
    return out;
}

/// What is served in one lane where asks and capacity are the same everywhere.
std::vector<double> served(const std::vector<Claimant>& claimants, const std::vector<double>& asks,
                           const std::vector<double>& capacity,
                           std::size_t most_sets = Allocation::usual_sets) {
    Case given{claimants, {}, {}};
    for (const double ask : asks)
        given.asks.push_back(everywhere(ask));
    for (const double room : capacity)
        given.capacity.push_back(everywhere(room));
    std::vector<double> out;
    for (const std::vector<double>& row : share(given, most_sets).served)
        out.push_back(row[0]);
    return out;
}

bool is_near(const std::vector<double>& a, const std::vector<double>& b, double slack = 1e-12) {
    return std::ranges::equal(a, b, [&](double x, double y) {
        return std::abs(x - y) <= slack * std::max(1.0, std::abs(y));
    });
}

/// The rule read slowly: a common fraction is found by bisection, and an amount is possible if no
/// set of claimants exceeds the pools that some of them may use.
class SlowReading {
public:
    SlowReading(const Case& given, std::size_t lane) : given_(&given), lane_(lane) {
        const std::size_t count = given.claimants.size();
        room_.assign(std::size_t{1} << count, 0);
        for (std::size_t set = 0; set < room_.size(); ++set)
            for (Index pool = 0; pool < given.capacity.size(); ++pool) {
                bool may = false;
                for (std::size_t c = 0; c < count; ++c)
                    may |= (set >> c & 1) != 0 &&
                           std::ranges::count(given.claimants[c].pools, pool) != 0;
                room_[set] += may ? given.capacity[pool][lane] : 0.0L;
            }
        amounts_.assign(count, 0);
        for (int priority = 1; priority <= 9; ++priority)
            fill(priority);
    }

    double served(std::size_t c) const { return static_cast<double>(amounts_[c]); }

    double more(std::size_t c) const {
        std::vector<long double> kept = amounts_;
        for (std::size_t other = 0; other < kept.size(); ++other)
            if (given_->claimants[other].priority > given_->claimants[c].priority)
                kept[other] = 0;
        const long double had = kept[c];
        return static_cast<double>(last_possible(room_.back(), [&](long double extra) {
            kept[c] = had + extra;
            return kept;
        }));
    }

private:
    bool is_possible(const std::vector<long double>& amounts) const {
        std::vector<long double> sums(room_.size(), 0);
        for (std::size_t set = 1; set < sums.size(); ++set) {
            sums[set] =
                sums[set & (set - 1)] + amounts[static_cast<std::size_t>(std::countr_zero(set))];
            if (sums[set] > room_[set] + 1e-13L)
                return false;
        }
        return true;
    }

    template <class At> long double last_possible(long double high, At at) const {
        if (is_possible(at(high)))
            return high;
        long double low = 0;
        for (int step = 0; step < 60; ++step) {
            const long double middle = (low + high) / 2;
            (is_possible(at(middle)) ? low : high) = middle;
        }
        return low;
    }

    void fill(int priority) {
        std::vector<std::size_t> open;
        for (std::size_t c = 0; c < amounts_.size(); ++c)
            if (given_->claimants[c].priority == priority && given_->asks[c][lane_] > 0)
                open.push_back(c);
        while (!open.empty()) {
            const auto at = [&](long double fraction) {
                std::vector<long double> amounts = amounts_;
                for (const std::size_t c : open)
                    amounts[c] = fraction * given_->asks[c][lane_];
                return amounts;
            };
            const long double fraction = last_possible(1, at);
            amounts_ = at(fraction);
            const std::size_t before = open.size();
            std::erase_if(open, [&](std::size_t c) {
                std::vector<long double> amounts = amounts_;
                amounts[c] += 1e-9L;
                return fraction >= 1 || !is_possible(amounts);
            });
            REQUIRE(open.size() < before);
        }
    }

    const Case* given_;
    std::size_t lane_;
    std::vector<long double> room_; // [set of claimants, as bits]
    std::vector<long double> amounts_;
};

using Dice = std::mt19937_64;

std::size_t below(Dice& dice, std::size_t n) { return dice() % n; }
double unit(Dice& dice) { return static_cast<double>(dice() >> 11) * 0x1p-53; }

/// Often a small whole number, so that there are ties, and often 0.
double some_number(Dice& dice) {
    switch (below(dice, 4)) {
    case 0:
        return 0;
    case 1:
        return 10 * unit(dice);
    default:
        return static_cast<double>(below(dice, 10));
    }
}

Case some_case(Dice& dice) {
    Case out;
    const std::size_t claimants = 1 + below(dice, 6), pools = 1 + below(dice, 6);
    const std::size_t density = 1 + below(dice, 4), levels = 1 + below(dice, 3);
    const auto row = [&] {
        std::vector<double> values = everywhere(0);
        if (below(dice, 5) > 0)
            std::ranges::generate(values, [&] { return some_number(dice); });
        return values;
    };
    for (std::size_t c = 0; c < claimants; ++c) {
        Claimant& claimant = out.claimants.emplace_back();
        claimant.priority = 1 + static_cast<int>(below(dice, levels));
        for (Index pool = 0; pool < pools; ++pool)
            if (below(dice, 4) < density)
                claimant.pools.push_back(pool);
        out.asks.push_back(row());
    }
    for (std::size_t pool = 0; pool < pools; ++pool)
        out.capacity.push_back(row());
    return out;
}

double sum(const std::vector<std::vector<double>>& rows, std::size_t lane) {
    double total = 0;
    for (const auto& row : rows)
        total += row[lane];
    return total;
}

} // namespace

TEST_CASE("sharing out is what a slow reading of [M12] says in thousands of small cases") {
    Dice dice(20240601);
    std::size_t bad = 0, bad_more = 0, over = 0, short_lanes = 0;
    for (int k = 0; k < 600; ++k) {
        const Case given = some_case(dice);
        const Outcome by_sets = share(given), cut = share(given, by_cuts);
        for (std::size_t lane = 0; lane < width; ++lane) {
            const SlowReading slow(given, lane);
            bool is_short = false;
            for (std::size_t c = 0; c < given.claimants.size(); ++c) {
                const double ask = given.asks[c][lane];
                for (const Outcome* fast : {&by_sets, &cut}) {
                    bad += std::abs(fast->served[c][lane] - slow.served(c)) > 1e-9 ? 1U : 0U;
                    if (!is_empty(given.asks[c]))
                        bad_more += std::abs(fast->more[c][lane] - slow.more(c)) > 1e-9 ? 1U : 0U;
                    over += fast->served[c][lane] > ask || fast->served[c][lane] < 0 ? 1U : 0U;
                }
                is_short |= slow.served(c) < ask - 1e-9;
            }
            short_lanes += is_short ? 1U : 0U;
        }
    }
    CHECK(bad == 0);
    CHECK(bad_more == 0);
    CHECK(over == 0);
    CHECK(short_lanes > 1500); // the cases are worth something
}

TEST_CASE("sharing out gives the same bytes at every level of x86-64 [M12]") {
    Dice dice(7);
    for (int k = 0; k < 200; ++k) {
        const Case given = some_case(dice);
        const Outcome base = share(given, Allocation::usual_sets, Level::baseline);
        for (const Level level : {Level::v3, Level::v4})
            if (level <= best_level())
                for (std::size_t c = 0; c < base.served.size(); ++c)
                    REQUIRE(
                        std::memcmp(base.served[c].data(),
                                    share(given, Allocation::usual_sets, level).served[c].data(),
                                    width * sizeof(double)) == 0);
    }
}

TEST_CASE("the order of claimants and pools does not matter [M12]") {
    Dice dice(99);
    for (int k = 0; k < 300; ++k) {
        const Case given = some_case(dice);
        std::vector<std::size_t> claimants(given.claimants.size()), pools(given.capacity.size());
        std::iota(claimants.begin(), claimants.end(), 0);
        std::iota(pools.begin(), pools.end(), 0);
        std::ranges::shuffle(claimants, dice);
        std::ranges::shuffle(pools, dice);
        Case mixed;
        for (const std::size_t c : claimants) {
            Claimant claimant{given.claimants[c].priority, {}};
            for (Index at = 0; at < pools.size(); ++at)
                if (std::ranges::count(given.claimants[c].pools, static_cast<Index>(pools[at])) > 0)
                    claimant.pools.push_back(at);
            mixed.claimants.push_back(claimant);
            mixed.asks.push_back(given.asks[c]);
        }
        for (const std::size_t pool : pools)
            mixed.capacity.push_back(given.capacity[pool]);
        for (const std::size_t most_sets : {Allocation::usual_sets, by_cuts}) {
            const Outcome a = share(given, most_sets), b = share(mixed, most_sets);
            for (std::size_t at = 0; at < claimants.size(); ++at)
                REQUIRE(is_near(b.served[at], a.served[claimants[at]]));
        }
    }
}

TEST_CASE("equal priorities share in proportion to what they ask [M12]") {
    const std::vector<Claimant> claimants{{1, {0, 1}}, {1, {0, 1}}};
    for (const std::size_t most_sets : {Allocation::usual_sets, by_cuts}) {
        CHECK(is_near(served(claimants, {30, 10}, {8, 12}, most_sets), {15, 5}));
        CHECK(is_near(served(claimants, {30, 10}, {80, 12}, most_sets), {30, 10}));
    }
}

TEST_CASE("a lower priority number is served first, whoever stands first [M12]") {
    for (const std::size_t most_sets : {Allocation::usual_sets, by_cuts})
        CHECK(served({{2, {0}}, {1, {0}}, {3, {0}}}, {30, 10, 5}, {25}, most_sets) ==
              std::vector<double>{15, 10, 0});
}

TEST_CASE("a claimant tied to a small pool is short alone, the others go on [M12]") {
    // Two thirds would be there for all, but the first may only have 2 of its 10.
    for (const std::size_t most_sets : {Allocation::usual_sets, by_cuts})
        CHECK(
            is_near(served({{1, {0}}, {1, {0, 1}}, {1, {0, 1}}}, {10, 10, 10}, {2, 18}, most_sets),
                    {2, 9, 9}));
}

TEST_CASE("a higher priority is led away from what only a lower one can use [M12]") {
    for (const std::size_t most_sets : {Allocation::usual_sets, by_cuts}) {
        CHECK(served({{1, {0, 1}}, {2, {0}}}, {10, 10}, {10, 10}, most_sets) ==
              std::vector<double>{10, 10});
        // Of 4 too few in all, the lower one lacks all.
        CHECK(is_near(served({{1, {0, 1}}, {2, {0}}}, {12, 10}, {10, 8}, most_sets), {12, 6}));
        // A chain: each is led to the next pool.
        CHECK(served({{1, {0, 1}}, {2, {1, 2}}, {3, {0}}}, {5, 5, 5}, {5, 5, 5}, most_sets) ==
              std::vector<double>{5, 5, 5});
    }
}

TEST_CASE("what a level takes whole leaves exactly nothing to the next [M12]") {
    for (const std::size_t most_sets : {Allocation::usual_sets, by_cuts}) {
        const auto got =
            served({{1, {0}}, {1, {0}}, {1, {0}}, {2, {0}}}, {.1, .7, .3, 1}, {.7}, most_sets);
        CHECK(got[3] == 0);
        CHECK(got[0] + got[1] + got[2] == Approx(.7).epsilon(1e-15));
    }
}

TEST_CASE("a claimant that may use nothing gets nothing, and a pool for nobody is left [M12]") {
    for (const std::size_t most_sets : {Allocation::usual_sets, by_cuts})
        CHECK(served({{1, {}}, {2, {1}}}, {3, 3}, {100, 2}, most_sets) ==
              std::vector<double>{0, 2});
}

TEST_CASE("where all may use all, no one waits while something is left [M12]") {
    Dice dice(3);
    for (int k = 0; k < 200; ++k) {
        Case given = some_case(dice);
        for (Claimant& claimant : given.claimants) {
            claimant.pools.resize(given.capacity.size());
            std::iota(claimant.pools.begin(), claimant.pools.end(), 0);
        }
        const Outcome out = share(given);
        for (std::size_t lane = 0; lane < width; ++lane)
            REQUIRE(sum(out.served, lane) ==
                    Approx(std::min(sum(given.asks, lane), sum(given.capacity, lane)))
                        .epsilon(1e-12)
                        .margin(1e-12));
    }
}

TEST_CASE("claimants that stop asking have nothing, whatever the number of lanes [M12]") {
    RowArena arena(16);
    Allocation allocation({{1, {0}}, {1, {0}}}, 1, arena, best_level());
    double *const one = arena.row(), *const room = arena.row();
    std::fill_n(one, 16, 1.0);
    std::fill_n(room, 16, 5.0);
    const std::vector<const double*> both{one, one}, second{nullptr, one}, capacity{room},
        nothing{nullptr};
    allocation.share(both, capacity, 16);
    CHECK(allocation.served(0)[15] == 1);
    allocation.share(second, capacity, 8);
    CHECK(allocation.more(1, 0) == 4);
    CHECK(allocation.more(0, 0) == 0);
    allocation.share(second, nothing, 16);
    CHECK(allocation.served(0)[15] == 0);
    CHECK(allocation.served(1)[15] == 0);
}

TEST_CASE("one that asks for nothing in its turn takes nothing, whatever other lanes lack [M12]") {
    Case given{{{1, {0, 1}}, {2, {0, 1}}, {2, {0}}, {3, {0, 1}}}, {}, {}};
    for (const double ask : {5, 0, 5, 5})
        given.asks.push_back(everywhere(ask));
    given.capacity = {everywhere(10), everywhere(5)};
    given.capacity[0][0] = given.capacity[1][0] = 2;
    for (const std::size_t most_sets : {Allocation::usual_sets, by_cuts}) {
        const Outcome out = share(given, most_sets);
        for (const std::size_t c : {0U, 2U, 3U})
            CHECK(out.served[c][1] == 5);
        CHECK(out.served[0][0] == 4);
        CHECK(out.served[3][0] == 0);
    }
}

TEST_CASE("sets and cuts agree with 30 claimants of 40 pools [M12]") {
    Dice dice(11);
    for (int k = 0; k < 40; ++k) {
        Case given;
        for (std::size_t pool = 0; pool < 40; ++pool) {
            given.capacity.emplace_back();
            for (std::size_t lane = 0; lane < width; ++lane)
                given.capacity.back().push_back(some_number(dice));
        }
        // Runs of pools: whatever hangs together is a run, too, so the sets are few.
        for (std::size_t c = 0; c < 30; ++c) {
            const std::size_t first = below(dice, 10), last = first + below(dice, 10 - first);
            Claimant& claimant = given.claimants.emplace_back();
            claimant.priority = 1 + static_cast<int>(below(dice, 3));
            for (std::size_t pool = 4 * first; pool < 4 * last + 4; ++pool)
                claimant.pools.push_back(static_cast<Index>(pool));
            given.asks.emplace_back();
            for (std::size_t lane = 0; lane < width; ++lane)
                given.asks.back().push_back(2 * some_number(dice));
        }
        const Outcome by_sets = share(given), cut = share(given, by_cuts);
        for (std::size_t c = 0; c < 30; ++c) {
            REQUIRE(is_near(cut.served[c], by_sets.served[c], 1e-11));
            REQUIRE(is_near(cut.more[c], by_sets.more[c], 1e-11));
        }
    }
}

TEST_CASE("30 claimants that may use any of 40 pools end, in any order alike [M12]") {
    Dice dice(5);
    for (int k = 0; k < 10; ++k) {
        Case given;
        const auto row = [&](double scale) {
            std::vector<double> values;
            for (std::size_t lane = 0; lane < width; ++lane)
                values.push_back(scale * some_number(dice));
            return values;
        };
        for (std::size_t pool = 0; pool < 40; ++pool)
            given.capacity.push_back(row(1));
        for (std::size_t c = 0; c < 30; ++c) {
            Claimant& claimant = given.claimants.emplace_back();
            claimant.priority = 1 + static_cast<int>(below(dice, 3));
            for (Index pool = 0; pool < 40; ++pool)
                if (below(dice, 12) == 0)
                    claimant.pools.push_back(pool);
            given.asks.push_back(row(3));
        }
        Case mirrored = given;
        std::ranges::reverse(mirrored.claimants);
        std::ranges::reverse(mirrored.asks);
        const Outcome a = share(given), b = share(mirrored);
        for (std::size_t c = 0; c < 30; ++c)
            REQUIRE(is_near(b.served[29 - c], a.served[c], 1e-10));
        for (std::size_t lane = 0; lane < width; ++lane) {
            CHECK(sum(a.served, lane) <= sum(given.capacity, lane) * (1 + 1e-12));
            CHECK(sum(a.served, lane) > 0);
        }
    }
}
