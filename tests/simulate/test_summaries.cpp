// Against a full sort: whatever the figures look like, and however many there are.
#include "support/catch.hpp"

#include "test_summaries_support.hpp"

using namespace summaries_test;

namespace {

/// Order statistics are exact; means and deviations within a few roundings.
void compare(const SummarySettings& settings, const Ran& ran, const Figure& figure) {
    for (std::size_t cell = 0; cell < settings.cells; ++cell) {
        INFO("cell " << cell << ", trials " << settings.trials);
        std::vector<double> values = figures_of(settings, figure, cell);
        const CellSummary& found = ran.cells[cell];
        REQUIRE(found.count == values.size());
        if (values.empty())
            continue;
        const auto n = static_cast<double>(values.size());
        long double sum = 0, squares = 0, size = 0;
        for (const double value : values) {
            sum += value;
            size += std::abs(value);
        }
        const long double mean = sum / static_cast<long double>(n);
        for (const double value : values)
            squares += (value - mean) * (value - mean);
        const double deviation =
            n > 1 ? std::sqrt(static_cast<double>(squares / static_cast<long double>(n - 1))) : 0;
        const double rounding = 1e-15 * static_cast<double>(size) / n;
        CHECK(std::abs(found.mean - static_cast<double>(mean)) <= rounding);
        std::sort(values.begin(), values.end());
        REQUIRE(found.quantiles.size() == settings.quantiles.size());
        for (std::size_t q = 0; q < settings.quantiles.size(); ++q)
            CHECK(found.quantiles[q] == at_rank(values, (n - 1) * settings.quantiles[q]));
        if (!settings.spread)
            continue;
        CHECK(found.min == values.front());
        CHECK(found.max == values.back());
        CHECK(std::abs(found.sd - deviation) <= 1e-11 * deviation + rounding);
        if (settings.replicates > 1)
            continue;
        CHECK(found.se == Approx(found.sd / std::sqrt(n)).epsilon(1e-14));
        for (std::size_t q = 0; q < settings.quantiles.size(); ++q) {
            const double p = settings.quantiles[q], side = std::sqrt(n * p * (1 - p));
            CHECK(found.quantile_errors[q] ==
                  (at_rank(values, (n - 1) * p + side) - at_rank(values, (n - 1) * p - side)) / 2);
        }
    }
}

SummarySettings settings_of(std::uint64_t trials, bool spread) {
    return {.cells = shapes().size(), .trials = trials, .spread = spread};
}

} // namespace

