#include <fleetcast/cli/progress.hpp>

#include <fleetcast/base/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace fleetcast {
namespace {

constexpr double patience = 1;     // [s] before the line appears
constexpr double least_pause = .1; // [s] between two lines
constexpr int least_name = 8;      // [columns]

struct Scaled {
    std::string digits;
    std::string_view letter; // "", "k", "M" or "G"
};

/// Rounded down to a tenth of its unit: what is not yet reached is not shown.
Scaled scaled(double value) {
    constexpr std::array<std::string_view, 4> letters{"", "k", "M", "G"};
    std::size_t power = 0;
    for (; value >= 1000 && power + 1 < letters.size(); ++power)
        value /= 1000;
    const double tenths = std::floor(value * 10) / 10;
    return {tenths == std::floor(tenths) || power == 0 ? fmt::format("{:.0f}", std::floor(tenths))
                                                       : fmt::format("{:.1f}", tenths),
            letters[power]};
}

std::string count(std::uint64_t value) {
    const Scaled text = scaled(static_cast<double>(value));
    return fmt::format("{}{}", text.digits, text.letter);
}

std::string duration(double seconds) {
    if (seconds <= 99)
        return fmt::format("{:.0f} s", std::ceil(seconds));
    if (seconds <= 99 * 60)
        return fmt::format("{:.0f} min", std::ceil(seconds / 60));
    return fmt::format("{:.0f} h", std::ceil(seconds / 3600));
}

} // namespace

std::string progress_text(std::string_view scenario, std::uint64_t done, std::uint64_t total,
                          double seconds, int width, std::string_view what) {
    const std::uint64_t again = done > total ? done - total : 0;
    done -= again;
    std::string text = fmt::format("{} {} / {}", what, count(done), count(total));
    std::array<std::string, 3> more;
    more[0] = fmt::format(", {:.0f} %",
                          std::floor(100 * static_cast<double>(done) / static_cast<double>(total)));
    if (done > 0 && seconds > 0) {
        const double rate = static_cast<double>(done + again) / seconds;
        const Scaled shown = scaled(rate);
        more[1] = fmt::format(", {} {}/s", shown.digits, shown.letter);
        more[2] = again > 0 ? fmt::format(", {} once more", count(again))
                            : fmt::format(", {} left",
                                          duration(static_cast<double>(total - done) / rate));
    }
    for (const std::string& part : more) {
        if (columns_of(text + part) > width)
            break;
        text += part;
    }
    const int room = width - columns_of(text) - 2;
    if (!scenario.empty() && room >= least_name)
        text = cut_middle(scenario, room, "...") + ": " + text;
    return columns_of(text) <= width ? text : "";
}

Progress::Progress(Terminal terminal) : terminal_(std::move(terminal)) {
    start_ = run_start_ = told_ = terminal_.clock();
}

Progress::~Progress() { erase(); }

void Progress::begin(std::string scenario, std::uint64_t total, std::string_view what) {
    scenario_ = std::move(scenario);
    total_ = total;
    what_ = what;
    run_start_ = terminal_.clock();
}

void Progress::tell(std::uint64_t done) {
    const double now = terminal_.clock();
    if (now - start_ < patience || now - told_ < least_pause)
        return;
    told_ = now;
    // One column stays free: some terminals wrap when the last one is written.
    const std::string text =
        progress_text(scenario_, done, total_, now - run_start_, terminal_.width() - 1, what_);
    if (text.empty())
        return;
    terminal_.write("\r" + text + "\033[K");
    is_shown_ = true;
}

void Progress::erase() {
    if (std::exchange(is_shown_, false))
        terminal_.write("\r\033[K");
}

} // namespace fleetcast
