// What parse_document() refuses: rows 1 to 13 and 24 of the fault table.
#include <fleetcast/load/document.hpp>

#include "support/catch.hpp"

#include <fmt/format.h>

using namespace fleetcast;

namespace {

Problems problems_in(const std::string& text) {
    Result<Node> result = parse_document({{{"plan.json", text}}}, 0);
    const auto* problems = std::get_if<Problems>(&result);
    return problems ? *problems : Problems{};
}

// "line:column: message" of the only problem, or how many there are.
std::string refusal(const std::string& text) {
    const Problems problems = problems_in(text);
    if (problems.size() != 1)
        return fmt::format("{} problems", problems.size());
    const Position position = position_of(text, problems[0].place.offset);
    return fmt::format("{}:{}: {}", position.line, position.column, problems[0].message);
}

std::string hint(const std::string& text) {
    const Problems problems = problems_in(text);
    return problems.size() == 1 ? problems[0].hint : "?";
}

const std::string good =
    "\xef\xbb\xbf// a plan\r\n{\n"
    "  \"title\": \"東京 \\ud83d\\ude00 \\\\ \\\"q\\\" \\u00e9\", /* units */\n"
    "  \"list\": [-1.5e+10, 0, 0.25, 1E-3, true, false, null, [], {}, \"\"],\n"
    "  \"sources\": {\"h100\": {\"units\": 24000, \"x-note\": \"😀\"}}\n"
    "}";

} // namespace

TEST_CASE("fault 1: an empty or blank document is refused as empty, at its end") {
    CHECK(refusal("") == "1:1: empty document");
    CHECK(refusal("  \t") == "1:4: empty document");
    CHECK(refusal("\n \r\n") == "3:1: empty document");
    CHECK(refusal("// only\n/* comments */") == "2:15: empty document");
    CHECK(refusal("\xef\xbb\xbf") == "1:1: empty document");
}

TEST_CASE("fault 4: a text cut at any byte is refused at its end") {
    REQUIRE(problems_in(good).empty());
    for (std::size_t size = 0; size < good.size(); ++size) {
        const std::string text = good.substr(0, size);
        const Problems problems = problems_in(text);
        INFO("cut at byte " << size);
        REQUIRE(problems.size() == 1);
        CHECK(problems[0].place == Place{0, size});
        CHECK((problems[0].message == "empty document" ||
               problems[0].message.find("end") != std::string::npos));
    }
}

TEST_CASE("fault 4: a cut text is told what is open") {
    CHECK(refusal("{\"a\": \"bc") == "1:10: the text ends inside a string");
    CHECK(hint("{\"a\": \"bc") == "the string begins at 1:7");
    CHECK(refusal("{ /* x") == "1:7: the text ends inside a comment");
    CHECK(hint("{ /* x") == "the comment begins at 1:3");
    CHECK(refusal("[1, tru") == "1:8: the text ends inside tru");
    CHECK(refusal("[1, -") == "1:6: the text ends inside -");
    CHECK(refusal("{\"a\":{}") == "1:8: expected ',' or '}', found the end of the text");
}

TEST_CASE("fault 5: a NUL is refused wherever it stands") {
    const auto with_nul = [](std::string before, const std::string& after) {
        return refusal(before.append(1, '\0') + after);
    };
    CHECK(with_nul("{}", "") == "1:3: a NUL at byte 2");
    CHECK(with_nul("{}\n", "{}") == "2:1: a NUL at byte 3");
    CHECK(with_nul("[\"a", "\"]") == "1:4: a NUL at byte 3");
    CHECK(with_nul("[12", "3]") == "1:4: a NUL at byte 3");
    CHECK(with_nul("{} // ", "\n") == "1:7: a NUL at byte 6");
    CHECK(with_nul("{} /* ", "*/") == "1:7: a NUL at byte 6");
}

TEST_CASE("fault 5: UTF-16 is refused by name") {
    using namespace std::string_literals;
    CHECK(refusal("\xff\xfe{\0}\0"s) == "1:1: the text is UTF-16, not UTF-8");
    CHECK(refusal("\xfe\xff\0{\0}"s) == "1:1: the text is UTF-16, not UTF-8");
    CHECK(hint("\xff\xfe{\0}\0"s) == "save the file as UTF-8");
    CHECK(hint("{\0}\0"s) == "is it UTF-16? save the file as UTF-8");
    CHECK(hint("\0{\0}"s) == "is it UTF-16? save the file as UTF-8");
}

