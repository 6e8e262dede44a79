// What the program says beside its data, and what the terminal can show.
// Files and standard output are written by report/write.
#pragma once

#include <fleetcast/base/problem.hpp>
#include <fleetcast/cli/progress.hpp>
#include <fleetcast/report/layout.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace fleetcast {

/// One line, or several, on stderr; a newline is added. Never fails.
void say(std::string_view text);

/// A text on standard output. Failure (io or pipe) when it cannot be written.
void print(const std::string& text);

/// Whether a line on stderr can be rewritten: on a terminal that is not dumb.
bool can_rewrite_stderr();

/// The terminal of stderr with a steady clock.
Progress::Terminal stderr_terminal();

/// The flags about looks.
struct Looks {
    std::optional<int> width; // [columns]
    bool no_color = false;
    bool ascii = false;
};

/// The style of standard output. Width: the flag, else the terminal's, else COLUMNS, else 80.
/// Colour: on a terminal that is not dumb, unless NO_COLOR or the flag is set. Unicode: in a UTF-8
/// locale, unless the flag is set.
TerminalStyle style_of_stdout(const Looks& looks);

} // namespace fleetcast
