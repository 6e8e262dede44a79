// The functions of portable:: against libm and exact values, and their special cases.
#include <fleetcast/random/portable_math.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include "support/catch.hpp"

namespace portable = fleetcast::portable;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
const double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// Distance in units of the last place of `expected`.
double ulps(double found, double expected) {
    if (found == expected)
        return 0;
    const double next = std::nextafter(std::abs(expected), infinity);
    return std::abs(found - expected) / (next - std::abs(expected));
}

} // namespace

TEST_CASE("portable functions are within 6 ulp of libm", "[random]") {
    double worst = 0;
    for (int i = 1; i < 20000; ++i) {
        const double t = i / 20000.0;
        worst = std::max(worst, ulps(portable::exp(1400 * t - 700), std::exp(1400 * t - 700)));
        worst = std::max(worst, ulps(portable::log(5 * t), std::log(5 * t)));
        worst = std::max(worst, ulps(portable::log1p(3 * t - 0.99), std::log1p(3 * t - 0.99)));
        worst = std::max(worst, ulps(portable::pow(4 * t, 7 * t - 3), std::pow(4 * t, 7 * t - 3)));
        worst = std::max(worst, ulps(portable::tgamma(1 + 5 * t), std::tgamma(1 + 5 * t)));
        worst = std::max(worst, ulps(portable::sin(12 * t - 6), std::sin(12 * t - 6)));
        worst = std::max(worst, ulps(portable::erfc(28 * t - 3), std::erfc(28 * t - 3)));
    }
    // glibc's erfc and tgamma are themselves documented to 5 ulp: they decide the limit.
    CHECK(worst <= 6);
}

TEST_CASE("portable exp underflows gradually to 0 and overflows to infinity", "[random]") {
    CHECK(portable::exp(0) == 1);
    CHECK(portable::exp(-745) == std::numeric_limits<double>::denorm_min());
    CHECK(portable::exp(-746) == 0);
    CHECK(portable::exp(-infinity) == 0);
    CHECK(portable::exp(709.7) < infinity);
    CHECK(portable::exp(710) == infinity);
    CHECK(portable::exp(infinity) == infinity);
    CHECK(std::isnan(portable::exp(not_a_number)));
}

TEST_CASE("portable log is -inf at 0 and NaN below", "[random]") {
    CHECK(portable::log(1) == 0);
    CHECK(portable::log(0.0) == -infinity);
    CHECK(portable::log(-0.0) == -infinity);
    CHECK(std::isnan(portable::log(-1)));
    CHECK(portable::log(infinity) == infinity);
    CHECK(portable::log(std::numeric_limits<double>::denorm_min()) ==
          Approx(-1074 * std::log(2.0)).epsilon(1e-15));
    CHECK(portable::log1p(-1) == -infinity);
    CHECK(std::isnan(portable::log1p(-2)));
    CHECK(portable::log1p(1e-20) == 1e-20);
    CHECK(portable::log1p(1e308) == Approx(std::log1p(1e308)).epsilon(1e-15));
}

TEST_CASE("portable pow has the special cases of C", "[random]") {
    CHECK(portable::pow(0, 0) == 1);
    CHECK(portable::pow(not_a_number, 0) == 1);
    CHECK(portable::pow(infinity, 0) == 1);
    CHECK(portable::pow(1, not_a_number) == 1);
    CHECK(portable::pow(1, infinity) == 1);
    CHECK(portable::pow(-1, infinity) == 1);
    CHECK(portable::pow(-8, 3) == -512);
    CHECK(portable::pow(-8, 2) == 64);
    CHECK(portable::pow(-2, -1) == -0.5);
    CHECK(std::isnan(portable::pow(-8, 0.5)));
    CHECK(portable::pow(0, 2) == 0);
    CHECK(portable::pow(0, -1) == infinity);
    CHECK(portable::pow(-0.0, -1) == -infinity);
    CHECK(portable::pow(-0.0, -2) == infinity);
    CHECK(portable::pow(0.5, infinity) == 0);
    CHECK(portable::pow(0.5, -infinity) == infinity);
    CHECK(portable::pow(-infinity, 3) == -infinity);
    CHECK(portable::pow(10, 309) == infinity);
    CHECK(portable::pow(10, -330) == 0);
    CHECK(portable::pow(2, 10) == 1024);
    CHECK(portable::pow(3, 5) == 243);
    CHECK(portable::pow(7.25, 1) == 7.25);
}

TEST_CASE("portable erfc, gamma, sine and square root meet their exact values", "[random]") {
    CHECK(portable::erfc(0) == 1);
    CHECK(portable::erfc(infinity) == 0);
    CHECK(portable::erfc(-infinity) == 2);
    CHECK(portable::tgamma(6) == 120);
    CHECK(portable::sin(0) == 0);
    CHECK(portable::sin(std::acos(-1) / 2) == 1);
    CHECK(std::isnan(portable::sin(infinity)));
    CHECK(portable::sqrt(2) == std::sqrt(2.0));
    CHECK(portable::sqrt(0) == 0);
    CHECK(std::isnan(portable::sqrt(-1)));
}