TEST_CASE("fault 6: a second byte order mark is refused") {
    CHECK(refusal("\xef\xbb\xbf\xef\xbb\xbf{}") == "1:1: expected a value, found '\ufeff'");
}

TEST_CASE("fault 7: bytes that are not UTF-8 are refused with their position") {
    CHECK(refusal("[\"\xff\"]") == "1:3: byte 2 (0xff) is not UTF-8");
    CHECK(refusal("[\"é\x80\"]") == "1:4: byte 4 (0x80) is not UTF-8");        // stray continuation
    CHECK(refusal("[\"\xc0\x80\"]") == "1:3: byte 2 (0xc0) is not UTF-8");     // overlong NUL
    CHECK(refusal("[\"\xe0\x80\xaf\"]") == "1:3: byte 2 (0xe0) is not UTF-8"); // overlong slash
    CHECK(refusal("[\"\xf0\x80\x80\xaf\"]") == "1:3: byte 2 (0xf0) is not UTF-8");
    CHECK(refusal("[\"\xed\xa0\x80\"]") == "1:3: byte 2 (0xed) is not UTF-8"); // surrogate
    CHECK(refusal("[\"\xf4\x90\x80\x80\"]") == "1:3: byte 2 (0xf4) is not UTF-8");
    CHECK(refusal("[\"\xe6\x9d\"]") == "1:3: byte 2 (0xe6) is not UTF-8"); // cut character
    CHECK(refusal("{} // \xe9t\xe9") == "1:7: byte 6 (0xe9) is not UTF-8");
    CHECK(refusal("[\xa0]") == "1:2: byte 1 (0xa0) is not UTF-8");
}

TEST_CASE("fault 7: half a surrogate pair is refused at the escape") {
    CHECK(refusal(R"(["ab\ud800"])") == "1:5: \\ud800 is half a surrogate pair");
    CHECK(refusal(R"(["\uDC00"])") == "1:3: \\uDC00 is half a surrogate pair");
    CHECK(refusal(R"(["\ud83dx"])") == "1:3: \\ud83d is half a surrogate pair");
    CHECK(refusal(R"(["\ud83d\n"])") == "1:3: \\ud83d is half a surrogate pair");
    CHECK(refusal(R"(["\ud83d\u0041"])") == "1:3: \\ud83d is half a surrogate pair");
    CHECK(refusal(R"(["\ud83d\ud83d\ude00"])") == "1:3: \\ud83d is half a surrogate pair");
    CHECK(refusal(R"({"\udfff":1})") == "1:3: \\udfff is half a surrogate pair");
}

TEST_CASE("fault 8: depth 64 is read, depth 65 and 200,000 are refused") {
    const auto nested = [](std::size_t depth) {
        return std::string(depth, '[') + std::string(depth, ']');
    };
    CHECK(problems_in(nested(64)).empty());
    CHECK(refusal(nested(65)) == "1:65: nested deeper than 64");
    CHECK(refusal(std::string(200000, '[')) == "1:65: nested deeper than 64");
    std::string objects = "1";
    for (int i = 0; i < 64; ++i)
        objects = "{\"a\":" + objects + "}";
    CHECK(problems_in(objects).empty());
    CHECK(refusal("[" + objects + "]") == "1:317: nested deeper than 64"); // 1 + 63 * 5 + 1
    // Scalars below the deepest container are no level of their own.
    CHECK(problems_in(std::string(64, '[') + "1" + std::string(64, ']')).empty());
}

TEST_CASE("fault 9: a document of more values than the cap is refused at the first too many") {
    std::string text = "[";
    for (std::size_t i = 1; i < value_cap; ++i)
        text += "0,";
    const std::size_t first_too_many = text.size();
    text.back() = ']'; // the root and value_cap - 1 zeros are the cap
    const Sources fits{{{"plan.json", text}}};
    CHECK(std::holds_alternative<Node>(parse_document(fits, 0)));
    text.back() = ',';
    text += "0]";
    const Problems problems = problems_in(text);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].message == fmt::format("more than {} values", value_cap));
    CHECK(problems[0].place.offset == first_too_many);
}

