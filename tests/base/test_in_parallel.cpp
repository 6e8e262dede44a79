#include <fleetcast/base/in_parallel.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <stdexcept>

using namespace fleetcast;

TEST_CASE("results are taken in order, whichever is done first") {
    for (const unsigned threads : {1U, 2U, 7U}) {
        std::vector<std::size_t> taken;
        in_parallel(
            50, threads,
            [](std::size_t i) {
                std::this_thread::sleep_for(std::chrono::microseconds(i % 5 == 0 ? 500 : 1));
                return 3 * i;
            },
            [&](std::size_t i, std::size_t result) {
                CHECK(result == 3 * i);
                taken.push_back(i);
            });
        REQUIRE(taken.size() == 50);
        CHECK(std::is_sorted(taken.begin(), taken.end()));
    }
}

TEST_CASE("no piece of work is done twice or left out") {
    std::vector<std::atomic<int>> done(200);
    in_parallel(
        done.size(), 4, [&](std::size_t i) { return ++done[i]; }, [](std::size_t, int) {});
    for (const auto& count : done)
        CHECK(count == 1);
    in_parallel(
        0, 3, [](std::size_t) { return 1; }, [](std::size_t, int) { FAIL("there is none"); });
}

TEST_CASE("an exception of the work or of the taking ends it and comes out") {
    const auto fail_at = [](std::size_t bad) {
        return [bad](std::size_t i) {
            if (i == bad)
                throw std::runtime_error("bad");
            return i;
        };
    };
    CHECK_THROWS_AS(in_parallel(100, 3, fail_at(41), [](std::size_t, std::size_t) {}),
                    std::runtime_error);
    std::size_t taken = 0;
    CHECK_THROWS_AS(in_parallel(
                        100, 3, [](std::size_t i) { return i; },
                        [&](std::size_t i, std::size_t) {
                            ++taken;
                            if (i == 5)
                                throw std::runtime_error("full");
                        }),
                    std::runtime_error);
    CHECK(taken == 6);
}

TEST_CASE("there are no more threads than pieces") {
    CHECK(threads_for_pieces(8, 3) == 3);
    CHECK(threads_for_pieces(2, 100) == 2);
    CHECK(threads_for_pieces(4, 0) == 1);
    CHECK(threads_for_pieces(0, 1000) >= 1);
}
