#include <fleetcast/load/document.hpp>

#include "support/catch.hpp"

using namespace fleetcast;

namespace {

Node parsed(const std::string& text) { return require(parse_document({{{"plan.json", text}}}, 0)); }

Position position(const std::string& text, const Place& place) {
    return position_of(text, place.offset);
}

} // namespace

TEST_CASE("a document becomes a tree of values in the order of the text") {
    const Node root = parsed(R"({"z":null,"a":[true,false,1.5,"x"],"m":{}})");
    REQUIRE(root.kind == Node::Kind::object);
    REQUIRE(root.members.size() == 3);
    CHECK(root.members[0].key == "z");
    CHECK(root.members[0].value.kind == Node::Kind::null);
    CHECK(root.members[2].key == "m");
    CHECK(root.members[2].value.kind == Node::Kind::object);
    const Node& list = root.members[1].value;
    REQUIRE(list.kind == Node::Kind::array);
    REQUIRE(list.items.size() == 4);
    CHECK(list.items[0].kind == Node::Kind::boolean);
    CHECK(list.items[0].boolean);
    CHECK(list.items[1].kind == Node::Kind::boolean);
    CHECK_FALSE(list.items[1].boolean);
    CHECK(list.items[2].kind == Node::Kind::number);
    CHECK(list.items[2].number == 1.5);
    CHECK(list.items[2].text == "1.5");
    CHECK(list.items[3].kind == Node::Kind::string);
    CHECK(list.items[3].text == "x");
}

TEST_CASE("a root may be any value") {
    CHECK(parsed("12").number == 12);
    CHECK(parsed(" \"a\" ").text == "a");
    CHECK(parsed("null").kind == Node::Kind::null);
    CHECK(parsed("[]").kind == Node::Kind::array);
}

TEST_CASE("a member is found by its key, or not at all") {
    const Node root = parsed(R"({"a":1,"b":2})");
    REQUIRE(root.find("b"));
    CHECK(root.find("b")->value.number == 2);
    CHECK_FALSE(root.find("c"));
    CHECK_FALSE(root.items.size());
    CHECK_FALSE(parsed("[1]").find("0"));
}

TEST_CASE("every value and key has the place of its first byte, in any file of the run") {
    const std::string text = "{\n  \"a\" : [ 10, -2.5e3 ,\t\"s\" ],\n  \"b\":{\"c\":true}}";
    const Sources sources{{{"other", "{}"}, {"plan.json", text}}};
    const Node root = require(parse_document(sources, 1));
    CHECK(root.place == Place{1, 0});
    const Member& a = root.members[0];
    CHECK(a.key_place == Place{1, text.find("\"a\"")});
    CHECK(a.value.place == Place{1, text.find('[')});
    CHECK(a.value.items[0].place == Place{1, text.find("10")});
    CHECK(a.value.items[1].place == Place{1, text.find("-2.5")});
    CHECK(a.value.items[2].place == Place{1, text.find("\"s\"")});
    const Member& b = root.members[1];
    CHECK(b.key_place == Place{1, text.find("\"b\"")});
    CHECK(b.value.members[0].key_place == Place{1, text.find("\"c\"")});
    CHECK(b.value.members[0].value.place == Place{1, text.find("true")});
}

TEST_CASE("comments are skipped wherever blanks may stand, and places know it") {
    const std::string text = "// first: {\"x\":1}\n/* a ***/ { /*,*/ \"a\" /*:*/ : // \"no\"\r 1 "
                             "/**/ , \"b\":/*[*/[1/*]*/,2]}// end";
    const Node root = parsed(text);
    REQUIRE(root.members.size() == 2);
    CHECK(position(text, root.members[0].key_place) == Position{2, 19});
    CHECK(position(text, root.members[0].value.place) == Position{3, 2});
    CHECK(root.members[1].value.items[1].place.offset == text.rfind('2'));
    CHECK(parsed("[\"// no comment\", \"/* nor */\"]").items[0].text == "// no comment");
}

TEST_CASE("fault 6: a byte order mark and CRLF are accepted and columns are right") {
    const std::string text = "\xef\xbb\xbf{\r\n\t\"a\": 1,\r\n\t\"b\": 2\r\n}\r\n";
    const Node root = parsed(text);
    CHECK(position(text, root.place) == Position{1, 1});
    CHECK(position(text, root.members[1].key_place) == Position{3, 2});
    CHECK(position(text, root.members[1].value.place) == Position{3, 7});
}

TEST_CASE("columns after UTF-8 text count code points") {
    const std::string text = "{\"東京 😀\": \"ä\", \"b\": 1}";
    const Node root = parsed(text);
    CHECK(root.members[0].key == "東京 😀");
    CHECK(position(text, root.members[1].key_place) == Position{1, 15});
}

