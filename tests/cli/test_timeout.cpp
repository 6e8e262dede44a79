// The option --timeout: what it ends, what it says, what it leaves behind.
#include "program.hpp"

#include <support/catch.hpp>

#include <chrono>

using namespace fleetcast::testing;

namespace {

/// slow.json is plan.json with a price that is uncertain.
const std::string slow = "sed 's/\"price_usd\": 1000/\"price_usd\": {\"uniform\": [900, 1100]}/' "
                         "plan.json > slow.json; ";

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

} // namespace

TEST_CASE(
    "a forecast that takes longer than --timeout ends with 5, names file and flag, and writes "
    "nothing") {
    const auto start = std::chrono::steady_clock::now();
    const Ended ended =
        run(slow + "\"$F\" forecast slow.json --trials 1e9 --timeout 0.3 -o out.csv; "
                   "c=$?; ls; exit $c");
    const double seconds = seconds_since(start);
    CHECK(ended.code == 5);
    CHECK(ended.err == "fleetcast: slow.json: not finished within 0.3 s (--timeout)\n");
    CHECK(ended.out == "plan.json\nslow.json\n");
    CHECK(seconds > 0.3);
    CHECK(seconds < 5); // 1e9 trials take minutes at the least
}

TEST_CASE("of several scenarios the one that is not finished is named") {
    const Ended ended =
        run(slow + "\"$F\" forecast plan.json slow.json --trials 1e9 --timeout 0.3 --format csv");
    CHECK(ended.code == 5);
    CHECK(ended.out.empty());
    CHECK(holds(ended.err, "fleetcast: slow.json: not finished within 0.3 s (--timeout)\n"));
}

TEST_CASE("a comparison that takes longer than --timeout ends with 5 and names its scenarios") {
    const Ended ended = run(slow + "\"$F\" compare plan.json slow.json --trials 1e9 --timeout 0.3");
    CHECK(ended.code == 5);
    CHECK(ended.out.empty());
    CHECK(holds(ended.err, "plan.json, slow.json: not finished within 0.3 s (--timeout)\n"));
}

TEST_CASE("a forecast that is finished in time is the same with --timeout as without") {
    const std::string forecast = slow + "\"$F\" forecast slow.json --trials 3000 --format csv";
    const Ended plain = run(forecast);
    REQUIRE(plain.code == 0);
    for (const std::string seconds : {"1e9", "600.5", "1000000000"}) {
        const Ended ended = run(forecast + " --timeout " + seconds);
        CHECK(ended.code == 0);
        CHECK(ended.out == plain.out);
    }
}

TEST_CASE("a timeout is a plain number of seconds above 0") {
    for (const std::string value : {"0", "0.0", "-1", "+1", "nan", "inf", "0x10", "5s", "1,5",
                                    "1e10", "1000000000.5", "' 1'", "1e-400", "now"})
        for (const std::string command : {"forecast plan.json", "compare plan.json slow.json"}) {
            const Ended ended = run(slow + "\"$F\" " + command + " --timeout " + value);
            INFO(value << "\n" << ended.err);
            CHECK(ended.code == 2);
            CHECK(holds(ended.err, "--timeout: must be a number of seconds above 0, up to 1e9"));
            CHECK(ended.out.empty());
        }
    CHECK(run("\"$F\" forecast plan.json --timeout").code == 2);
    CHECK(run("\"$F\" forecast plan.json --timeout ''").code == 2);
}
