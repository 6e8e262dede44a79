// What can be said of a JSON text byte by byte: where tokens begin and end, whether its encoding is
// sound, and in plain words why a parser stopped. Building the tree is left to parse_document.cpp.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace fleetcast {

struct Fault {
    std::size_t offset = 0; // [byte]
    std::string message;
    std::string hint;
};

/// What may come next in a document; the parser's state between two tokens.
enum class Expecting {
    root,
    end_of_document,
    colon,
    first_key,  // or }
    first_item, // or ]
    next_key,   // a comma, or }
    next_item,  // a comma, or ]
};

/// The first NUL, UTF-16 mark or byte that is not UTF-8, anywhere in the text.
std::optional<Fault> encoding_fault(std::string_view text);

/// Where the text begins after its byte order mark.
std::size_t content_start(std::string_view text);

/// The first byte from `at` that is no blank and in no comment. An unfinished comment is not
/// passed.
std::size_t skip_blank(std::string_view text, std::size_t at);

/// Past the last character of the number, or past the closing quote of the sound string, at `at`.
std::size_t number_end(std::string_view text, std::size_t at);
std::size_t string_end(std::string_view text, std::size_t at);

/// Whether a number is written without point and exponent.
bool is_integer(std::string_view written);

/// Whether the digits, a JSON integer without its sign, are exactly the value.
bool is_exact(std::string_view digits, double value);

/// Why a text cannot go on at `at`, where the last sound token ended. For a text that was cut short
/// the offset is its end.
Fault syntax_fault(std::string_view text, std::size_t at, Expecting expecting);

/// What is wrong with the string whose opening quote is at `start`, if anything.
std::optional<Fault> string_fault(std::string_view text, std::size_t start);

/// "line:column", for messages that name a second place.
std::string shown_position(std::string_view text, std::size_t offset);

/// A part of the text short enough for a message.
std::string shortened(std::string_view part);

} // namespace fleetcast
