// Damaged documents: parse_document() never crashes, always points into the text, and never
// accepts what the JSON library as a whole-document reader refuses.
#include <fleetcast/load/document.hpp>

#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <random>

using namespace fleetcast;

namespace {

const std::string seed_text = R"(// plan
{"title": "東京 \ud83d\ude00 \" \\", "start": "2024-01", /* c */ "n": [-1.5e+10, 0, 24000, 1e-7],
 "sources": {"h100": {"units": {"triangular": [1, 2.5, 3]}, "price_usd": 30000.5,
 "a": true, "b": false, "c": null, "\u0061b": {}, "d": [[], {}, [[1]]]}}})";

using Random = std::mt19937_64;

std::size_t below(Random& random, std::size_t end) { return random() % end; }

std::string piece(Random& random) {
    static const std::vector<std::string> pieces = {"{",
                                                    "}",
                                                    "[",
                                                    "]",
                                                    ",",
                                                    ":",
                                                    "\"",
                                                    "\\",
                                                    "/",
                                                    "//",
                                                    "/*",
                                                    "*/",
                                                    "\n",
                                                    "\r",
                                                    "\t",
                                                    " ",
                                                    "\\u",
                                                    "\\ud800",
                                                    "\\udc00",
                                                    "-",
                                                    ".",
                                                    "e",
                                                    "+",
                                                    "0",
                                                    "1e999",
                                                    "18446744073709551617",
                                                    "NaN",
                                                    "true",
                                                    "nul",
                                                    "'",
                                                    "\xef\xbb\xbf",
                                                    "\xff",
                                                    "\xc3",
                                                    "\xe6\x9d",
                                                    "\xed\xa0\x80",
                                                    "\u202e",
                                                    "😀",
                                                    "\x1b",
                                                    std::string(1, '\0'),
                                                    "\"a\":",
                                                    "{\"a\":1,\"a\":2}",
                                                    std::string(70, '['),
                                                    "\u201c",
                                                    "#"};
    return pieces[below(random, pieces.size())];
}

std::string mutated(Random& random) {
    std::string text = seed_text;
    for (std::size_t edits = 1 + below(random, 4); edits > 0; --edits) {
        const std::size_t at = below(random, text.size() + 1);
        const std::size_t length = std::min(below(random, 12), text.size() - at);
        switch (below(random, 5)) {
        case 0:
            text.insert(at, piece(random));
            break;
        case 1:
            text.replace(at, length, piece(random));
            break;
        case 2:
            text.erase(at, length);
            break;
        case 3: // a stretch moved elsewhere
            text.insert(below(random, text.size() + 1), text.substr(at, length));
            break;
        default:
            if (at < text.size())
                text[at] = static_cast<char>(random());
        }
    }
    return text;
}

bool equal(const Node& node, const nlohmann::json& other) {
    switch (node.kind) {
    case Node::Kind::null:
        return other.is_null();
    case Node::Kind::boolean:
        return other.is_boolean() && node.boolean == other.get<bool>();
    case Node::Kind::number:
        return other.is_number() && node.number == other.get<double>();
    case Node::Kind::string:
        return other.is_string() && node.text == other.get<std::string>();
    case Node::Kind::array:
        return other.is_array() &&
               std::equal(node.items.begin(), node.items.end(), other.begin(), other.end(), equal);
    case Node::Kind::object:
        break;
    }
    if (!other.is_object() || other.size() != node.members.size())
        return false;
    return std::all_of(node.members.begin(), node.members.end(), [&](const Member& member) {
        return other.contains(member.key) && equal(member.value, other[member.key]);
    });
}

// Every place is that of a character that can begin such a value.
bool has_sound_places(const Node& node, const std::string& text) {
    const char first = text.at(node.place.offset);
    constexpr std::string_view firsts[] = {"n", "tf", "-0123456789", "\"", "[", "{"};
    if (firsts[static_cast<std::size_t>(node.kind)].find(first) == std::string_view::npos)
        return false;
    for (const Node& item : node.items)
        if (!has_sound_places(item, text))
            return false;
    for (const Member& member : node.members)
        if (text.at(member.key_place.offset) != '"' || !has_sound_places(member.value, text))
            return false;
    return true;
}

// Only these messages may stand for a text that the library accepts: the rules beyond JSON.
bool is_stricter_rule(const std::string& message) {
    for (const char* part : {"duplicate key", "cannot be held exactly", "deeper than", "a NUL",
                             "not UTF-8", "within a character"})
        if (message.find(part) != std::string::npos)
            return true;
    return false;
}

} // namespace

TEST_CASE("fault 4 to 13: thousands of damaged texts are read right or refused at a place") {
    constexpr int texts = 20000;
    int accepted = 0, refused = 0;
    Random random(20240103);
    for (int i = 0; i < texts; ++i) {
        const std::string text = mutated(random);
        INFO(text);
        const Sources sources{{{"plan.json", text}}};
        const Result<Node> result = parse_document(sources, 0);
        const bool is_json = nlohmann::json::accept(text.data(), text.data() + text.size(), true);
        if (const auto* node = std::get_if<Node>(&result)) {
            ++accepted;
            REQUIRE(is_json);
            REQUIRE(equal(*node, nlohmann::json::parse(text.begin(), text.end(), nullptr, true,
                                                       /*ignore_comments*/ true)));
            REQUIRE(has_sound_places(*node, text));
            continue;
        }
        ++refused;
        for (const Problem& problem : std::get<Problems>(result)) {
            REQUIRE(problem.place.file == 0);
            REQUIRE(problem.place.offset <= text.size());
            REQUIRE_FALSE(problem.message.empty());
            if (is_json)
                REQUIRE(is_stricter_rule(problem.message));
            const std::string printed = format_problem(problem, sources);
            REQUIRE(printed.back() == '\n');
            for (const char c : printed)
                REQUIRE((c == '\n' || static_cast<unsigned char>(c) >= 0x20));
            REQUIRE(printed.find("exception") == std::string::npos);
        }
    }
    CHECK(accepted > 1000); // both ways must be met
    CHECK(refused > 1000);
}

TEST_CASE("fault 4 to 13: texts of random tokens are read right or refused at a place") {
    int accepted = 0;
    Random random(7);
    for (int i = 0; i < 20000; ++i) {
        std::string text;
        for (std::size_t count = below(random, 7); count > 0; --count)
            text += piece(random);
        INFO(text);
        const Result<Node> result = parse_document({{{"plan.json", text}}}, 0);
        const bool is_json = nlohmann::json::accept(text.data(), text.data() + text.size(), true);
        accepted += std::holds_alternative<Node>(result);
        if (const auto* problems = std::get_if<Problems>(&result)) {
            REQUIRE_FALSE(problems->empty());
            REQUIRE(problems->back().place.offset <= text.size());
            if (is_json)
                REQUIRE(is_stricter_rule(problems->front().message));
        } else {
            REQUIRE(is_json);
        }
    }
    CHECK(accepted > 20);
}
