// Numbers and names laid out for people and machines, whatever the locale.
// Interface: the functions below. Widths and escapes of characters are left to printable.hpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fleetcast {

/// The shortest decimal that reads back as the same double: "350000", "0.1", "1e+22"; -0 is "0".
std::string shortest(double value);

/// Rounded to `decimals` with a comma between thousands: "350,000", "1,234.50".
std::string with_thousands(double value, int decimals);

/// The text with each byte that is no UTF-8 replaced by U+FFFD.
std::string valid_utf8(std::string_view text);

/// The parts with `between` between them.
std::string joined(const std::vector<std::string>& parts, std::string_view between);

/// display_width() as the int that layouts count in. [terminal columns]
int columns_of(std::string_view text);

/// The printable text, or its head and tail around `mark`, within `width` columns.
std::string cut_middle(std::string_view text, int width, std::string_view mark);

/// Printable lines of at most `width` columns, broken between words, or within a longer word.
std::vector<std::string> wrap(std::string_view text, int width);

} // namespace fleetcast
