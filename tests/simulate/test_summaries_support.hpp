// Runs Summaries over made-up figures, and says the same by sorting all of them.
#pragma once

#include <fleetcast/simulate/summaries.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <mutex>
#include <optional>
#include <random>
#include <thread>
#include <vector>

namespace summaries_test {

using namespace fleetcast;

inline constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// The figure of a cell in a trial, NaN where it has none: a pure function.
using Figure = std::function<double(std::size_t cell, std::uint64_t trial)>;

/// A number in (0, 1), mixed as splitmix64 does.
inline double uniform(std::uint64_t stream, std::uint64_t trial) {
    std::uint64_t z = (trial + 1) * 0x9e3779b97f4a7c15U + stream * 0xd1342543de82ef95U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return (static_cast<double>((z ^ (z >> 31)) >> 11) + .5) * 0x1p-53;
}

inline double normal(std::uint64_t stream, std::uint64_t trial) {
    constexpr double turn = 6.283185307179586;
    return std::sqrt(-2 * std::log(uniform(stream, trial))) *
           std::cos(turn * uniform(stream + 1000, trial));
}

/// How the tasks of a round are run.
struct Running {
    unsigned threads = 1;
    std::uint64_t shuffle = 0; // 0: in order
    std::size_t row = 128;     // trials at a time
};

struct Ran {
    std::vector<CellSummary> cells;
    QuantileForm form{};
    std::size_t passes = 0, rounds = 0, memory = 0;
    std::optional<NotFinite> not_finite;
};

inline void run_task(Summaries& summaries, Collector& collector, std::uint64_t task,
                     const Figure& figure, std::size_t cells, std::size_t row) {
    alignas(64) std::array<double, task_trials> values;
    const TaskSpan span = summaries.span_of(task);
    collector.begin(task);
    for (std::uint64_t at = 0; at < span.count; at += row)
        for (std::size_t cell = 0; cell < cells; ++cell) {
            const auto n = static_cast<std::size_t>(std::min<std::uint64_t>(row, span.count - at));
            values.fill(-123456.789); // what follows must not count
            for (std::size_t i = 0; i < n; ++i)
                values[i] = figure(cell, span.first + at + i);
            collector.add(cell, values.data(), n);
        }
    collector.end();
}

inline Ran run(SummarySettings settings, const Figure& figure, const Running& how = {}) {
    settings.threads = how.threads;
    Summaries summaries(settings);
    std::vector<Collector> collectors;
    for (unsigned i = 0; i < how.threads; ++i)
        collectors.push_back(summaries.collector());
    Ran ran;
    ran.form = summaries.form();
    ran.passes = summaries.passes();
    std::mt19937_64 order(how.shuffle);
    while (const auto round = summaries.next_round()) {
        ++ran.rounds;
        std::vector<std::uint64_t> tasks;
        for (std::uint64_t task = round->first_task; task < round->last_task; ++task)
            tasks.push_back(task);
        if (how.shuffle != 0)
            std::shuffle(tasks.begin(), tasks.end(), order);
        std::mutex mutex;
        const auto work = [&](unsigned i) {
            for (;;) {
                std::uint64_t task = 0;
                {
                    const std::lock_guard lock(mutex);
                    if (tasks.empty())
                        return;
                    task = tasks.back();
                    tasks.pop_back();
                }
                run_task(summaries, collectors[i], task, figure, settings.cells, how.row);
            }
        };
        std::vector<std::jthread> threads;
        for (unsigned i = 1; i < how.threads; ++i)
            threads.emplace_back(work, i);
        work(0);
    }
    ran.memory = summaries.memory();
    ran.not_finite = summaries.not_finite();
    ran.cells = summaries.finish();
    return ran;
}

/// Type 7 at any rank.
inline double at_rank(const std::vector<double>& sorted, double rank) {
    rank = std::clamp(rank, 0., static_cast<double>(sorted.size() - 1));
    const auto low = static_cast<std::size_t>(rank);
    const double part = rank - std::floor(rank);
    return part == 0 ? sorted[low] : sorted[low] + part * (sorted[low + 1] - sorted[low]);
}

/// All figures of a cell that there are, in the order of trials.
inline std::vector<double> figures_of(const SummarySettings& settings, const Figure& figure,
                                      std::size_t cell) {
    std::vector<double> values;
    for (std::uint64_t trial = 0; trial < settings.trials; ++trial)
        if (const double value = figure(cell, trial); !std::isnan(value))
            values.push_back(value);
    return values;
}

inline std::vector<Level> levels() {
    std::vector<Level> all{Level::baseline};
    if (best_level() != Level::baseline)
        all.push_back(Level::v3);
    if (best_level() == Level::v4)
        all.push_back(Level::v4);
    return all;
}

/// The same bytes: NaN never appears, and a negative zero would be a difference.
inline bool same(double a, double b) { return a == b && std::signbit(a) == std::signbit(b); }

inline bool same(const std::vector<CellSummary>& a, const std::vector<CellSummary>& b) {
    const auto all_same = [](const std::vector<double>& x, const std::vector<double>& y) {
        return std::equal(x.begin(), x.end(), y.begin(), y.end(),
                          [](double u, double v) { return same(u, v); });
    };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](const CellSummary& x, const CellSummary& y) {
                          return x.count == y.count && same(x.mean, y.mean) && same(x.se, y.se) &&
                                 same(x.sd, y.sd) && same(x.min, y.min) && same(x.max, y.max) &&
                                 all_same(x.quantiles, y.quantiles) &&
                                 all_same(x.quantile_errors, y.quantile_errors);
                      });
}

