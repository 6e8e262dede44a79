// Above the memory cap: counts in logarithmic buckets.
#include "support/catch.hpp"

#include "test_summaries_support.hpp"

using namespace summaries_test;

namespace {

SummarySettings capped(std::uint64_t replicates) {
    return {.cells = shapes().size(),
            .trials = 48'000,
            .replicates = replicates,
            .quantiles = {.02, .1, .5, .9, .98},
            .spread = true,
            .memory = 1e4};
}

} // namespace

TEST_CASE("Log buckets are within 0.5 % of the exact order statistics") {
    for (const std::uint64_t replicates : {1U, 16U}) {
        const SummarySettings settings = capped(replicates);
        SummarySettings roomy = settings;
        roomy.memory = 1e12;
        const Ran logs = run(settings, shaped), exact = run(roomy, shaped);
        REQUIRE(logs.form == QuantileForm::log_buckets);
        REQUIRE(exact.form == QuantileForm::exact);
        CHECK(logs.rounds == shapes().size()); // so small a cap leaves one cell to a pass
        for (std::size_t cell = 0; cell < settings.cells; ++cell) {
            const CellSummary &found = logs.cells[cell], &wanted = exact.cells[cell];
            INFO("cell " << cell);
            CHECK(found.count == wanted.count);
            CHECK(same(found.mean, wanted.mean));
            CHECK(same(found.sd, wanted.sd));
            CHECK(same(found.se, wanted.se));
            CHECK(same(found.min, wanted.min));
            CHECK(same(found.max, wanted.max));
            for (std::size_t q = 0; found.count > 0 && q < settings.quantiles.size(); ++q) {
                CHECK(std::abs(found.quantiles[q] - wanted.quantiles[q]) <=
                      .005 * std::abs(wanted.quantiles[q]));
                CHECK(found.quantiles[q] >= found.min);
                CHECK(found.quantiles[q] <= found.max);
            }
        }
        for (const std::size_t cell : {0U, 2U}) // continuous, much wider than a bucket
            for (std::size_t q = 0; q < settings.quantiles.size(); ++q)
                CHECK(logs.cells[cell].quantile_errors[q] ==
                      Approx(exact.cells[cell].quantile_errors[q]).epsilon(.2));
    }
}

TEST_CASE("Log buckets are the same bytes for any threads and order of tasks") {
    for (const std::uint64_t replicates : {1U, 16U}) {
        const Ran first = run(capped(replicates), shaped);
        for (const unsigned threads : {2U, 7U})
            CHECK(same(
                run(capped(replicates), shaped, {.threads = threads, .shuffle = threads}).cells,
                first.cells));
    }
}

TEST_CASE("Log buckets hold every finite double") {
    const std::vector<double> values{-1e307, -1e-300, -1e-310, -0., 0., 1e-310, 3e-308, 1e200};
    const SummarySettings settings{.cells = 1,
                                   .trials = values.size(),
                                   .quantiles = {0, 1 / 7., 2 / 7., 3 / 7., 6 / 7., 1},
                                   .memory = 0};
    const Ran ran =
        run(settings, [&](std::size_t, std::uint64_t t) { return values[(5 * t) % 8]; });
    REQUIRE(ran.form == QuantileForm::log_buckets);
    const std::vector<double>& found = ran.cells[0].quantiles;
    CHECK(found[0] == Approx(-1e307).epsilon(.005));
    CHECK(found[1] == Approx(-1e-300).epsilon(.005));
    CHECK(found[2] == 0); // too small to be told from zero
    CHECK(found[3] == 0);
    CHECK(found[4] == Approx(3e-308).epsilon(.005));
    CHECK(found[5] == Approx(1e200).epsilon(.005));
}

TEST_CASE("Memory of log buckets does not grow with the trials") {
    const auto bytes_of = [](std::uint64_t trials) {
        return run({.cells = 20, .trials = trials, .memory = 1e4},
                   [](std::size_t cell, std::uint64_t t) { return 100 + normal(cell, t); })
            .memory;
    };
    CHECK(bytes_of(400'000) <= 2 * bytes_of(20'000)); // values further out come with time
}
