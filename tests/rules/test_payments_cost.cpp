// Hand-computed cases of rule [M8]: prices of what is paid in parts, build, many trials at once,
// and conservation [C1].
#include "payments_case.hpp"

using namespace fleetcast;
using namespace fleetcast::testing::payments;

TEST_CASE("[M8] a price that moves is the one at the agreed moment, for every part") {
    Case c = one_delivery(4, 3, {{0.25, 2}, {0.75, 0}}); // agreed for 4, comes at 7
    c.prices({0, 4, 5}, {40, 30, 20}, false);
    check_row(Run(c).source(), {{2, 750}, {7, 2250}});
}

TEST_CASE("[M8] what comes after the end costs what it would at the end") {
    Case c = one_delivery(14, 0, {{0.25, 6}, {0.75, 0}});
    c.prices({0, 12, 13}, {40, 30, 20}, false);
    check_row(Run(c).source(), {{8, 750}});
}

TEST_CASE("[M8] an order is paid by its own price, or that at its date, from its arrival") {
    Case c;
    c.orders(10, -2, 7);       // comes at 5, even over no time
    c.orders(10, 1, 5, 50.0);  // comes at 6
    c.orders(10, -5, 3, 20.0); // due before the start, so comes at 0
    c.prices({-3, 0}, {70, 40}, false);
    c.source().payment = {{0.1, 4}, {0.9, 0}};
    const Run run(c);
    check_row(run.source(), {{0, 180}, {1, 70}, {2, 50}, {5, 630}, {6, 450}});
    check_outcomes(run, 20, 0, 0);
}

TEST_CASE("[M8] a price out of its range is refused where a payment of the horizon needs it") {
    // At the end, so for what comes at 14: 6 months before is within the horizon, 1 and 20 are not.
    for (const double months : {6.0, 1.0, 20.0}) {
        Case c = one_delivery(14, 0, {{0.25, months}, {0.75, 0}});
        c.prices({0, 12}, {40, -1}, false);
        CHECK(Run(c).failure() == (months == 6 ? "must be at least 0, got -1" : ""));
    }
}

TEST_CASE("[M8] every trial has its own delay, moments and prices") {
    Case c;
    c.brings(100, 4, 4);
    c.may_slip();
    c.prices({0, 12}, {0, 120}, true); // 10 x the month
    c.source().payment = {{0.25, 2}, {0.5, 0}, {0.25, -6}};
    constexpr std::size_t trials = 100;
    Run run(c, trials);
    std::size_t late = 0;
    for (std::size_t lane = 0; lane < trials; ++lane) {
        INFO("trial " << lane);
        const bool slips = run.delay(lane) == 3;
        late += slips;
        // Agreed for 4, so 4,000 whatever comes; on time the last part is due in 10, else in 13.
        check_row(run.source(lane),
                  slips ? Row{{2, 1000}, {7, 2000}} : Row{{2, 1000}, {4, 2000}, {10, 1000}});
        CHECK(run.payments().due_after_end()[lane] == Approx(slips ? 1000 : 0));
    }
    CHECK(late > 25); // of 100 with probability 1/2: 50 less 5 standard errors
    CHECK(late < 75);
}

TEST_CASE("[M8] in every trial, a price before the start or after the end is not looked at") {
    for (const double at : {-1.0, 11.5, 13.5}) { // or late, 3 months later
        Case c;
        c.brings(100, at, at);
        c.may_slip();
        c.prices({-3, 0, 12.5}, {70, 40, 10}, false);
        c.source().payment = {{0.5, 2}, {0.5, -0.5}};
        const Run run(c, 64);
        for (std::size_t lane = 0; lane < 64; ++lane) {
            double due = run.payments().paid_before_start()[lane] +
                         run.payments().due_after_end()[lane] - run.payments().prepaid()[lane];
            for (const auto& [period, usd] : run.source(lane))
                due += usd;
            const bool comes = at < 0 || (at < 12 && run.delay(lane) == 0);
            CHECK(due == Approx(comes ? 4000 : 0));
            CHECK(run.payments().prepaid()[lane] == Approx(comes ? 0 : 2000));
        }
    }
}

TEST_CASE("[M8] a block of trials knows nothing of the one before") {
    Case c;
    c.brings(100, 4, 14);
    c.may_slip();
    c.source().payment = {{0.25, 2}, {0.5, 0}, {0.25, -6}};
    Run both(c, 64);
    both.start(64, 64);
    const Run fresh(c, 64, true, 64);
    for (std::size_t lane = 0; lane < 64; ++lane) {
        CHECK(both.source(lane) == fresh.source(lane));
        CHECK(both.payments().due_after_end()[lane] == fresh.payments().due_after_end()[lane]);
        CHECK(both.payments().prepaid()[lane] == fresh.payments().prepaid()[lane]);
    }
}

TEST_CASE("[M8] an increment is paid from its date on, whatever its delay") {
    Case c;
    c.builds(6, 9, 1000, {{0.2, 2}, {0.5, 0}, {0.3, -4}}); // three months late
    const Run run(c);
    check_row(run.site(), {{4, 200}, {9, 500}});
    check_outcomes(run, 0, 300, 0);
}