TEST_CASE("escapes are decoded in keys and values, and places after them hold") {
    const std::string text = R"({"\u0061\"\\\/\n": "\ud83d\ude00\t\u00e9\u0000x", "b": ["\\", 5]})";
    const Node root = parsed(text);
    CHECK(root.members[0].key == "a\"\\/\n");
    CHECK(root.members[0].value.text == std::string("😀\té\0x", 9));
    CHECK(root.members[1].key_place.offset == text.find("\"b\""));
    CHECK(root.members[1].value.items[1].place.offset == text.find('5'));
}

TEST_CASE("fault 12: -0 is 0, and what is too small for a double is 0 but keeps its text") {
    for (const char* text : {"-0", "-0.0", "-0e5", "-1e-400", "1e-400", "0.0"}) {
        const Node node = parsed(text);
        CHECK(node.number == 0);
        CHECK_FALSE(std::signbit(node.number));
        CHECK(node.text == text);
    }
    CHECK(parsed("4.9406564584124654e-324").number > 0);
    CHECK(parsed("1.7976931348623157e308").number == std::numeric_limits<double>::max());
}

TEST_CASE("fault 13: an integer that a double holds is read exactly, however long") {
    CHECK(parsed("9007199254740992").number == 0x1p53);
    CHECK(parsed("9007199254740994").number == 0x1p53 + 2);
    CHECK(parsed("-9007199254740991").number == -(0x1p53 - 1));
    CHECK(parsed("9223372036854775808").number == 0x1p63);
    CHECK(parsed("-9223372036854775808").number == -0x1p63);
    CHECK(parsed("18446744073709551616").number == 0x1p64);
    CHECK(parsed("10000000000000000000000").number == 1e22);
    CHECK(parsed("340282366920938463463374607431768211456").number == 0x1p128);
    CHECK(parsed("999999999999999").number == 999999999999999.0);
}

TEST_CASE("a number with a point or an exponent is rounded to the nearest, as any decimal is") {
    CHECK(parsed("9007199254740993.0").number == 0x1p53);
    CHECK(parsed("9007199254740993e0").number == 0x1p53);
    CHECK(parsed("0.1").number == 0.1);
    CHECK(parsed("1E+2").number == 100);
    CHECK(parsed("1E+2").text == "1E+2");
}

TEST_CASE("kinds are described in words") {
    CHECK(describe(Node::Kind::null) == "null");
    CHECK(describe(Node::Kind::boolean) == "a boolean");
    CHECK(describe(Node::Kind::number) == "a number");
    CHECK(describe(Node::Kind::string) == "a string");
    CHECK(describe(Node::Kind::array) == "an array");
    CHECK(describe(Node::Kind::object) == "an object");
}

TEST_CASE("a dotted path leads to its value and its key, through objects and arrays") {
    const std::string text = R"({"sources":{"h100":{"vintages":[5,{"deep":6}],"units":7}}})";
    const Node root = parsed(text);
    const auto value = [&](std::string_view path) { return locate(root, path).offset; };
    const auto key = [&](std::string_view path) { return locate_key(root, path).offset; };
    CHECK(value("sources.h100.units") == text.find('7'));
    CHECK(key("sources.h100.units") == text.find("\"units\""));
    CHECK(value("sources.h100.vintages.0") == text.find('5'));
    CHECK(key("sources.h100.vintages.0") == text.find('5')); // an item has no key
    CHECK(value("sources.h100.vintages.1.deep") == text.find('6'));
    CHECK(key("sources.h100.vintages.1.deep") == text.find("\"deep\""));
    CHECK(value("") == 0);
    CHECK(key("") == 0);
}

TEST_CASE("a path that leads nowhere gives the nearest enclosing value") {
    const std::string text = R"({"sources":{"h100":{"vintages":[5],"units":7}},"s":1})";
    const Node root = parsed(text);
    const std::size_t h100 = text.find("{\"vintages\"");
    for (const std::string tail : {"price_usd", "price_usd.0", "unit", "units_", ""}) {
        CHECK(locate(root, "sources.h100." + tail).offset == h100);
        CHECK(locate_key(root, "sources.h100." + tail).offset == h100);
    }
    for (const std::string tail : {"1", "-1", "x", "0x", "18446744073709551616"})
        CHECK(locate(root, "sources.h100.vintages." + tail).offset == text.find('['));
    CHECK(locate_key(root, "sources.h100.units.low").offset == text.find('7'));
    CHECK(locate(root, "nothing").offset == 0);
}

TEST_CASE("a key that is refused for its dot is found all the same") {
    const std::string text = R"({"inputs":{"a":1,"a.b":{"x":2}}})";
    const Node root = parsed(text);
    CHECK(locate_key(root, "inputs.a.b").offset == text.find("\"a.b\""));
    CHECK(locate(root, "inputs.a.b.x").offset == text.find('2'));
    CHECK(locate_key(root, "inputs.a").offset == text.find("\"a\""));
}