/// Figures of all kinds, by cell: what a shape does is in its row.
inline const std::vector<Figure>& shapes() {
    static const std::vector<Figure> all{
        [](auto cell, auto t) { return normal(cell, t); },
        [](auto cell, auto t) { return 1e11 + normal(cell, t); },
        [](auto cell, auto t) { return -std::exp(4 * normal(cell, t)); },               // heavy
        [](auto cell, auto t) { return std::tan(3.14159 * (uniform(cell, t) - .5)); },  // Cauchy
        [](auto cell, auto t) { return uniform(cell, t) < .5 ? 0. : normal(cell, t); }, // mass
        [](auto cell, auto t) {
            return uniform(cell, t) < .5 ? 0. : uniform(cell, t);
        }, // at an end
        [](auto cell, auto t) { return uniform(cell, t) < .1 ? -0. : uniform(cell, t) < .9; },
        [](auto cell, auto t) { return std::floor(7 * uniform(cell, t)); },    // few values
        [](auto cell, auto t) { return std::floor(3000 * uniform(cell, t)); }, // many
        [](auto, auto) { return 12.5; },                                       // constant
        [](auto cell, auto t) { return uniform(cell, t) < .0004 ? normal(cell, t) : 3.; },
        [](auto, auto) { return none; },
        [](auto cell, auto t) { return uniform(cell, t) < .3 ? none : normal(cell, t); },
        [](auto cell, auto t) { return uniform(cell, t) < .999 ? none : normal(cell, t); },
        [](auto cell, auto t) { return uniform(cell, t) < .5 ? none : 4.; },
        [](auto, auto t) { return static_cast<double>(t); }, // sorted
        [](auto, auto t) { return -static_cast<double>(t); },
        [](auto, auto t) { return t < 3000 ? 5. : static_cast<double>(t); }, // a change
        [](auto cell, auto t) { return t < 5000 ? none : normal(cell, t); },
        [](auto cell, auto t) { return normal(cell, t) * (t < 6000 ? 1. : 1e-3) + 7; },
        [](auto, auto t) { return t < 20000 ? 1. : 2.; },
    };
    return all;
}

inline double shaped(std::size_t cell, std::uint64_t trial) {
    return shapes()[cell % shapes().size()](cell, trial);
}

} // namespace summaries_test
