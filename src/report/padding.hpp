// Texts brought to a width in terminal columns. Interface: the functions below.
#pragma once

#include <fleetcast/report/layout.hpp>

namespace fleetcast {

/// That many spaces; none below 0.
std::string spaces(int count);

/// The painted text, padded at its left or at its right.
std::string right(const Piece& piece, int width, const TerminalStyle& style);
std::string left(const Piece& piece, int width, const TerminalStyle& style);

std::string without_trailing_spaces(std::string line);

} // namespace fleetcast
