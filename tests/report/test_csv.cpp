// Bytes of CSV for hostile texts and odd numbers (faults 45, 46, 49).
#include "support/catch.hpp"

#include <fleetcast/base/result.hpp>
#include <fleetcast/report/csv.hpp>

#include <limits>

using namespace fleetcast;

namespace {

std::string written(const Cell& cell) {
    const std::string bytes = to_csv({{{"x", "", Kind::text}}, {{cell}}});
    REQUIRE(bytes.starts_with("x\r\n"));
    REQUIRE(bytes.ends_with("\r\n"));
    return bytes.substr(3, bytes.size() - 5);
}

} // namespace

TEST_CASE("lines end in CRLF, the last too, and a table without rows has its header") {
    CHECK(to_csv({{{"a", "", Kind::text}, {"b", "", Kind::number}}, {}}) == "a,b\r\n");
    CHECK(to_csv({{{"a", "", Kind::text}, {"b", "", Kind::number}},
                  {{"x", 1.5}, {Cell(), Cell()}}}) == "a,b\r\nx,1.5\r\n,\r\n");
}

TEST_CASE("a text that a spreadsheet could run gets a leading apostrophe") {
    CHECK(written("=cmd|' /C calc'!A0") == "'=cmd|' /C calc'!A0");
    CHECK(written("+1") == "'+1");
    CHECK(written("-2+3") == "'-2+3");
    CHECK(written("-") == "'-");
    CHECK(written("@SUM(1)") == "'@SUM(1)");
    CHECK(written("\t=1") == "'\t=1");
    CHECK(written("\r=1") == "\"'\r=1\"");
    CHECK(written("a=1") == "a=1");
}

TEST_CASE("a negative number and a day are no texts") {
    CHECK(written(-2.5) == "-2.5");
    CHECK(written(Day{"2024-01-01"}) == "2024-01-01");
}

TEST_CASE("commas, quotes and line ends are quoted") {
    CHECK(written("a,b") == "\"a,b\"");
    CHECK(written("say \"x\"") == "\"say \"\"x\"\"\"");
    CHECK(written("two\nlines") == "\"two\nlines\"");
    CHECK(written("=1,\"2\"") == "\"'=1,\"\"2\"\"\"");
    CHECK(written("方案 👩 e\xcc\x81") == "方案 👩 e\xcc\x81");
    CHECK(written(std::string(32768, 'n')) == std::string(32768, 'n'));
    CHECK(written("caf\xe9") == "caf\xef\xbf\xbd");
}

TEST_CASE("numbers are shortest round-trip decimals") {
    CHECK(written(350000.0) == "350000");
    CHECK(written(0.1 + 0.2) == "0.30000000000000004");
    CHECK(written(39.23e9) == "39230000000");
    CHECK(written(-0.0) == "0");
}

TEST_CASE("a number that is not finite ends the run as an internal error") {
    const double infinity = std::numeric_limits<double>::infinity();
    for (const double value : {std::numeric_limits<double>::quiet_NaN(), infinity, -infinity}) {
        try {
            to_csv({{{"x", "", Kind::number}}, {{value}}});
            FAIL("written");
        } catch (const Failure& failure) {
            CHECK(failure.code == Exit::internal);
        }
    }
}
