#include <fleetcast/cli/console.hpp>

#include <fleetcast/report/write.hpp>

#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <cstdlib>

namespace fleetcast {
namespace {

constexpr int default_width = 80;
constexpr int most_columns = 10000; // what COLUMNS may sanely say

std::string_view variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

int terminal_width(int descriptor) {
    winsize size{};
    if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    const std::string_view columns = variable("COLUMNS");
    int width = 0;
    const auto [end, error] =
        std::from_chars(columns.data(), columns.data() + columns.size(), width);
    const bool is_sane = error == std::errc() && end == columns.data() + columns.size() &&
                         width > 0 && width <= most_columns;
    return is_sane ? width : default_width;
}

bool is_utf8_locale() {
    std::string locale;
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"})
        if (locale.empty())
            locale = variable(name);
    for (char& c : locale)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return locale.find("utf-8") != locale.npos || locale.find("utf8") != locale.npos;
}

} // namespace

void say(std::string_view text) {
    if (text.ends_with('\n'))
        text.remove_suffix(1); // the logger ends the line
    spdlog::logger log("fleetcast", std::make_shared<spdlog::sinks::stderr_sink_st>());
    log.set_error_handler([](const std::string&) {}); // nobody to tell
    log.set_pattern("%v");
    log.info("{}", text);
}

void print(const std::string& text) { write_outputs({{"-", text}}); }

bool can_rewrite_stderr() {
    const std::string_view kind = variable("TERM");
    return isatty(STDERR_FILENO) == 1 && !kind.empty() && kind != "dumb";
}

Progress::Terminal stderr_terminal() {
    return {.clock =
                [] {
                    const auto now = std::chrono::steady_clock::now().time_since_epoch();
                    return std::chrono::duration<double>(now).count();
                },
            .width = [] { return terminal_width(STDERR_FILENO); },
            .write =
                [](std::string_view bytes) {
                    if (write(STDERR_FILENO, bytes.data(), bytes.size()) < 0) {
                    } // nobody to tell
                }};
}

TerminalStyle style_of_stdout(const Looks& looks) {
    TerminalStyle style;
    style.width = looks.width ? *looks.width : terminal_width(STDOUT_FILENO);
    style.color = !looks.no_color && isatty(STDOUT_FILENO) == 1 && variable("NO_COLOR").empty() &&
                  variable("TERM") != "dumb";
    style.unicode = !looks.ascii && is_utf8_locale();
    return style;
}

} // namespace fleetcast
