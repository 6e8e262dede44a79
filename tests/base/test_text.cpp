// Numbers, widths, cuts and wrapping of base/text.
#include "support/catch.hpp"

#include <fleetcast/base/text.hpp>

#include <cstdlib>

using namespace fleetcast;

TEST_CASE("a shortest number reads back as the same double") {
    CHECK(shortest(350000) == "350000");
    CHECK(shortest(0.1) == "0.1");
    CHECK(shortest(-0.0) == "0");
    CHECK(shortest(1e15) == "1000000000000000");
    CHECK(shortest(1e22) == "1e+22"); // from 1e16 on an exponent is shorter
    CHECK(shortest(1e-7) == "1e-07");
    for (const double value :
         {0.1 + 0.2, 1.0 / 3, 39.23e9, 5e-324, 1.7976931348623157e308, -280500.5})
        CHECK(std::strtod(shortest(value).c_str(), nullptr) == value);
}

TEST_CASE("thousands are parted by commas, on both sides of zero") {
    CHECK(with_thousands(999, 0) == "999");
    CHECK(with_thousands(1000, 0) == "1,000");
    CHECK(with_thousands(-123456, 0) == "-123,456");
    CHECK(with_thousands(1234567.891, 2) == "1,234,567.89");
    CHECK(with_thousands(999999.5, 0) == "1,000,000");
}

TEST_CASE("bytes that are no UTF-8 become the replacement character") {
    CHECK(valid_utf8("a\xff"
                     "b") == "a\xef\xbf\xbd"
                             "b");
    CHECK(valid_utf8("方案 é") == "方案 é");
}

TEST_CASE("a cut text keeps its head and tail and fits") {
    CHECK(cut_middle("h100", 10, "…") == "h100");
    CHECK(cut_middle("h100-purchase-2024-q1", 11, "…") == "h100-…24-q1");
    CHECK(cut_middle("方案方案方案", 6, "…") == "方…案"); // half a wide character is none
    CHECK(columns_of(cut_middle("方案方案方案", 6, "…")) <= 6);
    CHECK(cut_middle("ae\xcc\x81xxxxxxxx", 4, "…") ==
          "ae\xcc\x81…x"); // an accent stays with its letter
    CHECK(cut_middle(std::string(32768, 'n'), 20, "...").size() == 20);
}

TEST_CASE("prose wraps between words, and within a word that is longer than a line") {
    CHECK(wrap("one two three", 8) == std::vector<std::string>{"one two", "three"});
    CHECK(wrap("abcdefgh ij", 3) == std::vector<std::string>{"abc", "def", "gh", "ij"});
    CHECK(wrap("方案方", 4) == std::vector<std::string>{"方案", "方"});
    CHECK(wrap("", 4) == std::vector<std::string>{""});
    CHECK(wrap("a\x1b[31mb", 80) == std::vector<std::string>{"a\\x1b[31mb"});
}