TEST_CASE("[M8] an increment counts from the first period that begins when it works") {
    Case c;
    c.builds(6, 6.5, 1000, {{0.2, 2}, {0.8, 0}});
    c.builds(6, 3.5, 1000, {{0.2, 1}, {0.8, 0}}); // earlier than planned
    c.builds(-1, 2, 1000, {{0.2, 0.5}, {0.8, 0}});
    const Run run(c);
    check_row(run.site(), {{2, 800}, {3, 200}, {4, 200 + 800}, {7, 800}});
    check_outcomes(run, 200, 0, 0);
}

TEST_CASE("[M8] in every trial, an increment is paid for once, in its own time") {
    Case c;
    c.may_slip();
    c.builds(6, 6, 1000, {{0.2, 2}, {0.8, 0}});
    c.builds_slip = true;
    const Run run(c, 64);
    for (std::size_t lane = 0; lane < 64; ++lane)
        check_row(run.site(lane), {{4, 200}, {run.delay(lane) == 3 ? 9 : 6, 800}});
}

TEST_CASE("[M8] increments without payment are paid at once, standing ones never") {
    Case c;
    c.builds(5, 5, 1000, {{0.2, 3}, {0.8, 0}});
    c.builds(6, 6, 100, {});
    c.builds(-1, -infinite, 10000, {{0.5, 0}, {0.5, -6}});
    c.builds(13, 14, 100, {});                   // after the end
    c.builds(11, 13, 500, {{0.2, 2}, {0.8, 0}}); // its deposit before
    const Run run(c);
    check_row(run.site(), {{2, 200}, {5, 800}, {6, 100}, {9, 100}});
    check_outcomes(run, 0, 0, 100);
}

TEST_CASE("[M8] what is paid at once has no schedule") {
    Case c;
    c.brings(100, 3, 3);
    c.builds(4, 4, 100, {{1, 0}});
    const Run plain(c);
    CHECK_FALSE(plain.payments().schedules_source(0));
    CHECK_FALSE(plain.payments().schedules_site(0));
    CHECK(plain.source().empty());
    CHECK(plain.site().empty());
    check_outcomes(plain, 0, 0, 0);
    c.source().payment = {{0, 6}, {1, 0}};
    CHECK_FALSE(Run(c).payments().schedules_source(0));
    c.source().payment = {{0.5, 6}, {0.5, 0}};
    c.builds(5, 5, 100, {{0.5, 0}, {0.5, -1}});
    const Run run(c);
    CHECK(run.payments().schedules_source(0));
    CHECK(run.payments().schedules_site(0));
}

TEST_CASE("[M8] outcomes do not hang on whether periods are followed") {
    Case c;
    c.brings(180, 2, 20);
    c.may_slip();
    c.source().payment = {{0.3, 7}, {0.2, 1}, {0.5, -3}};
    c.builds(11, 13, 500, {{0.2, 2}, {0.8, 0}});
    const Run with(c, 64), without(c, 64, false);
    CHECK(without.source().empty());
    CHECK(without.site().empty());
    for (std::size_t lane = 0; lane < 64; ++lane) {
        CHECK(with.payments().paid_before_start()[lane] ==
              without.payments().paid_before_start()[lane]);
        CHECK(with.payments().due_after_end()[lane] == without.payments().due_after_end()[lane]);
        CHECK(with.payments().prepaid()[lane] == without.payments().prepaid()[lane]);
    }
    CHECK(with.prepaid() > 0);
}

TEST_CASE("[C1] payments, paid before and due after come to cost and prepaid, whatever the weeks") {
    Case c("2024-01-09", "2024-11-20", Step::week);
    c.brings(1000, -1, 30);
    c.source().pieces.back().shape = CurveShape::s_curve;
    c.may_slip();
    c.prices({0, 5, 20}, {100, 60, 10}, true);
    // Shares that come to 1 within 1e-9 are taken as 1.
    c.source().payment = {{0.3 + 9e-10, 7.3}, {0.2, 0.4}, {0.4, 0}, {0.1, -3.7}};
    const Run paid(c, 100);
    REQUIRE(paid.failure() == "");
    Case at_once = c; // almost: nothing but what comes in the last periods is due after the end
    at_once.source().payment = {{1, -1e-6}};
    const Run cost(at_once, 100);
    for (std::size_t lane = 0; lane < 100; ++lane) {
        double due = paid.payments().paid_before_start()[lane] +
                     paid.payments().due_after_end()[lane] - paid.payments().prepaid()[lane];
        for (const auto& [period, usd] : paid.source(lane))
            due += usd;
        double owed = cost.payments().due_after_end()[lane];
        for (const auto& [period, usd] : cost.source(lane))
            owed += usd;
        REQUIRE(owed > 0);
        CHECK(due == Approx(owed).epsilon(1e-12));
    }
}

TEST_CASE("[C1] payments that are too large for a number are bad input, not a broken law") {
    for (const bool follows : {true, false}) {
        Case c = one_delivery(4, 0, {{0.5, 6}, {0.5, 0}});
        c.price(1e307);
        const Run run(c, 1, follows);
        CHECK(run.failure().starts_with("payments come to more than a number can hold"));
        CHECK_FALSE(run.is_internal());
    }
}
