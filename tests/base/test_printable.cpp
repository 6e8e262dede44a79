#include <fleetcast/base/printable.hpp>

#include "support/catch.hpp"

using namespace fleetcast;

TEST_CASE("fault 43: escapes, bidi controls and line separators are shown, other text is kept") {
    CHECK(printable("plain, äöü, 東京, 😀, e\u0301") == "plain, äöü, 東京, 😀, e\u0301");
    CHECK(printable("\x1b[2J") == "\\x1b[2J");
    CHECK(printable("a\tb\r\n") == "a\\x09b\\x0d\\x0a");
    CHECK(printable("\x7f") == "\\x7f");
    CHECK(printable("\u0085\u009b") == "\\u0085\\u009b");
    CHECK(printable("\u202e\u2066\u200f\u061c") == "\\u202e\\u2066\\u200f\\u061c");
    CHECK(printable("\u2028\u2029\ufeff\u200b") == "\\u2028\\u2029\\ufeff\\u200b");
    CHECK(printable("\U000e0041") == "\\U000e0041");
    CHECK(printable(std::string_view("\0", 1)) == "\\x00");
}

TEST_CASE("bytes that are not UTF-8 are shown one by one") {
    CHECK(printable("a\xff\xc0\x80z") == "a\\xff\\xc0\\x80z");
    CHECK(printable("\xe6\x9d") == "\\xe6\\x9d");
    CHECK(glyph_at("\xed\xa0\x80", 0).bytes == 1);
    CHECK_FALSE(glyph_at("\xed\xa0\x80", 0).valid);
}

TEST_CASE("widths are those of the printed form") {
    CHECK(display_width("") == 0);
    CHECK(display_width("abc") == 3);
    CHECK(display_width("東京") == 4);
    CHECK(display_width("e\u0301") == 1);
    CHECK(display_width("\x1b") == 4);
}
