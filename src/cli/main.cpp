// The catch ladder: every way in which the program can end, and its exit code. What it does is in
// program.cpp; the codes are those of `fleetcast help exit-codes`.
#include <fleetcast/base/printable.hpp>
#include <fleetcast/base/result.hpp>
#include <fleetcast/cli/console.hpp>
#include <fleetcast/cli/program.hpp>
#include <fleetcast/report/write.hpp>

#include <fmt/format.h>

#include <csignal>
#include <new>
#include <unistd.h>

namespace {

using namespace fleetcast;

/// In a handler nothing but system calls that are safe there; other threads may still be running.
template <std::size_t size> [[noreturn]] void end_by_signal(int number, const char (&text)[size]) {
    remove_unfinished();
    if (write(STDERR_FILENO, text, size - 1) < 0) {
    } // nobody is left to be told
    _exit(128 + number);
}

extern "C" void end_plainly(int number) { end_by_signal(number, "fleetcast: interrupted\n"); }
extern "C" void end_on_terminal(int number) { // where a line of progress may stand
    end_by_signal(number, "\r\033[Kfleetcast: interrupted\n");
}

void set_signals() {
    std::signal(SIGPIPE, SIG_IGN); // a closed pipe is EPIPE, and 141
    std::signal(SIGXFSZ, SIG_IGN); // a file over the limit is EFBIG, and 4
    struct sigaction action {};
    action.sa_handler = can_rewrite_stderr() ? end_on_terminal : end_plainly;
    action.sa_flags = SA_RESTART;
    constexpr int numbers[] = {SIGHUP, SIGINT, SIGTERM};
    for (const int number : numbers) // one must not end the program while another is handled
        sigaddset(&action.sa_mask, number);
    for (const int number : numbers) {
        struct sigaction before {};
        if (sigaction(number, nullptr, &before) == 0 && before.sa_handler == SIG_IGN)
            continue; // started by nohup, or in the background
        sigaction(number, &action, nullptr);
    }
}

int end(Exit code, const std::string& text) {
    if (!text.empty())
        say("fleetcast: " + text);
    return static_cast<int>(code);
}

} // namespace

int main(int count, char** words) {
    set_signals();
    try {
        return run_program({words + (count > 0 ? 1 : 0), words + count});
    } catch (const Failure& failure) {
        for (const Problem& problem : failure.problems)
            say(format_problem(problem, {}));
        return end(failure.code, failure.problems.empty() ? failure.what() : "");
    } catch (const std::bad_alloc&) {
        return end(Exit::refused, "out of memory");
    } catch (const std::exception& error) {
        return end(Exit::internal, fmt::format("internal error: {}", printable(error.what())));
    }
}
