// The line on a terminal that tells how far a long run is.
// Interface: Progress, progress_text(). Whether there is a terminal is left to console.hpp.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace fleetcast {

/// "trials 3.2M / 10M, 32 %, 4.1 M/s, 2 s left" after so many seconds; the scenario's name, if
/// there is one, before it. What is done beyond the total is a further pass over trials that are
/// done: "12k once more" stands for the seconds left. Within `width` columns: the name is cut, then
/// the last parts are left out.
std::string progress_text(std::string_view scenario, std::uint64_t done, std::uint64_t total,
                          double seconds, int width, std::string_view what = "trials");

/// Rewrites one line: from the second second on, at most ten times a second. The clock and the
/// terminal are arguments. Not safe to call from two threads at once.
class Progress {
public:
    struct Terminal {
        std::function<double()> clock;               // [s] since any moment; never goes back
        std::function<int()> width;                  // [columns]
        std::function<void(std::string_view)> write; // bytes; must not throw
    };

    explicit Progress(Terminal terminal);
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    ~Progress(); // erases

    /// A run of so many trials begins, or of `what` is counted; an empty name is not shown.
    void begin(std::string scenario, std::uint64_t total, std::string_view what = "trials");
    void tell(std::uint64_t done);
    /// Leaves an empty line with the cursor at its start.
    void erase();

private:
    Terminal terminal_;
    double start_ = 0, run_start_ = 0, told_ = 0; // [s]
    std::string scenario_;
    std::uint64_t total_ = 0;
    std::string_view what_ = "trials";
    bool is_shown_ = false;
};

} // namespace fleetcast
