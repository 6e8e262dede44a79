#include <fleetcast/base/problem.hpp>

#include "support/catch.hpp"

using namespace fleetcast;

namespace {

std::string shown(const std::string& text, std::size_t offset) {
    return format_problem({{}, {0, offset}, "", "wrong", ""}, {{{"plan.json", text}}});
}

// The excerpt and the caret line of the problem, without their indent.
std::pair<std::string, std::string> excerpt(const std::string& text, std::size_t offset) {
    const std::string all = shown(text, offset);
    const std::size_t first = all.find('\n') + 1;
    const std::size_t second = all.find('\n', first) + 1;
    return {all.substr(first + 2, second - first - 3),
            all.substr(second + 2, all.size() - second - 3)};
}

} // namespace

TEST_CASE("a problem is printed with place, path, message, line, caret and hint") {
    const Sources sources{{{"base.json", ""}, {"plan.json", "{\n  \"units\": -3\n}\n"}}};
    const Problem problem{Severity::error,
                          {1, 13},
                          "sources.h100.units",
                          "must be at least 0, got -3",
                          "did you mean 3?"};
    CHECK(format_problem(problem, sources) ==
          "plan.json:2:12: error: sources.h100.units: must be at least 0, got -3\n"
          "    \"units\": -3\n"
          "             ^\n"
          "  hint: did you mean 3?\n");
}

TEST_CASE("a problem without a place prints no position, one without a path no path") {
    CHECK(format_problem({Severity::error, {}, "a.b", "wrong", ""}, {}) == "error: a.b: wrong\n");
    CHECK(format_problem({Severity::warning, {}, "", "odd", "look"}, {}) ==
          "warning: odd\n  hint: look\n");
    CHECK(format_problem({Severity::note, {7, 0}, "", "unknown file", ""}, {}) ==
          "note: unknown file\n");
}

TEST_CASE("columns count code points, and the caret stands under wide characters") {
    // 東京 takes 4 columns and 6 bytes.
    const std::string text = "{\"東京\": x}";
    const std::size_t offset = text.find('x');
    CHECK(position_of(text, offset) == Position{1, 8});
    CHECK(excerpt(text, offset).second == std::string(9, ' ') + "^");
}

TEST_CASE("a combining mark has a column of its own but takes no place before the caret") {
    const std::string text = "e\u0301 x";
    CHECK(position_of(text, 4) == Position{1, 4});
    CHECK(excerpt(text, 4) == std::pair<std::string, std::string>(text, "  ^"));
}

TEST_CASE("fault 6: lines end in LF, CRLF or CR, and a byte order mark has no column") {
    const std::string text = "\xef\xbb\xbf"
                             "a\r\nb\rc\nd";
    CHECK(position_of(text, 3) == Position{1, 1});
    CHECK(position_of(text, 0) == Position{1, 1});
    CHECK(position_of(text, 4) == Position{1, 2});
    CHECK(position_of(text, 6) == Position{2, 1});
    CHECK(position_of(text, 8) == Position{3, 1});
    CHECK(position_of(text, 10) == Position{4, 1});
    CHECK(position_of(text, 999) == Position{4, 2});
    CHECK(excerpt(text, 3) == std::pair<std::string, std::string>("a", "^"));
    CHECK(excerpt(text, 6) == std::pair<std::string, std::string>("b", "^"));
    CHECK(excerpt(text, 10) == std::pair<std::string, std::string>("d", "^"));
}

TEST_CASE("the line feed of a CRLF is on the line that it ends") {
    CHECK(position_of("ab\r\ncd", 3) == Position{1, 4});
    CHECK(excerpt("ab\r\ncd", 2).first == "ab");
}

TEST_CASE("a tab is shown as one space, so the caret stays under its character") {
    CHECK(excerpt("\t\tx", 2) == std::pair<std::string, std::string>("  x", "  ^"));
}

