// What the terminal can show: width and characters. Colour is in test_terminal.py.
#include "program.hpp"

#include <support/catch.hpp>

using namespace fleetcast::testing;

TEST_CASE("the width is that of the flag, else of COLUMNS where that is sane, else 80") {
    const auto out = [](const std::string& words) {
        return run(words + " \"$F\" forecast plan.json").out;
    };
    const std::string usual = out("");
    CHECK(out("COLUMNS=80") == usual);
    CHECK(out("COLUMNS=120") != usual);
    CHECK(run("COLUMNS=120 \"$F\" forecast plan.json --width 80").out == usual);
    for (const char* odd :
         {"COLUMNS=0", "COLUMNS=abc", "COLUMNS=-5", "COLUMNS=99999999999", "COLUMNS="})
        CHECK(out(odd) == usual);
    CHECK(run("\"$F\" forecast plan.json --width 1").code == 0);
}

TEST_CASE("characters are ASCII outside a UTF-8 locale and with --ascii") {
    const auto is_ascii = [](const std::string& text) {
        for (const char c : text)
            if (static_cast<unsigned char>(c) > 0x7e)
                return false;
        return !text.empty();
    };
    CHECK_FALSE(is_ascii(run("\"$F\" forecast plan.json").out));
    CHECK(is_ascii(run("\"$F\" forecast plan.json --ascii").out));
    CHECK(is_ascii(run("LC_ALL=C \"$F\" forecast plan.json").out));
    CHECK(is_ascii(run("LC_ALL= LC_CTYPE=C LANG=C.UTF-8 \"$F\" forecast plan.json").out));
    CHECK_FALSE(is_ascii(run("LC_ALL= LC_CTYPE= LANG=en_US.utf8 \"$F\" forecast plan.json").out));
}
