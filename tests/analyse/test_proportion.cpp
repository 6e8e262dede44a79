// Shares of trials, their errors and Wilson's interval, against closed forms.
#include "support/catch.hpp"

#include <fleetcast/analyse/proportion.hpp>

#include <cmath>
#include <cstdint>
#include <vector>

using fleetcast::Proportion;
using fleetcast::proportion_of;
using fleetcast::trials_to_settle;

namespace {

Approx near(double value) { return Approx(value).epsilon(1e-12).margin(1e-15); }

/// Half the width of the interval at a share of 1/2: with z = 2, 1/sqrt(n + 4).
double half_width(double n) { return 1 / std::sqrt(n + 4); }

/// 16 replicates, every other with the first, the rest with the second number of trials.
std::vector<std::uint64_t> alternating(std::uint64_t first, std::uint64_t second) {
    std::vector<std::uint64_t> held;
    for (int i = 0; i < 8; ++i)
        held.insert(held.end(), {first, second});
    return held;
}

} // namespace

TEST_CASE("[S1] a share of random trials has the binomial error and Wilson's interval") {
    const Proportion half = proportion_of({50}, 100);
    CHECK(half.share == near(0.5));
    CHECK(half.se == near(0.05)); // sqrt(1/4 / 100)
    CHECK(half.low == near(0.5 - half_width(100)));
    CHECK(half.high == near(0.5 + half_width(100)));

    // The ends solve (p - s)^2 = 4 p (1 - p) / n.
    const Proportion tenth = proportion_of({100}, 1000);
    CHECK(tenth.se == near(std::sqrt(0.09 / 1000)));
    for (const double p : {tenth.low, tenth.high})
        CHECK((p - 0.1) * (p - 0.1) == near(4 * p * (1 - p) / 1000));
    CHECK(tenth.low < 0.1);
    CHECK(tenth.high > 0.1);
}

TEST_CASE("[S1] the interval of a share of 0 or 1 has that end, and the other at 4 / (n + 4)") {
    const Proportion never = proportion_of({0}, 96);
    CHECK(never.low == 0);
    CHECK(never.high == near(0.04));
    CHECK(never.se == 0);
    const Proportion always = proportion_of({96}, 96);
    CHECK(always.share == 1);
    CHECK(always.low == near(0.96));
    CHECK(always.high == 1);
}

TEST_CASE("one trial has no error: its interval is its share") {
    CHECK(proportion_of({1}, 1) == Proportion{1, 0, 1, 1});
    CHECK(proportion_of({0}, 1) == Proportion{});
}

TEST_CASE("[R6] replicates give the error of their mean, and the interval its number of trials") {
    // 100 trials each: shares 0.4 and 0.6, sd^2 = 16 x 0.01 / 15, se^2 = sd^2 / 16 = 1/1500.
    const Proportion spread = proportion_of(alternating(40, 60), 1600);
    CHECK(spread.share == near(0.5));
    CHECK(spread.se == near(std::sqrt(1.0 / 1500)));
    CHECK(spread.high == near(0.5 + half_width(375))); // 1/4 x 1500
    // Better than 1,600 random trials: shares 0.49 and 0.51.
    const Proportion close = proportion_of(alternating(49, 51), 1600);
    CHECK(close.se == near(std::sqrt(1.0 / 150'000)));
    CHECK(close.high == near(0.5 + half_width(37'500)));
}

TEST_CASE("[R6] replicates that agree, or always or never see it, count by their trials") {
    const Proportion equal = proportion_of(alternating(50, 50), 1600);
    CHECK(equal.se == 0);
    CHECK(equal.low == near(0.5 - half_width(1600)));
    CHECK(proportion_of(alternating(0, 0), 1596).high == near(4.0 / 1600));
}

TEST_CASE("[R6] replicates that differ in everything count as 16 trials") {
    const Proportion torn = proportion_of(alternating(0, 100), 1600);
    CHECK(torn.se == near(std::sqrt(0.25 / 15)));
    CHECK(torn.high == near(0.5 + half_width(16)));
}

TEST_CASE("as many trials settle a check as make Wilson's interval leave its probability out") {
    // 5,100 of 10,000 trials against 0.5: (0.01)^2 > 4 x 0.25 / n for n above 10,000.
    CHECK(trials_to_settle({5100}, 10'000, 0.5) == 11'000);
    // 5,050: (0.005)^2 needs more than 40,000; 5,001: (0.0001)^2 more than 1e8.
    CHECK(trials_to_settle({5050}, 10'000, 0.5) == 41'000);
    CHECK(trials_to_settle({5001}, 10'000, 0.5).value() == Approx(1.1e8));
    // 0.8 against 0.79: 4 x 0.79 x 0.21 / 1e-4 = 6636, of two digits 6,700.
    CHECK(trials_to_settle({800}, 1'000, 0.79).value() == Approx(6'700));
    CHECK_FALSE(trials_to_settle({500}, 1'000, 0.5).has_value());
}

TEST_CASE("with that many trials the interval does leave it out") {
    for (const std::uint64_t held : {417U, 480U, 511U, 530U, 600U}) {
        const auto needed = trials_to_settle({held}, 1000, 0.5).value();
        const auto trials = (static_cast<std::uint64_t>(needed) / 1000 + 1) * 1000;
        const Proportion settled = proportion_of({trials * held / 1000}, trials);
        INFO(held << " of 1000, settled by " << trials);
        CHECK((settled.low > 0.5 || settled.high < 0.5));
    }
}

TEST_CASE("replicates that agree well need fewer trials") {
    // Ten replicates of 100 trials: shares 0.50 and 0.52 in turns have the mean 0.51 and the sd
    // 0.0105, the error 0.00333: as good as 0.51 x 0.49 / 0.00333^2 = 22,491 random trials.
    // Settling 0.5 takes 10,000 of these: 1000 x 10,000 / 22,491 = 445, of two digits 450.
    std::vector<std::uint64_t> held;
    for (int i = 0; i < 5; ++i)
        held.insert(held.end(), {50, 52});
    CHECK(trials_to_settle(held, 1000, 0.5).value() == Approx(450));
}