TEST_CASE("fault 10: a duplicate key is refused, naming both places") {
    const std::string text = "{\n \"a\": 1,\n \"b\": {\"q\": 1, \"q\": 2},\n \"\\u0061\": 3\n}";
    const Problems problems = problems_in(text);
    REQUIRE(problems.size() == 2);
    CHECK(problems[0].message == "duplicate key \"q\", first at 3:8");
    CHECK(problems[0].path == "b.q");
    CHECK(position_of(text, problems[0].place.offset) == Position{3, 16});
    CHECK(problems[1].message == "duplicate key \"a\", first at 2:2");
    CHECK(problems[1].path == "a");
    CHECK(position_of(text, problems[1].place.offset) == Position{4, 2});
}

TEST_CASE("fault 10: each repetition is reported, in file order, in arrays and next to syntax") {
    const Problems three = problems_in(R"([{"a":1,"b":2,"a":3,"a":4,"b":5}])");
    REQUIRE(three.size() == 3);
    CHECK(three[0].path == "0.a");
    CHECK(three[1].path == "0.a");
    CHECK(three[2].path == "0.b");
    CHECK(three[1].message == "duplicate key \"a\", first at 1:3");
    const Problems both = problems_in(R"({"a":1,"a":2,"c":[}])");
    REQUIRE(both.size() == 2);
    CHECK(both[0].path == "a");
    CHECK(both[1].message == "expected a value or ']', found '}'");
}

TEST_CASE("fault 10: keys that differ in case, or stand in different objects, are no duplicates") {
    CHECK(problems_in(R"({"a":{"k":1},"A":{"k":1},"b":[{"k":1},{"k":1}]})").empty());
}

TEST_CASE("fault 10: of very many duplicates a thousand are reported") {
    std::string text = "{\"a\":0";
    for (int i = 0; i < 3000; ++i)
        text += ",\"a\":0";
    CHECK(problems_in(text + "}").size() == 1000);
}

TEST_CASE("fault 24: a source that is written twice is refused at the second") {
    const std::string text = "{\"sources\": {\n  \"h100\": {\"units\": 1},\n"
                             "  \"h100\": {\"units\": 2}\n}}";
    const Sources sources{{{"plan.json", text}}};
    const Problems problems = problems_in(text);
    REQUIRE(problems.size() == 1);
    CHECK(format_problem(problems[0], sources) ==
          "plan.json:3:3: error: sources.h100: duplicate key \"h100\", first at 2:3\n"
          "    \"h100\": {\"units\": 2}\n"
          "    ^\n");
}

TEST_CASE("fault 12: what is not a finite number is refused") {
    for (const std::string word : {"NaN", "nan", "Infinity", "-Infinity", "inf", "-NaN"})
        CHECK(refusal("{\"a\": " + word + "}") ==
              fmt::format("1:7: {} is not a number that JSON has", word));
    CHECK(refusal("{\"a\": 1e400}") == "1:7: 1e400 is too large for a number");
    CHECK(refusal("[0, -1.5e+999]") == "1:5: -1.5e+999 is too large for a number");
    CHECK(problems_in("{\"a\": 1e400}")[0].path == "a");
}

TEST_CASE("fault 13: an integer that a double cannot hold is refused, all of them at once") {
    CHECK(refusal("[9007199254740993]") == "1:2: 9007199254740993 cannot be held exactly");
    CHECK(refusal("-9007199254740993") == "1:1: -9007199254740993 cannot be held exactly");
    CHECK(refusal("9223372036854775807") == "1:1: 9223372036854775807 cannot be held exactly");
    CHECK(refusal("18446744073709551615") == "1:1: 18446744073709551615 cannot be held exactly");
    CHECK(refusal("18446744073709551617") == "1:1: 18446744073709551617 cannot be held exactly");
    CHECK(refusal("100000000000000000000001") ==
          "1:1: 100000000000000000000001 cannot be held exactly");
    const Problems two = problems_in(R"({"a":9007199254740993,"b":[1,9007199254740995]})");
    REQUIRE(two.size() == 2);
    CHECK(two[0].path == "a");
    CHECK(two[1].path == "b.1");
}

TEST_CASE("fault 13: 10^400 written out, and a number of a million digits, are refused briefly") {
    const std::string expected = "1:1: 1" + std::string(39, '0') + "... cannot be held exactly";
    CHECK(refusal("1" + std::string(400, '0')) == expected);
    CHECK(refusal("1" + std::string(1000000, '0')) == expected);
    CHECK(refusal("-1" + std::string(400, '0')) ==
          "1:1: -1" + std::string(38, '0') + "... cannot be held exactly");
}

