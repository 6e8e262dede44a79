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

extern "C" void end_by_signal(int number) {
    remove_unfinished();
    constexpr char text[] = "fleetcast: interrupted\n";
    if (write(STDERR_FILENO, text, sizeof text - 1) < 0) {
    } // nobody is left to be told
    _exit(128 + number);
}

void set_signals() {
    std::signal(SIGPIPE, SIG_IGN); // a closed pipe is EPIPE, and 141
    std::signal(SIGXFSZ, SIG_IGN); // a file over the limit is EFBIG, and 4
    for (const int number : {SIGHUP, SIGINT, SIGTERM})
        if (std::signal(number, end_by_signal) == SIG_IGN)
            std::signal(number, SIG_IGN); // started by nohup, or in the background
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
