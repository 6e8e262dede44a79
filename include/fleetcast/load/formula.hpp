// The little language of formulas: arithmetic over the names of inputs.
// Interface: parse_formula(). Names are resolved later.
#pragma once

#include <fleetcast/model/value.hpp>

#include <string>
#include <string_view>
#include <variant>

namespace fleetcast {

/// A mistake in a formula. `position` counts bytes of the text from 0.
struct FormulaMistake {
    std::size_t position = 0;
    std::string message;
};

/// `+ - * / ^ ( )`, numbers, names, min max abs sqrt exp log. `^` binds tightest and to the
/// right, and tighter than a sign: -a^2 is -(a^2).
std::variant<Formula, FormulaMistake> parse_formula(std::string_view text);

} // namespace fleetcast
