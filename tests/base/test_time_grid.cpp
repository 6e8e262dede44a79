// Periods beyond the horizon. The horizon itself is proved with rule T1.
#include "support/catch.hpp"

#include <fleetcast/base/time_grid.hpp>

using namespace fleetcast;

namespace {

std::vector<Period> later(const char* start, const char* end, Step step, double months) {
    return later_periods(make_time_grid(*parse_date(start), *parse_date(end), step), months);
}

} // namespace

TEST_CASE("after a horizon of whole months, months follow") {
    const auto periods = later("2024-01", "2024-12", Step::month, 3);
    REQUIRE(periods.size() == 3);
    CHECK(iso_day(periods[0].first) == "2025-01-01");
    CHECK(iso_day(periods[2].last) == "2025-03-31");
    CHECK(periods[1].x0 == 13);
    CHECK(periods[1].x1 == 14);
    CHECK(periods[1].hours == 28 * 24);
}

TEST_CASE("the rest of a last period that was cut comes first, and the last may begin within all") {
    // The end is 2 + 15/31, so months that begin before 4 + 15/31 follow: up to May.
    const auto periods = later("2024-01", "2024-03-15", Step::month, 2);
    REQUIRE(periods.size() == 3);
    CHECK(iso_day(periods[0].first) == "2024-03-16");
    CHECK(periods[0].x0 == Approx(2 + 15.0 / 31));
    CHECK(periods[0].x1 == 3);
    CHECK(periods[0].hours == 16 * 24);
    CHECK(iso_day(periods[2].first) == "2024-05-01");
    CHECK(periods[2].x1 == 5);
}

TEST_CASE("weeks go on as weeks, in step with the first one") {
    // Ten days from Tuesday: the second week has three of them.
    const auto periods = later("2024-01-02", "2024-01-11", Step::week, 0.4);
    REQUIRE(periods.size() == 3);
    CHECK(iso_day(periods[0].first) == "2024-01-12");
    CHECK(iso_day(periods[0].last) == "2024-01-15");
    CHECK(iso_day(periods[1].first) == "2024-01-16");
    CHECK(iso_day(periods[2].first) == "2024-01-23");
    CHECK(periods[2].hours == 7 * 24);
}

TEST_CASE("a horizon of one week goes on in weeks, of a month cut there in months") {
    CHECK(iso_day(later("2024-01-01", "2024-01-07", Step::week, 1)[0].last) == "2024-01-14");
    CHECK(iso_day(later("2024-01-01", "2024-01-07", Step::month, 1)[0].last) == "2024-01-31");
}

TEST_CASE("nothing follows a horizon for no time") {
    CHECK(later("2024-01", "2024-12", Step::month, 0).empty());
}