TEST_CASE("a blank line is not shown") {
    CHECK(shown("", 0) == "plan.json:1:1: error: wrong\n");
    CHECK(shown("{\n \t \n}", 3) == "plan.json:2:2: error: wrong\n");
    CHECK(shown("{}\n", 3) == "plan.json:2:1: error: wrong\n");
}

TEST_CASE("control and bidi characters are escaped in names, paths, messages, hints and lines") {
    const std::string evil = "\x1b[31m\u202e\u2028\x07\xff";
    const std::string safe = "\\x1b[31m\\u202e\\u2028\\x07\\xff";
    const Problem problem{Severity::error, {0, evil.size()}, evil, evil, evil};
    const std::string printed = format_problem(problem, {{{evil, evil + "x"}}});
    CHECK(printed == safe + ":1:10: error: " + safe + ": " + safe + "\n  " + safe + "x\n  " +
                         std::string(safe.size(), ' ') + "^\n  hint: " + safe + "\n");
}

TEST_CASE("a newline in a message does not begin a new line") {
    CHECK(format_problem({{}, {}, "", "a\nplan.json:1:1: error: forged", ""}, {}) ==
          "error: a\\x0aplan.json:1:1: error: forged\n");
}

TEST_CASE("a long line is cut to a window round the caret") {
    const std::string text = std::string(5000, 'a') + "!" + std::string(5000, 'b');
    const auto [middle, caret] = excerpt(text, 5000);
    CHECK(middle == "..." + std::string(50, 'a') + "!" + std::string(49, 'b') + "...");
    CHECK(caret == std::string(53, ' ') + "^");
    CHECK(excerpt(text, 0).first == std::string(100, 'a') + "...");
    const auto [end, end_caret] = excerpt(text, text.size());
    CHECK(end == "..." + std::string(100, 'b'));
    CHECK(end_caret == std::string(103, ' ') + "^");
    CHECK(excerpt(std::string(100, 'a'), 99).first == std::string(100, 'a'));
}

TEST_CASE("the window never grows with wide characters or marks that take no place") {
    std::string wide, marks = "e";
    for (int i = 0; i < 3000; ++i) {
        wide += "東";
        marks += "\u0301";
    }
    const auto [line, caret] = excerpt(wide, 3 * 1500);
    CHECK(caret == std::string(3 + 50, ' ') + "^");
    CHECK(line.size() == 3 + 3 * 50 + 3);
    CHECK(excerpt(marks, 3001).first.size() < 500);
}

TEST_CASE("a position in the middle of a megabyte line is found without showing the line") {
    const std::string text(std::size_t{1} << 20, '[');
    CHECK(shown(text, 1 << 19).size() < 300);
    CHECK(position_of(text, 1 << 19) == Position{1, (1 << 19) + 1});
}

TEST_CASE("a message of megabytes is cut") {
    const std::string printed =
        format_problem({{}, {}, "", std::string(std::size_t{1} << 20, 'x'), ""}, {});
    CHECK(printed == "error: " + std::string(2000, 'x') + "...\n");
}

TEST_CASE("problems stand in order of file and offset, equal ones as they came, placeless last") {
    const auto at = [](std::uint32_t file, std::size_t offset, const std::string& message) {
        return Problem{{}, {file, offset}, "", message, ""};
    };
    const Problems sorted =
        in_file_order({at(Place::nowhere, 9, "p"), at(1, 2, "d"), at(0, 5, "b"),
                       at(Place::nowhere, 0, "q"), at(0, 5, "c"), at(0, 1, "a")});
    std::string order;
    for (const Problem& problem : sorted)
        order += problem.message;
    CHECK(order == "abcdpq");
}

TEST_CASE("warnings and notes are no errors") {
    CHECK_FALSE(has_errors({}));
    CHECK_FALSE(
        has_errors({{Severity::warning, {}, "", "", ""}, {Severity::note, {}, "", "", ""}}));
    CHECK(has_errors({{Severity::warning, {}, "", "", ""}, {Severity::error, {}, "", "", ""}}));
}
