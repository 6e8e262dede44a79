// Whatever runs the tasks, in whatever order and at whatever level: the same bytes. And the errors
// of replicates.
#include "support/catch.hpp"

#include "test_summaries_support.hpp"

using namespace summaries_test;

TEST_CASE("Summaries are the same bytes for any threads, order of tasks, rows and level") {
    for (const std::uint64_t replicates : {1U, 16U}) {
        const SummarySettings settings{.cells = shapes().size(),
                                       .trials = 16 * 2'500,
                                       .replicates = replicates,
                                       .quantiles = {.9, .1, .5, .75},
                                       .spread = true};
        const Ran first = run(settings, shaped);
        for (const Level level : levels()) {
            SummarySettings at_level = settings;
            at_level.level = level;
            CHECK(same(run(at_level, shaped, {.threads = 1, .shuffle = 5}).cells, first.cells));
        }
        for (const unsigned threads : {2U, 3U, 7U})
            CHECK(same(run(settings, shaped, {.threads = threads, .shuffle = threads}).cells,
                       first.cells));
        for (const std::size_t row : {8U, 256U, 1024U})
            CHECK(same(run(settings, shaped, {.row = row}).cells, first.cells));
    }
}

TEST_CASE("Passes over parts of the cells give the same bytes") {
    SummarySettings settings{.cells = shapes().size(), .trials = 40'000, .spread = true};
    const Ran whole = run(settings, shaped);
    const auto passes_at = [&](double memory) {
        settings.memory = memory;
        return Summaries(settings).passes();
    };
    double memory = 16e6;
    for (const std::size_t passes : {2U, 3U, 4U}) {
        while (passes_at(memory) < passes)
            memory *= .95;
        const Ran parts = run(settings, shaped, {.threads = 2});
        CHECK(parts.passes == passes);
        CHECK(parts.form == QuantileForm::exact);
        CHECK(same(parts.cells, whole.cells));
    }
    while (Summaries(settings).form() == QuantileForm::exact)
        settings.memory *= .95;
    // Counts keep to the cap in passes, too.
    const std::size_t passes = Summaries(settings).passes();
    settings.memory /= 4;
    CHECK(Summaries(settings).passes() > passes);
}

TEST_CASE("Values stay within the memory cap, in as many passes as that takes") {
    for (const std::uint64_t trials : {10'000U, 50'000U})
        for (const double memory : {12e6, 2.5e6, 1.3e6}) {
            const Ran ran = run({.cells = 60, .trials = trials, .spread = true, .memory = memory},
                                normal, {.threads = 2});
            INFO(trials << " trials, " << ran.passes << " passes");
            REQUIRE(ran.form == QuantileForm::exact);
            CHECK(static_cast<double>(ran.memory) <= memory);
        }
}

TEST_CASE("Errors of replicates come from their means and from the shares below the quantile") {
    const SummarySettings settings{
        .cells = 6, .trials = 16 * 3'000, .replicates = 16, .spread = true};
    const Figure figure = [](std::size_t cell, std::uint64_t t) {
        // Replicates that differ, with figures that may be missing.
        const double shift = cell % 2 == 0 ? 0 : .1 * normal(99, t / 3'000);
        return cell > 3 && uniform(7, t) < .4 ? none : normal(cell, t) + shift;
    };
    const Ran ran = run(settings, figure, {.threads = 2});
    for (std::size_t cell = 0; cell < settings.cells; ++cell) {
        std::vector<double> means;
        std::vector<std::vector<double>> parts(16);
        for (std::uint64_t t = 0; t < settings.trials; ++t)
            if (const double value = figure(cell, t); !std::isnan(value))
                parts[t / 3'000].push_back(value);
        std::vector<double> all;
        for (const auto& part : parts) {
            all.insert(all.end(), part.begin(), part.end());
            double sum = 0;
            for (const double value : part)
                sum += value;
            means.push_back(sum / static_cast<double>(part.size()));
        }
        const auto error_of = [](const std::vector<double>& x) {
            double mean = 0, squares = 0;
            for (const double value : x)
                mean += value / 16;
            for (const double value : x)
                squares += (value - mean) * (value - mean);
            return std::sqrt(squares / 15) / 4;
        };
        CHECK(ran.cells[cell].se == Approx(error_of(means)).epsilon(1e-9));
        std::sort(all.begin(), all.end());
        const auto n = static_cast<double>(all.size());
        for (std::size_t q = 0; q < 3; ++q) {
            const double p = settings.quantiles[q], value = at_rank(all, (n - 1) * p);
            CHECK(ran.cells[cell].quantiles[q] == value);
            std::vector<double> shares;
            for (const auto& part : parts)
                shares.push_back(
                    static_cast<double>(std::count_if(part.begin(), part.end(),
                                                      [&](double x) { return x < value; })) /
                    static_cast<double>(part.size()));
            // One rank more, for replicates that agree at the border of strata.
            const double side = std::hypot((n - 1) * error_of(shares), 1.0);
            const double wanted =
                (at_rank(all, (n - 1) * p + side) - at_rank(all, (n - 1) * p - side)) / 2;
            CHECK(ran.cells[cell].quantile_errors[q] == Approx(wanted).epsilon(1e-9));
        }
    }
}

TEST_CASE("The error of a quantile is what its estimates scatter by") {
    // The median of 2,000 normal figures, 300 times: sd within 4 standard errors (1/sqrt(2 n) of
    // itself each) of the mean error that is told; that of each is good to about N^(-1/4).
    const std::size_t runs = 300;
    const Ran ran = run({.cells = runs, .trials = 2'000, .spread = true}, normal);
    double mean = 0, squares = 0, told = 0;
    for (const CellSummary& cell : ran.cells) {
        mean += cell.quantiles[1] / static_cast<double>(runs);
        told += cell.quantile_errors[1] / static_cast<double>(runs);
    }
    for (const CellSummary& cell : ran.cells)
        squares += (cell.quantiles[1] - mean) * (cell.quantiles[1] - mean);
    const double scatter = std::sqrt(squares / (runs - 1));
    CHECK(std::abs(scatter - told) <= 4 * scatter / std::sqrt(2. * runs));
}