TEST_CASE("what stands where something else belongs is named") {
    CHECK(refusal("{\"a\": 1\n \"qty\": 2}") == "2:2: expected ',' or '}', found \"qty\"");
    CHECK(refusal("[1 2]") == "1:4: expected ',' or ']', found 2");
    CHECK(refusal("[1}") == "1:3: expected ',' or ']', found '}'");
    CHECK(refusal("{\"a\" 1}") == "1:6: expected ':', found 1");
    CHECK(refusal("{\"a\"}") == "1:5: expected ':', found '}'");
    CHECK(refusal("{\"a\":}") == "1:6: expected a value, found '}'");
    CHECK(refusal("{1:2}") == "1:2: expected a key in double quotes or '}', found 1");
    CHECK(refusal("{\"a\":1 /* c */ \"b\"") == "1:16: expected ',' or '}', found \"b\"");
    CHECK(refusal("[,]") == "1:2: expected a value or ']', found ','");
    CHECK(refusal("]") == "1:1: expected a value, found ']'");
    CHECK(refusal("[\"" + std::string(99, 'x') + "\" \"" + std::string(99, 'y') + "\"]") ==
          "1:104: expected ',' or ']', found \"" + std::string(39, 'y') + "...");
}

TEST_CASE("text after the document is refused") {
    CHECK(refusal("{} {}") == "1:4: expected the end of the text, found '{'");
    CHECK(refusal("{}\n}") == "2:1: expected the end of the text, found '}'");
    CHECK(refusal("[1] x") == "1:5: expected the end of the text, found x");
    CHECK(refusal("1 2") == "1:3: expected the end of the text, found 2");
    CHECK(problems_in("{} // a comment may follow").empty());
}

TEST_CASE("numbers of other languages are refused whole") {
    for (const std::string word : {"01", "-01", "0x10", "1_000", "1.5.2", "12abc", "1e5e5", "1-2"})
        CHECK(refusal("[7, " + word + "]") == fmt::format("1:5: {} is not a number", word));
    for (const std::string word : {".5", "+1", "1.", "1e", "-", "-x", "1.e5"})
        CHECK(refusal("[7, " + word + "]") == fmt::format("1:5: {} is not a number", word));
}

TEST_CASE("a word that begins like a value is refused whole") {
    CHECK(refusal("[nulll]") == "1:2: nulll is not a value");
    CHECK(refusal("[1, true1]") == "1:5: true1 is not a value");
    CHECK(refusal("{\"a\": truefalse}") == "1:7: truefalse is not a value");
}

TEST_CASE("strings of other languages and broken escapes are refused with a way out") {
    CHECK(refusal("['a']") == "1:2: expected a value or ']', found \"'\"");
    CHECK(hint("['a']") == "keys and strings stand in straight double quotes");
    CHECK(hint("{\u201ca\u201d: 1}") == "keys and strings stand in straight double quotes");
    CHECK(hint("{a: 1}") == "keys and strings stand in double quotes");
    CHECK(refusal("[\"a\nb\"]") == "1:4: a line break inside a string");
    CHECK(refusal("[\"a\tb\"]") == "1:4: a control character inside a string");
    CHECK(hint("[\"a\tb\"]") == "write it as \\u0009");
    CHECK(refusal(R"(["C:\path"])") == "1:5: \\p is not an escape");
    CHECK(refusal(R"(["\u12g4"])") == "1:3: \\u takes four hexadecimal digits");
}

TEST_CASE("common slips get a hint") {
    CHECK(hint("[1,]") == "there is a comma too many before it");
    CHECK(hint("{\"a\":1,}") == "there is a comma too many before it");
    CHECK(hint("[True]") == "write true");
    CHECK(hint("[None]") == "write null");
    CHECK(hint("{ # c\n}") == "comments begin with // or /*");
    CHECK(refusal("{ / }") == "1:3: a comment begins with // or /*, found a lone '/'");
}

TEST_CASE("a huge string or comment is read, or refused at its end, without trouble") {
    const std::string filler(std::size_t{4} << 20, 'x');
    CHECK(problems_in("[\"" + filler + "\"]").empty());
    CHECK(problems_in("[/*" + filler + "*/]").empty());
    CHECK(problems_in("[\"" + filler)[0].place.offset == filler.size() + 2);
}
