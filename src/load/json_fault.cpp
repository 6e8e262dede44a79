// Why a JSON text stops making sense, in words: syntax_fault() of json_text.hpp.
// Faults within a string are left to json_string_fault.cpp.
#include "json_text.hpp"

#include <fleetcast/base/printable.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace fleetcast {

namespace {

constexpr std::string_view quotes_hint = "keys and strings stand in double quotes";
constexpr std::string_view digits = "0123456789";
constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";

struct WordHint {
    std::string_view word, hint;
};

constexpr auto word_hints = std::to_array<WordHint>({
    {"True", "write true"},
    {"TRUE", "write true"},
    {"False", "write false"},
    {"FALSE", "write false"},
    {"None", "write null"},
    {"NULL", "write null"},
});

constexpr auto not_finite = std::to_array<std::string_view>(
    {"NaN", "nan", "-NaN", "-nan", "NAN", "Infinity", "-Infinity", "+Infinity", "inf", "-inf",
     "+inf", "Inf", "-Inf", "INF", "-INF"});

bool is_word_character(char c) {
    return c == '.' || c == '+' || c == '-' || letters.find(c) != letters.npos ||
           digits.find(c) != digits.npos;
}

// The run of letters, digits and signs that holds `at`.
std::size_t word_start(std::string_view text, std::size_t at) {
    while (at > 0 && is_word_character(text[at - 1]))
        --at;
    return at;
}

std::string_view word_at(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && is_word_character(text[end]))
        ++end;
    return text.substr(at, end - at);
}

// Whether more text could make a value of it.
bool is_cut_word(std::string_view word) {
    for (const std::string_view literal : {"true", "false", "null"})
        if (literal.starts_with(word))
            return true;
    return word.find_first_not_of("0123456789+-.eE") == word.npos &&
           (word[0] == '-' || digits.find(word[0]) != digits.npos) &&
           digits.find(word.back()) == digits.npos;
}

enum class Takes { nothing, key, value };

// Past the comma or colon that is allowed here, with what must follow it.
struct Step {
    std::size_t at;
    std::string_view expected;
    Takes takes = Takes::nothing; // which kind of word would be right, if any
    bool after_comma = false;
};

Step step(std::string_view text, std::size_t at, Expecting expecting) {
    const char next = at < text.size() ? text[at] : '\0';
    switch (expecting) {
    case Expecting::root:
        return {at, "a value", Takes::value};
    case Expecting::end_of_document:
        return {at, "the end of the text"};
    case Expecting::first_key:
        return {at, "a key in double quotes or '}'", Takes::key};
    case Expecting::first_item:
        return {at, "a value or ']'", Takes::value};
    case Expecting::colon:
        if (next == ':')
            return {skip_blank(text, at + 1), "a value", Takes::value};
        return {at, "':'"};
    case Expecting::next_key:
        if (next == ',')
            return {skip_blank(text, at + 1), "a key in double quotes", Takes::key, true};
        return {at, "',' or '}'"};
    case Expecting::next_item:
        break;
    }
    if (next == ',')
        return {skip_blank(text, at + 1), "a value", Takes::value, true};
    return {at, "',' or ']'"};
}

// A '/' that skip_blank() did not pass.
Fault comment_fault(std::string_view text, std::size_t at) {
    if (at + 1 == text.size())
        return {text.size(), "the text ends inside a comment", {}};
    if (text[at + 1] == '*')
        return {text.size(), "the text ends inside a comment",
                fmt::format("the comment begins at {}", shown_position(text, at))};
    return {at, "a comment begins with // or /*, found a lone '/'", {}};
}

Fault unexpected(const Step& here, std::string_view found) {
    return {here.at, fmt::format("expected {}, found {}", here.expected, shortened(found)), {}};
}

Fault wrong_word(std::string_view text, std::size_t at) {
    if (letters.find(text[at]) != letters.npos)
        return {at, fmt::format("{} is not a value", shortened(word_at(text, at))),
                std::string(quotes_hint)};
    return {at, fmt::format("{} is not a number", shortened(word_at(text, at))),
            "numbers are written like 12, -0.5 or 1.5e9"};
}

// A word where a value should be: it is no number, and none of true, false and null.
Fault word_fault(std::string_view text, const Step& here) {
    const std::string_view word = word_at(text, here.at);
    if (here.at + word.size() == text.size() && is_cut_word(word))
        return {text.size(), fmt::format("the text ends inside {}", shortened(word)), {}};
    if (std::find(not_finite.begin(), not_finite.end(), word) != not_finite.end())
        return {here.at, fmt::format("{} is not a number that JSON has", word), {}};
    if (letters.find(word[0]) == letters.npos)
        return wrong_word(text, here.at);
    Fault fault = unexpected(here, word);
    fault.hint = quotes_hint;
    for (const WordHint& row : word_hints)
        if (word == row.word)
            fault.hint = row.hint;
    return fault;
}

Fault character_fault(std::string_view text, const Step& here) {
    const std::string found(text.substr(here.at, glyph_at(text, here.at).bytes));
    const char quote = found == "'" ? '"' : '\'';
    Fault fault{
        here.at, fmt::format("expected {}, found {}{}{}", here.expected, quote, found, quote), {}};
    if (here.after_comma && (found == "}" || found == "]" || found == ","))
        fault.hint = "there is a comma too many before it";
    else if (found == "'" || found == "\u201c" || found == "\u201d" || found == "\u201e")
        fault.hint = "keys and strings stand in straight double quotes";
    else if (found == "#")
        fault.hint = "comments begin with // or /*";
    return fault;
}

} // namespace

Fault syntax_fault(std::string_view text, std::size_t at, Expecting expecting) {
    const std::size_t next = skip_blank(text, at);
    const Step here = step(text, next, expecting);
    if (here.at == text.size())
        return {text.size(),
                expecting == Expecting::root
                    ? "empty document"
                    : fmt::format("expected {}, found the end of the text", here.expected),
                {}};
    if (text[here.at] == '/')
        return comment_fault(text, here.at);
    if (text[here.at] == '"' && here.takes != Takes::nothing)
        if (auto fault = string_fault(text, here.at))
            return *fault;
    if (text[here.at] == '"') {
        const std::size_t end = text.find('"', here.at + 1);
        return unexpected(here, text.substr(here.at, end == text.npos ? end : end + 1 - here.at));
    }
    if (!is_word_character(text[here.at]))
        return character_fault(text, here);
    // A word that goes on where it should have ended is one wrong word: 01, 0x10, 1.5.2, nulll.
    const bool goes_on = here.at == at && at > 0 && is_word_character(text[at - 1]);
    if (goes_on && here.takes == Takes::nothing)
        return wrong_word(text, word_start(text, at));
    if (here.takes == Takes::value)
        return word_fault(text, here);
    Fault fault = unexpected(here, word_at(text, here.at));
    if (here.takes == Takes::key)
        fault.hint = quotes_hint;
    return fault;
}

} // namespace fleetcast