TEST_CASE("Summaries are exact for every shape of figures") {
    for (const bool spread : {false, true}) {
        const SummarySettings settings = settings_of(60'000, spread);
        const Ran ran = run(settings, shaped);
        CHECK(ran.form == QuantileForm::exact);
        CHECK(ran.passes == 1);
        compare(settings, ran, shaped);
    }
}

TEST_CASE("Summaries are exact in runs of many rounds") {
    SummarySettings settings = settings_of(600'000, true);
    settings.cells = 14; // none of those whose brackets are sure to miss
    const Ran ran = run(settings, shaped);
    CHECK(ran.rounds == 7);
    compare(settings, ran, shaped);
}

TEST_CASE("Summaries of few trials are exact") {
    for (std::uint64_t trials = 1; trials <= 20; ++trials)
        compare(settings_of(trials, true), run(settings_of(trials, true), shaped), shaped);
    for (const std::uint64_t trials : {1023U, 1024U, 1025U, 2049U, 3073U, 10'001U})
        compare(settings_of(trials, true), run(settings_of(trials, true), shaped), shaped);
}

TEST_CASE("Any shares can be asked for, in any order") {
    for (const std::uint64_t trials : {7U, 50'000U}) {
        SummarySettings settings = settings_of(trials, true);
        settings.quantiles = {1, .5, 0, .999, .001, .5, .9999, .25, .0001};
        compare(settings, run(settings, shaped), shaped);
        settings.quantiles.clear();
        compare(settings, run(settings, shaped), shaped);
        settings.quantiles.clear();
        for (int percent = 0; percent <= 100; ++percent)
            settings.quantiles.push_back(percent / 100.);
        settings.cells = 8;
        compare(settings, run(settings, shaped), shaped);
    }
}

TEST_CASE("A bracket that missed is run once more, and only its cell") {
    SummarySettings settings{.cells = 2, .trials = 40'000, .spread = true};
    const Figure figure = [](std::size_t cell, std::uint64_t t) {
        return cell == 0 ? normal(cell, t) : static_cast<double>(t);
    };
    Summaries summaries(settings);
    Collector collector = summaries.collector();
    std::vector<Round> rounds;
    std::vector<bool> wanted;
    while (const auto round = summaries.next_round()) {
        rounds.push_back(*round);
        wanted.push_back(summaries.wants(0));
        CHECK(summaries.wants(1));
        for (std::uint64_t task = round->first_task; task < round->last_task; ++task)
            run_task(summaries, collector, task, figure, settings.cells, 128);
    }
    REQUIRE(rounds.size() == 4);
    CHECK(rounds[0].first_task == 0);
    CHECK(rounds[1].first_task == rounds[0].last_task);
    CHECK(rounds[2].first_task == rounds[1].last_task);
    CHECK(rounds[2].last_task == summaries.tasks());
    CHECK(rounds[3] == Round{0, summaries.tasks()});
    CHECK(wanted == std::vector{true, true, true, false});
    Ran ran;
    ran.cells = summaries.finish();
    compare(settings, ran, figure);
}

TEST_CASE("Tasks tile the replicates and none straddles two") {
    const Summaries summaries({.cells = 1, .trials = 16 * 2500, .replicates = 16});
    CHECK(summaries.tasks() == 48);
    std::uint64_t next = 0;
    for (std::uint64_t task = 0; task < summaries.tasks(); ++task) {
        const TaskSpan span = summaries.span_of(task);
        CHECK(span.first == next);
        CHECK(span.replicate == next / 2500);
        CHECK(span.count == (task % 3 == 2 ? 452U : 1024U));
        next += span.count;
    }
    CHECK(next == 40'000);
}

TEST_CASE("An infinite figure is told by its first task and cell, and ends the rounds") {
    const Figure figure = [](std::size_t cell, std::uint64_t t) {
        return (cell == 3 && t == 9'000) || (cell == 5 && t == 8'900)
                   ? std::numeric_limits<double>::infinity()
                   : normal(cell, t);
    };
    for (const std::uint64_t shuffle : {0U, 1U, 2U}) {
        const Ran ran =
            run({.cells = 7, .trials = 50'000}, figure, {.threads = 2, .shuffle = shuffle});
        CHECK(ran.not_finite == NotFinite{.task = 8, .cell = 3});
    }
    CHECK_FALSE(run({.cells = 3, .trials = 50'000}, figure).not_finite);
}

TEST_CASE("What brackets keep grows like the root of the trials") {
    // [S1]'s orders of magnitude: 12 sqrt(N p (1 - p)) values of each of the quantiles .1, .5, .9,
    // a quarter more for what is not filled, and the pilot's 2048 values at the start.
    const std::size_t cells = 40;
    const auto bytes_of = [&](std::uint64_t trials) {
        return static_cast<double>(
            run({.cells = cells, .trials = trials}, normal, {.threads = 2}).memory);
    };
    for (const std::uint64_t trials : {200'000U, 1'000'000U}) {
        const double kept = 12 * (.3 + .5 + .3) * std::sqrt(static_cast<double>(trials));
        CHECK(bytes_of(trials) <= 8. * cells * (1.25 * kept + 2048));
    }
}

TEST_CASE("Masses and constants keep next to nothing") {
    const Figure figure = [](std::size_t cell, std::uint64_t t) {
        return cell % 2 == 0 ? 8. : std::floor(4 * uniform(cell, t));
    };
    const Ran ran = run({.cells = 40, .trials = 300'000, .spread = true}, figure);
    CHECK(ran.memory <= 40 * 2048 * 8); // the pilot's
    CHECK(ran.cells[0].sd == 0);
    CHECK(ran.cells[0].mean == 8);
}
