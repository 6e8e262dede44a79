// Hand-computed cases of rule [M8]: in which period the parts of a price are paid. What they are
// parts of, and build, is in test_payments_cost.cpp; cash of whole scenarios in the cases of money.
#include "payments_case.hpp"

using namespace fleetcast;
using namespace fleetcast::testing::payments;

TEST_CASE("[M8] a deposit is paid months before the delivery, the rest with it") {
    const Case c = one_delivery(8, 0, {{0.25, 6}, {0.75, 0}});
    const Run run(c);
    check_row(run.source(), {{2, 250}, {8, 750}});
    check_outcomes(run, 0, 0, 0);
}

TEST_CASE("[M8] months before are counted from the start of the period of delivery") {
    // Due at 8.9, so in the period that begins at 8: 8 - 2.5 is in period 5, 8 + 2.5 in period 10.
    const Case c = one_delivery(8.9, 0, {{0.5, 2.5}, {0.5, -2.5}});
    check_row(Run(c).source(), {{5, 500}, {10, 500}});
}

TEST_CASE("[M8] a deposit due before the start is no cash, but paid before") {
    const Case c = one_delivery(3, 0, {{0.3, 6}, {0.7, 0}});
    const Run run(c);
    check_row(run.source(), {{3, 700}});
    check_outcomes(run, 300, 0, 0);
}

TEST_CASE("[M8] a part due at the end or later is due after it") {
    for (const double later : {1.0, 2.0}) {
        const Case c = one_delivery(11, 0, {{0.3, 0}, {0.7, -later}});
        const Run run(c);
        check_row(run.source(), {{11, 300}});
        check_outcomes(run, 0, 700, 0);
    }
}

TEST_CASE("[M8] a slip postpones what is due on delivery or after, but no deposit") {
    // Agreed for 5, comes at 8.
    const Case c = one_delivery(5, 3, {{0.2, 2}, {0.5, 0}, {0.3, -1}});
    check_row(Run(c).source(), {{3, 200}, {8, 500}, {9, 300}});
}

TEST_CASE("[M8] a delivery that comes early is paid for early, its deposit too") {
    // Agreed for 8, comes at 6.
    const Case c = one_delivery(8, -2, {{0.2, 2}, {0.8, 0}});
    check_row(Run(c).source(), {{4, 200}, {6, 800}});
}

TEST_CASE("[M8] what was due before the start comes in the first period, its deposit before") {
    const Case c = one_delivery(-2, 0, {{0.2, 1}, {0.8, -1}});
    const Run run(c);
    check_row(run.source(), {{1, 800}});
    check_outcomes(run, 200, 0, 0);
    const Case late = one_delivery(-2, 3, {{0.2, 1}, {0.8, 0}}); // comes at 1
    const Run late_run(late);
    check_row(late_run.source(), {{1, 800}});
    check_outcomes(late_run, 200, 0, 0);
}

TEST_CASE("[M8] units that come over months are paid for by the period in which they come") {
    Case c;
    c.brings(120, 9, 15); // 20 a month, three of them after the end
    c.source().payment = {{0.5, 4}, {0.5, 0}};
    const Run run(c);
    // Deposits of 100 in 5..10, the last three prepaid; the rest of 100 in 9..11.
    check_row(run.source(),
              {{5, 100}, {6, 100}, {7, 100}, {8, 100}, {9, 200}, {10, 200}, {11, 100}});
    check_outcomes(run, 0, 0, 300);
}

TEST_CASE("[M8] a deposit for what comes after the end is prepaid, nothing else of it counts") {
    const Case c = one_delivery(14, 0, {{0.25, 6}, {0.15, 24}, {0.6, 0}});
    const Run run(c);
    check_row(run.source(), {{8, 250}});
    check_outcomes(run, 0, 0, 250);
}

TEST_CASE("[M8] what was due before the start for what comes after the end counts nowhere") {
    // 20 units in each of six periods from 12 on, or late from 15 on: 14.5 months before what was
    // agreed are -2.5, ..., 2.5, of which the last three are within the horizon, and 8 are 4,
    // ..., 9.
    Case c;
    c.brings(120, 12, 18);
    c.may_slip();
    c.source().payment = {{0.5, 14.5}, {0.25, 8}, {0.25, 0}};
    const Run run(c, 64);
    REQUIRE(run.failure() == "");
    for (std::size_t lane = 0; lane < 64; ++lane) {
        check_row(
            run.source(lane),
            {{0, 100}, {1, 100}, {2, 100}, {4, 50}, {5, 50}, {6, 50}, {7, 50}, {8, 50}, {9, 50}});
        CHECK(run.payments().prepaid()[lane] == Approx(600));
        CHECK(run.payments().paid_before_start()[lane] == 0);
    }
}

TEST_CASE("[M8] deliveries are followed for 60 months after the end") {
    // Agreed for 10: a slip of 61 months leads to 71, one of 62 to 72, which is 60 after the end.
    const Case c = one_delivery(10, 61, {{0.25, 2}, {0.75, 0}});
    const Run run(c);
    check_row(run.source(), {{8, 250}});
    check_outcomes(run, 0, 0, 250);
    const Case beyond = one_delivery(10, 62, {{0.25, 2}, {0.75, 0}});
    const Run beyond_run(beyond);
    check_row(beyond_run.source(), {});
    check_outcomes(beyond_run, 0, 0, 0);
}

TEST_CASE("[M8] after a last period that was cut its rest comes first, then whole months") {
    // The end is 2 + 15/31. What comes at 2 + 20/31 comes in a period that begins at the end; a
    // month before is February. What comes at 3.5 comes in April; a month before is March.
    for (const auto& [at, period] : {std::pair(2 + 20.0 / 31, 1), std::pair(3.5, 2)}) {
        Case c("2024-01", "2024-03-15");
        c.brings(100, at, at);
        c.source().payment = {{0.25, 1}, {0.75, 0}};
        const Run run(c);
        check_row(run.source(), {{period, 250}});
        check_outcomes(run, 0, 0, 250);
    }
}

TEST_CASE("[M8] with weeks, periods of 7 days hold payments, after the end too") {
    // Comes on the 23rd, so in the week that begins on the 22nd, 21/31; 8/31 before is the 14th.
    Case c("2024-01-01", "2024-01-28", Step::week);
    c.brings(100, 22.0 / 31, 22.0 / 31);
    c.source().payment = {{0.25, 8.0 / 31}, {0.75, 0}};
    check_row(Run(c).source(), {{1, 250}, {3, 750}});
    // One week: what comes on the 17th comes in the week from the 15th, of which 0.3 months before
    // is the 5th. Were the periods months, the rest of January would begin on the 8th.
    Case next("2024-01-01", "2024-01-07", Step::week);
    next.brings(100, 16.0 / 31, 16.0 / 31);
    next.source().payment = {{0.25, 0.3}, {0.75, 0}};
    const Run run(next);
    check_row(run.source(), {{0, 250}});
    check_outcomes(run, 0, 0, 250);
}

TEST_CASE("[M8] a moment within 1e-9 of a period's border belongs to what follows") {
    const double hair = 5e-10, wide = 5e-9;
    const auto paid_in = [](double months) {
        return Run(one_delivery(8, 0, {{1, months}})).source();
    };
    CHECK(paid_in(3 + hair).contains(5));
    CHECK(paid_in(3 + wide).contains(4));
    CHECK(paid_in(8 + hair).contains(0));
    CHECK(paid_in(8 + wide).empty());
    CHECK(paid_in(-4 + wide).contains(11));
    CHECK(paid_in(-4 + hair).empty());
}
